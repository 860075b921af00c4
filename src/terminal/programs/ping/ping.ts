/**
 * ping (iputils 20240117) and busybox's.
 * Leaves out: flood and adaptive sending, record route, timestamps, IPv6.
 */
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { ProbeAnswer } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { readLinks } from '../../network/rtnetlink/link-facts.ts';
import { Prober } from '../../network/prober.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { isIpv4, resolveErrorText, resolveHost, reverseName } from '../../resolver.ts';

/** IP and ICMP headers. */
const HEADERS = 28;

interface Settings {
  readonly host: string;
  readonly ip: string;
  /** Payload bytes. */
  readonly size: number;
  readonly count: number;
  readonly intervalUs: number;
  /** How long to wait once everything is sent and nothing came. */
  readonly lingerUs: number;
  readonly deadlineUs: number;
  readonly ttl: number | undefined;
  readonly source: string | undefined;
  readonly dontFragment: boolean;
  /** Addresses of answers are shown with names. */
  readonly names: boolean;
}

/** What has happened so far. */
interface Tally {
  sent: number;
  errors: number;
  readonly timesUs: number[];
  firstSentUs: number;
  lastSentUs: number;
  /** The most that were on their way at once. */
  pipe: number;
  readonly answered: Set<number>;
}

/** Letters that ping has and this one refuses by name. */
const ABSENT = 'aAbBCdfHrRU6eFlmNpQSTv'.split('');

export const ping = command(
  {
    name: 'ping',
    short: 'c:i:W:w:s:t:I:M:qnvODL4aAbBCdfHrRU6e:F:l:m:N:p:Q:S:T:',
    usageStatus: 2,
    usage: '[options] <destination>',
    hint: '\nUsage\n  ping [options] <destination>\n\nFor more details see ping(8).',
  },
  async (call) => {
    const { process, io } = call;
    const absent = ABSENT.find((letter) => call.options.has(letter));
    if (absent !== undefined) return await notSimulated(io, `ping -${absent}`);
    const busybox = call.flavour === 'busybox';
    const settings = await readSettings(call);
    if (typeof settings === 'number') return settings;
    const { host, ip, size, source } = settings;
    process.sigaction('SIGINT', 'catch');
    const bytes = busybox ? `${String(size)} data bytes` : `${String(size)}(${String(size + HEADERS)}) bytes of data.`;
    const from =
      source === undefined
        ? ''
        : ` from ${source} ${call.options.value('I') ?? ''}`.replace(` ${source} ${source}`, ` ${source}`);
    io.line(
      busybox ? `PING ${host} (${ip}): ${bytes}` : `PING ${host} (${ip})${from}${from === '' ? '' : ':'} ${bytes}`,
    );
    await io.flush();
    const tally = await sendAll(call, settings);
    if (tally === 'unreachable') return busybox ? 1 : 2;
    summarise(call, host, tally);
    return await io.end(tally.timesUs.length > 0 ? 0 : 1);
  },
);

/** Options and destination; an exit code where they cannot be used. */
async function readSettings({ process, io, options, operands, flavour }: Invocation): Promise<Settings | number> {
  const busybox = flavour === 'busybox';
  const misused = busybox ? 1 : 2;
  const refuse = async (text: string): Promise<number> => {
    await io.warn(text);
    return misused;
  };
  const host = operands.at(-1);
  if (host === undefined) return await refuse('usage error: Destination address required');
  for (const letter of ['c', 'i', 'W', 'w', 's', 't']) {
    const value = options.value(letter);
    if (value !== undefined && !/^\d*\.?\d+$/.test(value)) return await refuse(`invalid argument: '${value}'`);
  }
  if (options.value('c') !== undefined && Number(options.value('c')) < 1)
    return await refuse(
      `invalid argument: '${options.value('c') ?? ''}': out of range: 1 <= value <= 9223372036854775807`,
    );
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    const why = found.type === 'failed' ? resolveErrorText(found.reason) : '';
    return await refuse(busybox ? `bad address '${host}'` : `${host}: ${why}`);
  }
  const device = options.value('I');
  const source =
    device === undefined || isIpv4(device)
      ? device
      : readLinks(process).find(({ name }) => name === device)?.addresses[0]?.ip;
  if (device !== undefined && source === undefined) return await refuse(`SO_BINDTODEVICE ${device}: No such device`);
  const seconds = (letter: string, standard: number): number => Number(options.value(letter) ?? standard) * 1e6;
  return {
    host,
    ip,
    size: Number(options.value('s') ?? '56'),
    count: options.value('c') === undefined ? Infinity : Number(options.value('c')),
    intervalUs: seconds('i', 1),
    lingerUs: seconds('W', 10),
    deadlineUs: options.value('w') === undefined ? Infinity : process.time().monotonicUs + seconds('w', 0),
    ttl: options.value('t') === undefined ? undefined : Number(options.value('t')),
    source,
    dontFragment: options.value('M') === 'do',
    names: !busybox && !options.has('n') && !isIpv4(host),
  };
}

