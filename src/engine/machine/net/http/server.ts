/**
 * The server side of HTTP for components: segments become calls of an `HttpService`, its answers become segments. One exchange
 * at a time per connection, as HTTP/1.1 has it; requests that come early wait.
 */
import { percentDecoded } from '../../../../formats/percent.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed, type ErrnoName } from '../../../../protocol/errno.ts';
import type { BodyChunk, ChannelFrame, ResponseHead } from '../../../../protocol/http.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Segment } from '../../../../protocol/program.ts';
import type { SocketHandler, Sockets } from '../interface.ts';
import type { ExchangeId, Exchanges, HttpService, SocketId, TlsPeer } from './interface.ts';
import { newParser, parseBytes, type ParseState } from './text.ts';

interface Connection {
  readonly socket: SocketId;
  readonly peer: { readonly ip: string; readonly port: number; readonly tls?: TlsPeer };
  /** The listener speaks TLS and this client does not. */
  readonly plainOnTls: boolean;
  parser?: ParseState;
  exchange?: ExchangeId;
  /** Request segments that came while an exchange was under way. */
  readonly waiting: Segment[];
  /** Response segments that the window had no room for. */
  readonly unsent: Segment[];
  upgraded: boolean;
  /** The client has sent its end. */
  inputEnded: boolean;
  /** Answered and to be closed as soon as the rest of the request has come. */
  lingering?: true;
}

interface OpenExchange {
  readonly id: ExchangeId;
  readonly socket: SocketId;
  headSent: boolean;
  responseEnded: boolean;
  requestEnded: boolean;
  keepAlive: boolean;
}

/** Exchange numbers are the lab's, not the server's. */
export interface ExchangeNumbers {
  next(): ExchangeId;
}

export class HttpServer implements SocketHandler, Exchanges {
  readonly #connections = new Map<SocketId, Connection>();
  readonly #exchanges = new Map<ExchangeId, OpenExchange>();

  constructor(
    private readonly sockets: Sockets,
    private readonly numbers: ExchangeNumbers,
    private service: HttpService,
  ) {}

  /** The same server after its component was built anew. */
  serve(service: HttpService): void {
    this.service = service;
  }

  // ---- from the network

