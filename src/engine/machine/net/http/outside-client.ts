/**
 * HTTP from the machine outside the lab (192.168.56.1): the editor, the Node adaptor, tests. A request goes through sockets and
 * the fabric like any other; only its listener is a function: whoever asked listens again when a sandbox was restored elsewhere.
 */
import { failed, strerror, type ErrnoName, type Result } from '../../../../protocol/errno.ts';
import type { BodyChunk, ChannelFrame, Exchange, ExchangeEvent, HttpRequest } from '../../../../protocol/http.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Segment } from '../../../../protocol/program.ts';
import type { ConnectOutcome, NetnsId, SocketHandler, Sockets } from '../interface.ts';
import type { ExternalHttpClient, HttpEndpoint, SocketId, UnixEndpoint } from './interface.ts';

/** Idle connections kept per endpoint. */
const IDLE_MAX = 8;

class OutsideExchange implements Exchange {
  socket: SocketId | undefined;
  upgraded = false;
  headSeen = false;
  ended = false;
  /** Segments until the connection is made and while its window is full. */
  readonly outgoing: Segment[] = [];
  readonly #events: ExchangeEvent[] = [];
  #listener: ((event: ExchangeEvent) => void) | undefined;
  readonly key: string;

  constructor(
    readonly id: number,
    key: string,
    private readonly client: OutsideClient,
  ) {
    this.key = key;
  }

  /** Takes the place of one of another process; what comes before somebody listens again is lost. */
  take(saved: SavedExchange): void {
    this.socket = saved.socket;
    this.upgraded = saved.upgraded;
    this.headSeen = saved.headSeen;
    this.outgoing.push(...saved.outgoing);
    this.#listener = () => undefined;
  }

  emit(event: ExchangeEvent): void {
    if (this.ended) return;
    if (event.type === 'head') this.headSeen = true;
    if (event.type === 'end') this.ended = true;
    if (this.#listener === undefined) this.#events.push(event);
    else this.#listener(event);
  }

  listen(listener: (event: ExchangeEvent) => void): void {
    for (const event of this.#events.splice(0)) listener(event);
    this.#listener = listener;
  }
  send(chunk: BodyChunk): void {
    this.client.push(this, { type: 'body', chunk });
  }
  sendFrame(frame: ChannelFrame): void {
    this.client.push(this, { type: 'frame', frame });
  }
  finish(): void {
    this.client.push(this, { type: 'end' });
  }
  abort(): void {
    this.client.abort(this);
  }
}

interface SavedExchange {
  readonly id: number;
  readonly key: string;
  readonly socket: SocketId;
  readonly upgraded: boolean;
  readonly headSeen: boolean;
  readonly outgoing: readonly Segment[];
}

interface SavedClient {
  readonly nextId: number;
  readonly exchanges: readonly SavedExchange[];
  readonly idle: readonly (readonly [key: string, sockets: readonly SocketId[]])[];
}

const keyOf = (endpoint: HttpEndpoint | UnixEndpoint): string =>
  'netns' in endpoint ? JSON.stringify(endpoint.address) : JSON.stringify([endpoint.host, endpoint.port, endpoint.tls]);

export class OutsideClient implements ExternalHttpClient, SocketHandler {
  #nextId = 1;
  readonly #bySocket = new Map<SocketId, OutsideExchange>();
  readonly #idle = new Map<string, SocketId[]>();

  constructor(
    private readonly sockets: Sockets,
    private readonly netns: () => NetnsId,
    private readonly resolve: (name: string) => string | undefined,
  ) {}

  handle(
    endpoint: HttpEndpoint | UnixEndpoint,
    request: HttpRequest,
    options: { readonly streamingBody?: boolean } = {},
  ): Exchange {
    const exchange = new OutsideExchange(this.#nextId, keyOf(endpoint), this);
    this.#nextId += 1;
    const { body, ...head } = request;
    exchange.outgoing.push({
      type: 'request',
      head: { method: head.method, target: head.target, headers: head.headers },
    });
    if (body !== undefined) exchange.outgoing.push({ type: 'body', chunk: body });
    if (options.streamingBody !== true) exchange.outgoing.push({ type: 'end' });
    const idle = this.#takeIdle(exchange.key);
    if (idle !== undefined) {
      this.#use(exchange, idle);
      this.#flush(exchange);
      return exchange;
    }
    if ('netns' in endpoint) {
      const { address, netns } = endpoint;
      this.#connected(exchange, failed(address) ? address : this.sockets.connect(netns, address, { external: 'http' }));
      return exchange;
    }
    const ip = this.resolve(endpoint.host);
    if (ip === undefined) {
      exchange.emit({ type: 'end', aborted: `lookup ${endpoint.host}: no such host` });
      return exchange;
    }
    const socket = this.sockets.connect(
      this.netns(),
      { family: 'inet', ip, port: endpoint.port },
      { external: 'http' },
      endpoint.tls === undefined ? {} : { tls: endpoint.tls },
    );
    this.#connected(exchange, socket);
    return exchange;
  }

  push(exchange: OutsideExchange, segment: Segment): void {
    if (exchange.ended && !exchange.upgraded) return;
    exchange.outgoing.push(segment);
    this.#flush(exchange);
  }

  abort(exchange: OutsideExchange): void {
    const { socket } = exchange;
    exchange.ended = true;
    if (socket === undefined) return;
    this.#bySocket.delete(socket);
    exchange.socket = undefined;
    this.sockets.close(socket, { reset: true });
  }

  // ---- from the network

  accepted(): void {
    throw new Error('the outside machine does not listen');
  }

  connected(socket: SocketId, outcome: ConnectOutcome): void {
    const exchange = this.#bySocket.get(socket);
    if (exchange === undefined) return;
    if (outcome.connected) {
      this.#flush(exchange);
      return;
    }
    this.#bySocket.delete(socket);
    this.sockets.close(socket);
    exchange.emit({ type: 'end', aborted: outcome.tls?.text ?? strerror(outcome.errno) });
  }

  segment(socket: SocketId, segment: Segment): void {
    const exchange = this.#bySocket.get(socket);
    if (exchange === undefined) return;
    switch (segment.type) {
      case 'response':
        exchange.upgraded = segment.head.status === 101;
        exchange.emit({ type: 'head', head: segment.head });
        return;
      case 'body':
        exchange.emit({ type: 'chunk', chunk: segment.chunk });
        return;
      case 'frame':
        exchange.emit({ type: 'frame', frame: segment.frame });
        return;
      case 'bytes':
        exchange.emit(
          exchange.upgraded
            ? { type: 'frame', frame: { channel: 'data', bytes: segment.bytes } }
            : { type: 'chunk', chunk: { bytes: segment.bytes } },
        );
        return;
      case 'end':
        this.#done(exchange, socket);
        return;
      case 'request':
      case 'message':
        return;
    }
  }

  closed(socket: SocketId, how: 'end' | ErrnoName): void {
    for (const [key, idle] of this.#idle)
      this.#idle.set(
        key,
        idle.filter((one) => one !== socket),
      );
    const exchange = this.#bySocket.get(socket);
    this.#bySocket.delete(socket);
    this.sockets.close(socket);
    if (exchange === undefined) return;
    exchange.socket = undefined;
    const clean = how === 'end' && exchange.headSeen;
    exchange.emit(clean ? { type: 'end' } : { type: 'end', aborted: how === 'end' ? 'EOF' : strerror(how) });
  }

  writable(socket: SocketId): void {
    const exchange = this.#bySocket.get(socket);
    if (exchange !== undefined) this.#flush(exchange);
  }

  #done(exchange: OutsideExchange, socket: SocketId): void {
    if (!exchange.upgraded) {
      this.#bySocket.delete(socket);
      exchange.socket = undefined;
      const idle = this.#idle.get(exchange.key) ?? [];
      // A request whose body was cut short leaves the connection in the middle of a message.
      if (idle.length < IDLE_MAX && exchange.outgoing.length === 0) this.#idle.set(exchange.key, [...idle, socket]);
      else this.sockets.close(socket);
    }
    exchange.emit({ type: 'end' });
  }

  #connected(exchange: OutsideExchange, socket: Result<SocketId>): void {
    if (failed(socket)) exchange.emit({ type: 'end', aborted: strerror(socket) });
    else this.#use(exchange, socket);
  }

  #takeIdle(key: string): SocketId | undefined {
    const [first, ...rest] = this.#idle.get(key) ?? [];
    if (first === undefined) return undefined;
    this.#idle.set(key, rest);
    return this.sockets.info(first)?.state === 'ESTAB' ? first : this.#takeIdle(key);
  }

