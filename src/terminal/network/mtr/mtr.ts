/**
 * mtr 0.95 (mtr-tiny) as a report: the way to a host, probed hop by hop in several rounds.
 * Models: probes by ICMP, UDP and TCP SYN, one after the other through each round, loss and times of each hop, -o's fields,
 * reports as a table (-r, -w), comma separated values (-C) and JSON (-j).
 * Leaves out: the full-screen display, XML, raw and split output, IPv6, SCTP, MPLS, AS lookups, the geometric mean, a host's further addresses.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { resolveErrorText, resolveHost, reverseName } from '../../resolver.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { Prober, type Heard } from '../prober.ts';
import { csvOf, jsonOf, tableOf, type Report } from './report.ts';
import { BLANK, FIELDS, Hop, type Field } from './tally.ts';

const MOST_HOPS = 30;
/** Hops that nobody answers for, in a row's sum, before a round ends (maxUnknown). */
const MOST_UNKNOWN = 12;
const GRACE_SECONDS = 5;
const BYTES = 64;
const UDP_PORT = 33_000;
/** Over how many hops an interval is spread before the way is known. */
const FIRST_GUESS = 10;

interface Settings {
  readonly ip: string;
  readonly protocol: 'icmp' | 'udp' | 'tcp';
  readonly port: number | undefined;
  readonly bytes: number;
  readonly firstTtl: number;
  readonly maxTtl: number;
  readonly mostUnknown: number;
  readonly cycles: number;
  readonly intervalUs: number;
  readonly graceUs: number;
}

export const mtr = command(
  {
    name: 'mtr',
    // -4 says what all addresses here are.
    short: 'hv46F:rwxtglCjpo:y:zi:c:nbs:a:I:f:m:U:uTSP:L:Z:eB:Q:G:M:',
    long: {
      help: 'h',
      version: 'v',
      inet: '4',
      inet6: '6',
      filename: 'F:',
      report: 'r',
      'report-wide': 'w',
      xml: 'x',
      curses: 't',
      gtk: 'g',
      raw: 'l',
      csv: 'C',
      json: 'j',
      displaymode: 'displaymode:',
      split: 'p',
      order: 'o:',
      ipinfo: 'y:',
      aslookup: 'z',
      interval: 'i:',
      'report-cycles': 'c:',
      psize: 's:',
      bitpattern: 'B:',
      tos: 'Q:',
      mpls: 'e',
      'no-dns': 'n',
      'show-ips': 'b',
      address: 'a:',
      interface: 'I:',
      'first-ttl': 'f:',
      'max-ttl': 'm:',
      'max-unknown': 'U:',
      udp: 'u',
      tcp: 'T',
      sctp: 'S',
      port: 'P:',
      localport: 'L:',
      timeout: 'Z:',
      gracetime: 'G:',
      mark: 'M:',
    },
    absent: [...'6FxglpyzBQeaISLZM', 'displaymode'],
    usage: '[options] hostname',
    hint: '\nUsage:\n mtr [options] hostname',
  },
  async (call) => {
    const { io, options, operands } = call;
    if (options.has('h')) {
      io.line(`Usage: ${call.usage}`);
      return await io.end(0);
    }
    if (options.has('v')) {
      io.line('mtr 0.95');
      return await io.end(0);
    }
    const wrong = problemOf(call);
    if (wrong !== undefined) {
      await io.warn(wrong);
      return 1;
    }
    if (options.value('o')?.includes('G') === true) return await notSimulated(io, 'mtr -o G');
    if (options.has('t') || !['r', 'w', 'C', 'j'].some((letter) => options.has(letter)))
      return await notSimulated(io, 'mtr --curses');
    for (const host of operands.length === 0 ? ['localhost'] : operands) await reportOn(call, host);
    return await io.end(0);
  },
);

