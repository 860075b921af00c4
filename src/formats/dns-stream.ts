/**
 * DNS messages in a stream of bytes (RFC 1035, 4.2.2): each has its length before it.
 * Leaves out: a message that comes in several pieces.
 */
import type { Segment } from '../protocol/program.ts';

const LENGTH_BYTES = 2;

/** The messages of a segment; undefined where it is not made of whole ones. */
export function dnsMessagesOf(segment: Segment): readonly Uint8Array[] | undefined {
  if (segment.type !== 'bytes') return undefined;
  const { bytes } = segment;
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + LENGTH_BYTES + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (end > bytes.length) return undefined;
    messages.push(bytes.slice(at + LENGTH_BYTES, end));
    at = end;
  }
  return messages;
}

/** A message with its length. */
export const dnsSegment = (message: Uint8Array): Segment => ({
  type: 'bytes',
  bytes: Uint8Array.of(message.length >> 8, message.length & 255, ...message),
});
