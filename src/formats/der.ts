/** DER (X.690): elements of tag, length and content, written and read. */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';
import { civilFromUnix, daysFromCivil } from './civil-time.ts';
import { integerOf, signedBytes } from './keys/big-integer.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface DerNode {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  readonly children: readonly DerNode[];
}

/** The elements that bytes hold; undefined where they are not DER. */
export function readDer(bytes: Uint8Array): readonly DerNode[] | undefined {
  const nodes: DerNode[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined) return undefined;
    at += 2;
    let length = first;
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count === 0 || count > 4) return undefined;
      length = Number(integerOf(bytes.subarray(at, at + count)));
      at += count;
    }
    if (at + length > bytes.length) return undefined;
    const content = bytes.subarray(at, at + length);
    at += length;
    const children = (tag & 0x20) === 0 ? [] : readDer(content);
    if (children === undefined) return undefined;
    nodes.push({ tag, content, whole: bytes.subarray(start, at), children });
  }
  return nodes;
}

/** The one element that bytes hold. */
export function readDerNode(bytes: Uint8Array): DerNode | undefined {
  const nodes = readDer(bytes);
  return nodes?.length === 1 ? nodes[0] : undefined;
}

/** One element. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(parts);
  const { length } = content;
  const octets = length < 0x80 ? [length] : [0x80 + byteCount(length), ...lengthBytes(length)];
  return concatBytes([Uint8Array.from([tag, ...octets]), content]);
}
const byteCount = (length: number): number => (length < 0x100 ? 1 : length < 0x10000 ? 2 : 3);
const lengthBytes = (length: number): readonly number[] =>
  [length >>> 16, (length >>> 8) & 255, length & 255].slice(3 - byteCount(length));

export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array => der(TAG.sequence, ...parts);
export const derInteger = (value: bigint): Uint8Array =>
  der(TAG.integer, value === 0n ? Uint8Array.of(0) : signedBytes(value));
export const derNull = (): Uint8Array => der(TAG.nothing);
export const derOctets = (bytes: Uint8Array): Uint8Array => der(TAG.octetString, bytes);
export const derBits = (bytes: Uint8Array): Uint8Array => der(TAG.bitString, Uint8Array.of(0), bytes);
export const derText = (tag: number, text: string): Uint8Array => der(tag, encodeUtf8(text));

/** An object identifier from its numbers with dots. */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}
function base128(value: number): readonly number[] {
  const digits = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) + 128);
  return digits;
}

/** The dotted numbers of an object identifier's content. */
export function oidText(content: Uint8Array): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 127);
    if (byte >= 128) continue;
    if (numbers.length === 0)
      numbers.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else numbers.push(value);
    value = 0;
  }
  return numbers.join('.');
}

/** The bytes of a bit string that ends on a byte. */
export const bitsOf = (node: DerNode): Uint8Array => node.content.subarray(1);

/** Unix ms of UTCTime or GeneralizedTime. */
export function derTimeOf({ tag, content }: DerNode): number {
  const text = decodeUtf8(content);
  const year = tag === TAG.utcTime ? ((Number(text.slice(0, 2)) + 50) % 100) + 1950 : Number(text.slice(0, 4));
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    text.slice(tag === TAG.utcTime ? 2 : 4).match(/\d\d/g) ?? []
  ).map(Number);
  return (daysFromCivil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000;
}

/** UTCTime up to 2049, GeneralizedTime afterwards (RFC 5280, 4.1.2.5). */
export function derTime(unixMs: number): Uint8Array {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1_000));
  const rest = [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('');
  return year < 2_050
    ? derText(TAG.utcTime, `${String(year % 100).padStart(2, '0')}${rest}Z`)
    : derText(TAG.generalizedTime, `${String(year).padStart(4, '0')}${rest}Z`);
}
