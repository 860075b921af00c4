/**
 * DNS messages (RFC 1035, SRV: RFC 2782): bytes to values and back.
 * Models: queries and answers with A, AAAA, CNAME, NS, PTR, SOA, SRV and TXT, name compression on reading and for whole names on
 * writing; EDNS (RFC 6891) with its options as bytes.
 * Leaves out: DNSSEC, zone transfer.
 */
import { decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';
import { formatIpv4, parseIpv4 } from './ip.ts';

const TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, ANY: 255 } as const;
const OPT = 41;
/** Types that have no name here are asked for by their number (RFC 3597). */
export type DnsType = keyof typeof TYPES | `TYPE${number}`;
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
export type DnsCode = (typeof CODES)[number];

export interface DnsQuestion {
  /** With a final dot. */
  readonly name: string;
  readonly type: DnsType;
}

export type DnsRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: 'A' | 'AAAA'; readonly ip: string }
  | { readonly type: 'CNAME' | 'NS' | 'PTR'; readonly target: string }
  | {
      readonly type: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly type: 'TXT'; readonly texts: readonly string[] }
  | {
      readonly type: 'SOA';
      readonly primary: string;
      readonly mailbox: string;
      readonly serial: number;
      readonly refresh: number;
      readonly retry: number;
      readonly expire: number;
      readonly minimum: number;
    }
);

/** What the OPT record says: how long a datagram may be, flags (DO), options. */
export interface Edns {
  readonly udpSize: number;
  readonly flags: number;
  readonly options: readonly { readonly code: number; readonly data: Uint8Array }[];
}

export interface DnsMessage {
  readonly id: number;
  readonly response: boolean;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly code: DnsCode;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly edns?: Edns | undefined;
}

/** A query for one name. */
export const dnsQuery = (id: number, name: string, type: DnsType): DnsMessage => ({
  id,
  response: false,
  authoritative: false,
  truncated: false,
  recursionDesired: true,
  recursionAvailable: false,
  code: 'NOERROR',
  questions: [{ name: name.endsWith('.') ? name : `${name}.`, type }],
  answers: [],
  authorities: [],
  additionals: [],
});

/** The response to a query, whose EDNS comes back as it is unless told otherwise. */
export const answerDns = (
  query: DnsMessage,
  answer: Partial<
    Pick<
      DnsMessage,
      'code' | 'answers' | 'authorities' | 'additionals' | 'authoritative' | 'recursionAvailable' | 'edns'
    >
  >,
): DnsMessage => ({
  ...query,
  response: true,
  authoritative: false,
  recursionAvailable: false,
  code: 'NOERROR',
  answers: [],
  authorities: [],
  additionals: [],
  ...answer,
});

/** Bytes of a message. */
export function encodeDns(message: DnsMessage): Uint8Array {
  const out: number[] = [];
  const names = new Map<string, number>();
  const u16 = (value: number): void => void out.push((value >>> 8) & 255, value & 255);
  const u32 = (value: number): void => {
    u16(value >>> 16);
    u16(value & 0xffff);
  };
  const name = (text: string): void => {
    const labels = text
      .replace(/\.$/, '')
      .split('.')
      .filter((label) => label !== '');
    for (let i = 0; i < labels.length; i += 1) {
      const rest = labels.slice(i).join('.').toLowerCase();
      const known = names.get(rest);
      if (known !== undefined) {
        u16(0xc000 | known);
        return;
      }
      if (out.length < 0x3fff) names.set(rest, out.length);
      const label = encodeUtf8(labels[i] ?? '').subarray(0, 63);
      out.push(label.length, ...label);
    }
    out.push(0);
  };
  u16(message.id);
  u16(
    (message.response ? 0x8000 : 0) |
      (message.authoritative ? 0x400 : 0) |
      (message.truncated ? 0x200 : 0) |
      (message.recursionDesired ? 0x100 : 0) |
      (message.recursionAvailable ? 0x80 : 0) |
      CODES.indexOf(message.code),
  );
  for (const list of [message.questions, message.answers, message.authorities]) u16(list.length);
  u16(message.additionals.length + (message.edns === undefined ? 0 : 1));
  for (const question of message.questions) {
    name(question.name);
    u16(typeNumber(question.type));
    u16(1);
  }
  for (const record of [...message.answers, ...message.authorities, ...message.additionals]) {
    name(record.name);
    u16(typeNumber(record.type));
    u16(1);
    u32(record.ttl);
    const lengthAt = out.length;
    u16(0);
    encodeData(record, { out, u16, u32, name });
    const length = out.length - lengthAt - 2;
    out[lengthAt] = length >>> 8;
    out[lengthAt + 1] = length & 255;
  }
  if (message.edns !== undefined) encodeEdns(message.edns, { out, u16, u32, name });
  return Uint8Array.from(out);
}

