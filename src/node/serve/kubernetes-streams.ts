/**
 * Exec, attach and port-forward of the Kubernetes API over the protocols that clients speak: WebSocket with channels
 * (v5.channel.k8s.io and its forerunner v4), SPDY/3.1, and SPDY/3.1 inside WebSocket messages.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ChannelFrame, ChannelName, ResponseHead } from '../../protocol/http.ts';
import type { JsonValue } from '../../protocol/plain.ts';
import type { Backend, Call, Switched } from './call.ts';
import { headersOf, jsonText } from './http-server.ts';
import { portForwardChannels } from './port-forward-channels.ts';
import { PortForwards } from './port-forwards.ts';
import { writeClosingHead, writeHead } from './raw-answer.ts';
import type { SpdyHandlers, SpdyStream } from './spdy/session.ts';
import { SpdySession } from './spdy/session.ts';
import { WebSocketConnection, offeredProtocol } from './websocket.ts';

const CHANNEL_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const PORT_FORWARD_TUNNEL = 'SPDY/3.1+portforward.k8s.io';
const PORT_FORWARD_CHANNELS = 'v4.channel.k8s.io';
const SPDY_PROTOCOLS = ['v4.channel.k8s.io'];
const PORT_FORWARD = 'portforward.k8s.io';
const CHANNELS: readonly ChannelName[] = ['stdin', 'stdout', 'stderr', 'error', 'resize'];
const CLOSE_CHANNEL = 255;
/**
 * From the answer to a process's first output, ms. A process that starts takes this long; a simulation that catches up
 * does it at once, and kubectl up to 1.33 drops what comes before its own streams are set up (kubernetes#131189).
 */
const FIRST_OUTPUT_MS = 100;

export function upgradeKubernetes(backend: Backend, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const kind = (request.headers.upgrade ?? '').toLowerCase();
  const isPortForward = /\/portforward(?:\?|$)/.test(request.url ?? '');
  if (kind === 'websocket') {
    const protocol = offeredProtocol(
      request,
      isPortForward ? [PORT_FORWARD_TUNNEL, PORT_FORWARD_CHANNELS] : CHANNEL_PROTOCOLS,
    );
    if (protocol === undefined)
      refuse(
        socket,
        400,
        `unable to upgrade: none of the offered subprotocols is served: ${request.headers['sec-websocket-protocol'] ?? ''}`,
      );
    else if (isPortForward && protocol === PORT_FORWARD_CHANNELS)
      agree(backend, request, socket, head, (call, rest) => portForwardChannels(request, socket, rest, protocol, call));
    else if (isPortForward)
      agree(backend, request, socket, head, (call, rest) =>
        tunnelPortForward(backend, request, socket, rest, protocol, call),
      );
    else agree(backend, request, socket, head, (call, rest) => channels(request, socket, rest, protocol, call));
    return;
  }
  if (kind !== 'spdy/3.1') {
    refuse(socket, 400, `unable to upgrade: unknown protocol ${kind}`);
    return;
  }
  const offered = headersOf(request)['x-stream-protocol-version'] ?? '';
  const protocol = (isPortForward ? [PORT_FORWARD] : SPDY_PROTOCOLS).find((name) =>
    offered.split(',').some((one) => one.trim() === name),
  );
  if (protocol === undefined) {
    refuse(socket, 403, `unable to upgrade: the server's stream protocols are not among ${offered}`);
    return;
  }
  agree(backend, request, socket, head, (call, rest) => {
    writeHead(socket, {
      status: 101,
      headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocol },
    });
    return isPortForward ? spdyPortForward(backend, request, socket, rest, call) : spdyStreams(socket, rest, call);
  });
}

/** Asks the simulation; its refusal is the answer, its 101 begins the protocol. What the client sends meanwhile is kept. */
function agree(
  backend: Backend,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  begin: (call: Call, rest: Buffer) => Switched,
): void {
  let rest: Buffer = head;
  let switched: Switched | undefined;
  let refused: ResponseHead | undefined;
  let over = false;
  const keep = (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes]);
  };
  socket.on('data', keep);
  const call = backend.open(
    { method: request.method ?? 'GET', target: request.url ?? '/', headers: headersOf(request) },
    { streamingBody: false },
    (event) => {
      switch (event.type) {
        case 'head':
          if (event.head.status === 101) {
            socket.off('data', keep);
            switched = heldBack(begin(call, rest));
          } else {
            refused = event.head;
            writeClosingHead(socket, event.head);
          }
          return;
        case 'chunk':
          if (refused !== undefined) socket.write(jsonText(event.chunk));
          return;
        case 'frame':
          switched?.frame(event.frame);
          return;
        case 'end':
          over = true;
          if (switched !== undefined) switched.ended();
          else {
            if (refused === undefined) writeClosingHead(socket, { status: 502, headers: {} });
            socket.end();
          }
      }
    },
  );
  socket.on('close', () => {
    if (!over) call.abort();
  });
}

/** What goes to the client at the beginning waits until it listens; the order stays. */
function heldBack(to: Switched): Switched {
  let waiting: (() => void)[] | undefined = [];
  setTimeout(() => {
    const first = waiting ?? [];
    waiting = undefined;
    for (const send of first) send();
  }, FIRST_OUTPUT_MS);
  const inOrder = (send: () => void): void => {
    if (waiting === undefined) send();
    else waiting.push(send);
  };
  return {
    frame: (frame) => {
      inOrder(() => {
        to.frame(frame);
      });
    },
    ended: () => {
      inOrder(() => {
        to.ended();
      });
    },
  };
}

