/** Answers on a socket that a client wanted to upgrade; Node's own response object does not exist there. */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ResponseHead } from '../../protocol/http.ts';

const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** A status line and headers; the reason phrase of a 101 of dockerd is its own. */
export function writeHead(
  socket: Duplex,
  { status, headers }: ResponseHead,
  reason = STATUS_CODES[status] ?? '',
): void {
  const lines = Object.entries(headers).map(([name, value]) => `${canonical(name)}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${String(status)} ${reason}\r\n${lines.join('')}\r\n`);
}

/** The head of an answer that ends with the connection. */
export function writeClosingHead(socket: Duplex, { status, headers }: ResponseHead): void {
  const {
    connection: _connection,
    'content-length': _length,
    'transfer-encoding': _encoding,
    upgrade: _upgrade,
    ...rest
  } = headers;
  writeHead(socket, { status, headers: { ...rest, connection: 'close' } });
}