interface Writer {
  readonly out: number[];
  readonly u16: (value: number) => void;
  readonly u32: (value: number) => void;
  readonly name: (text: string) => void;
}

function encodeEdns({ udpSize, flags, options }: Edns, { out, u16, u32, name }: Writer): void {
  name('.');
  u16(OPT);
  u16(udpSize);
  u32(flags);
  u16(options.reduce((sum, { data }) => sum + 4 + data.length, 0));
  for (const { code, data } of options) {
    u16(code);
    u16(data.length);
    out.push(...data);
  }
}

function encodeData(record: DnsRecord, { out, u16, u32, name }: Writer): void {
  switch (record.type) {
    case 'A':
      u32(parseIpv4(record.ip) ?? 0);
      return;
    case 'AAAA':
      for (const part of expandIpv6(record.ip)) u16(part);
      return;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      name(record.target);
      return;
    case 'SRV':
      u16(record.priority);
      u16(record.weight);
      u16(record.port);
      name(record.target);
      return;
    case 'TXT':
      for (const text of record.texts) {
        const bytes = encodeUtf8(text).subarray(0, 255);
        out.push(bytes.length, ...bytes);
      }
      return;
    case 'SOA':
      name(record.primary);
      name(record.mailbox);
      for (const value of [record.serial, record.refresh, record.retry, record.expire, record.minimum]) u32(value);
  }
}

/** The message of bytes, or undefined where they are none. */
export function decodeDns(bytes: Uint8Array): DnsMessage | undefined {
  if (bytes.length < 12) return undefined;
  const reader = new Reader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const counts = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  const questions: DnsQuestion[] = [];
  for (let i = 0; i < (counts[0] ?? 0); i += 1) {
    const name = reader.name();
    const type = typeName(reader.u16());
    reader.u16();
    if (name === undefined) return undefined;
    questions.push({ name, type });
  }
  const sections = counts.slice(1).map((count) => {
    const records: DnsRecord[] = [];
    for (let i = 0; i < count && !reader.over; i += 1) {
      const record = reader.record();
      if (record !== undefined) records.push(record);
    }
    return records;
  });
  if (reader.over) return undefined;
  const [answers = [], authorities = [], additionals = []] = sections;
  return {
    id,
    response: (flags & 0x8000) !== 0,
    authoritative: (flags & 0x400) !== 0,
    truncated: (flags & 0x200) !== 0,
    recursionDesired: (flags & 0x100) !== 0,
    recursionAvailable: (flags & 0x80) !== 0,
    code: CODES[flags & 15] ?? 'SERVFAIL',
    questions,
    answers,
    authorities,
    additionals,
    ...(reader.edns === undefined ? {} : { edns: reader.edns }),
  };
}

const typeNumber = (type: DnsType): number =>
  type in TYPES ? TYPES[type as keyof typeof TYPES] : Number(type.slice(4));
const typeName = (value: number): DnsType =>
  (Object.keys(TYPES) as (keyof typeof TYPES)[]).find((type) => TYPES[type] === value) ?? `TYPE${value}`;

