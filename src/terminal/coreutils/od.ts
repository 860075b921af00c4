/** od: bytes in octal, decimal, hexadecimal, as characters. Leaves out: -t f, -S. */
import { C_ESCAPED } from '../../formats/c-escapes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { openInput } from '../io.ts';
import { ByteReader } from './byte-reader.ts';
import type { Invocation, Options } from './command.ts';
import { command, parseSize } from './command.ts';

interface Format {
  readonly kind: 'a' | 'c' | 'd' | 'o' | 'u' | 'x';
  readonly size: number;
  readonly trailer: boolean;
}

const SHORTHAND: Readonly<Record<string, readonly [Format['kind'], number]>> = {
  a: ['a', 1],
  b: ['o', 1],
  c: ['c', 1],
  d: ['u', 2],
  i: ['d', 4],
  l: ['d', 8],
  o: ['o', 2],
  s: ['d', 2],
  x: ['x', 2],
};
const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 };
const DIGITS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
};

function parseFormats(options: Options): readonly Format[] | string {
  const formats: Format[] = [];
  for (const [letter, value] of options.order) {
    const short = SHORTHAND[letter];
    if (short !== undefined) formats.push({ kind: short[0], size: short[1], trailer: false });
    if (letter !== 't') continue;
    if (value.startsWith('f')) return 'float';
    const found = [...value.matchAll(/([acdoux])([1248CSIL]?)(z?)/g)];
    if (found.map(([all]) => all).join('') !== value || found.length === 0)
      return `invalid character '${value.replace(/^([acdoux][1248CSIL]?z?)*/, '').charAt(0)}' in type string \u2018${value}\u2019`;
    for (const [, kind = '', size = '', z = ''] of found) {
      if (kind === 'a' || kind === 'c') formats.push({ kind, size: 1, trailer: z !== '' });
      else if (kind === 'd' || kind === 'o' || kind === 'u' || kind === 'x')
        formats.push({ kind, size: SIZES[size] ?? (size === '' ? 4 : Number(size)), trailer: z !== '' });
    }
  }
  return formats.length === 0 ? [{ kind: 'o', size: 2, trailer: false }] : formats;
}

export const od = command(
  {
    name: 'od',
    short: 'A:j:N:t:vw::abcdilosx',
    long: {
      'address-radix': 'A',
      'skip-bytes': 'j',
      'read-bytes': 'N',
      format: 't',
      'output-duplicates': 'v',
      width: 'w',
    },
  },
  async (call) => {
    const { io, options } = call;
    const formats = parseFormats(options);
    if (typeof formats === 'string') {
      if (formats === 'float') await io.raw("drydock: 'od -t f' is not simulated\n");
      else await io.warn(formats);
      return 1;
    }
    const radix = options.value('A') ?? 'o';
    if (!['d', 'o', 'x', 'n'].includes(radix)) {
      await io.warn(`invalid output address radix '${radix}'; it must be one character from [doxn]`);
      return 1;
    }
    const width = options.has('w') ? Number(options.value('w') === '' ? '32' : options.value('w')) : 16;
    const source = await Source.open(call);
    if (source.empty) return await io.end(1);
    const skip = parseSize(options.value('j') ?? '0') ?? 0;
    if ((await source.skip(skip)) < skip) {
      await io.warn('cannot skip past end of combined input');
      return 1;
    }
    await dump(call, source, { formats, radix, width, from: skip });
    return await io.end(source.status);
  },
);

async function dump(
  call: Invocation,
  source: Source,
  {
    formats,
    radix,
    width,
    from,
  }: { readonly formats: readonly Format[]; readonly radix: string; readonly width: number; readonly from: number },
): Promise<void> {
  const { io, options } = call;
  let left = parseSize(options.value('N') ?? '') ?? Infinity;
  let address = from;
  const label = (at: number): string =>
    radix === 'n'
      ? ''
      : radix === 'x'
        ? at.toString(16).padStart(6, '0')
        : radix === 'd'
          ? String(at).padStart(7, '0')
          : at.toString(8).padStart(7, '0');
  let before = '';
  let starred = false;
  // Each format is as wide per byte as the widest needs.
  const perByte = Math.max(...formats.map((format) => (fieldWidth(format) + 1) / format.size));
  for (;;) {
    const block = await source.block(Math.min(width, left));
    if (block.length === 0) break;
    left -= block.length;
    const key = block.join(',');
    if (block.length === width && key === before && !options.has('v')) {
      if (!starred) io.line('*');
      starred = true;
    } else {
      starred = false;
      before = key;
      for (const [at, format] of formats.entries()) {
        const head = at === 0 ? label(address) : ' '.repeat(label(address).length);
        io.line(head + row(block, format, perByte, width));
      }
    }
    address += block.length;
    if (io.full && !(await io.flush())) return;
  }
  if (radix !== 'n') io.line(label(address));
}

/** Bytes of all operands one after the other. */
class Source {
  status = 0;
  readonly #readers: ByteReader[] = [];

  static async open(call: Invocation): Promise<Source> {
    const source = new Source();
    for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
      const fd = openInput(call.process, name);
      if (failed(fd)) {
        await call.io.warn(`${name}: ${strerror(fd)}`);
        source.status = 1;
      } else source.#readers.push(new ByteReader(call.process, fd));
    }
    return source;
  }
  get empty(): boolean {
    return this.#readers.length === 0;
  }
  async block(size: number): Promise<Uint8Array> {
    const out: number[] = [];
    while (out.length < size) {
      const [reader] = this.#readers;
      if (reader === undefined) break;
      const piece = await reader.block(size - out.length);
      out.push(...piece);
      if (out.length < size) this.#readers.shift();
    }
    return Uint8Array.from(out);
  }
  async skip(count: number): Promise<number> {
    let done = 0;
    while (done < count) {
      const piece = await this.block(Math.min(4_096, count - done));
      if (piece.length === 0) break;
      done += piece.length;
    }
    return done;
  }
}

const fieldWidth = ({ kind, size }: Format): number => (kind === 'a' || kind === 'c' ? 3 : (DIGITS[kind]?.[size] ?? 3));

function row(block: Uint8Array, format: Format, perByte: number, width: number): string {
  let out = '';
  const total = Math.floor(perByte * format.size);
  for (let at = 0; at < block.length; at += format.size)
    out += field(block.subarray(at, at + format.size), format).padStart(total);
  if (!format.trailer) return out;
  const full = total * Math.ceil(width / format.size);
  return `${out.padEnd(full)}  >${[...block].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}<`;
}

const NAMES =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  );

function field(bytes: Uint8Array, { kind, size }: Format): string {
  const [byte = 0] = bytes;
  if (kind === 'c')
    return (
      C_ESCAPED[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
    );
  if (kind === 'a') return NAMES[byte & 127] ?? ((byte & 127) === 127 ? 'del' : String.fromCharCode(byte & 127));
  let value = 0n;
  for (let at = size - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  if (kind === 'd') return String(BigInt.asIntN(size * 8, value));
  if (kind === 'u') return String(value);
  return value.toString(kind === 'x' ? 16 : 8).padStart(DIGITS[kind]?.[size] ?? 0, '0');
}
