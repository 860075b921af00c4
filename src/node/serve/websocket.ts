/**
 * The server's side of RFC 6455, by hand: kubectl's port-forward names a subprotocol that is no token
 * (`SPDY/3.1+portforward.k8s.io`), which libraries refuse.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
export const NORMAL_CLOSURE = 1000;
const PROTOCOL_ERROR = 1002;

/** The first of our subprotocols that the client offers. */
export function offeredProtocol(request: IncomingMessage, ours: readonly string[]): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return ours.find((name) => offered.includes(name));
}

export interface WebSocketHandlers {
  message(bytes: Buffer): void;
  /** The client closed, or the connection broke. */
  closed(): void;
}

export class WebSocketConnection {
  #rest: Buffer = Buffer.alloc(0);
  #message: Buffer[] = [];
  #closing = false;
  #closed = false;

  private constructor(
    private readonly socket: Duplex,
    private readonly handlers: WebSocketHandlers,
  ) {}

  /** Answers the handshake and begins to read. */
  static accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    protocol: string,
    handlers: WebSocketHandlers,
  ): WebSocketConnection {
    const key = createHash('sha1')
      .update(`${request.headers['sec-websocket-key'] ?? ''}${GUID}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    );
    const connection = new WebSocketConnection(socket, handlers);
    socket.on('data', (bytes: Buffer) => {
      connection.#receive(bytes);
    });
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        connection.#end();
      });
    }
    // Whoever accepts has the connection before its first message.
    queueMicrotask(() => {
      if (head.length > 0) connection.#receive(head);
    });
    return connection;
  }

  send(bytes: Uint8Array): void {
    if (!this.#closing) this.#write(BINARY, bytes);
  }

  close(code = NORMAL_CLOSURE): void {
    if (this.#closing) return;
    this.#write(CLOSE, Buffer.from([code >>> 8, code & 255]));
    this.#closing = true;
    // The client answers with its own close; one that does not is cut off.
    setTimeout(() => this.socket.destroy(), 2000).unref();
  }

  #receive(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) this.#frame(frame.first, frame.payload);
  }

  #take(): { readonly first: number; readonly payload: Buffer } | undefined {
    const data = this.#rest;
    if (data.length < 2) return undefined;
    const second = data.readUInt8(1);
    const short = second & 127;
    const headLength = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + ((second & 128) === 0 ? 0 : 4);
    if (data.length < headLength) return undefined;
    const length = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
    if (data.length < headLength + length) return undefined;
    const payload = Buffer.from(data.subarray(headLength, headLength + length));
    if ((second & 128) !== 0)
      for (let i = 0; i < length; i += 1) payload[i] = (payload[i] ?? 0) ^ (data[headLength - 4 + (i % 4)] ?? 0);
    this.#rest = data.subarray(headLength + length);
    return { first: data.readUInt8(0), payload };
  }

  #frame(first: number, payload: Buffer): void {
    switch (first & 15) {
      case CONTINUATION:
      case TEXT:
      case BINARY:
        this.#message.push(payload);
        if ((first & 128) === 0) return;
        this.handlers.message(Buffer.concat(this.#message.splice(0)));
        return;
      case PING:
        this.#write(PONG, payload);
        return;
      case PONG:
        return;
      case CLOSE:
        if (!this.#closing) this.#write(CLOSE, payload.subarray(0, 2));
        this.#closing = true;
        this.socket.end();
        this.#end();
        return;
      default:
        this.close(PROTOCOL_ERROR);
    }
  }

  #write(opcode: number, payload: Uint8Array): void {
    if (this.socket.destroyed || this.socket.writableEnded) return;
    const { length } = payload;
    const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
    head.writeUInt8(128 | opcode, 0);
    head.writeUInt8(length < 126 ? length : length < 65_536 ? 126 : 127, 1);
    if (head.length === 4) head.writeUInt16BE(length, 2);
    else if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.handlers.closed();
    if (!this.socket.writableEnded) this.socket.end();
  }
}
