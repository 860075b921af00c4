/** Answers that stay open: who reads them, and how bytes reach them. */
import { concatBytes } from '../../../protocol/bytes.ts';
import type { ChannelFrame, Headers } from '../../../protocol/http.ts';
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import type { Engine } from '../model.ts';

const RAW = 'application/vnd.docker.raw-stream';
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

export interface Stream {
  readonly exchange: ExchangeId;
  readonly kind: 'attach' | 'exec' | 'logs' | 'stats' | 'events';
  readonly containerId: string;
  readonly session: string;
  readonly upgraded: boolean;
  readonly tty: boolean;
  /** logs: bytes of the file read, the subscription, what is wanted. */
  readonly offset: number;
  readonly subscription: number;
  readonly options: JsonObject;
}
type StreamStart = Partial<Stream> & Pick<Stream, 'kind' | 'containerId'>;

export type Query = ReadonlyMap<string, string>;
export const wants = (query: Query, name: string): boolean => ['1', 'true', 'True'].includes(query.get(name) ?? '');

/** The 8-byte header of a multiplexed piece. */
export function multiplex(channel: 'stdout' | 'stderr', bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return concatBytes([
    Uint8Array.of(
      channel === 'stdout' ? 1 : 2,
      0,
      0,
      0,
      length >>> 24,
      (length >>> 16) & 255,
      (length >>> 8) & 255,
      length & 255,
    ),
    bytes,
  ]);
}

export class OpenStreams {
  readonly #streams = new Map<ExchangeId, Stream>();
  constructor(private readonly engine: Engine) {}

  get(exchange: ExchangeId): Stream | undefined {
    return this.#streams.get(exchange);
  }
  all(): readonly Stream[] {
    return [...this.#streams.values()];
  }
  change(stream: Stream): void {
    this.#streams.set(stream.exchange, stream);
  }

  /** A container's input and output: raw with a terminal, multiplexed without; hijacked where the client asks for it. */
  openOutput(exchange: ExchangeId, headers: Headers, tty: boolean, start: StreamStart): Stream {
    const type = { 'content-type': tty ? RAW : MULTIPLEXED };
    const upgraded = (headers['upgrade'] ?? '') !== '' && (start.kind === 'attach' || start.kind === 'exec');
    this.engine.exchanges.head(
      exchange,
      upgraded
        ? { status: 101, headers: { ...type, connection: 'Upgrade', upgrade: 'tcp' } }
        : { status: 200, headers: type },
    );
    return this.#add(exchange, { upgraded, tty, ...start });
  }

  /** One JSON object after another. */
  openObjects(exchange: ExchangeId, start: StreamStart): Stream {
    this.engine.exchanges.head(exchange, { status: 200, headers: { 'content-type': 'application/json' } });
    return this.#add(exchange, start);
  }

  #add(exchange: ExchangeId, start: StreamStart): Stream {
    const stream: Stream = {
      exchange,
      session: '',
      upgraded: false,
      tty: false,
      offset: 0,
      subscription: 0,
      options: {},
      ...start,
    };
    this.#streams.set(exchange, stream);
    return stream;
  }

  send(stream: Stream, channel: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const { exchanges } = this.engine;
    if (stream.upgraded) exchanges.frame(stream.exchange, { channel: stream.tty ? 'stdout' : channel, bytes });
    else exchanges.chunk(stream.exchange, { bytes: stream.tty ? bytes : multiplex(channel, bytes) });
  }

  /** What a session wrote; it waits while its reader does not read. */
  output(exchange: ExchangeId, session: string, channel: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return;
    this.send(stream, channel, bytes);
    if (!this.engine.exchanges.hasRoom(exchange)) this.engine.runtime.setFlow(session, false);
  }

  /** The client reads again. */
  writable(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream !== undefined && stream.session !== '') this.engine.runtime.setFlow(stream.session, true);
  }

  ended(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream !== undefined) this.end(stream);
  }

  end(stream: Stream): void {
    this.#streams.delete(stream.exchange);
    this.#unsubscribe(stream);
    this.engine.exchanges.end(stream.exchange);
  }

  /** A frame of a client: input or a window size. */
  frame(exchange: ExchangeId, frame: ChannelFrame): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined || stream.session === '') return;
    if (frame.channel === 'resize') {
      const size = frame.object as { width?: number; height?: number } | undefined;
      this.engine.runtime.resize(stream.session, { columns: size?.width ?? 80, rows: size?.height ?? 24 });
      return;
    }
    if (frame.bytes !== undefined) this.engine.runtime.input(stream.session, frame.bytes);
    if (frame.close === true) this.engine.runtime.closeInput(stream.session);
  }

  /** Half-close of an upgraded connection. */
  finishInput(exchange: ExchangeId): boolean {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return false;
    if (stream.session !== '') this.engine.runtime.closeInput(stream.session);
    return true;
  }

  /** The client has gone. */
  abort(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return;
    this.#streams.delete(exchange);
    if (stream.session !== '') this.engine.runtime.detach(stream.session);
    this.#unsubscribe(stream);
  }

  #unsubscribe({ subscription }: Stream): void {
    if (subscription !== 0) this.engine.runtime.unwatchLog(subscription);
  }

  snapshot(): Plain {
    return [...this.#streams.values()] as unknown as Plain;
  }
  restore(state: Plain): void {
    this.#streams.clear();
    for (const stream of state as unknown as Stream[]) this.#streams.set(stream.exchange, stream);
  }
}
