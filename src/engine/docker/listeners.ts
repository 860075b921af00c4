/**
 * Where dockerd listens, as `-H` says: sockets that systemd hands over (`fd://`), paths (`unix://`) and ports (`tcp://`,
 * without TLS alone). Source: moby cmd/dockerd/daemon.go, daemon/listeners/listeners_linux.go.
 */
import { failed } from '../../protocol/errno.ts';
import type { SocketId } from '../machine/net/interface.ts';
import type { Engine } from './model.ts';

export const DOCKER_SOCKET = '/var/run/docker.sock';
/** `docker` in /etc/group of our hosts. */
const DOCKER_GROUP = 988;

export interface Listeners {
  /** Its own: they end with the daemon. */
  readonly own: readonly SocketId[];
  /** What it says of each. */
  readonly places: readonly string[];
}

/** Listens everywhere, or answers why it cannot. `handed`: sockets that systemd has opened. */
export function openListeners(
  engine: Engine,
  hosts: readonly string[],
  handed: readonly SocketId[],
): Listeners | { readonly problem: string } {
  const own: SocketId[] = [];
  const places: string[] = [];
  for (const host of hosts.length === 0 ? [`unix://${DOCKER_SOCKET}`] : hosts) {
    const opened = host.startsWith('fd://') ? serveHanded(engine, handed) : listenAt(engine, host);
    if ('problem' in opened) {
      closeListeners(engine, own);
      return opened;
    }
    own.push(...opened.own);
    places.push(...opened.places);
  }
  return { own, places };
}

export function closeListeners({ lab }: Engine, own: readonly SocketId[]): void {
  for (const socket of own) lab.sockets.close(socket);
}

/** The values of `-H` and `--host` of a command line. */
export function hostsOf(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) => {
    if (word === '-H' || word === '--host') return argv[at + 1] ?? [];
    return /^(?:--host=|-H=?)(.+)$/.exec(word)?.[1] ?? [];
  });
}

function serveHanded(engine: Engine, handed: readonly SocketId[]): Listeners | { readonly problem: string } {
  if (handed.length === 0)
    return {
      problem: 'no sockets found via socket activation: make sure the service was started by systemd',
    };
  const { sockets } = engine.lab;
  for (const socket of handed)
    sockets.delegate(socket, { component: engine.target, host: engine.host.name, pid: engine.pid });
  return {
    own: [],
    places: handed.map((socket) => {
      const local = sockets.info(socket)?.local;
      return local?.family === 'unix' ? local.path : `${local?.ip ?? ''}:${String(local?.port ?? '')}`;
    }),
  };
}

function listenAt(engine: Engine, host: string): Listeners | { readonly problem: string } {
  const { kernel, files, net, name } = engine.host;
  const [, kind = '', place = ''] = /^(?:(\w+):\/\/)?(.*)$/.exec(host) ?? [];
  const path = place === '' ? DOCKER_SOCKET : place;
  // What an earlier daemon left behind.
  if (kind === 'unix') files.root.remove(path);
  const port = /^(.*?):(\d+)$/.exec(place);
  const address =
    kind === 'unix'
      ? kernel.unixAddress(path, { create: { mode: 0o660, gid: DOCKER_GROUP } })
      : ({
          family: 'inet',
          ip: port?.[1] === undefined || port[1] === '' ? '127.0.0.1' : port[1],
          port: Number(port?.[2] ?? '2375'),
        } as const);
  if (kind !== 'unix' && kind !== 'tcp') return { problem: `drydock: '-H ${host}' is not simulated` };
  const listener = failed(address)
    ? address
    : engine.lab.sockets.listen(net.netns, address, { component: engine.target, host: name, pid: engine.pid });
  if (!failed(listener) && !failed(address))
    return {
      own: [listener],
      places: [address.family === 'unix' ? path : `${address.ip}:${String(address.port)}`],
    };
  const errno = failed(listener) ? listener.errno : 'EINVAL';
  return {
    problem:
      kind === 'unix'
        ? `can't create unix socket ${path}: ${errno}`
        : `listen tcp ${place}: bind: ${errno === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'}`,
  };
}
