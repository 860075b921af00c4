/** Attach and exec of the Engine API: after `101 UPGRADED` the connection carries the streams themselves. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ChannelFrame } from '../../protocol/http.ts';
import type { Backend } from './call.ts';
import { headersOf, jsonText } from './http-server.ts';
import { writeClosingHead, writeHead } from './raw-answer.ts';

const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';
const HEADER_BYTES = 8;

export function hijack(backend: Backend, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  let rest: Buffer = head;
  let started = false;
  const length = Number(request.headers['content-length'] ?? '0');
  const chunked = (request.headers['transfer-encoding'] ?? '').includes('chunked');
  const begin = (): void => {
    if (started) return;
    const body = chunked
      ? dechunk(rest)
      : rest.length < length
        ? undefined
        : { body: rest.subarray(0, length), rest: rest.subarray(length) };
    if (body === undefined) return;
    started = true;
    socket.off('data', gather);
    connect(backend, request, socket, body.body, body.rest);
  };
  const gather = (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes]);
    begin();
  };
  socket.on('data', gather);
  begin();
}

function connect(backend: Backend, request: IncomingMessage, socket: Duplex, body: Buffer, early: Buffer): void {
  let upgraded = false;
  let multiplexed = false;
  let over = false;
  const { 'transfer-encoding': _encoding, ...headers } = headersOf(request);
  const given = {
    method: request.method ?? 'POST',
    target: request.url ?? '/',
    headers,
    ...(body.length === 0 ? {} : { body: { bytes: new Uint8Array(body) } }),
  };
  const call = backend.open(given, { streamingBody: false }, (event) => {
    switch (event.type) {
      case 'head':
        upgraded = event.head.status === 101;
        multiplexed = event.head.headers['content-type'] === MULTIPLEXED;
        if (upgraded)
          writeHead(
            socket,
            {
              status: 101,
              headers: {
                'content-type': event.head.headers['content-type'] ?? '',
                connection: 'Upgrade',
                upgrade: 'tcp',
              },
            },
            'UPGRADED',
          );
        else writeClosingHead(socket, event.head);
        return;
      case 'chunk':
        socket.write(jsonText(event.chunk));
        return;
      case 'frame':
        if (event.frame.bytes !== undefined && event.frame.bytes.length > 0)
          socket.write(multiplexed ? withHeader(event.frame.channel, event.frame.bytes) : event.frame.bytes);
        return;
      case 'end':
        over = true;
        if (event.aborted !== undefined && !upgraded) writeClosingHead(socket, { status: 502, headers: {} });
        socket.end();
    }
  });
  const feed = (bytes: Buffer): void => {
    if (bytes.length > 0) call.sendFrame({ channel: 'stdin', bytes: new Uint8Array(bytes) });
  };
  feed(early);
  socket.on('data', feed);
  socket.on('end', () => {
    call.halfClose();
  });
  socket.on('close', () => {
    if (!over) call.abort();
  });
}

/** Stream 1 or 2, three zeros, the length. */
function withHeader(channel: ChannelFrame['channel'], bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(channel === 'stderr' ? 2 : 1, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/** A chunked body that is complete in `data`, and what follows it. */
function dechunk(data: Buffer): { readonly body: Buffer; readonly rest: Buffer } | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const line = data.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(data.toString('latin1', at, line), 16);
    const end = line + 2 + size + 2;
    if (!(size >= 0) || data.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(pieces), rest: data.subarray(end) };
    pieces.push(data.subarray(line + 2, line + 2 + size));
    at = end;
  }
}