/** The first value that is none. */
function problemOf({ options }: Invocation): string | undefined {
  for (const [letter, value] of options.order) {
    if ('csfmUPG'.includes(letter) && !/^\s*[+-]?\d+$/.test(value)) return `invalid argument: '${value}'`;
    if (letter === 'i' && !/^\s*[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) return `invalid argument: '${value}'`;
    if (letter === 'i' && Number(value) <= 0) return 'wait time must be positive';
    if (letter === 'o') {
      const strange = [...value].find(
        (key) => key !== ' ' && key !== 'G' && FIELDS.every((field) => field.key !== key),
      );
      if (strange !== undefined) return `Unknown field identifier: ${strange}`;
    }
  }
  return undefined;
}

function settingsOf({ options }: Invocation, ip: string): Settings {
  const number = (letter: string, otherwise: number): number => Number(options.value(letter) ?? otherwise);
  const maxTtl = Math.min(MOST_HOPS, Math.max(1, number('m', MOST_HOPS)));
  const protocol = options.has('T') ? 'tcp' : options.has('u') ? 'udp' : 'icmp';
  const port = options.value('P');
  return {
    ip,
    protocol,
    port: port !== undefined ? Number(port) : protocol === 'tcp' ? 80 : undefined,
    bytes: Math.max(28, number('s', BYTES)),
    firstTtl: Math.min(maxTtl, Math.max(1, number('f', 1))),
    maxTtl,
    mostUnknown: number('U', MOST_UNKNOWN),
    cycles: number('c', 10),
    intervalUs: number('i', 1) * 1e6,
    graceUs: number('G', GRACE_SECONDS) * 1e6,
  };
}

async function reportOn(call: Invocation, host: string): Promise<void> {
  const { io, options, process } = call;
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (ip === undefined) {
    const why = found.type === 'failed' ? resolveErrorText(found.reason) : '';
    await io.warn(`Failed to resolve host: ${host}: ${why}`);
    return;
  }
  const settings = settingsOf(call, ip);
  const beganUs = process.time().realtimeUs;
  const hops = await trace(call, settings);
  if (hops === undefined) return;
  const report: Report = {
    from: process.hostname(),
    to: host,
    beganUs,
    cycles: settings.cycles,
    bytes: settings.bytes,
    fields: fieldsOf(options.value('o') ?? 'LS NABWV'),
    hops: await shownHops(call, settings, hops),
  };
  const lines = options.has('j')
    ? jsonOf(report)
    : options.has('C')
      ? csvOf(report)
      : tableOf(report, options.has('w'));
  for (const line of lines) io.line(line);
  await io.flush();
}

const fieldsOf = (keys: string): readonly Field[] =>
  [...keys].flatMap((key) => (key === ' ' ? [BLANK] : FIELDS.filter((field) => field.key === key)));

/** Rounds of probes, then the time of grace for what is under way; undefined where nothing could be sent. */
async function trace(call: Invocation, settings: Settings): Promise<readonly Hop[] | undefined> {
  const { io, process } = call;
  const prober = Prober.open(process);
  if ('errno' in prober) {
    await io.warn(`Failure to open ICMP socket: ${strerror(prober)}`);
    return undefined;
  }
  const hops = Array.from({ length: settings.maxTtl }, () => new Hop());
  const ttlOf: number[] = [];
  const hear = async (untilUs: number): Promise<boolean> => {
    for (;;) {
      const left = untilUs - process.time().monotonicUs;
      if (left <= 0) return true;
      const heard = await prober.hear(left);
      if (heard === 'interrupted') return false;
      if (heard !== 'nothing') note(hops, ttlOf, heard);
    }
  };
  let width = FIRST_GUESS;
  for (let cycle = 0; cycle < settings.cycles; cycle += 1) {
    for (let ttl = settings.firstTtl; ; ttl += 1) {
      const sequence = ttlOf.push(ttl) - 1;
      const hop = hops[ttl - 1];
      if (hop !== undefined) hop.sent += 1;
      const sent = prober.send(settings.ip, probeOf(settings, sequence, ttl));
      if (failed(sent)) {
        await io.warn('Unexpected mtr-packet error');
        return undefined;
      }
      if (!(await hear(process.time().monotonicUs + settings.intervalUs / width))) return hops;
      if (!isLast(settings, hops, ttl)) continue;
      width = ttl;
      break;
    }
  }
  await hear(process.time().monotonicUs + settings.graceUs);
  return hops;
}

const probeOf = ({ protocol, port, bytes }: Settings, sequence: number, ttl: number) => ({
  sequence,
  protocol,
  bytes,
  ttl,
  ...(protocol === 'icmp' ? {} : { port: port ?? UDP_PORT + sequence }),
});

function note(hops: readonly Hop[], ttlOf: readonly number[], heard: Exclude<Heard, string>): void {
  const hop = hops[(ttlOf[heard.sequence] ?? 0) - 1];
  if (hop === undefined) return;
  hop.address ??= heard.from;
  hop.times.push(Math.round(heard.roundTripUs) / 1_000);
  if (heard.error !== undefined && heard.error !== 'ttl-exceeded' && heard.error !== 'unreachable-port')
    hop.error = heard.error;
}

const ends = ({ ip }: Settings, hop: Hop | undefined): boolean => hop?.address === ip || hop?.error !== undefined;

/** Whether a round ends with this hop. */
function isLast(settings: Settings, hops: readonly Hop[], ttl: number): boolean {
  const round = hops.slice(settings.firstTtl - 1, ttl);
  const unknown = round.filter(({ address }) => address === undefined).length;
  return round.some((hop) => ends(settings, hop)) || unknown >= settings.mostUnknown || ttl >= settings.maxTtl;
}

/** Up to the destination, or one hop behind the last that answered. */
async function shownHops(call: Invocation, settings: Settings, hops: readonly Hop[]): Promise<Report['hops']> {
  const end = hops.findIndex((hop) => ends(settings, hop));
  const known = hops.findLastIndex(({ address }) => address !== undefined);
  const count = end >= 0 ? end + 1 : known >= 0 ? Math.min(settings.maxTtl, known + 2) : 0;
  const shown = hops.slice(0, count).map((hop, at) => ({ hop, number: at + 1 }));
  const found: { number: number; name: string; hop: Hop }[] = [];
  for (const { hop, number } of shown.slice(settings.firstTtl - 1))
    found.push({ number, hop, name: hop.address === undefined ? '???' : await nameOf(call, hop.address) });
  return found;
}

async function nameOf({ options, process }: Invocation, ip: string): Promise<string> {
  const name = options.has('n') ? undefined : await reverseName(process, ip);
  if (name === undefined || name === ip) return ip;
  return options.has('b') ? `${name} (${ip})` : name;
}
