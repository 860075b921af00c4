/**
 * HTTP/1.1 client over the process's sockets, shared by curl, wget, kubectl, docker and every other program that asks a server.
 * Models: one connection, requests one after the other, bodies in pieces, upgrades to channel frames.
 * Leaves out: pipelining, HTTP/2, content codings.
 */
import { concatBytes, decodeUtf8, encodeUtf8, EMPTY_BYTES } from '../protocol/bytes.ts';
import type { Result } from '../protocol/errno.ts';
import { fail, failed } from '../protocol/errno.ts';
import type { BodyChunk, ChannelFrame, HttpRequest, RequestHead, ResponseHead } from '../protocol/http.ts';
import type { JsonValue } from '../protocol/plain.ts';
import type { Fd, Process, Segment, SocketAddress, TlsClientOptions } from '../protocol/program.ts';
import { ResponseParser } from './http-response-parser.ts';

export interface HttpEndpoint {
  /** Already resolved: an IP and port, or a UNIX socket's path. */
  readonly address: SocketAddress;
  readonly tls?: TlsClientOptions;
  readonly timeoutUs?: number;
}

/** A response whose head has come; its body is pulled piece by piece. */
export interface HttpResponse {
  readonly head: ResponseHead;
  /** The next piece of the body; undefined at its end. ECONNRESET where the peer went away in the middle. */
  next(): Promise<Result<BodyChunk | undefined>>;
}

/** A whole response. */
export interface WholeResponse {
  readonly head: ResponseHead;
  readonly body: readonly BodyChunk[];
}

/** One connection to a server. */
export class HttpConnection {
  readonly fd: Fd;
  readonly #process: Process;
  readonly #queue: Segment[] = [];
  #parser: ResponseParser | undefined;
  #method = 'GET';
  #closed = false;

  private constructor(process: Process, fd: Fd) {
    this.#process = process;
    this.fd = fd;
  }

  /** Connects (TCP, TLS or UNIX socket); the failure is connect(2)'s. */
  static async open(process: Process, endpoint: HttpEndpoint): Promise<Result<HttpConnection>> {
    const fd = await process.connect(endpoint.address, {
      ...(endpoint.tls === undefined ? {} : { tls: endpoint.tls }),
      ...(endpoint.timeoutUs === undefined ? {} : { timeoutUs: endpoint.timeoutUs }),
    });
    return failed(fd) ? fd : new HttpConnection(process, fd);
  }

  /** For a descriptor that is connected already. */
  static over(process: Process, fd: Fd): HttpConnection {
    return new HttpConnection(process, fd);
  }

  /** Sends a request with the body it carries, and its end. */
  async request(request: HttpRequest): Promise<Result<void>> {
    const { body, ...head } = request;
    const sent = await this.sendHead(head);
    if (failed(sent)) return sent;
    if (body !== undefined) {
      const sentBody = await this.sendChunk(body);
      if (failed(sentBody)) return sentBody;
    }
    return this.finish();
  }

  /** Sends a request's head alone; `sendChunk` and `finish` follow. */
  sendHead(head: RequestHead): Promise<Result<void>> {
    this.#method = head.method;
    return this.#process.send(this.fd, { type: 'request', head });
  }

  sendChunk(chunk: BodyChunk): Promise<Result<void>> {
    return this.#process.send(this.fd, { type: 'body', chunk });
  }

  /** Ends the request's body. */
  finish(): Promise<Result<void>> {
    return this.#process.send(this.fd, { type: 'end' });
  }

