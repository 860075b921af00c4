/** tracepath (iputils): hop by hop with growing time to live; the path's MTU is the outgoing device's. */
import { failed } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { resolveErrorText, resolveHost, reverseName } from '../resolver.ts';
import { KernelRecord } from '../system/kernel/kernel-data.ts';
import { readLinks } from './rtnetlink/link-facts.ts';
import { Prober } from './prober.ts';

const MAX_HOPS = 30;
const FIRST_PORT = 44_444;
const NAME_WIDTH = 51;

export const tracepath = command(
  {
    name: 'tracepath',
    onlyLetters: true,
    // -4 says what all addresses here are.
    short: 'nbm:l:p:46Vv',
    absent: [...'6Vv'],
    usage: '[options] <destination>',
    usageStatus: 255,
  },
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
    const length = Math.min(mtu, Number(options.value('l') ?? mtu));
    const firstPort = Number(options.value('p') ?? FIRST_PORT);
    // A probe of a given length that fits never meets the device's limit.
    if (length === mtu) io.line(` 1?: [LOCALHOST]                      pmtu ${String(mtu)}`);
    for (let ttl = 1; ttl <= Number(options.value('m') ?? MAX_HOPS); ttl += 1) {
      const sent = prober.send(ip, { sequence: ttl, protocol: 'udp', port: firstPort + ttl, bytes: length, ttl });
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
        io.line(
          `${head}${(await hopName(call, answer.from)).padEnd(NAME_WIDTH)} ${(answer.roundTripUs / 1_000).toFixed(3).padStart(7)}ms ${note}`,
        );
        if (reached || note !== '') {
          io.line(`     Resume: pmtu ${String(length)} hops ${String(ttl)} back ${String(ttl)} `);
          return await io.end(0);
        }
      }
      await io.flush();
    }
    io.line(`     Too many hops: pmtu ${String(length)}`);
    io.line(`     Resume: pmtu ${String(length)} `);
    return await io.end(0);
  },
);

/** A hop by its name, by its address (-n), or by both (-b). */
async function hopName({ options, process }: Invocation, ip: string): Promise<string> {
  if (options.has('n')) return ip;
  const name = (await reverseName(process, ip)) ?? ip;
  return (options.has('b') ? `${name} (${ip})` : name).slice(0, NAME_WIDTH);
}