/** Sends one each interval and hears what comes back, until the count, the deadline or ^C. */
async function sendAll(call: Invocation, settings: Settings): Promise<Tally | 'unreachable'> {
  const { process, io, flavour } = call;
  const startUs = process.time().monotonicUs;
  const tally: Tally = {
    sent: 0,
    errors: 0,
    timesUs: [],
    firstSentUs: startUs,
    lastSentUs: startUs,
    pipe: 0,
    answered: new Set(),
  };
  const prober = Prober.open(process);
  if ('errno' in prober) {
    await io.warn(`socket: ${strerror(prober)}`);
    return 'unreachable';
  }
  const first = flavour === 'busybox' ? 0 : 1;
  let nextUs = startUs;
  for (;;) {
    const nowUs = process.time().monotonicUs;
    if (tally.sent < settings.count && nowUs >= nextUs && nowUs < settings.deadlineUs) {
      if (call.options.has('O') && tally.sent > 0 && !tally.answered.has(tally.sent - 1 + first))
        io.line(`no answer yet for icmp_seq=${String(tally.sent - 1 + first)}`);
      const failure = await sendOne(call, prober, settings, tally, tally.sent + first);
      if (failure === 'unreachable') return failure;
      nextUs += settings.intervalUs;
    }
    if (isOver(settings, tally)) return tally;
    const untilUs = Math.min(
      settings.deadlineUs,
      tally.sent < settings.count ? nextUs : tally.lastSentUs + linger(settings, tally),
    );
    await io.flush();
    const heard = await prober.hear(untilUs - process.time().monotonicUs);
    if (heard === 'interrupted') return tally;
    if (heard !== 'nothing') await note(call, settings, heard, tally);
    else if (tally.sent >= settings.count || process.time().monotonicUs >= settings.deadlineUs) return tally;
    if (process.takeSignals().includes('SIGINT')) return tally;
  }
}

const isOver = ({ count, deadlineUs }: Settings, { timesUs, errors }: Tally): boolean =>
  timesUs.length + errors >= (deadlineUs === Infinity ? count : Infinity);

/** How long the last answers are waited for: twice the longest round trip, or long where none ever came. */
const linger = ({ intervalUs, lingerUs }: Settings, { timesUs }: Tally): number =>
  timesUs.length === 0 ? lingerUs : Math.max(2 * Math.max(...timesUs), intervalUs);

async function sendOne(
  { process, io, flavour }: Invocation,
  prober: Prober,
  { ip, size, ttl, source, dontFragment }: Settings,
  tally: Tally,
  sequence: number,
): Promise<'unreachable' | undefined> {
  const nowUs = process.time().monotonicUs;
  if (tally.sent === 0) tally.firstSentUs = nowUs;
  tally.lastSentUs = nowUs;
  const sent = prober.send(ip, {
    sequence,
    protocol: 'icmp',
    bytes: size + HEADERS,
    ...(ttl === undefined ? {} : { ttl }),
    ...(source === undefined ? {} : { source }),
    ...(dontFragment ? { dontFragment } : {}),
  });
  tally.sent += 1;
  if (!failed(sent)) return undefined;
  tally.errors += 1;
  if (sent.errno === 'EMSGSIZE') {
    await io.warn(`local error: message too long, mtu: ${String(mtuTowards(process, ip))}`);
    return undefined;
  }
  await io.warn(sendProblem(flavour === 'busybox', sent));
  return sent.errno === 'ENETUNREACH' || sent.errno === 'EADDRNOTAVAIL' ? 'unreachable' : undefined;
}

