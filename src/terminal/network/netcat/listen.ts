/** netcat as a server: of one connection, or with -k of one after another. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { SocketAddress } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { isIpv4, resolveErrorText, resolveHost, reverseName } from '../../resolver.ts';
import { ownPortOf } from './port.ts';
import { relay } from './relay.ts';
import { datagramWire, streamWire } from './wire.ts';

const ANY = '0.0.0.0';

interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/** Where to listen: `-l PORT`, `-l HOST PORT`, or -s and -p. */
export async function listen(call: Invocation): Promise<number> {
  const { io, options, operands, process } = call;
  const [host, word] = operands.length > 1 ? operands : [options.value('s') ?? ANY, options.value('p') ?? operands[0]];
  if (word === undefined) {
    await io.warn('missing port number');
    return 1;
  }
  const port = await ownPortOf(call, word);
  if (port === undefined) return 1;
  const found = await resolveHost(process, host ?? ANY);
  if (found.type === 'failed') {
    await io.warn(`getaddrinfo: ${resolveErrorText(found.reason)}`);
    return 1;
  }
  const at = { ip: found.addresses[0] ?? ANY, port };
  return options.has('u') ? await receive(call, at) : await accept(call, { family: 'inet', ...at });
}

/** -U: a socket file. */
export async function listenPath(call: Invocation, path: string): Promise<number> {
  return await accept(call, { family: 'unix', path });
}

async function accept(call: Invocation, address: SocketAddress): Promise<number> {
  const { io, options, process } = call;
  const listener = process.listen(address, address.family === 'unix' ? 5 : 1);
  if (failed(listener)) {
    await io.warn(call.flavour === 'busybox' ? `bind: ${strerror(listener)}` : strerror(listener));
    return 1;
  }
  const bound = process.socketName(listener);
  const own = failed(bound) ? address : bound;
  if (options.has('v')) await tell(call, `${call.flavour === 'busybox' ? 'listening' : 'Listening'} on`, own);
  do {
    const fd = await process.accept(listener);
    if (failed(fd)) return 1;
    const peer = process.peerName(fd);
    if (options.has('v') && !failed(peer)) await tellPeer(call, own, peer);
    if (!options.has('k')) process.close(listener);
    await relay(call, streamWire(process, fd));
    process.close(fd);
  } while (options.has('k'));
  return 0;
}

async function tell(call: Invocation, what: string, address: SocketAddress): Promise<void> {
  const { io } = call;
  if (address.family === 'unix') await io.raw(`${what} ${address.path}\n`);
  else if (call.flavour === 'busybox') await io.raw(`${what} ${address.ip}:${String(address.port)} ...\n`);
  else await io.raw(`${what} ${await named(call, address.ip)} ${String(address.port)}\n`);
}

async function tellPeer(call: Invocation, own: SocketAddress, peer: SocketAddress): Promise<void> {
  if (call.flavour !== 'busybox') await tell(call, 'Connection received on', peer);
  else if (own.family === 'inet' && peer.family === 'inet') await tellEnds(call, own, peer);
}

type InetAddress = Extract<SocketAddress, { readonly family: 'inet' }>;

async function tellEnds(call: Invocation, own: InetAddress, peer: InetAddress): Promise<void> {
  const far = `${peer.ip}:${String(peer.port)}`;
  await call.io.raw(`connect to ${own.ip}:${String(own.port)} from ${far} (${far})\n`);
}

/** A name where there is one and -n does not forbid it. */
const named = async ({ options, process }: Invocation, ip: string): Promise<string> =>
  options.has('n') || !isIpv4(ip) || ip === ANY ? ip : ((await reverseName(process, ip)) ?? ip);

/** Who sends first is spoken with; with -k everybody is heard. */
async function receive(call: Invocation, { ip, port }: Endpoint): Promise<number> {
  const { io, options, process } = call;
  const fd = process.udp(port, ip);
  if (failed(fd)) {
    await io.warn(strerror(fd));
    return 1;
  }
  if (options.has('v')) await tell(call, 'Bound on', { family: 'inet', ip, port });
  for (;;) {
    const first = await process.receiveFrom(fd);
    if (failed(first)) return 1;
    if (options.has('v')) await tell(call, 'Connection received on', { family: 'inet', ...first.from });
    if (failed(await process.write(1, first.bytes))) return 1;
    if (!options.has('k')) await relay(call, datagramWire(process, fd, first.from));
    if (!options.has('k')) return 0;
  }
}
