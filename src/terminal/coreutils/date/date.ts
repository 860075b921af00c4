import { failed, strerror } from '../../../protocol/errno.ts';
import { strftime } from '../../strftime.ts';
import type { Flavour, Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { hasCapability } from '../../capability.ts';
import { parseDate } from './parse-date.ts';
import type { Zone } from './zone.ts';
import { zoneOf } from './zone.ts';

export const date = command(
  {
    name: 'date',
    absentLong: 'debug',
    short: 'ud:s:I::Rr:f:',
    long: {
      utc: 'u',
      universal: 'u',
      date: 'd',
      set: 's',
      file: 'f',
      'iso-8601': 'I::',
      'rfc-email': 'R',
      'rfc-3339': 'rfc:',
      reference: 'r',
      resolution: 'resolution',
    },
  },
  async (call) => {
    const { io, options, operands } = call;
    const maySet = hasCapability(call.process.credentials(), 'SYS_TIME');
    const missing = options.has('f') ? '--file' : options.has('s') && maySet ? '--set' : undefined;
    if (missing !== undefined) {
      await io.raw(`drydock: 'date ${missing}' is not simulated\n`);
      return 1;
    }
    if (options.has('resolution')) {
      // The clock's, whatever the steps in which the host's time goes on.
      io.line('0.000000001');
      return await io.end(0);
    }
    const [format, extra] = operands;
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
    if (format !== undefined && !format.startsWith('+')) {
      await io.warn(invalidDate(call.flavour, format));
      return 1;
    }
    const pattern = format === undefined ? standardFormat(call) : format.slice(1);
    if (pattern === undefined) return await badPrecision(call);
    const zone = zoneOf(options.has('u') ? 'UTC0' : call.process.env['TZ']);
    const when = await wantedTime(call, zone);
    if (when === undefined) return 1;
    if (options.has('s'))
      await io.warn(`${call.flavour === 'busybox' ? "can't" : 'cannot'} set date: ${strerror({ errno: 'EPERM' })}`);
    io.line(strftime(pattern, when, zone.offsetMinutes, zone.name));
    // busybox shows the time that was not set and takes that for done.
    return await io.end(options.has('s') && call.flavour !== 'busybox' ? 1 : 0);
  },
);

/** The time that the options name in µs; undefined after a complaint. */
async function wantedTime({ process, io, options, flavour }: Invocation, zone: Zone): Promise<number | undefined> {
  const now = process.time().realtimeUs;
  const reference = options.value('r');
  if (reference !== undefined) {
    const stat = process.stat(reference);
    if (!failed(stat)) return stat.modifiedMs * 1_000;
    await io.warn(`${reference}: ${strerror(stat)}`);
    return undefined;
  }
  const text = options.value('d') ?? options.value('s');
  const when = text === undefined ? now : parseDate(text, now, zone);
  if (when === undefined) await io.warn(invalidDate(flavour, text ?? ''));
  return when;
}

const ISO: Readonly<Record<string, string>> = {
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};
const RFC_3339: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
};

/** The format that the options ask for; undefined where they name a precision there is not. */
function standardFormat({ options }: Invocation): string | undefined {
  const named = (formats: Readonly<Record<string, string>>, precision: string): string | undefined =>
    Object.entries(formats).find(([name]) => name.startsWith(precision === '' ? 'date' : precision))?.[1];
  if (options.has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  if (options.has('I')) return named(ISO, options.value('I') ?? '');
  if (options.has('rfc')) return named(RFC_3339, options.value('rfc') ?? '');
  return '%a %b %e %H:%M:%S %Z %Y';
}

async function badPrecision(call: Invocation): Promise<number> {
  const [option, formats, given] = call.options.has('I')
    ? ['--iso-8601', ISO, call.options.value('I')]
    : ['--rfc-3339', RFC_3339, call.options.value('rfc')];
  const names = Object.keys(formats)
    .map((name) => `\n  - \u2018${name}\u2019`)
    .join('');
  return await usageError(call, `invalid argument '${given ?? ''}' for '${option}'\nValid arguments are:${names}`);
}

const invalidDate = (flavour: Flavour, text: string): string =>
  flavour === 'busybox' ? `invalid date '${text}'` : `invalid date \u2018${text}\u2019`;
