/**
 * HTTP as values. Inside the engine a message is never text: bodies may be shared immutable objects; text is made only at
 * an edge (an adaptor, curl, `-o json`). Header names are lower case.
 */
import type { JsonValue } from './plain.ts';

export type Headers = Readonly<Record<string, string>>;

/** A piece of a body: a shared immutable value (encoded as JSON at an edge), or bytes. */
export type BodyChunk = { readonly object: JsonValue } | { readonly bytes: Uint8Array };

export interface RequestHead {
  readonly method: string;
  /** Path and query as sent, percent-encoded: `/api/v1/pods?limit=500`. */
  readonly target: string;
  readonly headers: Headers;
  /** The head as its writer spells it, line by line, where that matters (curl, servers that write text). */
  readonly lines?: readonly string[];
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: Headers;
  /** As in RequestHead. */
  readonly lines?: readonly string[];
}

/** A whole request whose body is already at hand. */
export interface HttpRequest extends RequestHead {
  readonly body?: BodyChunk;
}

/** A logical frame of an upgraded connection (exec, attach, port-forward, docker's hijack). */
export type ChannelName = 'stdin' | 'stdout' | 'stderr' | 'error' | 'resize' | 'data';
export interface ChannelFrame {
  readonly channel: ChannelName;
  /** Set for data of stdin, stdout, stderr and data. */
  readonly bytes?: Uint8Array;
  /** Set for error (a Status) and resize ({ width, height }). */
  readonly object?: JsonValue;
  /** The sender sends no more on this channel. */
  readonly close?: true;
  /** Port of a port-forward stream. */
  readonly port?: number;
}

/** What a server sends back on one exchange, in order: one head, chunks, one end; after a 101, frames instead of chunks. */
export type ExchangeEvent =
  | { readonly type: 'head'; readonly head: ResponseHead }
  | { readonly type: 'chunk'; readonly chunk: BodyChunk }
  | { readonly type: 'frame'; readonly frame: ChannelFrame }
  | { readonly type: 'end'; readonly aborted?: string };

/**
 * One request under way, seen by a client outside the simulated processes (the editor, the Node adaptor, tests).
 * Events arrive in virtual time: at once, later or never.
 */
export interface Exchange {
  readonly id: number;
  /** Receives the events that already came and all that follow; one listener. */
  listen(listener: (event: ExchangeEvent) => void): void;
  /** The rest of a request body that is sent in pieces. */
  send(chunk: BodyChunk): void;
  /** A frame to the server, after a 101. */
  sendFrame(frame: ChannelFrame): void;
  /** The request body, or the client's side of an upgraded connection, has ended (half-close). */
  finish(): void;
  /** The client goes away; the server sees a closed connection. */
  abort(): void;
}
