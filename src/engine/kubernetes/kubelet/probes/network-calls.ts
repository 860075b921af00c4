/** HTTP and TCP questions over the node's own sockets. One call is one connection; what it waits for is data. */
import type { ErrnoName } from '../../../../protocol/errno.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Segment } from '../../../../protocol/program.ts';
import type { ConnectOutcome, SocketHandler, SocketId } from '../../../machine/net/interface.ts';
import type { KubeletOptions } from '../interface.ts';
import type { CallPurpose, HttpCall, TcpCall } from './call.ts';

type Call = { readonly call: TcpCall | HttpCall; readonly timer: number; readonly connected: boolean };

export class NetworkCalls implements SocketHandler {
  readonly #calls = new Map<SocketId, Call>();

  constructor(
    private readonly options: KubeletOptions,
    private readonly target: string,
    private readonly answer: (uid: string, container: string, purpose: CallPurpose, error: string | undefined) => void,
  ) {
    options.network.sockets.attach(target, this);
  }

  tcp(call: TcpCall): void {
    this.#begin(call);
  }
  http(call: HttpCall): void {
    this.#begin(call);
  }

  #begin(call: TcpCall | HttpCall): void {
    const { network, host, simulation } = this.options;
    const tls = 'https' in call && call.https ? { tls: { serverName: call.ip, authorities: 'insecure' as const } } : {};
    const socket = network.sockets.connect(
      host.net.netns,
      { family: 'inet', ip: call.ip, port: call.port },
      { component: this.target, host: host.name },
      { timeoutUs: call.limitUs, ...tls },
    );
    if (failed(socket)) {
      this.answer(call.uid, call.container, call.purpose, dialError(call, socket.errno));
      return;
    }
    this.#calls.set(socket, {
      call,
      timer: simulation.loop.schedule(call.limitUs, this.target, 'call-timeout', { socket }),
      connected: false,
    });
  }

  timedOut(socket: SocketId): void {
    const entry = this.#calls.get(socket);
    if (entry === undefined) return;
    const { call } = entry;
    this.#end(
      socket,
      'https' in call
        ? `Get "${urlOf(call)}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
        : `dial tcp ${call.ip}:${String(call.port)}: i/o timeout`,
    );
  }

  connected(socket: SocketId, outcome: ConnectOutcome): void {
    const entry = this.#calls.get(socket);
    if (entry === undefined) return;
    const { call } = entry;
    if (!outcome.connected) {
      if (outcome.errno === 'ETIMEDOUT') this.timedOut(socket);
      else
        this.#end(
          socket,
          outcome.tls === undefined
            ? dialError(call, outcome.errno)
            : `Get "${'https' in call ? urlOf(call) : ''}": ${outcome.tls.text}`,
        );
      return;
    }
    if (!('https' in call)) {
      this.#end(socket, undefined);
      return;
    }
    this.#calls.set(socket, { ...entry, connected: true });
    const headers = {
      host: `${call.ip}:${String(call.port)}`,
      'user-agent': 'kube-probe/1.36',
      accept: '*/*',
      connection: 'close',
      ...call.headers,
    };
    const { sockets } = this.options.network;
    sockets.send(socket, { type: 'request', head: { method: 'GET', target: call.path, headers } });
    sockets.send(socket, { type: 'end' });
  }

  accepted(): void {
    // The kubelet's own server has a target of its own.
  }

  segment(socket: SocketId, segment: Segment): void {
    if (segment.type !== 'response' || !this.#calls.has(socket)) return;
    const { status } = segment.head;
    this.#end(
      socket,
      status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${String(status)}`,
    );
  }

  closed(socket: SocketId, how: 'end' | ErrnoName): void {
    const entry = this.#calls.get(socket);
    if (entry === undefined) return;
    const { call } = entry;
    const url = 'https' in call ? `Get "${urlOf(call)}": ` : '';
    this.#end(
      socket,
      how === 'end'
        ? `${url}EOF`
        : entry.connected
          ? `${url}read tcp: ${strerror(how).toLowerCase()}`
          : dialError(call, how),
    );
  }

  #end(socket: SocketId, error: string | undefined): void {
    const entry = this.#calls.get(socket);
    if (entry === undefined) return;
    this.#calls.delete(socket);
    this.options.simulation.loop.cancel(entry.timer);
    this.options.network.sockets.close(socket);
    const { uid, container, purpose } = entry.call;
    this.answer(uid, container, purpose, error);
  }

  snapshot(): Plain {
    return [...this.#calls].map(([socket, entry]) => ({ socket, entry: entry as unknown as Plain }));
  }

  restore(state: Plain): void {
    this.#calls.clear();
    for (const { socket, entry } of state as unknown as { socket: SocketId; entry: Call }[])
      this.#calls.set(socket, entry);
  }
}

const urlOf = (call: HttpCall): string =>
  `${call.https ? 'https' : 'http'}://${call.ip}:${String(call.port)}${call.path}`;

function dialError(call: TcpCall | HttpCall, errno: ErrnoName): string {
  const dial = `dial tcp ${call.ip}:${String(call.port)}: connect: ${strerror(errno).toLowerCase()}`;
  return 'https' in call ? `Get "${urlOf(call)}": ${dial}` : dial;
}