function refuse(socket: Duplex, status: number, message: string): void {
  writeClosingHead(socket, { status, headers: { 'content-type': 'application/json' } });
  socket.end(
    `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'BadRequest', code: status })}\n`,
  );
}

const statusText = (object: JsonValue): Buffer => Buffer.from(JSON.stringify(object));

/** One byte of channel number before each message. */
function channels(request: IncomingMessage, socket: Duplex, head: Buffer, protocol: string, call: Call): Switched {
  const connection = WebSocketConnection.accept(request, socket, head, protocol, {
    message: (bytes) => {
      const number = bytes[0] ?? 0;
      const payload = bytes.subarray(1);
      if (number === CLOSE_CHANNEL) {
        const channel = CHANNELS[payload[0] ?? 0];
        if (channel !== undefined) call.sendFrame({ channel, close: true });
        return;
      }
      const channel = CHANNELS[number];
      if (channel === 'resize') resize(call, payload);
      else if (channel !== undefined) call.sendFrame({ channel, bytes: new Uint8Array(payload) });
    },
    closed: () => {
      call.abort();
    },
  });
  const send = (channel: ChannelName, bytes: Uint8Array): void => {
    connection.send(Buffer.concat([Buffer.of(CHANNELS.indexOf(channel)), bytes]));
  };
  return {
    frame: (frame) => {
      if (frame.bytes !== undefined && frame.bytes.length > 0) send(frame.channel, frame.bytes);
      if (frame.object !== undefined) send(frame.channel, statusText(frame.object));
    },
    ended: () => {
      connection.close();
    },
  };
}

function resize(call: Call, payload: Buffer): void {
  try {
    call.sendFrame({ channel: 'resize', object: JSON.parse(payload.toString()) as JsonValue });
  } catch {
    // A size that is no JSON is ignored, as the real server does.
  }
}

/** Exec and attach over SPDY: one stream per channel, named by the header `streamtype`. */
function spdyStreams(socket: Duplex, head: Buffer, call: Call): Switched {
  const streams = new Map<string, SpdyStream>();
  const waiting: ChannelFrame[] = [];
  let ended = false;
  const deliver = (frame: ChannelFrame): void => {
    const stream = streams.get(frame.channel);
    if (stream === undefined) waiting.push(frame);
    else if (frame.bytes !== undefined) stream.write(frame.bytes);
    else if (frame.object !== undefined) stream.write(statusText(frame.object));
  };
  const close = (): void => {
    // A client opens its streams one after another; what it has not opened yet it will not miss only if nothing waits for it.
    if (!ended || waiting.length > 0) return;
    for (const stream of streams.values()) stream.end();
    socket.end();
  };
  const channelOf = (stream: SpdyStream): string => stream.headers.get('streamtype') ?? '';
  const session = spdyOver(socket, head, {
    opened: (stream) => {
      streams.set(channelOf(stream), stream);
      for (const frame of waiting.splice(0)) deliver(frame);
      close();
    },
    data: (stream, bytes) => {
      if (channelOf(stream) === 'stdin') call.sendFrame({ channel: 'stdin', bytes: new Uint8Array(bytes) });
      else if (channelOf(stream) === 'resize') resize(call, Buffer.from(bytes));
    },
    finished: (stream) => {
      if (channelOf(stream) === 'stdin') call.sendFrame({ channel: 'stdin', close: true });
    },
    reset: (stream) => {
      if (channelOf(stream) === 'stdin') call.sendFrame({ channel: 'stdin', close: true });
    },
  });
  session();
  return {
    frame: deliver,
    ended: () => {
      ended = true;
      close();
    },
  };
}

/** Frames directly on the socket; the answer begins to read. */
function spdyOver(socket: Duplex, head: Buffer, handlers: SpdyHandlers): () => void {
  const session = new SpdySession({ write: (bytes) => socket.write(bytes), end: () => socket.end() }, handlers);
  return () => {
    socket.on('data', (bytes: Buffer) => {
      session.receive(bytes);
    });
    socket.on('end', () => socket.end());
    if (head.length > 0) session.receive(head);
  };
}

function spdyPortForward(
  backend: Backend,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  call: Call,
): Switched {
  const forwards = new PortForwards(backend, request);
  spdyOver(socket, head, forwards)();
  socket.on('close', () => {
    forwards.abort();
    call.abort();
  });
  return { frame: ignore, ended: () => socket.end() };
}

function tunnelPortForward(
  backend: Backend,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
  call: Call,
): Switched {
  const forwards = new PortForwards(backend, request);
  const session: SpdySession = new SpdySession(
    {
      write: (bytes) => {
        connection.send(bytes);
      },
      end: () => {
        connection.close();
      },
    },
    forwards,
  );
  const connection = WebSocketConnection.accept(request, socket, head, protocol, {
    message: (bytes) => {
      session.receive(bytes);
    },
    closed: () => {
      forwards.abort();
      call.abort();
    },
  });
  return {
    frame: ignore,
    ended: () => {
      connection.close();
    },
  };
}

const ignore = (): void => undefined;
