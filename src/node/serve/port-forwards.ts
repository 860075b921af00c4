/**
 * Connections of `kubectl port-forward`: each is a pair of SPDY streams (data, error) with one request id, and here one
 * exchange with the simulation.
 */
import type { IncomingMessage } from 'node:http';
import type { Backend, Call } from './call.ts';
import { headersOf } from './http-server.ts';
import type { SpdyHandlers, SpdyStream } from './spdy/session.ts';

interface Connection {
  readonly data?: SpdyStream;
  readonly error?: SpdyStream;
  readonly call?: Call;
}

export class PortForwards implements SpdyHandlers {
  readonly #connections = new Map<string, Connection>();

  constructor(
    private readonly backend: Backend,
    private readonly request: IncomingMessage,
  ) {}

  opened(stream: SpdyStream): void {
    const id = requestId(stream);
    const known = this.#connections.get(id) ?? {};
    const connection = {
      ...known,
      ...(stream.headers.get('streamtype') === 'error' ? { error: stream } : { data: stream }),
    };
    this.#connections.set(id, connection);
    if (connection.data !== undefined && connection.error !== undefined && connection.call === undefined)
      this.#connect(id, connection.data, connection.error);
  }

  data(stream: SpdyStream, bytes: Uint8Array): void {
    const call = this.#connections.get(requestId(stream))?.call;
    if (stream.headers.get('streamtype') === 'data')
      call?.sendFrame({ channel: 'data', port: portOf(stream), bytes: new Uint8Array(bytes) });
  }

  finished(stream: SpdyStream): void {
    if (stream.headers.get('streamtype') !== 'data') return;
    this.#connections.get(requestId(stream))?.call?.sendFrame({ channel: 'data', port: portOf(stream), close: true });
  }

  reset(stream: SpdyStream): void {
    this.#connections.get(requestId(stream))?.call?.abort();
    this.#connections.delete(requestId(stream));
  }

  /** The client has gone. */
  abort(): void {
    for (const { call } of this.#connections.values()) call?.abort();
    this.#connections.clear();
  }

  #connect(id: string, data: SpdyStream, error: SpdyStream): void {
    const port = portOf(data);
    // The client waits for the end of both streams before it closes its own connection.
    const over = (): void => {
      data.end();
      error.end();
    };
    const call = this.backend.open(
      { method: this.request.method ?? 'GET', target: this.request.url ?? '/', headers: headersOf(this.request) },
      { streamingBody: false },
      (event) => {
        if (event.type === 'head') {
          if (event.head.status === 101) return;
          error.write(
            Buffer.from(`error forwarding port ${String(port)}: unexpected answer ${String(event.head.status)}`),
          );
          over();
        } else if (event.type === 'end') over();
        else if (event.type !== 'frame') return;
        else if (event.frame.channel === 'error') {
          if (event.frame.bytes !== undefined) error.write(event.frame.bytes);
          over();
        } else {
          if (event.frame.bytes !== undefined) data.write(event.frame.bytes);
          if (event.frame.close === true) over();
        }
      },
    );
    this.#connections.set(id, { data, error, call });
    // The first frame names the port.
    call.sendFrame({ channel: 'data', port, bytes: new Uint8Array(0) });
  }
}

/** Clients older than the request id pair each error stream with the data stream after it. */
const requestId = (stream: SpdyStream): string =>
  stream.headers.get('requestid') ?? stream.headers.get('requestID') ?? String(stream.id - ((stream.id - 1) % 4));
const portOf = (stream: SpdyStream): number => Number(stream.headers.get('port') ?? '0');
