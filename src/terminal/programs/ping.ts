/** ping (iputils) and busybox's. */
import { failed, strerror, type SysFailure } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';

type Answer = Exclude<Awaited<ReturnType<Process['ping']>>, SysFailure>;

/** What has happened so far. */
interface Tally {
  sent: number;
  errors: number;
  readonly timesUs: number[];
}

export const ping = command(
  { name: 'ping', short: 'c:i:W:w:s:t:qnI:4v6', usageStatus: 2, usage: '[options] <destination>' },
  async (call) => {
    const { process, io, options } = call;
    const busybox = call.flavour === 'busybox';
    const misused = busybox ? 1 : 2;
    const [host] = call.operands;
    if (host === undefined) {
      await io.warn('usage error: Destination address required');
      return misused;
    }
    const found = await resolveHost(process, host);
    const ip = found.type === 'found' ? found.addresses[0] : undefined;
    if (found.type === 'failed' || ip === undefined) {
      const why = found.type === 'failed' ? resolveErrorText(found.reason) : '';
      await io.warn(busybox ? `bad address '${host}'` : `${host}: ${why}`);
      return misused;
    }
    const size = Number(options.value('s') ?? '56');
    const beganUs = process.time().monotonicUs;
    process.sigaction('SIGINT', 'catch');
    io.line(
      busybox
        ? `PING ${host} (${ip}): ${String(size)} data bytes`
        : `PING ${host} (${ip}) ${String(size)}(${String(size + 28)}) bytes of data.`,
    );
    await io.flush();
    const tally = await sendAll(call, ip, size, beganUs);
    if (tally === 'unreachable') return misused;
    summarise(call, host, tally, process.time().monotonicUs - beganUs);
    return await io.end(tally.timesUs.length > 0 ? 0 : 1);
  },
);

/** Sends until the count, the deadline or ^C. */
async function sendAll(call: Invocation, ip: string, size: number, beganUs: number): Promise<Tally | 'unreachable'> {
  const { process, io, options } = call;
  const busybox = call.flavour === 'busybox';
  const count = options.value('c') === undefined ? Infinity : Number(options.value('c'));
  const intervalUs = Number(options.value('i') ?? '1') * 1e6;
  const waitUs = Number(options.value('W') ?? '10') * 1e6;
  const deadlineUs = options.value('w') === undefined ? Infinity : beganUs + Number(options.value('w')) * 1e6;
  const ttl = options.value('t');
  const tally: Tally = { sent: 0, errors: 0, timesUs: [] };
  for (let sequence = busybox ? 0 : 1; tally.sent < count && process.time().monotonicUs < deadlineUs; sequence += 1) {
    const atUs = process.time().monotonicUs;
    tally.sent += 1;
    const left = tally.sent === count || busybox ? waitUs : Math.min(waitUs, intervalUs);
    const answer = await process.ping(ip, {
      sequence,
      size,
      timeoutUs: Math.max(1, Math.min(left, deadlineUs - atUs)),
      ...(ttl === undefined ? {} : { ttl: Number(ttl) }),
    });
    if (!failed(answer)) note(call, answer, sequence, size, tally);
    else if (answer.errno === 'EINTR') break;
    else if (answer.errno !== 'ETIMEDOUT') {
      await io.warn(sendProblem(busybox, answer));
      if (answer.errno === 'ENETUNREACH') return 'unreachable';
    }
    await io.flush();
    if (process.takeSignals().includes('SIGINT')) break;
    const restUs = atUs + intervalUs - process.time().monotonicUs;
    if (tally.sent < count && restUs > 0) {
      await process.sleep(restUs);
      if (process.takeSignals().includes('SIGINT')) break;
    }
  }
  return tally;
}

function sendProblem(busybox: boolean, failure: SysFailure): string {
  const call = busybox ? 'sendto' : failure.errno === 'ENETUNREACH' ? 'connect' : 'sendmsg';
  return `${call}: ${strerror(failure)}`;
}

const ICMP_ERRORS = {
  'unreachable-host': 'Destination Host Unreachable',
  'unreachable-net': 'Destination Net Unreachable',
  'unreachable-port': 'Destination Port Unreachable',
  'ttl-exceeded': 'Time to live exceeded',
} as const;

/** Counts an answer and tells of it. */
function note(call: Invocation, answer: Answer, sequence: number, size: number, tally: Tally): void {
  const { io } = call;
  const busybox = call.flavour === 'busybox';
  const quiet = call.options.has('q');
  if (answer.error !== undefined) {
    tally.errors += 1;
    if (!quiet && !busybox) io.line(`From ${answer.from} icmp_seq=${String(sequence)} ${ICMP_ERRORS[answer.error]}`);
    return;
  }
  tally.timesUs.push(answer.roundTripUs);
  if (quiet) return;
  const ms = answer.roundTripUs / 1_000;
  const time = busybox || ms < 1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms.toFixed(1);
  const number = `${busybox ? 'seq' : 'icmp_seq'}=${String(sequence)}`;
  io.line(`${String(size + 8)} bytes from ${answer.from}: ${number} ttl=${String(answer.ttl)} time=${time} ms`);
}

function summarise({ io, flavour }: Invocation, host: string, tally: Tally, tookUs: number): void {
  const busybox = flavour === 'busybox';
  const { sent, errors, timesUs } = tally;
  const lost = sent === 0 ? 0 : Math.floor(((sent - timesUs.length) / sent) * 100);
  io.line(`\n--- ${host} ping statistics ---`);
  const received = `${String(timesUs.length)} ${busybox ? 'packets ' : ''}received`;
  const wrong = errors > 0 && !busybox ? `, +${String(errors)} errors` : '';
  const time = busybox ? '' : `, time ${String(Math.round(tookUs / 1_000))}ms`;
  io.line(`${String(sent)} packets transmitted, ${received}${wrong}, ${String(lost)}% packet loss${time}`);
  if (timesUs.length === 0) {
    if (!busybox) io.line('');
    return;
  }
  const average = timesUs.reduce((sum, one) => sum + one, 0) / timesUs.length;
  const deviation = Math.sqrt(
    timesUs.reduce((sum, one) => sum + (one - average) * (one - average), 0) / timesUs.length,
  );
  const show = (us: number): string => (us / 1_000).toFixed(3);
  const three = `${show(Math.min(...timesUs))}/${show(average)}/${show(Math.max(...timesUs))}`;
  io.line(busybox ? `round-trip min/avg/max = ${three} ms` : `rtt min/avg/max/mdev = ${three}/${show(deviation)} ms`);
}
