/**
 * Text of programs that must not lose bytes: UTF-8 where it is valid, and each stray byte as a lone low surrogate
 * (U+DC80…U+DCFF) that becomes the same byte again on the way out.
 */
import { decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';

/** Bytes as text. */
export function bytesToText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  return text.includes('\ufffd') ? decodeEscaping(bytes) : text;
}

/** Text as bytes. */
export function textToBytes(text: string): Uint8Array {
  return /[\udc80-\udcff]/.test(text) ? encodeEscaping(text) : encodeUtf8(text);
}

/** Length of the longest head of `bytes` that does not cut a character. */
export function wholeCharacters(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? end - back : end;
  }
  return end;
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1);

function decodeEscaping(bytes: Uint8Array): string {
  let out = '';
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0;
    const length = sequenceLength(lead);
    const piece = bytes.subarray(i, i + length);
    const char = lead < 0x80 ? String.fromCharCode(lead) : decodeUtf8(piece);
    const valid =
      lead < 0x80 ||
      (lead >= 0xc2 &&
        piece.length === length &&
        !(char.includes('\ufffd') && !(lead === 0xef && piece[1] === 0xbf && piece[2] === 0xbd)));
    if (valid) {
      out += char;
      i += length;
    } else {
      out += String.fromCharCode(0xdc00 + lead);
      i += 1;
    }
  }
  return out;
}

function encodeEscaping(text: string): Uint8Array {
  const out: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (char.length === 1 && code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else out.push(...encodeUtf8(char));
  }
  return Uint8Array.from(out);
}
