/** netcat as a client: ports in turn, checked or spoken to. */
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { ConnectOptions } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { isIpv4, resolveErrorText, resolveHost, type Resolution } from '../../resolver.ts';
import { ownPortOf, portsOf, protocolAndService } from './port.ts';
import { relay } from './relay.ts';
import { datagramWire, streamWire } from './wire.ts';

interface Target {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

/** Whether one of the ports could be reached. */
export async function connectAll(call: Invocation, host: string, words: readonly string[]): Promise<number> {
  const ports = await portsOf(call, words);
  if (ports === undefined) return 1;
  let status = 1;
  for (const port of ports) {
    const ip = await addressOf(call, host, port);
    if (ip === undefined) return 1;
    const target = { host, ip, port };
    const outcome = call.options.has('u') ? await datagrams(call, target) : await stream(call, target);
    if (outcome === 'not bound') return 1;
    if (outcome === 'done') status = 0;
  }
  return status;
}

/** -U: a socket file. */
export async function connectPath(call: Invocation, path: string): Promise<number> {
  const { io, process } = call;
  const fd = await process.connect({ family: 'unix', path });
  if (failed(fd)) {
    await io.warn(`${path}: ${strerror(fd)}`);
    return 1;
  }
  await relay(call, streamWire(process, fd));
  return 0;
}

async function addressOf(call: Invocation, host: string, port: number): Promise<string | undefined> {
  const { io, options, process } = call;
  const numeric = options.has('n') && !isIpv4(host);
  const found: Resolution = numeric ? { type: 'failed', reason: 'not-found' } : await resolveHost(process, host);
  if (found.type === 'found') return found.addresses[0];
  await io.warn(
    call.flavour === 'busybox'
      ? `bad address '${host}'`
      : `getaddrinfo for host "${host}" port ${String(port)}: ${resolveErrorText(found.reason)}`,
  );
  return undefined;
}

/** The own end as -s and -p name it; a number where that is wrong. */
async function ownEnd(call: Invocation): Promise<ConnectOptions['from'] | number> {
  const { io, options, process } = call;
  const [source, word] = [options.value('s'), options.value('p')];
  const port = word === undefined ? undefined : await ownPortOf(call, word);
  if (word !== undefined && port === undefined) return 1;
  const found = source === undefined ? undefined : await resolveHost(process, source);
  if (found?.type === 'failed') {
    await io.warn(`getaddrinfo: ${resolveErrorText(found.reason)}`);
    return 1;
  }
  const ip = found?.addresses[0];
  return { ...(ip === undefined ? {} : { ip }), ...(port === undefined ? {} : { port }) };
}

type Outcome = 'done' | 'refused' | 'not bound';

async function stream(call: Invocation, target: Target): Promise<Outcome> {
  const { io, options, process } = call;
  const { ip, port } = target;
  const from = await ownEnd(call);
  if (typeof from === 'number') return 'not bound';
  const wait = options.value('w');
  const fd = await process.connect(
    { family: 'inet', ip, port },
    {
      ...(wait === undefined ? {} : { timeoutUs: Number(wait) * 1e6 }),
      ...(from === undefined || Object.keys(from).length === 0 ? {} : { from }),
    },
  );
  if (failed(fd) && (fd.errno === 'EADDRNOTAVAIL' || fd.errno === 'EADDRINUSE')) {
    await io.warn(`bind failed: ${strerror(fd)}`);
    return 'not bound';
  }
  if (failed(fd)) return await refused(call, target, fd);
  if (options.has('v')) await tellOpen(call, target);
  if (!options.has('z')) await relay(call, streamWire(process, fd));
  process.close(fd);
  return 'done';
}

const shown = ({ host, ip }: Target): string => `${host}${host === ip ? '' : ` (${ip})`}`;

async function tellOpen(call: Invocation, target: Target): Promise<void> {
  const { host, ip, port } = target;
  await call.io.raw(
    call.flavour === 'busybox'
      ? `${host} (${ip}:${String(port)}) open\n`
      : `Connection to ${shown(target)} ${String(port)} port ${protocolAndService(call, port)} succeeded!\n`,
  );
}

async function refused(call: Invocation, target: Target, failure: SysFailure): Promise<Outcome> {
  const { io, options } = call;
  const { host, ip, port } = target;
  const late = failure.errno === 'ETIMEDOUT' && options.has('w');
  if (call.flavour === 'busybox')
    await io.warn(late ? 'timed out' : `${host} (${ip}:${String(port)}): ${strerror(failure)}`);
  else if (options.has('v'))
    await io.warn(
      `connect to ${shown(target)} port ${String(port)} (tcp) ${late ? 'timed out: Operation now in progress' : `failed: ${strerror(failure)}`}`,
    );
  return 'refused';
}

/** For how many seconds -z and -v wait for a complaint where -w does not say (UDP_SCAN_TIMEOUT). */
const SCAN_SECONDS = 3;

async function datagrams(call: Invocation, target: Target): Promise<Outcome> {
  const { options, process } = call;
  const from = await ownEnd(call);
  if (typeof from === 'number') return 'not bound';
  const fd = process.udp(from?.port, from?.ip);
  if (failed(fd)) {
    await call.io.warn(`bind failed: ${strerror(fd)}`);
    return 'not bound';
  }
  const open = !(options.has('z') || options.has('v')) || (await isOpen(call, fd, target));
  if (open && options.has('v')) await tellOpen(call, target);
  if (open && !options.has('z')) await relay(call, datagramWire(process, fd, target));
  process.close(fd);
  return open ? 'done' : 'refused';
}

/** Silence counts as open; a port that is unreachable does not. One more probe is sent each second. */
async function isOpen({ options, process }: Invocation, fd: number, target: Target): Promise<boolean> {
  const probe = Uint8Array.of(88);
  process.sendTo(fd, target, probe);
  for (let second = 0; second < Number(options.value('w') ?? SCAN_SECONDS); second += 1) {
    process.sendTo(fd, target, probe);
    const answer = await process.receiveFrom(fd, 1_000_000);
    if (failed(answer) && answer.errno === 'ECONNREFUSED') return false;
  }
  return true;
}
