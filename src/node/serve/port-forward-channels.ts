/**
 * Port-forward over WebSocket channels (v4.channel.k8s.io), as client-node speaks it: of the ports in the query the i-th has
 * channel 2i for data and 2i+1 for errors, and each channel begins with its port in two bytes.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Call, Switched } from './call.ts';
import { WebSocketConnection } from './websocket.ts';

export function portForwardChannels(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
  call: Call,
): Switched {
  const ports = new URL(request.url ?? '/', 'http://localhost').searchParams
    .getAll('ports')
    .flatMap((text) => text.split(',').map(Number));
  const connection = WebSocketConnection.accept(request, socket, head, protocol, {
    message: (bytes) => {
      const channel = bytes[0] ?? 0;
      const port = ports[channel >> 1];
      if (port !== undefined && channel % 2 === 0 && bytes.length > 1)
        call.sendFrame({ channel: 'data', port, bytes: new Uint8Array(bytes.subarray(1)) });
    },
    closed: () => {
      call.abort();
    },
  });
  const send = (channel: number, bytes: Uint8Array): void => {
    connection.send(Buffer.concat([Buffer.of(channel), bytes]));
  };
  const open = new Set(ports);
  ports.forEach((port, index) => {
    for (const channel of [2 * index, 2 * index + 1]) send(channel, Buffer.of(port & 255, port >> 8));
    // The connection is made at once, so that a server that speaks first is heard.
    call.sendFrame({ channel: 'data', port, bytes: new Uint8Array(0) });
  });
  return {
    frame: ({ channel, port, bytes, close }) => {
      const index = port === undefined ? -1 : ports.indexOf(port);
      if (port === undefined || index < 0) return;
      if (bytes !== undefined) send(channel === 'error' ? 2 * index + 1 : 2 * index, bytes);
      if (channel === 'data' && close === true) open.delete(port);
      if (open.size === 0) connection.close();
    },
    ended: () => {
      connection.close();
    },
  };
}
