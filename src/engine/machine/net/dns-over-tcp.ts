/**
 * DNS messages over TCP (RFC 1035, 4.2.2), for servers that are components: each has its length before it.
 * Models: questions that come whole, one or several in a piece. Leaves out: a question that comes in pieces, which closes the connection.
 */
import type { Segment } from '../../../protocol/program.ts';
import type { SocketId } from './http/interface.ts';
import type { Sockets } from './sockets/interface.ts';

const LENGTH_BYTES = 2;

/** Hands the messages of a segment to `answer`, or closes the connection where they are none. */
export function takeDnsSegment(
  sockets: Sockets,
  socket: SocketId,
  segment: Segment,
  answer: (message: Uint8Array) => void,
): void {
  const bytes = segment.type === 'bytes' ? segment.bytes : undefined;
  for (let at = 0; bytes !== undefined && at + LENGTH_BYTES <= bytes.length;) {
    const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    const end = at + LENGTH_BYTES + length;
    if (end > bytes.length) break;
    answer(bytes.slice(at + LENGTH_BYTES, end));
    if (end === bytes.length) return;
    at = end;
  }
  sockets.close(socket);
}

/** Sends a message with its length. */
export const sendDnsMessage = (sockets: Sockets, socket: SocketId, message: Uint8Array): void =>
  void sockets.send(socket, {
    type: 'bytes',
    bytes: Uint8Array.of(message.length >> 8, message.length & 255, ...message),
  });