  accepted(socket: SocketId, listener: SocketId, peer: Connection['peer']): void {
    const plainOnTls = peer.tls === undefined && this.sockets.hasTls(listener);
    this.#connections.set(socket, {
      socket,
      peer,
      plainOnTls,
      waiting: [],
      unsent: [],
      upgraded: false,
      inputEnded: false,
    });
  }

  segment(socket: SocketId, segment: Segment): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    if (connection.upgraded) {
      this.#upgradedSegment(connection, segment);
      return;
    }
    if (segment.type === 'bytes') {
      connection.parser ??= newParser('request');
      const parsed = parseBytes(connection.parser, segment.bytes);
      if (parsed === undefined) this.#refuse(connection, 'Bad Request');
      else for (const one of parsed) this.#message(connection, one);
      return;
    }
    this.#message(connection, segment);
  }

  closed(socket: SocketId, how: 'end' | ErrnoName): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    const exchange = connection.exchange === undefined ? undefined : this.#exchanges.get(connection.exchange);
    if (how === 'end' && connection.upgraded && exchange !== undefined && !exchange.requestEnded) {
      exchange.requestEnded = true;
      this.service.finish(exchange.id);
      return;
    }
    this.#connections.delete(socket);
    if (exchange !== undefined) {
      this.#exchanges.delete(exchange.id);
      this.service.abort(exchange.id);
    }
    this.sockets.close(socket);
  }

  writable(socket: SocketId): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    while (connection.unsent.length > 0) {
      const [next] = connection.unsent;
      if (next === undefined || failed(this.sockets.send(socket, next))) return;
      connection.unsent.shift();
    }
    const exchange = connection.exchange === undefined ? undefined : this.#exchanges.get(connection.exchange);
    if (exchange?.responseEnded === true) this.#over(connection, exchange);
    else if (exchange !== undefined) this.service.drained?.(exchange.id);
  }

  #message(connection: Connection, segment: Segment): void {
    if (connection.plainOnTls) {
      if (segment.type !== 'request') return;
      if (this.service.closesOnPlain === true) this.#close(connection);
      else this.#refuse(connection, 'Client sent an HTTP request to an HTTPS server.\n');
      return;
    }
    if (segment.type === 'request') {
      if (connection.exchange === undefined) this.#open(connection, segment);
      else connection.waiting.push(segment);
      return;
    }
    if (connection.waiting.length > 0) {
      connection.waiting.push(segment);
      return;
    }
    const exchange = connection.exchange === undefined ? undefined : this.#exchanges.get(connection.exchange);
    if (exchange === undefined) {
      if (segment.type === 'end' && connection.lingering === true) this.#close(connection);
      return;
    }
    if (segment.type === 'body') this.#guarded(exchange.id, () => this.service.body(exchange.id, segment.chunk));
    else if (segment.type === 'frame')
      this.#guarded(exchange.id, () => this.service.frame?.(exchange.id, segment.frame));
    else if (segment.type === 'end' && !exchange.requestEnded) {
      exchange.requestEnded = true;
      this.#guarded(exchange.id, () => this.service.finish(exchange.id));
    }
  }

  /** A mistake of a service in one request is that request's answer; the world goes on. */
  #guarded(id: ExchangeId, act: () => void): void {
    try {
      act();
    } catch (error) {
      const bytes = encodeUtf8(`drydock: this request failed: ${String(error)}\n`);
      if (this.#exchanges.get(id)?.headSent === true) this.end(id, 'failed');
      else this.respond(id, 500, { bytes }, { 'content-type': 'text/plain; charset=utf-8' });
    }
  }

  #upgradedSegment(connection: Connection, segment: Segment): void {
    const { exchange } = connection;
    if (exchange === undefined) return;
    if (segment.type === 'frame') this.service.frame?.(exchange, segment.frame);
    else if (segment.type === 'bytes') this.service.frame?.(exchange, { channel: 'data', bytes: segment.bytes });
    else if (segment.type === 'body') this.service.body(exchange, segment.chunk);
    else if (segment.type === 'end') {
      const open = this.#exchanges.get(exchange);
      if (open === undefined || open.requestEnded) return;
      open.requestEnded = true;
      this.service.finish(exchange);
    }
  }

  #open(connection: Connection, { head }: Segment & { readonly type: 'request' }): void {
    if (percentDecoded(head.target.replace(/\?.*$/s, '')) === undefined) {
      this.#refuse(connection, '400 Bad Request');
      return;
    }
    const id = this.numbers.next();
    const keepAlive = (head.headers.connection ?? '').toLowerCase() !== 'close';
    connection.exchange = id;
    this.#exchanges.set(id, {
      id,
      socket: connection.socket,
      headSent: false,
      responseEnded: false,
      requestEnded: false,
      keepAlive,
    });
    this.#guarded(id, () => this.service.open(id, head, { socket: connection.socket, ...connection.peer }));
  }

  #refuse(connection: Connection, text: string): void {
    const bytes = encodeUtf8(text);
    const head: ResponseHead = {
      status: 400,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        connection: 'close',
        'content-length': String(bytes.length),
      },
    };
    for (const segment of [{ type: 'response', head }, { type: 'body', chunk: { bytes } }, { type: 'end' }] as const)
      this.sockets.send(connection.socket, segment);
    this.#connections.delete(connection.socket);
    this.sockets.close(connection.socket);
  }

  // ---- from the service

  head(id: ExchangeId, head: ResponseHead): boolean {
    const exchange = this.#exchanges.get(id);
    if (exchange === undefined || exchange.headSent) return false;
    exchange.headSent = true;
    const connection = this.#connections.get(exchange.socket);
    if (head.status === 101 && connection !== undefined) {
      connection.upgraded = true;
      exchange.requestEnded = false;
    }
    // A body whose length is not known beforehand goes in chunks.
    const open =
      head.status !== 101 &&
      head.status !== 204 &&
      head.status !== 304 &&
      head.headers['content-length'] === undefined &&
      head.headers['transfer-encoding'] === undefined;
    return this.#send(exchange, {
      type: 'response',
      head: open ? { ...head, headers: { ...head.headers, 'transfer-encoding': 'chunked' } } : head,
    });
  }

  chunk(id: ExchangeId, chunk: BodyChunk): boolean {
    const exchange = this.#exchanges.get(id);
    return exchange !== undefined && this.#send(exchange, { type: 'body', chunk });
  }

  frame(id: ExchangeId, frame: ChannelFrame): boolean {
    const exchange = this.#exchanges.get(id);
    return exchange !== undefined && this.#send(exchange, { type: 'frame', frame });
  }

  end(id: ExchangeId, aborted?: string): boolean {
    const exchange = this.#exchanges.get(id);
    const connection = exchange === undefined ? undefined : this.#connections.get(exchange.socket);
    if (exchange === undefined || connection === undefined) return false;
    exchange.responseEnded = true;
    if (aborted !== undefined) {
      this.#exchanges.delete(id);
      this.#connections.delete(connection.socket);
      this.sockets.close(connection.socket, { reset: true });
      return true;
    }
    if (!connection.upgraded) this.#send(exchange, { type: 'end' });
    if (connection.unsent.length === 0) this.#over(connection, exchange);
    return true;
  }

  respond(
    id: ExchangeId,
    status: number,
    body?: BodyChunk,
    headers: { readonly [name: string]: string } = {},
  ): boolean {
    const exchange = this.#exchanges.get(id);
    if (exchange === undefined) return false;
    const typed = body !== undefined && 'object' in body ? { 'content-type': 'application/json', ...headers } : headers;
    // An object is not rendered just to be measured: its length is left to whoever writes text.
    const length = body === undefined ? '0' : 'bytes' in body ? String(body.bytes.length) : undefined;
    this.head(id, { status, headers: length === undefined ? typed : { ...typed, 'content-length': length } });
    if (body !== undefined) this.chunk(id, body);
    return this.end(id);
  }

  isOpen(id: ExchangeId): boolean {
    return this.#exchanges.has(id);
  }

  hasRoom(id: ExchangeId): boolean {
    const exchange = this.#exchanges.get(id);
    return exchange !== undefined && (this.#connections.get(exchange.socket)?.unsent.length ?? 1) === 0;
  }

  #send(exchange: OpenExchange, segment: Segment): boolean {
    const connection = this.#connections.get(exchange.socket);
    if (connection === undefined) return false;
    if (connection.unsent.length > 0) {
      connection.unsent.push(segment);
      return true;
    }
    const sent = this.sockets.send(exchange.socket, segment);
    if (failed(sent) && sent.errno === 'EAGAIN') connection.unsent.push(segment);
    return true;
  }

  /** The response has left: the next request, or the end of the connection. */
  #over(connection: Connection, exchange: OpenExchange): void {
    this.#exchanges.delete(exchange.id);
    delete connection.exchange;
    if (connection.upgraded || !exchange.keepAlive || connection.inputEnded) {
      // Closing over unread input would reset the connection before the answer is read.
      if (!connection.upgraded && !exchange.requestEnded && !connection.inputEnded) connection.lingering = true;
      else this.#close(connection);
      return;
    }
    this.#takeWaiting(connection);
  }

  #close({ socket }: Connection): void {
    this.#connections.delete(socket);
    this.sockets.close(socket);
  }

  /** What came early: parts of the exchange under way, and the next request once there is none. */
  #takeWaiting(connection: Connection): void {
    for (;;) {
      const [next] = connection.waiting;
      const open = connection.exchange === undefined ? undefined : this.#exchanges.get(connection.exchange);
      if (next === undefined || (next.type === 'request' && open !== undefined)) return;
      connection.waiting.shift();
      // Parts of a request that was answered before they came are of no use any more.
      if (next.type === 'request') this.#open(connection, next);
      else if (next.type === 'body' && open !== undefined) this.service.body(open.id, next.chunk);
      else if (next.type === 'end' && open?.requestEnded === false) {
        open.requestEnded = true;
        this.service.finish(open.id);
      }
    }
  }

  snapshot(): Plain {
    return {
      connections: [...this.#connections.values()].map((connection) => ({
        ...connection,
        ...(connection.parser === undefined ? {} : { parser: { ...connection.parser } }),
        waiting: [...connection.waiting],
        unsent: [...connection.unsent],
      })),
      exchanges: [...this.#exchanges.values()].map((exchange) => ({ ...exchange })),
    } as unknown as Plain;
  }

  restore(state: Plain): void {
    const saved = state as unknown as { connections: Connection[]; exchanges: OpenExchange[] };
    this.#connections.clear();
    this.#exchanges.clear();
    for (const connection of saved.connections) {
      const { parser } = connection;
      this.#connections.set(connection.socket, {
        ...connection,
        waiting: [...connection.waiting],
        unsent: [...connection.unsent],
        ...(parser === undefined ? {} : { parser: { ...parser } }),
      });
    }
    for (const exchange of saved.exchanges) this.#exchanges.set(exchange.id, { ...exchange });
  }
}