  /** The answer to the request just sent. EPROTO-like garbage and an early close are ECONNRESET. */
  async response(): Promise<Result<HttpResponse>> {
    const segment = await this.#next();
    if (failed(segment)) return segment;
    if (segment?.type !== 'response') return fail('ECONNRESET');
    return { head: segment.head, next: () => this.#nextChunk() };
  }

  /** After a 101: the next frame; undefined when the server has ended the connection. */
  async nextFrame(): Promise<Result<ChannelFrame | undefined>> {
    const segment = await this.#next();
    if (segment === undefined || failed(segment)) return segment;
    if (segment.type === 'frame') return segment.frame;
    if (segment.type === 'bytes') return { channel: 'data', bytes: segment.bytes };
    if (segment.type === 'body') return { channel: 'data', bytes: chunkBytes(segment.chunk) };
    return undefined;
  }

  sendFrame(frame: ChannelFrame): Promise<Result<void>> {
    return this.#process.send(this.fd, { type: 'frame', frame });
  }

  /** The next piece of a body whose head was read before a checkpoint; as HttpResponse.next. */
  nextChunk(): Promise<Result<BodyChunk | undefined>> {
    return this.#nextChunk();
  }

  /** Waits until something has come, no longer than `timeoutUs`; false where nothing has. */
  async ready(timeoutUs: number): Promise<boolean> {
    if (this.#queue.length > 0) return true;
    const fds = await this.#process.poll([{ fd: this.fd, read: true }], Math.max(0, timeoutUs));
    return !failed(fds) && fds.length > 0;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#process.close(this.fd);
  }

  async #nextChunk(): Promise<Result<BodyChunk | undefined>> {
    const segment = await this.#next();
    if (failed(segment)) return segment;
    if (segment === undefined) return fail('ECONNRESET');
    if (segment.type === 'body') return segment.chunk;
    if (segment.type === 'bytes') return { bytes: segment.bytes };
    return undefined;
  }

  /** Servers that write text themselves (`nc -l`) are parsed here, so that callers see messages only. */
  async #next(): Promise<Result<Segment | undefined>> {
    for (;;) {
      const queued = this.#queue.shift();
      if (queued !== undefined) return queued;
      const segment = await this.#process.receive(this.fd);
      if (failed(segment)) return segment;
      if (this.#parser === undefined && segment?.type !== 'bytes') return segment;
      this.#parser ??= new ResponseParser(this.#method);
      this.#queue.push(...this.#parser.push(segment?.type === 'bytes' ? segment.bytes : undefined));
      if (segment === undefined && this.#queue.length === 0) return undefined;
    }
  }
}

/** Connects, asks, reads the whole answer and closes. */
export async function exchange(
  process: Process,
  endpoint: HttpEndpoint,
  request: HttpRequest,
): Promise<Result<WholeResponse>> {
  const connection = await HttpConnection.open(process, endpoint);
  if (failed(connection)) return connection;
  const answer = await ask(connection, request);
  connection.close();
  return answer;
}

/** One request and its whole answer on an open connection. */
export async function ask(connection: HttpConnection, request: HttpRequest): Promise<Result<WholeResponse>> {
  const sent = await connection.request(request);
  if (failed(sent)) return sent;
  const response = await connection.response();
  if (failed(response)) return response;
  const body = await readBody(response);
  return failed(body) ? body : { head: response.head, body };
}

/** All pieces of a body. */
export async function readBody(response: HttpResponse): Promise<Result<readonly BodyChunk[]>> {
  const chunks: BodyChunk[] = [];
  for (;;) {
    const chunk = await response.next();
    if (failed(chunk)) return chunk;
    if (chunk === undefined) return chunks;
    chunks.push(chunk);
  }
}

/** What a piece of a body is on the wire. */
export const chunkBytes = (chunk: BodyChunk): Uint8Array =>
  'bytes' in chunk ? chunk.bytes : encodeUtf8(`${JSON.stringify(chunk.object) ?? ''}\n`);

/** A body as the bytes on the wire. */
export const bodyBytes = (chunks: readonly BodyChunk[]): Uint8Array =>
  chunks.length === 0 ? EMPTY_BYTES : concatBytes(chunks.map(chunkBytes));

/** A body as text. */
export const bodyText = (chunks: readonly BodyChunk[]): string => decodeUtf8(bodyBytes(chunks));

/** A JSON body as its value (the shared object where it was sent as one); undefined where it is not JSON. */
export function bodyJson(chunks: readonly BodyChunk[]): JsonValue | undefined {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined && 'object' in only) return only.object;
  try {
    // The one place where text from the wire becomes a value.
    return JSON.parse(bodyText(chunks)) as JsonValue;
  } catch {
    return undefined;
  }
}