class Reader {
  at = 0;
  over = false;
  edns: Edns | undefined;
  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    if (this.at >= this.bytes.length) this.over = true;
    const value = this.bytes[this.at] ?? 0;
    this.at += 1;
    return value;
  }
  u16(): number {
    return this.byte() * 256 + this.byte();
  }
  u32(): number {
    return this.u16() * 65_536 + this.u16();
  }

  name(): string | undefined {
    const labels: string[] = [];
    let back: number | undefined;
    for (let jumps = 0; jumps < 128; jumps += 1) {
      const length = this.byte();
      if (this.over) return undefined;
      if (length === 0) {
        if (back !== undefined) this.at = back;
        return `${labels.join('.')}.`;
      }
      if (length >= 0xc0) {
        const to = ((length & 0x3f) << 8) | this.byte();
        back ??= this.at;
        this.at = to;
        continue;
      }
      labels.push(decodeUtf8(this.bytes.subarray(this.at, this.at + length)));
      this.at += length;
    }
    this.over = true;
    return undefined;
  }

  record(): DnsRecord | undefined {
    const name = this.name();
    const number = this.u16();
    const type = typeName(number);
    const udpSize = this.u16();
    const ttl = this.u32();
    const length = this.u16();
    const end = this.at + length;
    if (number === OPT) this.edns = { udpSize, flags: ttl, options: this.#options(end) };
    const record = name === undefined ? undefined : this.#data(name, type, ttl, end);
    this.at = end;
    return record;
  }

  #options(end: number): Edns['options'] {
    const options: { readonly code: number; readonly data: Uint8Array }[] = [];
    while (this.at < end && !this.over) {
      const code = this.u16();
      const length = this.u16();
      options.push({ code, data: this.bytes.slice(this.at, this.at + length) });
      this.at += length;
    }
    return options;
  }

  #data(name: string, type: DnsType, ttl: number, end: number): DnsRecord | undefined {
    switch (type) {
      case 'A':
        return { name, ttl, type, ip: formatIpv4(this.u32()) };
      case 'AAAA':
        return { name, ttl, type, ip: compressIpv6(Array.from({ length: 8 }, () => this.u16())) };
      case 'CNAME':
      case 'NS':
      case 'PTR':
        return { name, ttl, type, target: this.name() ?? '.' };
      case 'SRV':
        return {
          name,
          ttl,
          type,
          priority: this.u16(),
          weight: this.u16(),
          port: this.u16(),
          target: this.name() ?? '.',
        };
      case 'TXT': {
        const texts: string[] = [];
        while (this.at < end) {
          const length = this.byte();
          texts.push(decodeUtf8(this.bytes.subarray(this.at, this.at + length)));
          this.at += length;
        }
        return { name, ttl, type, texts };
      }
      case 'SOA':
        return {
          name,
          ttl,
          type,
          primary: this.name() ?? '.',
          mailbox: this.name() ?? '.',
          serial: this.u32(),
          refresh: this.u32(),
          retry: this.u32(),
          expire: this.u32(),
          minimum: this.u32(),
        };
      default:
        return undefined;
    }
  }
}

function expandIpv6(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const parts = (half: string): number[] => (half === '' ? [] : half.split(':').map((part) => parseInt(part, 16)));
  const left = parts(head);
  if (tail === undefined) return left;
  const right = parts(tail);
  return [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0), ...right];
}

/** The longest run of zeros becomes `::` (RFC 5952). */
function compressIpv6(parts: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let i = 0; i < parts.length; i += 1) {
    let length = 0;
    while (parts[i + length] === 0) length += 1;
    if (length > best.length) best = { at: i, length };
  }
  const hex = (list: readonly number[]): string => list.map((part) => part.toString(16)).join(':');
  return best.at < 0 ? hex(parts) : `${hex(parts.slice(0, best.at))}::${hex(parts.slice(best.at + best.length))}`;
}
