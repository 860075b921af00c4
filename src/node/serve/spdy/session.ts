/**
 * The server's side of a SPDY/3.1 connection as kubectl uses it for exec, attach and port-forward.
 * Models: streams that the client opens, data, half-close, reset, ping. Leaves out: flow control (the Go library that clients
 * use has none), settings, streams of the server's own.
 */
import type { SpdyHeaders } from './header-block.ts';
import { HeaderReader, HeaderWriter } from './header-block.ts';

const SYN_STREAM = 1;
const SYN_REPLY = 2;
const RST_STREAM = 3;
const PING = 6;
const GOAWAY = 7;
const FLAG_FIN = 1;
const CANCEL = 5;
/** Largest data frame sent. */
const MAX_DATA = 16 * 1024;

/** What carries the frames: a socket, or WebSocket messages. */
export interface Transport {
  write(bytes: Uint8Array): void;
  end(): void;
}

export interface SpdyStream {
  readonly id: number;
  readonly headers: SpdyHeaders;
  write(bytes: Uint8Array): void;
  /** Half-close. */
  end(): void;
  reset(): void;
}

export interface SpdyHandlers {
  opened(stream: SpdyStream): void;
  data(stream: SpdyStream, bytes: Uint8Array): void;
  /** The client sends no more on it. */
  finished(stream: SpdyStream): void;
  reset(stream: SpdyStream): void;
}

interface Open {
  readonly stream: SpdyStream;
  readonly sent: { ended: boolean };
}

export class SpdySession {
  #rest: Buffer = Buffer.alloc(0);
  readonly #streams = new Map<number, Open>();
  readonly #reader = new HeaderReader();
  readonly #writer = new HeaderWriter();

  constructor(
    private readonly transport: Transport,
    private readonly handlers: SpdyHandlers,
  ) {}

  /** Bytes of the client, cut anywhere. */
  receive(bytes: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= 8) {
      const length = this.#rest.readUIntBE(5, 3);
      if (this.#rest.length < 8 + length) return;
      const frame = this.#rest.subarray(0, 8 + length);
      this.#rest = this.#rest.subarray(8 + length);
      this.#frame(frame);
    }
  }

  #frame(frame: Buffer): void {
    const flags = frame.readUInt8(4);
    const payload = frame.subarray(8);
    if ((frame.readUInt8(0) & 0x80) === 0) {
      this.#data(frame.readUInt32BE(0), payload, flags);
      return;
    }
    switch (frame.readUInt16BE(2)) {
      case SYN_STREAM:
        this.#open(payload.readUInt32BE(0) & 0x7fff_ffff, this.#reader.read(payload.subarray(10)), flags);
        return;
      case RST_STREAM: {
        const open = this.#streams.get(payload.readUInt32BE(0) & 0x7fff_ffff);
        if (open === undefined) return;
        this.#streams.delete(open.stream.id);
        this.handlers.reset(open.stream);
        return;
      }
      case PING:
        this.transport.write(frame);
        return;
      case GOAWAY:
      default:
        return;
    }
  }

  #open(id: number, headers: SpdyHeaders, flags: number): void {
    const sent = { ended: false };
    const stream: SpdyStream = {
      id,
      headers,
      write: (bytes) => {
        if (sent.ended) return;
        for (let at = 0; at < bytes.length; at += MAX_DATA)
          this.transport.write(dataFrame(id, bytes.subarray(at, at + MAX_DATA), 0));
      },
      end: () => {
        if (sent.ended) return;
        sent.ended = true;
        this.transport.write(dataFrame(id, Buffer.alloc(0), FLAG_FIN));
      },
      reset: () => {
        if (sent.ended) return;
        sent.ended = true;
        this.#streams.delete(id);
        this.transport.write(controlFrame(RST_STREAM, 0, Buffer.from([...uint32(id), ...uint32(CANCEL)])));
      },
    };
    this.#streams.set(id, { stream, sent });
    this.transport.write(
      controlFrame(SYN_REPLY, 0, Buffer.concat([Buffer.from(uint32(id)), this.#writer.write(new Map())])),
    );
    this.handlers.opened(stream);
    if ((flags & FLAG_FIN) !== 0) this.handlers.finished(stream);
  }

  #data(id: number, payload: Buffer, flags: number): void {
    const open = this.#streams.get(id);
    if (open === undefined) return;
    if (payload.length > 0) this.handlers.data(open.stream, payload);
    if ((flags & FLAG_FIN) !== 0) this.handlers.finished(open.stream);
  }
}

const uint32 = (value: number): readonly number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

function dataFrame(id: number, bytes: Uint8Array, flags: number): Uint8Array {
  return Buffer.concat([Buffer.from([...uint32(id), ...uint32(((flags << 24) | bytes.length) >>> 0)]), bytes]);
}

function controlFrame(type: number, flags: number, payload: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x80, 3, type >>> 8, type & 255, ...uint32(((flags << 24) | payload.length) >>> 0)]),
    payload,
  ]);
}
