// The two codecs below are pure functions of their input and exist in workers and in Node alike; the engine's
// compiler settings do not know them, so the parts in use are declared here.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const EMPTY_BYTES = new Uint8Array(0);

/** UTF-8 bytes of a string; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  if (text === '') return EMPTY_BYTES;
  if (text.length > SHORT) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return encoder.encode(text);
    bytes[i] = unit;
  }
  return bytes;
}
/** How many bytes `encodeUtf8` makes of a string. */
export function utf8Length(text: string): number {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return encoder.encode(text).length;
  return text.length;
}

/** Up to this length a loop is faster than the platform's codec, whose call costs more than its work. */
const SHORT = 96;

/** The string of UTF-8 bytes; invalid sequences become U+FFFD. */
export const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** A decoder that keeps an incomplete last character for the next call. */
export function streamingDecoder(): (bytes: Uint8Array, last?: boolean) => string {
  const stream = new TextDecoder('utf-8', { ignoreBOM: true });
  return (bytes, last = false) => stream.decode(bytes, { stream: !last });
}

/** One array holding all parts in order. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const BASE64_CODES = encoder.encode(BASE64);

/** Standard base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const n = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    codes[at] = BASE64_CODES[(n >> 18) & 63] ?? 0;
    codes[at + 1] = BASE64_CODES[(n >> 12) & 63] ?? 0;
    codes[at + 2] = BASE64_CODES[(n >> 6) & 63] ?? 0;
    codes[at + 3] = BASE64_CODES[n & 63] ?? 0;
    at += 4;
  }
  if (bytes.length % 3 > 0) codes[at - 1] = PADDING;
  if (bytes.length % 3 === 1) codes[at - 2] = PADDING;
  return decoder.decode(codes);
}
const PADDING = 61;

/** Bytes of base64 text (white space ignored, URL alphabet accepted), or undefined where it is malformed. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const clean = text.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(clean) || clean.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const char of clean) {
    held = (held << 6) | BASE64.indexOf(char);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 255;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}
