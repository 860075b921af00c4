/** nc: OpenBSD's netcat as Ubuntu has it, and busybox's. TCP and UDP, client, listener and port check. */
import { failed, strerror, type SysFailure } from '../../protocol/errno.ts';
import type { Fd, Process } from '../../protocol/program.ts';
import type { Invocation } from '../coreutils/command.ts';
import { command } from '../coreutils/command.ts';
import { isIpv4, resolveErrorText, resolveHost, type Resolution } from '../resolver.ts';
import { notSimulated } from '../system/plain-program.ts';
import { serviceName } from './ss.ts';

const USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
\t  [destination] [port]`;

export const nc = command(
  {
    name: 'nc',
    // -4 says what all addresses here are.
    short: 'lzvunkw:p:q:N4s:i:dUe:h6CDFrStZI:M:m:O:P:T:V:W:X:x:bc:',
    usage: '[-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]',
    hint: USAGE,
    absent: [...'Ueh6CDFrStZIMmOPTVWXxbc'],
  },
  async (call) => {
    const { io, options } = call;
    if (options.has('l')) return await serve(call);
    const bound = ['p', 's'].find((letter) => options.has(letter));
    if (bound !== undefined) return await notSimulated(io, `nc -${bound} without -l`);
    const [host, ports] = call.operands;
    if (host === undefined || ports === undefined) {
      await io.raw(
        call.flavour === 'busybox'
          ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen\n'
          : `${USAGE}\n`,
      );
      return 1;
    }
    const [from, to = from] = ports.split('-').map((text) => portNumber(call.process, text));
    if (from === undefined || to === undefined) {
      await io.warn(`port number invalid: ${ports}`);
      return 1;
    }
    let status = 1;
    for (let port = from; port <= to; port += 1) status = Math.min(status, await connect(call, host, port));
    return await io.end(status);
  },
);

function portNumber(process: Process, text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : undefined;
  for (let port = 1; port < 9_000; port += 1) if (serviceName(process, port, 'tcp') === text) return port;
  return undefined;
}

async function connect(call: Invocation, host: string, port: number): Promise<number> {
  const { io, options, process } = call;
  const found: Resolution =
    options.has('n') && !isIpv4(host) ? { type: 'failed', reason: 'not-found' } : await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    await io.raw(
      call.flavour === 'busybox'
        ? `nc: bad address '${host}'\n`
        : `nc: getaddrinfo for host "${host}" port ${String(port)}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}\n`,
    );
    return 1;
  }
  if (options.has('u')) return await sendDatagrams(call, ip, port);
  const wait = options.value('w');
  const fd = await process.connect(
    { family: 'inet', ip, port },
    wait === undefined ? {} : { timeoutUs: Number(wait) * 1e6 },
  );
  if (failed(fd)) return await refused(call, { host, ip, port }, fd);
  const busybox = call.flavour === 'busybox';
  if (options.has('v'))
    await io.raw(
      busybox
        ? `${host} (${ip}:${String(port)}) open\n`
        : `Connection to ${host}${host === ip ? '' : ` (${ip})`} ${String(port)} port [tcp/${options.has('n') ? '*' : named(process, port)}] succeeded!\n`,
    );
  if (options.has('z')) {
    process.close(fd);
    return 0;
  }
  return await relay(call, fd);
}

const named = (process: Process, port: number): string => {
  const name = serviceName(process, port, 'tcp');
  return name === String(port) ? '*' : name;
};

async function refused(
  call: Invocation,
  { host, ip, port }: { readonly host: string; readonly ip: string; readonly port: number },
  failure: SysFailure,
): Promise<number> {
  const { io, options } = call;
  if (call.flavour === 'busybox')
    await io.raw(
      failure.errno === 'ETIMEDOUT' && options.has('w')
        ? 'nc: timed out\n'
        : `nc: ${host} (${ip}:${String(port)}): ${strerror(failure)}\n`,
    );
  else if (options.has('v'))
    await io.raw(
      `nc: connect to ${host}${host === ip ? '' : ` (${ip})`} port ${String(port)} (tcp) ${failure.errno === 'ETIMEDOUT' && options.has('w') ? 'timed out: Operation now in progress' : `failed: ${strerror(failure)}`}\n`,
    );
  return 1;
}

/** Standard input to the peer, the peer to standard output, until the peer is done. */
async function relay(call: Invocation, fd: Fd): Promise<number> {
  const { options, process } = call;
  if (!options.has('d'))
    void feed(call, fd, options.has('N') || options.value('q') === '0' || call.flavour === 'busybox');
  for (;;) {
    await pause(call);
    const bytes = await process.read(fd);
    if (failed(bytes) || bytes.length === 0) break;
    if (failed(await process.write(1, bytes))) break;
  }
  process.close(fd);
  return 0;
}

/** -i: netcat waits before each piece that it moves. */
async function pause({ options, process }: Invocation): Promise<void> {
  const interval = options.value('i');
  if (interval !== undefined) await process.sleepUntil(process.time().realtimeUs + Number(interval) * 1e6);
}

async function feed(call: Invocation, fd: Fd, close: boolean): Promise<void> {
  const { process } = call;
  for (;;) {
    await pause(call);
    const bytes = await process.read(0);
    if (failed(bytes)) return;
    if (bytes.length === 0) {
      if (close) process.shutdown(fd);
      return;
    }
    if (failed(await process.write(fd, bytes))) return;
  }
}

async function serve(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const [first, second] = call.operands;
  const text = options.value('p') ?? second ?? first;
  const ip = second === undefined ? (options.value('s') ?? '0.0.0.0') : (first ?? '0.0.0.0');
  const port = text === undefined ? undefined : portNumber(process, text);
  if (port === undefined) {
    await io.warn(text === undefined ? 'missing port with option -l' : `port number invalid: ${text}`);
    return 1;
  }
  if (options.has('u')) return await receiveDatagrams(call, port);
  const listener = process.listen({ family: 'inet', ip, port });
  if (failed(listener)) {
    await io.warn(call.flavour === 'busybox' ? `bind: ${strerror(listener)}` : strerror(listener));
    return 1;
  }
  if (options.has('v'))
    await io.raw(
      call.flavour === 'busybox' ? `listening on ${ip}:${String(port)} ...\n` : `Listening on ${ip} ${String(port)}\n`,
    );
  do {
    const fd = await process.accept(listener);
    if (failed(fd)) return 1;
    const peer = process.peerName(fd);
    if (options.has('v') && !failed(peer) && peer.family === 'inet')
      await io.raw(
        call.flavour === 'busybox'
          ? `connect to ${ip}:${String(port)} from ${peer.ip}:${String(peer.port)} (${peer.ip}:${String(peer.port)})\n`
          : `Connection received on ${peer.ip} ${String(peer.port)}\n`,
      );
    await relay(call, fd);
  } while (options.has('k'));
  return 0;
}

async function sendDatagrams({ io, options, process }: Invocation, ip: string, port: number): Promise<number> {
  const fd = process.udp();
  if (failed(fd)) return 1;
  if (options.has('z')) {
    // Four probes; silence counts as open, a port unreachable does not.
    for (let probe = 0; probe < 2; probe += 1) {
      process.sendTo(fd, { ip, port }, Uint8Array.of(88));
      const answer = await process.receiveFrom(fd, 1_000_000);
      if (failed(answer) && answer.errno === 'ECONNREFUSED') return 1;
    }
    if (options.has('v')) await io.raw(`Connection to ${ip} ${String(port)} port [udp/*] succeeded!\n`);
    return 0;
  }
  for (;;) {
    const bytes = await process.read(0);
    if (failed(bytes) || bytes.length === 0) break;
    process.sendTo(fd, { ip, port }, bytes);
    const answer = await process.receiveFrom(fd, Number(options.value('w') ?? '1') * 1e6);
    if (!failed(answer)) await process.write(1, answer.bytes);
  }
  return 0;
}

async function receiveDatagrams({ io, process }: Invocation, port: number): Promise<number> {
  const fd = process.udp(port);
  if (failed(fd)) {
    await io.warn(strerror(fd));
    return 1;
  }
  for (;;) {
    const datagram = await process.receiveFrom(fd);
    if (failed(datagram)) return 1;
    await process.write(1, datagram.bytes);
  }
}
