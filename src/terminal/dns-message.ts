/** The part of RFC 1035's message format that a stub resolver speaks. */
export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  /** Text form as dig prints it. */
  readonly data: string;
}
export interface DnsMessage {
  readonly id: number;
  readonly rcode: number;
  readonly authoritative: boolean;
  /** The header's second word. */
  readonly flags: number;
  readonly recursionAvailable: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
  /** The OPT record, which is no record of the additional section here (RFC 6891). */
  readonly edns?: Edns;
}
export interface Edns {
  readonly udpSize: number;
  readonly flags: number;
  readonly options: Uint8Array;
}

/** Record types that questions can be about. */
export const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DS: 43,
  DNSKEY: 48,
  HTTPS: 65,
  ANY: 255,
  CAA: 257,
};
const OPT = 41;
const TYPE_NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name]));

/** The number of a type by its name or as `TYPE65`; undefined where it is none that is known here. */
export function typeNumber(type: string): number | undefined {
  const number = Number(/^TYPE(\d{1,5})$/i.exec(type)?.[1] ?? 65_536);
  return TYPES[type.toUpperCase()] ?? (number < 65_536 ? number : undefined);
}

/** Bytes of a query for one name, which asks for recursion unless it is told not to. */
export function encodeDnsQuery(id: number, name: string, type: string, recurse = true): Uint8Array {
  const out: number[] = [id >> 8, id & 255, recurse ? 1 : 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  for (const label of name.split('.')) {
    if (label === '') continue;
    out.push(label.length & 63);
    for (const char of label.slice(0, 63)) out.push(char.charCodeAt(0) & 255);
  }
  const number = typeNumber(type) ?? 1;
  out.push(0, number >> 8, number & 255, 0, 1);
  return Uint8Array.from(out);
}

/** A response taken apart; undefined where the bytes are not one. */
export function decodeDnsMessage(bytes: Uint8Array): DnsMessage | undefined {
  if (bytes.length < 12) return undefined;
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const cursor = { at: 12 };
  for (let i = 0; i < u16(4); i += 1) {
    readName(bytes, cursor);
    cursor.at += 4;
  }
  const { records: answers } = readRecords(bytes, cursor, u16(6));
  const { records: authority } = readRecords(bytes, cursor, u16(8));
  const { records: additional, edns } = readRecords(bytes, cursor, u16(10));
  const flags = u16(2);
  return {
    id: u16(0),
    flags,
    rcode: flags & 15,
    authoritative: (flags & 0x400) !== 0,
    recursionAvailable: (flags & 0x80) !== 0,
    answers,
    authority,
    additional,
    ...(edns === undefined ? {} : { edns }),
  };
}

function readRecords(
  bytes: Uint8Array,
  cursor: { at: number },
  count: number,
): { readonly records: DnsRecord[]; readonly edns: Edns | undefined } {
  const records: DnsRecord[] = [];
  let edns: Edns | undefined;
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  for (let i = 0; i < count && cursor.at < bytes.length; i += 1) {
    const name = readName(bytes, cursor);
    const number = u16(cursor.at);
    const udpSize = u16(cursor.at + 2);
    const ttlSeconds = u16(cursor.at + 4) * 65_536 + u16(cursor.at + 6);
    const length = u16(cursor.at + 8);
    const start = cursor.at + 10;
    cursor.at = start + length;
    if (number === OPT) {
      edns = { udpSize, flags: ttlSeconds, options: bytes.subarray(start, cursor.at) };
      continue;
    }
    const type = TYPE_NAMES.get(number) ?? `TYPE${String(number)}`;
    records.push({ name, type, ttlSeconds, data: readData(bytes, type, start, length) });
  }
  return { records, edns };
}

function readData(bytes: Uint8Array, type: string, start: number, length: number): string {
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const nameAt = (at: number): string => `${readName(bytes, { at })}.`;
  switch (type) {
    case 'A':
      return [...bytes.subarray(start, start + 4)].join('.');
    case 'AAAA':
      return Array.from({ length: 8 }, (_, i) => u16(start + i * 2).toString(16))
        .join(':')
        .replace(/(^|:)0(:0)+(:|$)/, '::');
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return nameAt(start);
    case 'MX':
      return `${String(u16(start))} ${nameAt(start + 2)}`;
    case 'SRV':
      return `${String(u16(start))} ${String(u16(start + 2))} ${String(u16(start + 4))} ${nameAt(start + 6)}`;
    case 'TXT':
      return textsAt(bytes, start, start + length);
    case 'SOA': {
      const cursor = { at: start };
      const primary = readName(bytes, cursor);
      const mailbox = readName(bytes, cursor);
      const numbers = Array.from({ length: 5 }, (_, i) => u16(cursor.at + i * 4) * 65_536 + u16(cursor.at + i * 4 + 2));
      return `${primary}. ${mailbox}. ${numbers.join(' ')}`;
    }
    default:
      return `\\# ${String(length)}`;
  }
}

/** Character strings, each in quotes. */
function textsAt(bytes: Uint8Array, start: number, end: number): string {
  const texts: string[] = [];
  for (let at = start; at < end;) {
    const length = bytes[at] ?? 0;
    texts.push(`"${String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length))}"`);
    at += length + 1;
  }
  return texts.join(' ');
}

/** A possibly compressed name; at most 64 jumps, so that a loop ends. */
function readName(bytes: Uint8Array, cursor: { at: number }): string {
  const labels: string[] = [];
  let at = cursor.at;
  let jumped = false;
  for (let jumps = 0; jumps < 64;) {
    const length = bytes[at] ?? 0;
    if (length >= 0xc0) {
      if (!jumped) cursor.at = at + 2;
      jumped = true;
      jumps += 1;
      at = ((length & 0x3f) << 8) | (bytes[at + 1] ?? 0);
      continue;
    }
    at += 1;
    if (length === 0) break;
    labels.push(String.fromCharCode(...bytes.subarray(at, at + length)));
    at += length;
  }
  if (!jumped) cursor.at = at;
  return labels.join('.');
}
