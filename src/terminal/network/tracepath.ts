/** tracepath (iputils): hop by hop with growing time to live; the path's MTU is the outgoing device's. */
import { failed } from '../../protocol/errno.ts';
import { command } from '../coreutils/command.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';
import { KernelRecord } from '../system/kernel-data.ts';
import { readLinks } from './link-facts.ts';
import { Prober } from './prober.ts';

const MAX_HOPS = 30;

export const tracepath = command(
  { name: 'tracepath', short: 'nbm:l:p:46V', usage: '[options] <destination>', usageStatus: 255 },
  async (call) => {
    const { io, options, process } = call;
    const [host] = call.operands;
    if (host === undefined) {
      await io.raw('tracepath: usage error: Destination address required\n');
      return 255;
    }
    const found = await resolveHost(process, host);
    const ip = found.type === 'found' ? found.addresses[0] : undefined;
    if (found.type === 'failed' || ip === undefined) {
      await io.warn(`${host}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}`);
      return 1;
    }
    const route = process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
    const device = failed(route) ? '' : new KernelRecord(route).text('device');
    const mtu = readLinks(process).find(({ name }) => name === device)?.mtu ?? 1_500;
    const prober = Prober.open(process);
    if ('errno' in prober) return 1;
    io.line(` 1?: [LOCALHOST]                      pmtu ${String(mtu)}`);
    for (let ttl = 1; ttl <= Number(options.value('m') ?? MAX_HOPS); ttl += 1) {
      const sent = prober.send(ip, { sequence: ttl, protocol: 'udp', port: 44_444 + ttl, bytes: mtu, ttl });
      const answer = failed(sent) ? 'nothing' : await prober.hear(1_000_000);
      const head = `${String(ttl).padStart(2)}:  `;
      if (answer === 'interrupted') return 130;
      if (answer === 'nothing') io.line(`${head}no reply`);
      else {
        const reached = answer.error === 'unreachable-port';
        const note =
          answer.error === 'unreachable-host'
            ? '!H'
            : answer.error === 'unreachable-net'
              ? '!N'
              : reached
                ? 'reached'
                : '';
        io.line(`${head}${answer.from.padEnd(52)}${(answer.roundTripUs / 1_000).toFixed(3).padStart(7)}ms ${note}`);
        if (reached || note !== '') {
          io.line(`     Resume: pmtu ${String(mtu)} hops ${String(ttl)} back ${String(ttl)} `);
          return await io.end(0);
        }
      }
      await io.flush();
    }
    io.line(`     Too many hops: pmtu ${String(mtu)}`);
    io.line(`     Resume: pmtu ${String(mtu)} `);
    return await io.end(0);
  },
);
