/** What ping prints: answers, dots, the line of ^\\, and the summary. */
import type { ProbeAnswer } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { reverseName } from '../../resolver.ts';
import { HEADERS, type Settings } from './settings.ts';
import type { Tally } from './tally.ts';

export function header({ flavour }: Invocation, { host, ip, size, source, device }: Settings): string {
  if (flavour === 'busybox') return `PING ${host} (${ip}): ${String(size)} data bytes`;
  const from = source === undefined ? '' : ` from ${source} ${device}:`;
  return `PING ${host} (${ip})${from} ${String(size)}(${String(size + HEADERS)}) bytes of data.`;
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
export async function note(call: Invocation, settings: Settings, answer: ProbeAnswer, tally: Tally): Promise<void> {
  const { io, process, options } = call;
  const busybox = call.flavour === 'busybox';
  const { sequence, from, error } = answer;
  tally.answered.add(sequence);
  tally.pipe = Math.max(tally.pipe, tally.sent - sequence + 1);
  if (error === undefined) tally.addTime(answer.roundTripUs);
  else tally.errors += 1;
  if (options.has('q') || (error !== undefined && busybox)) return;
  if (settings.dots) {
    io.out(error === undefined ? '\b \b' : '\bE');
    return;
  }
  const name = settings.names ? await reverseName(process, from) : undefined;
  const who = name === undefined ? from : `${name} (${from})`;
  const stamp = options.has('D') ? `[${(process.time().realtimeUs / 1e6).toFixed(6)}] ` : '';
  const number = `${busybox ? 'seq' : 'icmp_seq'}=${String(sequence)}`;
  if (error !== undefined) {
    const mtu = answer.mtu === undefined ? '' : ` (mtu = ${String(answer.mtu)})`;
    io.line(`${stamp}From ${who} ${number} ${ICMP_ERRORS[error]}${mtu}`);
    return;
  }
  const time = settings.timed ? ` time=${milliseconds(answer.roundTripUs, busybox)} ms` : '';
  const bell = options.has('a') ? '\x07' : '';
  io.line(`${stamp}${String(settings.size + 8)} bytes from ${who}: ${number} ttl=${String(answer.ttl)}${time}${bell}`);
}

function milliseconds(us: number, busybox: boolean): string {
  const ms = us / 1_000;
  return ms.toFixed(busybox || ms < 1 ? 3 : ms < 10 ? 2 : ms < 100 ? 1 : 0);
}

const show = (us: number): string => (us / 1_000).toFixed(3);
const average = ({ timesUs }: Tally): number => timesUs.reduce((sum, one) => sum + one, 0) / timesUs.length;

/** On SIGQUIT, on standard error: how it stands. */
export async function tellStatus({ io }: Invocation, tally: Tally): Promise<void> {
  const { sent, timesUs, ewmaUs } = tally;
  const loss = sent === 0 ? 0 : Math.floor(((sent - timesUs.length) * 100) / sent);
  const times = [Math.min(...timesUs), average(tally), ewmaUs, Math.max(...timesUs)].map(show).join('/');
  const all = timesUs.length === 0 ? '' : `, min/avg/ewma/max = ${times} ms`;
  await io.raw(`\r${String(timesUs.length)}/${String(sent)} packets, ${String(loss)}% loss${all}\n`);
}

export function summarise({ io, flavour }: Invocation, settings: Settings, tally: Tally): void {
  const busybox = flavour === 'busybox';
  const { sent, errors, timesUs, pipe } = tally;
  const lost = sent === 0 ? 0 : ((sent - timesUs.length) / sent) * 100;
  const loss = busybox ? String(Math.floor(lost)) : String(Number(lost.toPrecision(6)));
  io.line(`\n--- ${settings.host} ping statistics ---`);
  const received = `${String(timesUs.length)} ${busybox ? 'packets ' : ''}received`;
  const wrong = errors > 0 && !busybox ? `, +${String(errors)} errors` : '';
  const spentUs = tally.lastSentUs - tally.firstSentUs;
  const time = busybox ? '' : `, time ${String(Math.round(spentUs / 1_000))}ms`;
  io.line(`${String(sent)} packets transmitted, ${received}${wrong}, ${loss}% packet loss${time}`);
  const piped = pipe > 1 ? `pipe ${String(pipe)}` : '';
  const pace = settings.eager && sent > 1 ? `ipg/ewma ${show(spentUs / (sent - 1))}/${show(tally.ewmaUs)} ms` : '';
  if (timesUs.length === 0 || !settings.timed) {
    if (!busybox) io.line([piped, pace].filter((text) => text !== '').join(', '));
    return;
  }
  const mean = average(tally);
  const deviation = Math.sqrt(timesUs.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / timesUs.length);
  const three = `${show(Math.min(...timesUs))}/${show(mean)}/${show(Math.max(...timesUs))}`;
  io.line(
    busybox
      ? `round-trip min/avg/max = ${three} ms`
      : [`rtt min/avg/max/mdev = ${three}/${show(deviation)} ms`, piped, pace].filter((text) => text !== '').join(', '),
  );
}