  #use(exchange: OutsideExchange, socket: SocketId): void {
    exchange.socket = socket;
    this.#bySocket.set(socket, exchange);
  }

  #flush(exchange: OutsideExchange): void {
    const { socket } = exchange;
    if (socket === undefined || this.sockets.info(socket)?.state !== 'ESTAB') return;
    for (;;) {
      const [next] = exchange.outgoing;
      if (next === undefined) return;
      // After an upgrade the end is a half-close.
      const sent =
        next.type === 'end' && exchange.upgraded ? this.sockets.shutdown(socket) : this.sockets.send(socket, next);
      if (failed(sent) && sent.errno === 'EAGAIN') return;
      exchange.outgoing.shift();
    }
  }

  /** The exchange of a number, while it has a connection. */
  exchange(id: number): Exchange | undefined {
    return [...this.#bySocket.values()].find((exchange) => exchange.id === id);
  }

  snapshot(): Plain {
    const exchanges: readonly SavedExchange[] = [...this.#bySocket].map(
      ([socket, { id, key, upgraded, headSeen, outgoing }]) => ({
        id,
        key,
        socket,
        upgraded,
        headSeen,
        outgoing: [...outgoing],
      }),
    );
    const state: SavedClient = { nextId: this.#nextId, exchanges, idle: [...this.#idle] };
    return state as unknown as Plain;
  }

  restore(state: Plain): void {
    const saved = state as unknown as SavedClient;
    this.#nextId = saved.nextId;
    this.#bySocket.clear();
    this.#idle.clear();
    for (const each of saved.exchanges) {
      const exchange = new OutsideExchange(each.id, each.key, this);
      exchange.take(each);
      this.#bySocket.set(each.socket, exchange);
    }
    for (const [key, sockets] of saved.idle) this.#idle.set(key, [...sockets]);
  }
}
