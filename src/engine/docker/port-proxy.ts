/** docker-proxy: one process per published port that carries connections from the host itself to the container. */
import { failed, type ErrnoName } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Segment } from '../../protocol/program.ts';
import type { Component } from '../sim/component.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Host } from '../machine/host.ts';
import type { ConnectOutcome, Network, SocketHandler, SocketId } from '../machine/net/interface.ts';

interface Backend {
  readonly ip: string;
  readonly port: number;
  readonly pid: number;
}
interface Leg {
  readonly peer: SocketId;
  /** What the other side has not taken yet. */
  readonly queue: readonly Segment[];
  readonly ended: boolean;
  readonly connected: boolean;
}

export class PortProxy implements SocketHandler, Component {
  readonly target: string;
  readonly #backends = new Map<SocketId, Backend>();
  readonly #legs = new Map<SocketId, Leg>();

  /** Registers itself as `docker-proxy/<host>`. */
  constructor(
    sim: Simulation,
    private readonly host: Host,
    private readonly lab: Network,
  ) {
    this.target = `docker-proxy/${host.name}`;
    lab.sockets.attach(this.target, this);
    sim.loop.register(this.target, this);
  }

  /** Starts a proxy; the address in use is the only failure. */
  start(
    hostIp: string,
    hostPort: number,
    ip: string,
    port: number,
    parent: number,
  ): { readonly socket: SocketId; readonly pid: number } | undefined {
    const argv = [
      '/usr/bin/docker-proxy',
      '-proto',
      'tcp',
      '-host-ip',
      hostIp,
      '-host-port',
      String(hostPort),
      '-container-ip',
      ip,
      '-container-port',
      String(port),
      '-use-listen-fd',
    ];
    const pid = this.host.kernel.spawnComponent({
      component: this.target,
      path: '/usr/bin/docker-proxy',
      argv,
      env: {},
      parent,
      memoryBytes: 3_500_000,
    });
    if (failed(pid)) return undefined;
    const socket = this.lab.sockets.listen(
      this.host.net.netns,
      { family: 'inet', ip: hostIp, port: hostPort },
      { component: this.target, host: this.host.name, pid },
    );
    if (failed(socket)) {
      this.host.kernel.exitComponent(pid, 1);
      return undefined;
    }
    this.#backends.set(socket, { ip, port, pid });
    return { socket, pid };
  }

  stop(socket: SocketId): void {
    const backend = this.#backends.get(socket);
    if (backend === undefined) return;
    this.#backends.delete(socket);
    this.lab.sockets.close(socket);
    this.host.kernel.exitComponent(backend.pid, 0);
  }

  accepted(socket: SocketId, listener: SocketId): void {
    const backend = this.#backends.get(listener);
    const { sockets } = this.lab;
    const owner = {
      component: this.target,
      host: this.host.name,
      ...(backend === undefined ? {} : { pid: backend.pid }),
    };
    const onward =
      backend === undefined
        ? undefined
        : sockets.connect(this.host.net.netns, { family: 'inet', ip: backend.ip, port: backend.port }, owner);
    if (onward === undefined || failed(onward)) {
      sockets.close(socket, { reset: true });
      return;
    }
    this.#legs.set(socket, { peer: onward, queue: [], ended: false, connected: false });
    this.#legs.set(onward, { peer: socket, queue: [], ended: false, connected: true });
  }

  connected(socket: SocketId, outcome: ConnectOutcome): void {
    const client = this.#legs.get(socket)?.peer;
    const leg = client === undefined ? undefined : this.#legs.get(client);
    if (client === undefined || leg === undefined) return;
    if (!outcome.connected) {
      this.#drop(client);
      this.lab.sockets.close(client, { reset: true });
      return;
    }
    this.#legs.set(client, { ...leg, connected: true });
    this.#flush(client);
  }

  segment(socket: SocketId, segment: Segment): void {
    const leg = this.#legs.get(socket);
    if (leg === undefined) return;
    this.#legs.set(socket, { ...leg, queue: [...leg.queue, segment] });
    this.#flush(socket);
  }

  closed(socket: SocketId, how: 'end' | ErrnoName): void {
    const leg = this.#legs.get(socket);
    if (leg === undefined) return;
    if (how !== 'end') {
      this.#drop(socket);
      this.lab.sockets.close(leg.peer, { reset: true });
      this.lab.sockets.close(socket);
      return;
    }
    this.#legs.set(socket, { ...leg, ended: true });
    this.#flush(socket);
  }

  writable(socket: SocketId): void {
    const peer = this.#legs.get(socket)?.peer;
    if (peer !== undefined) this.#flush(peer);
  }

  /** Hands what came from `socket` to its peer. */
  #flush(socket: SocketId): void {
    const leg = this.#legs.get(socket);
    if (leg === undefined || !leg.connected) return;
    const queue = [...leg.queue];
    for (let segment = queue[0]; segment !== undefined; segment = queue[0]) {
      if (failed(this.lab.sockets.send(leg.peer, segment))) break;
      queue.shift();
    }
    this.#legs.set(socket, { ...leg, queue });
    if (!leg.ended || queue.length > 0) return;
    const other = this.#legs.get(leg.peer);
    this.lab.sockets.shutdown(leg.peer);
    if (other === undefined || (other.ended && other.queue.length === 0)) {
      this.#drop(socket);
      this.lab.sockets.close(socket);
      this.lab.sockets.close(leg.peer);
    }
  }

  #drop(socket: SocketId): void {
    const leg = this.#legs.get(socket);
    this.#legs.delete(socket);
    if (leg !== undefined) this.#legs.delete(leg.peer);
  }

  /** Its processes may be killed: the port is then only reachable through netfilter. */
  handle(type: string, payload: Plain): void {
    if (type !== 'process.exited') return;
    const { pid } = payload as { readonly pid: number };
    for (const [socket, backend] of this.#backends) {
      if (backend.pid !== pid) continue;
      this.#backends.delete(socket);
      this.lab.sockets.close(socket);
    }
  }

  snapshot(): Plain {
    return { backends: [...this.#backends] as unknown as Plain, legs: [...this.#legs] as unknown as Plain };
  }
  restore(state: Plain): void {
    const saved = state as unknown as { backends: [SocketId, Backend][]; legs: [SocketId, Leg][] };
    this.#backends.clear();
    this.#legs.clear();
    for (const [socket, backend] of saved.backends) this.#backends.set(socket, backend);
    for (const [socket, leg] of saved.legs) this.#legs.set(socket, leg);
  }
}
