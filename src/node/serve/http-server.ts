/** An HTTP server on the loopback before one server of the simulation: plain requests; upgrades are given away. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { BodyChunk, Headers, HttpRequest } from '../../protocol/http.ts';
import type { Backend } from './call.ts';

/** A client that reads nothing while so much waits for it is cut off. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024;
/** Bodies are chunked by this server itself. */
const OF_THE_CONNECTION = new Set(['connection', 'transfer-encoding', 'content-length', 'keep-alive']);

export interface Adaptor {
  readonly backend: Backend;
  /** Whether a body is passed on piece by piece. */
  streamsBody(request: IncomingMessage): boolean;
  /** Last change to a request whose body is at hand; an error is answered 400. */
  prepare(request: HttpRequest): HttpRequest | { readonly error: string };
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function serveHttp(adaptor: Adaptor): Server {
  const server = createServer({ keepAlive: true }, (request, response) => {
    void answer(adaptor, request, response);
  });
  // Watches and followed logs stay open as long as the client wants.
  server.requestTimeout = 0;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    adaptor.upgrade(request, socket, head);
  });
  return server;
}

export function headersOf(request: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

export const jsonText = (chunk: BodyChunk): Uint8Array =>
  'bytes' in chunk ? chunk.bytes : Buffer.from(`${JSON.stringify(chunk.object)}\n`);

async function answer(adaptor: Adaptor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const streamingBody = adaptor.streamsBody(request);
  const head = { method: request.method ?? 'GET', target: request.url ?? '/', headers: headersOf(request) };
  let prepared: HttpRequest = head;
  if (!streamingBody) {
    const body = await wholeBody(request);
    if (body === undefined) return;
    const given = adaptor.prepare(body.length === 0 ? head : { ...head, body: { bytes: body } });
    if ('error' in given) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: given.error, reason: 'BadRequest', code: 400 })}\n`,
      );
      return;
    }
    prepared = given;
  }
  let over = false;
  const call = adaptor.backend.open(prepared, { streamingBody }, (event) => {
    switch (event.type) {
      case 'head':
        response.writeHead(
          event.head.status,
          Object.fromEntries(Object.entries(event.head.headers).filter(([name]) => !OF_THE_CONNECTION.has(name))),
        );
        response.flushHeaders();
        return;
      case 'chunk':
        response.write(jsonText(event.chunk));
        if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
        return;
      case 'frame':
        return;
      case 'end':
        over = true;
        if (event.aborted === undefined) response.end();
        else if (response.headersSent) response.destroy();
        else response.writeHead(502, { 'content-type': 'text/plain' }).end(`${event.aborted}\n`);
    }
  });
  response.on('close', () => {
    if (!over) call.abort();
  });
  if (!streamingBody) return;
  request.on('data', (bytes: Buffer) => {
    call.send({ bytes: new Uint8Array(bytes) });
  });
  request.on('end', () => {
    call.endBody();
  });
}

function wholeBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      resolve(new Uint8Array(Buffer.concat(pieces)));
    });
    request.on('close', () => {
      resolve(undefined);
    });
  });
}
