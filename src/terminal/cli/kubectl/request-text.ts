/**
 * The head of an HTTP/1.1 request written as text, for callers that write it themselves (`nc`).
 * Leaves out: chunked request bodies.
 */
import { concatBytes, decodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';

export type RequestText =
  | { readonly type: 'part' }
  | { readonly type: 'garbage' }
  | { readonly type: 'request'; readonly head: RequestHead; readonly body: Uint8Array; readonly rest: Uint8Array };

/** Longest head that is taken, bytes (Go: 1 MB). */
const MAX_HEAD_BYTES = 1 << 20;

/** Reads one request from the front of `bytes`. */
export function readRequest(bytes: Uint8Array): RequestText {
  const end = headEnd(bytes);
  if (end < 0) return bytes.length > MAX_HEAD_BYTES ? { type: 'garbage' } : { type: 'part' };
  const [first = '', ...lines] = decodeUtf8(bytes.subarray(0, end)).trimEnd().split(/\r?\n/);
  const found = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first);
  if (found === null) return { type: 'garbage' };
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at <= 0) return { type: 'garbage' };
    headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  const length = Number(headers['content-length'] ?? '0');
  if (!Number.isSafeInteger(length) || length < 0) return { type: 'garbage' };
  if (bytes.length < end + length) return { type: 'part' };
  return {
    type: 'request',
    head: { method: found[1] ?? '', target: found[2] ?? '', headers },
    body: bytes.subarray(end, end + length),
    rest: concatBytes([bytes.subarray(end + length)]),
  };
}

/** Where the empty line ends; -1 if it has not come. */
function headEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return -1;
}