function sendProblem(busybox: boolean, failure: SysFailure): string {
  if (failure.errno === 'EADDRNOTAVAIL') return `bind: ${strerror(failure)}`;
  const call = busybox ? 'sendto' : failure.errno === 'ENETUNREACH' ? 'connect' : 'sendmsg';
  return `${call}: ${strerror(failure)}`;
}

/** The MTU of the link that a route leaves by. */
function mtuTowards(process: Invocation['process'], ip: string): number {
  const route = process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
  const device = failed(route) ? '' : new KernelRecord(route).text('device');
  return readLinks(process).find(({ name }) => name === device)?.mtu ?? 1_500;
}

const ICMP_ERRORS = {
  'unreachable-host': 'Destination Host Unreachable',
  'unreachable-net': 'Destination Net Unreachable',
  'unreachable-port': 'Destination Port Unreachable',
  prohibited: 'Packet filtered',
  'ttl-exceeded': 'Time to live exceeded',
  'too-long': 'Frag needed and DF set',
} as const;

/** Counts an answer and tells of it. */
async function note(call: Invocation, settings: Settings, answer: ProbeAnswer, tally: Tally): Promise<void> {
  const { io, process, options } = call;
  const busybox = call.flavour === 'busybox';
  const { sequence, from, error } = answer;
  tally.answered.add(sequence);
  tally.pipe = Math.max(tally.pipe, tally.sent - sequence + 1);
  if (error === undefined) tally.timesUs.push(answer.roundTripUs);
  else tally.errors += 1;
  if (options.has('q') || (error !== undefined && busybox)) return;
  const name = settings.names ? await reverseName(process, from) : undefined;
  const who = name === undefined ? from : `${name} (${from})`;
  const stamp = options.has('D') ? `[${(process.time().realtimeUs / 1e6).toFixed(6)}] ` : '';
  if (error !== undefined) {
    const mtu = answer.mtu === undefined ? '' : ` (mtu = ${String(answer.mtu)})`;
    io.line(`${stamp}From ${who} icmp_seq=${String(sequence)} ${ICMP_ERRORS[error]}${mtu}`);
    return;
  }
  const ms = answer.roundTripUs / 1_000;
  const digits = busybox || ms < 1 ? 3 : ms < 10 ? 2 : ms < 100 ? 1 : 0;
  const number = `${busybox ? 'seq' : 'icmp_seq'}=${String(sequence)}`;
  io.line(
    `${stamp}${String(settings.size + 8)} bytes from ${who}: ${number} ttl=${String(answer.ttl)} time=${ms.toFixed(digits)} ms`,
  );
}

function summarise({ io, flavour }: Invocation, host: string, tally: Tally): void {
  const busybox = flavour === 'busybox';
  const { sent, errors, timesUs, pipe } = tally;
  const lost = sent === 0 ? 0 : ((sent - timesUs.length) / sent) * 100;
  const loss = busybox ? String(Math.floor(lost)) : String(Number(lost.toPrecision(6)));
  io.line(`\n--- ${host} ping statistics ---`);
  const received = `${String(timesUs.length)} ${busybox ? 'packets ' : ''}received`;
  const wrong = errors > 0 && !busybox ? `, +${String(errors)} errors` : '';
  const time = busybox ? '' : `, time ${String(Math.round((tally.lastSentUs - tally.firstSentUs) / 1_000))}ms`;
  io.line(`${String(sent)} packets transmitted, ${received}${wrong}, ${loss}% packet loss${time}`);
  const piped = pipe > 1 ? `pipe ${String(pipe)}` : '';
  if (timesUs.length === 0) {
    if (!busybox) io.line(piped);
    return;
  }
  const average = timesUs.reduce((sum, one) => sum + one, 0) / timesUs.length;
  const deviation = Math.sqrt(
    timesUs.reduce((sum, one) => sum + (one - average) * (one - average), 0) / timesUs.length,
  );
  const show = (us: number): string => (us / 1_000).toFixed(3);
  const three = `${show(Math.min(...timesUs))}/${show(average)}/${show(Math.max(...timesUs))}`;
  io.line(
    busybox
      ? `round-trip min/avg/max = ${three} ms`
      : `rtt min/avg/max/mdev = ${three}/${show(deviation)} ms${piped === '' ? '' : `, ${piped}`}`,
  );
}
