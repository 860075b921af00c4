/** ping (iputils) and busybox's. */
import { failed, strerror } from '../../protocol/errno.ts';
import { command } from '../coreutils/command.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';

export const ping = command(
  { name: 'ping', short: 'c:i:W:w:s:t:qnI:4v6', usageStatus: 2, usage: '[options] <destination>' },
  async (call) => {
    const { process, io, options } = call;
    const busybox = call.flavour === 'busybox';
    const [host] = call.operands;
    if (host === undefined) {
      await io.warn('usage error: Destination address required');
      return busybox ? 1 : 2;
    }
    const found = await resolveHost(process, host);
    const ip = found.type === 'found' ? found.addresses[0] : undefined;
    if (found.type === 'failed' || ip === undefined) {
      await io.warn(
        busybox ? `bad address '${host}'` : `${host}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}`,
      );
      return busybox ? 1 : 2;
    }
    const size = Number(options.value('s') ?? '56');
    const count = options.value('c') === undefined ? Infinity : Number(options.value('c'));
    const interval = Number(options.value('i') ?? '1') * 1e6;
    const ttl = options.value('t');
    const wait = Number(options.value('W') ?? '10') * 1e6;
    const began = process.time().monotonicUs;
    const deadline = options.value('w') === undefined ? Infinity : began + Number(options.value('w')) * 1e6;
    process.sigaction('SIGINT', 'catch');
    io.line(
      busybox
        ? `PING ${host} (${ip}): ${String(size)} data bytes`
        : `PING ${host} (${ip}) ${String(size)}(${String(size + 28)}) bytes of data.`,
    );
    await io.flush();
    const times: number[] = [];
    let sent = 0;
    let errors = 0;
    for (let sequence = busybox ? 0 : 1; sent < count && process.time().monotonicUs < deadline; sequence += 1) {
      const at = process.time().monotonicUs;
      sent += 1;
      const left = sent === count || busybox ? wait : Math.min(wait, interval);
      const answer = await process.ping(ip, {
        sequence,
        size,
        timeoutUs: Math.max(1, Math.min(left, deadline - at)),
        ...(ttl === undefined ? {} : { ttl: Number(ttl) }),
      });
      if (failed(answer)) {
        if (answer.errno === 'EINTR') break;
        if (answer.errno !== 'ETIMEDOUT') {
          await io.warn(
            busybox
              ? `sendto: ${strerror(answer)}`
              : answer.errno === 'ENETUNREACH'
                ? `connect: ${strerror(answer)}`
                : `sendmsg: ${strerror(answer)}`,
          );
          if (answer.errno === 'ENETUNREACH') return busybox ? 1 : 2;
        }
      } else if (answer.error !== undefined) {
        errors += 1;
        const text = {
          'unreachable-host': 'Destination Host Unreachable',
          'unreachable-net': 'Destination Net Unreachable',
          'unreachable-port': 'Destination Port Unreachable',
          'ttl-exceeded': 'Time to live exceeded',
        }[answer.error];
        if (!options.has('q') && !busybox) io.line(`From ${answer.from} icmp_seq=${String(sequence)} ${text}`);
      } else {
        times.push(answer.roundTripUs);
        const ms = answer.roundTripUs / 1_000;
        if (!options.has('q'))
          io.line(
            busybox
              ? `${String(size + 8)} bytes from ${answer.from}: seq=${String(sequence)} ttl=${String(answer.ttl)} time=${ms.toFixed(3)} ms`
              : `${String(size + 8)} bytes from ${answer.from}: icmp_seq=${String(sequence)} ttl=${String(answer.ttl)} time=${ms < 1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`,
          );
      }
      await io.flush();
      if (process.takeSignals().includes('SIGINT')) break;
      const rest = at + interval - process.time().monotonicUs;
      if (sent < count && rest > 0) {
        await process.sleep(rest);
        if (process.takeSignals().includes('SIGINT')) break;
      }
    }
    const lost = sent === 0 ? 0 : Math.floor(((sent - times.length) / sent) * 100);
    io.line(`\n--- ${host} ping statistics ---`);
    io.line(
      `${String(sent)} packets transmitted, ${busybox ? `${String(times.length)} packets received` : `${String(times.length)} received`}${errors > 0 && !busybox ? `, +${String(errors)} errors` : ''}, ${String(lost)}% packet loss${busybox ? '' : `, time ${String(Math.round((process.time().monotonicUs - began) / 1_000))}ms`}`,
    );
    if (times.length > 0) {
      const average = times.reduce((sum, one) => sum + one, 0) / times.length;
      const deviation = Math.sqrt(
        times.reduce((sum, one) => sum + (one - average) * (one - average), 0) / times.length,
      );
      const show = (us: number): string => (us / 1_000).toFixed(3);
      io.line(
        busybox
          ? `round-trip min/avg/max = ${show(Math.min(...times))}/${show(average)}/${show(Math.max(...times))} ms`
          : `rtt min/avg/max/mdev = ${show(Math.min(...times))}/${show(average)}/${show(Math.max(...times))}/${show(deviation)} ms`,
      );
    } else if (!busybox) io.line('');
    return await io.end(times.length > 0 ? 0 : 1);
  },
);
