/**
 * ping (iputils 20240117) and busybox's.
 * Leaves out: record route, time stamps of routers, payload patterns, types of service, IPv6.
 */
import { fail, failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { readLinks } from '../../network/rtnetlink/link-facts.ts';
import { Prober } from '../../network/prober.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { header, note, summarise, tellStatus } from './report.ts';
import { connectProblem, HEADERS, readSettings, type Settings } from './settings.ts';
import { Tally } from './tally.ts';
import { USAGE } from './usage.ts';

export const ping = command(
  {
    name: 'ping',
    onlyLetters: true,
    short: 'c:i:W:w:s:t:I:M:qnvODL4aAbBCdfHrRU6e:F:l:m:N:p:Q:S:T:h',
    usageStatus: 2,
    usage: '[options] <destination>',
    hint: USAGE,
    absent: [...'bBCdrRU6eFmNpQSTvL'],
    busybox: '46csitAIWwqpvn',
  },
  async (call) => {
    const { process, io } = call;
    if (call.options.has('h')) {
      await io.raw(`${USAGE}\n`);
      return 2;
    }
    if (call.operands.length > 1) return await notSimulated(io, 'ping with hops on the way');
    const busybox = call.flavour === 'busybox';
    const settings = await readSettings(call);
    if (typeof settings === 'number') return settings;
    const problem = busybox ? undefined : connectProblem(call, settings);
    if (problem !== undefined) {
      await io.warn(problem);
      return 2;
    }
    process.sigaction('SIGINT', 'catch');
    if (!busybox) process.sigaction('SIGQUIT', 'catch');
    io.line(header(call, settings));
    await io.flush();
    const tally = await sendAll(call, settings);
    if (tally === 'unreachable') return busybox ? 1 : 2;
    summarise(call, settings, tally);
    const { count, deadlineUs } = settings;
    const tooFew = deadlineUs !== Infinity && count !== Infinity && tally.timesUs.length < count;
    return await io.end(tally.timesUs.length > 0 && !tooFew ? 0 : 1);
  },
);

/** The longest packet of IPv4. */
const MAX_IP_BYTES = 65_535;

/** Sends one each interval and hears what comes back, until the count, the deadline or ^C. */
async function sendAll(call: Invocation, settings: Settings): Promise<Tally | 'unreachable'> {
  const { process, io, flavour } = call;
  const startUs = process.time().monotonicUs;
  const tally = new Tally(startUs);
  const prober = Prober.open(process);
  if ('errno' in prober) {
    await io.warn(`socket: ${strerror(prober)}`);
    return 'unreachable';
  }
  const first = flavour === 'busybox' ? 0 : 1;
  const most = settings.deadlineUs === Infinity ? settings.count : Infinity;
  let nextUs = startUs;
  for (;;) {
    const nowUs = process.time().monotonicUs;
    const isDue = nowUs >= nextUs || tally.sent < settings.preload;
    if (tally.sent < most && isDue && nowUs < settings.deadlineUs) {
      if (call.options.has('O') && tally.sent > 0 && !tally.answered.has(tally.sent - 1 + first))
        io.line(`no answer yet for icmp_seq=${String(tally.sent - 1 + first)}`);
      const failure = await sendOne(call, prober, settings, tally, tally.sent + first);
      if (failure === 'unreachable') return failure;
      nextUs = nowUs + settings.intervalUs;
      if (tally.sent < Math.min(settings.preload, most)) continue;
    }
    if (isOver(settings, tally)) return tally;
    const untilUs = Math.min(
      settings.deadlineUs,
      tally.sent < most ? nextUs : tally.lastSentUs + linger(settings, tally),
    );
    await io.flush();
    const heard = await prober.hear(untilUs - process.time().monotonicUs);
    if (heard !== 'nothing' && heard !== 'interrupted') {
      await note(call, settings, heard, tally);
      if (settings.eager) nextUs = process.time().monotonicUs;
    } else if (heard === 'nothing' && (tally.sent >= most || process.time().monotonicUs >= settings.deadlineUs))
      return tally;
    const signals = process.takeSignals();
    if (signals.includes('SIGINT')) return tally;
    if (signals.includes('SIGQUIT')) await tellStatus(call, tally);
    else if (heard === 'interrupted') return tally;
  }
}

const isOver = ({ count, deadlineUs }: Settings, { timesUs, errors }: Tally): boolean =>
  timesUs.length + errors >= count || (deadlineUs !== Infinity && errors > 0);

/** How long the last answers are waited for: twice the longest round trip, or long where none ever came. */
const linger = ({ intervalUs, lingerUs }: Settings, { timesUs }: Tally): number =>
  timesUs.length === 0 ? lingerUs : Math.max(2 * Math.max(...timesUs), intervalUs);

async function sendOne(
  { process, io, flavour }: Invocation,
  prober: Prober,
  { ip, size, ttl, source, dontFragment, dots }: Settings,
  tally: Tally,
  sequence: number,
): Promise<'unreachable' | undefined> {
  const nowUs = process.time().monotonicUs;
  if (tally.sent === 0) tally.firstSentUs = nowUs;
  tally.lastSentUs = nowUs;
  const probe = {
    sequence,
    protocol: 'icmp' as const,
    bytes: size + HEADERS,
    ...(ttl === undefined ? {} : { ttl }),
    ...(source === undefined ? {} : { source }),
    ...(dontFragment ? { dontFragment } : {}),
  };
  const tooLong = probe.bytes > MAX_IP_BYTES;
  const sent = tooLong ? fail('EMSGSIZE') : prober.send(ip, probe);
  tally.sent += 1;
  if (dots) io.out('.');
  if (!failed(sent)) return undefined;
  tally.errors += 1;
  if (sent.errno === 'EMSGSIZE') {
    await io.warn(`local error: message too long, mtu=${String(tooLong ? MAX_IP_BYTES : mtuTowards(process, ip))}`);
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
