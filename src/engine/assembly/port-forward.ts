/**
 * The node's end of port-forward: connections that containerd makes to 127.0.0.1 inside a pod's network namespace.
 * Frames name the port; one exchange may carry several ports, each at most one connection.
 */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror, type ErrnoName } from '../../protocol/errno.ts';
import type { ChannelFrame } from '../../protocol/http.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Segment } from '../../protocol/program.ts';
import { renderSegment } from '../machine/net/http/text.ts';
import type { ConnectOutcome, Exchanges, Network, SocketHandler, SocketId } from '../machine/net/interface.ts';

/** Where an exchange connects to, and how errors name it. */
export interface ForwardedPod {
  readonly node: string;
  readonly netns: number;
  readonly sandboxId: string;
}

interface Connection {
  readonly exchange: number;
  readonly port: number;
  readonly unsent: readonly Segment[];
  readonly connected: boolean;
  /** What the pod has answered so far is in the middle of a chunked message. */
  readonly chunked: boolean;
  /** The client sends no more. */
  readonly inputEnded: boolean;
  readonly outputEnded: boolean;
}

export class PortForwarding implements SocketHandler {
  readonly #pods = new Map<number, ForwardedPod>();
  readonly #connections = new Map<SocketId, Connection>();

  /** Attaches itself to the network's sockets as `target`. */
  constructor(
    private readonly network: Network,
    private readonly target: string,
    private readonly exchanges: () => Exchanges | undefined,
  ) {
    network.sockets.attach(target, this);
  }

  open(exchange: number, pod: ForwardedPod): void {
    this.#pods.set(exchange, pod);
  }

  frame(exchange: number, frame: ChannelFrame): void {
    const pod = this.#pods.get(exchange);
    if (pod === undefined || frame.channel !== 'data' || frame.port === undefined) return;
    const socket =
      this.#socketOf(exchange, frame.port) ??
      (frame.close === true ? undefined : this.#connect(exchange, pod, frame.port));
    const connection = socket === undefined ? undefined : this.#connections.get(socket);
    if (socket === undefined || connection === undefined) return;
    const { bytes } = frame;
    const unsent: readonly Segment[] =
      bytes === undefined || bytes.length === 0 ? connection.unsent : [...connection.unsent, { type: 'bytes', bytes }];
    this.#connections.set(socket, { ...connection, unsent, inputEnded: connection.inputEnded || frame.close === true });
    this.#flush(socket);
  }

  /** The client sends no more on any port. */
  finish(exchange: number): void {
    for (const [socket, connection] of this.#of(exchange)) {
      this.#connections.set(socket, { ...connection, inputEnded: true });
      this.#flush(socket);
    }
  }

  abort(exchange: number): void {
    this.#pods.delete(exchange);
    for (const [socket] of this.#of(exchange)) {
      this.#connections.delete(socket);
      this.network.sockets.close(socket);
    }
  }

  // ---- from the network

  accepted(): void {
    throw new Error('port-forward does not listen');
  }

  connected(socket: SocketId, outcome: ConnectOutcome): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    if (outcome.connected) {
      this.#connections.set(socket, { ...connection, connected: true });
      this.#flush(socket);
      return;
    }
    this.#connections.delete(socket);
    this.network.sockets.close(socket);
    this.#refuse(connection.exchange, connection.port, outcome.errno);
  }

  segment(socket: SocketId, segment: Segment): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    const state = { chunked: connection.chunked };
    const bytes = renderSegment(segment, state);
    this.#connections.set(socket, { ...connection, chunked: state.chunked });
    if (bytes.length > 0)
      this.exchanges()?.frame(connection.exchange, { channel: 'data', port: connection.port, bytes });
  }

  closed(socket: SocketId, how: 'end' | ErrnoName): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    this.exchanges()?.frame(connection.exchange, { channel: 'data', port: connection.port, close: true });
    if (how === 'end' && !connection.inputEnded) {
      this.#connections.set(socket, { ...connection, outputEnded: true });
      return;
    }
    this.#connections.delete(socket);
    this.network.sockets.close(socket);
  }

  writable(socket: SocketId): void {
    this.#flush(socket);
  }

  // ---- state

  snapshot(): Plain {
    return { pods: [...this.#pods], connections: [...this.#connections] } as unknown as Plain;
  }

  restore(state: Plain): void {
    const saved = state as unknown as { pods: [number, ForwardedPod][]; connections: [SocketId, Connection][] };
    this.#pods.clear();
    this.#connections.clear();
    for (const [exchange, pod] of saved.pods) this.#pods.set(exchange, pod);
    for (const [socket, connection] of saved.connections) this.#connections.set(socket, connection);
  }

  #of(exchange: number): readonly (readonly [SocketId, Connection])[] {
    return [...this.#connections].filter(([, connection]) => connection.exchange === exchange);
  }

  #socketOf(exchange: number, port: number): SocketId | undefined {
    return this.#of(exchange).find(([, connection]) => connection.port === port)?.[0];
  }

  #connect(exchange: number, pod: ForwardedPod, port: number): SocketId | undefined {
    const socket = this.network.sockets.connect(
      pod.netns,
      { family: 'inet', ip: '127.0.0.1', port },
      { component: this.target, host: pod.node },
    );
    if (failed(socket)) {
      this.#refuse(exchange, port, socket.errno);
      return undefined;
    }
    this.#connections.set(socket, {
      exchange,
      port,
      unsent: [],
      connected: false,
      chunked: false,
      inputEnded: false,
      outputEnded: false,
    });
    return socket;
  }

  #flush(socket: SocketId): void {
    const connection = this.#connections.get(socket);
    if (connection?.connected !== true) return;
    const unsent = [...connection.unsent];
    while (unsent[0] !== undefined && !failed(this.network.sockets.send(socket, unsent[0]))) unsent.shift();
    this.#connections.set(socket, { ...connection, unsent });
    if (!connection.inputEnded || unsent.length > 0) return;
    if (connection.outputEnded) {
      this.#connections.delete(socket);
      this.network.sockets.close(socket);
    } else this.network.sockets.shutdown(socket);
  }

  #refuse(exchange: number, port: number, errno: ErrnoName): void {
    const pod = this.#pods.get(exchange);
    const exchanges = this.exchanges();
    const namespace =
      this.network
        .host(pod?.node ?? '')
        ?.namespaceNames()
        .find(({ netns }) => netns === pod?.netns)?.name ?? 'host';
    const reason = `dial tcp4 127.0.0.1:${String(port)}: connect: ${strerror(errno).toLowerCase()}`;
    const text =
      `error forwarding port ${String(port)} to pod ${pod?.sandboxId ?? ''}, uid : failed to execute portforward in network namespace "/var/run/netns/${namespace}": ` +
      `failed to connect to localhost:${String(port)} inside namespace "${pod?.sandboxId ?? ''}", IPv4: ${reason} IPv6 dial tcp6: address localhost: no suitable address found `;
    exchanges?.frame(exchange, { channel: 'error', port, bytes: encodeUtf8(text) });
    exchanges?.frame(exchange, { channel: 'data', port, close: true });
  }
}
