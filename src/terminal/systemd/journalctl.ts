/**
 * journalctl (systemd 255).
 * Models: -u, -n, -f, -x, -e, -k, -b, -r, -o, -p, -S, -U, -t, --no-pager, fields PATTERN with -g.
 * Leaves out: boots by their id, other fields as matches, cursors, rotation and vacuum, catalogue texts of -x.
 */
import type { Plain } from '../../protocol/plain.ts';
import type { Invocation, Options } from '../coreutils/command.ts';
import { command } from '../coreutils/command.ts';
import { strftime } from '../strftime.ts';
import { ask, sayUnreachable, unitName, type JournalLine, type Reply } from './client.ts';
import { JOURNAL_FORMATS, journalText, type JournalFormat } from './journal-text.ts';
import { timestampUs } from './time-words.ts';

const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** What -e shows where -n does not say. */
const END_LINES = '1000';

export const journalctl = command(
  {
    name: 'journalctl',
    // `-b -1` names a boot before this one: the parser takes the number for an option.
    short: 'u:n:fxekb::o:p:S:U:rt:qag:0123456789',
    long: {
      unit: 'u',
      lines: 'n',
      follow: 'f',
      catalog: 'x',
      'no-pager': 'np',
      'pager-end': 'e',
      dmesg: 'k',
      boot: 'b',
      reverse: 'r',
      output: 'o',
      priority: 'p',
      since: 'S',
      until: 'U',
      quiet: 'q',
      identifier: 't',
      grep: 'g',
      all: 'a',
      'list-boots': 'list-boots',
      'disk-usage': 'disk-usage',
      'no-hostname': 'no-hostname',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    const [field] = call.operands;
    for (const [name, what] of [
      ['disk-usage', '--disk-usage'],
      ['no-hostname', '--no-hostname'],
    ] as const)
      if (options.has(name)) return await absent(call, what);
    if (field !== undefined) return await absent(call, field);
    if (options.has('list-boots')) return await listBoots(call);
    const request = await requestOf(call);
    if (typeof request === 'number') return request;
    const format = options.value('o') ?? 'short';
    if (!isFormat(format)) {
      await io.raw(`Unknown output format '${format}'.\n`);
      return 1;
    }
    let shown = 0;
    const show = async (reply: Reply): Promise<boolean> => {
      if (reply.type !== 'records') return false;
      const records = wanted(call, reply.records);
      shown += records.length;
      let boot = '';
      for (const record of records) {
        const own = reply.boots.findLast(({ from }) => from <= record.cursor)?.id ?? '';
        if (boot !== '' && own !== boot && format.startsWith('short')) io.line(`-- Boot ${own} --`);
        boot = own;
        io.line(journalText(record, process.hostname(), format, own));
      }
      return (await io.flush()) && options.has('f');
    };
    const reply = await ask(process, request, show);
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    if (reply.type === 'error') {
      await io.raw(`${reply.message}\n`);
      return 1;
    }
    if (shown === 0 && !options.has('q')) io.line('-- No entries --');
    return await io.end(0);
  },
);

const isFormat = (text: string): text is JournalFormat => JOURNAL_FORMATS.some((each) => each === text);

async function absent({ io }: Invocation, what: string): Promise<number> {
  await io.raw(`drydock: 'journalctl ${what}' is not simulated\n`);
  return 1;
}

function wanted({ options }: Invocation, records: readonly JournalLine[]): readonly JournalLine[] {
  const identifiers = options.values('t');
  const pattern = options.value('g');
  // Like systemd, a pattern without capitals matches without regard to case.
  const expression =
    pattern === undefined ? undefined : new RegExp(pattern, pattern === pattern.toLowerCase() ? 'i' : '');
  const found = records.filter(
    ({ identifier, message }) =>
      (identifiers.length === 0 || identifiers.includes(identifier)) && (expression?.test(message) ?? true),
  );
  return options.has('r') ? found.toReversed() : found;
}

async function listBoots({ io, process }: Invocation): Promise<number> {
  const reply = await ask(process, { method: 'list-boots' });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'boots') return 1;
  const when = (us: number): string => strftime('%a %Y-%m-%d %H:%M:%S UTC', us);
  io.line(`IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY`);
  for (const [at, { id, firstUnixUs, lastUnixUs }] of reply.boots.entries())
    io.line(`${String(at - reply.boots.length + 1).padStart(3)} ${id} ${when(firstUnixUs)} ${when(lastUnixUs)}`);
  return await io.end(0);
}

/** `-1`, `2`, or empty for the running boot; undefined for all. */
function bootAsked(options: Options): string | undefined {
  if (!options.has('b')) return options.has('k') ? '' : undefined;
  const before = [...'123456789'].find((digit) => options.has(digit));
  return before === undefined ? options.value('b') : `-${before}`;
}

async function requestOf({ io, options, process }: Invocation): Promise<Readonly<Record<string, Plain>> | number> {
  const last = options.value('n') ?? (options.has('f') ? '10' : options.has('e') ? END_LINES : undefined);
  if (last !== undefined && last !== 'all' && !/^\d+$/.test(last)) {
    await io.raw(`Failed to parse lines '${last}'\n`);
    return 1;
  }
  const priority = options.value('p');
  const level =
    priority === undefined ? undefined : /^[0-7]$/.test(priority) ? Number(priority) : PRIORITIES.indexOf(priority);
  if (level === -1) {
    await io.raw(`Unknown log level ${priority ?? ''}\n`);
    return 1;
  }
  const boot = bootAsked(options);
  if (boot !== undefined && !/^[-+]?\d*$/.test(boot)) {
    await io.raw(`drydock: 'journalctl -b ${boot}' is not simulated\n`);
    return 1;
  }
  const bounds: Record<string, number> = {};
  for (const [letter, name] of [
    ['S', 'sinceUnixUs'],
    ['U', 'untilUnixUs'],
  ] as const) {
    const text = options.value(letter);
    if (text === undefined) continue;
    const us = timestampUs(text, process.time().realtimeUs);
    if (us === undefined) {
      await io.raw(`Failed to parse timestamp: ${text}\n`);
      return 1;
    }
    bounds[name] = us;
  }
  return {
    method: 'journal',
    units: options.values('u').map(unitName),
    ...(last === undefined || last === 'all' ? {} : { last: Number(last) }),
    ...(options.has('k') ? { kernel: true } : {}),
    ...(options.has('f') ? { follow: true } : {}),
    ...(boot === undefined ? {} : { boot: Number(boot) }),
    ...(level === undefined ? {} : { priority: level }),
    ...bounds,
  };
}
