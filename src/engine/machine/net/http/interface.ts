/**
 * HTTP for components that listen on sockets. Exchanges are numbers and all that belongs to them is data, so that an open
 * watch or exec survives a snapshot.
 */
import type {
  BodyChunk,
  ChannelFrame,
  Exchange,
  HttpRequest,
  RequestHead,
  ResponseHead,
} from '../../../../protocol/http.ts';
import type { SysFailure } from '../../../../protocol/errno.ts';
import type { TlsClientOptions } from '../../../../protocol/program.ts';

/** Unique in the lab and never reused. */
export type SocketId = number;

/** What the server sees of a client's certificate. */
export interface TlsPeer {
  /** PEM; absent where the client showed none. */
  readonly certificate?: string;
  readonly serverName: string;
}

export type ExchangeId = number;

/** Who sent a request. */
export interface HttpPeer {
  readonly socket: SocketId;
  readonly ip: string;
  readonly port: number;
  /** Set where the client showed a certificate. */
  readonly tls?: TlsPeer;
}

/** A component that answers HTTP requests; called synchronously while the network handles an arriving segment. */
export interface HttpService {
  /** A client that does not speak TLS where it should is told nothing; Go's net/http answers it. */
  readonly closesOnPlain?: true;
  open(exchange: ExchangeId, request: RequestHead, peer: HttpPeer): void;
  /** A piece of the request's body. */
  body(exchange: ExchangeId, chunk: BodyChunk): void;
  /** The request's body has ended (also of a request without one), or the client's side of an upgraded connection. */
  finish(exchange: ExchangeId): void;
  /** After a 101. */
  frame?(exchange: ExchangeId, frame: ChannelFrame): void;
  /** What the window had no room for has been sent. */
  drained?(exchange: ExchangeId): void;
  /** The client went away before the end. */
  abort(exchange: ExchangeId): void;
}

/** How a service answers. Calls for an exchange that is over are ignored and answer false. */
export interface Exchanges {
  head(exchange: ExchangeId, head: ResponseHead): boolean;
  chunk(exchange: ExchangeId, chunk: BodyChunk): boolean;
  frame(exchange: ExchangeId, frame: ChannelFrame): boolean;
  /** `aborted` closes the connection in the middle. */
  end(exchange: ExchangeId, aborted?: string): boolean;
  /** Head with content-length, body and end at once. */
  respond(
    exchange: ExchangeId,
    status: number,
    body?: BodyChunk,
    headers?: { readonly [name: string]: string },
  ): boolean;
  isOpen(exchange: ExchangeId): boolean;
  /** False while more than the window is unread: a streaming service may wait for `drained`. */
  hasRoom(exchange: ExchangeId): boolean;
}

/** Where an outside client's request goes. */
export interface HttpEndpoint {
  /** IP or a name of the lab (`control-plane`). */
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsClientOptions;
}
/** A unix socket of a host, as an operator with a shell there would reach it; `address` as the kernel resolved it. */
export interface UnixEndpoint {
  readonly netns: number;
  readonly address: { readonly family: 'unix'; readonly path: string; readonly key: string } | SysFailure;
}

/** HTTP from the outside machine (192.168.56.1): the editor, the Node adaptor, tests. Its listeners are not saved: after a restore whoever asked listens again. */
export interface ExternalHttpClient {
  handle(
    endpoint: HttpEndpoint | UnixEndpoint,
    request: HttpRequest,
    options?: { readonly streamingBody?: boolean },
  ): Exchange;
  /** An exchange by its number, while it has a connection. */
  exchange(id: number): Exchange | undefined;
}
