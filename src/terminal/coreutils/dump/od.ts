/** od: bytes in octal, decimal, hexadecimal, as characters and floats. Leaves out: -t fL and --traditional. */
import { helpHint } from '../help-hint.ts';
import { C_ESCAPED } from '../../../formats/c-escapes.ts';
import { failed } from '../../../protocol/errno.ts';
import { openInput } from '../../io.ts';
import { ByteReader } from '../byte-reader.ts';
import { floatText, floatWidth } from './od-floats.ts';
import type { Invocation, Options } from '../command.ts';
import { command, parseSize, warnOfInput } from '../command.ts';

interface Format {
  readonly kind: 'a' | 'c' | 'd' | 'f' | 'o' | 'u' | 'x';
  readonly size: number;
  readonly trailer: boolean;
}

const SHORTHAND: Readonly<Record<string, readonly [Format['kind'], number]>> = {
  a: ['a', 1],
  b: ['o', 1],
  c: ['c', 1],
  d: ['u', 2],
  e: ['f', 8],
  f: ['f', 4],
  i: ['d', 4],
  l: ['d', 8],
  h: ['x', 2],
  D: ['u', 4],
  F: ['f', 8],
  H: ['x', 4],
  I: ['d', 8],
  L: ['d', 8],
  O: ['o', 4],
  X: ['x', 4],
  o: ['o', 2],
  s: ['d', 2],
  x: ['x', 2],
};
const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 };
const FLOAT_SIZES: Readonly<Record<string, number>> = { '': 8, F: 4, D: 8 };
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
    const found = [...value.matchAll(/(?:([doux])(\d+|[CSIL])?|(f)(\d+|[FDL])?|([ac]))(z?)/g)];
    if (found.map(([all]) => all).join('') !== value || found.length === 0)
      return `invalid character '${value.replace(/^(?:[doux](?:\d+|[CSIL])?z?|f(?:\d+|[FDL])?z?|[ac]z?)*/, '').charAt(0)}' in type string \u2018${value}\u2019`;
    for (const [, integer, size = '', float, floatSize = '', character, z = ''] of found) {
      const trailer = z !== '';
      if (character === 'a' || character === 'c') formats.push({ kind: character, size: 1, trailer });
      const bytes =
        float === undefined ? (SIZES[size] ?? Number(size || '4')) : (FLOAT_SIZES[floatSize] ?? Number(floatSize));
      if (float !== undefined && (floatSize === 'L' || bytes === 16)) return "drydock: 'od -t fL' is not simulated";
      if (integer === undefined && float === undefined) continue;
      if (!(float === undefined ? [1, 2, 4, 8] : [4, 8]).includes(bytes))
        return `invalid type string \u2018${value}\u2019;\nthis system doesn't provide a ${String(bytes)}-byte ${float === undefined ? 'integral' : 'floating point'} type`;
      if (float !== undefined) formats.push({ kind: 'f', size: bytes, trailer });
      else if (integer === 'd' || integer === 'o' || integer === 'u' || integer === 'x')
        formats.push({ kind: integer, size: bytes, trailer });
    }
  }
  return formats.length === 0 ? [{ kind: 'o', size: 2, trailer: false }] : formats;
}

export const od = command(
  {
    name: 'od',
    short: 'A:j:N:S:t:vw::abcdefilosxhFHODILX',
    long: {
      'address-radix': 'A',
      'skip-bytes': 'j',
      'read-bytes': 'N',
      format: 't',
      'output-duplicates': 'v',
      width: 'w',
      strings: 'S::',
      endian: 'endian:',
      traditional: 'traditional',
    },
    absent: ['traditional'],
  },
  async (call) => {
    const { io, options } = call;
    const formats = parseFormats(options);
    if (typeof formats === 'string') {
      if (formats.startsWith('drydock:')) await io.raw(`${formats}\n`);
      else await io.warn(formats);
      return 1;
    }
    const radix = options.value('A') ?? 'o';
    if (!['d', 'o', 'x', 'n'].includes(radix)) {
      await io.warn(`invalid output address radix '${radix}'; it must be one character from [doxn]`);
      return 1;
    }
    for (const letter of ['j', 'N', 'S', 'w']) {
      const value = options.value(letter);
      if (value === undefined || value === '' || sizeOf(value) !== undefined) continue;
      await io.warn(`invalid -${letter} argument '${value}'`);
      return 1;
    }
    const endian = options.value('endian');
    if (endian !== undefined && !['little', 'big'].includes(endian)) {
      await io.warn(`invalid argument \u2018${endian}\u2019 for \u2018--endian\u2019`);
      await io.raw(`Valid arguments are:\n  - \u2018little\u2019\n  - \u2018big\u2019\n${helpHint(io)}\n`);
      return 1;
    }
    const unit = Math.max(...formats.map(({ size }) => size));
    const asked = options.has('w') ? (sizeOf(options.value('w') || '32') ?? 0) : 16;
    const width = asked === 0 || asked % unit !== 0 ? unit : asked;
    if (width !== asked) await io.warn(`warning: invalid width ${String(asked)}; using ${String(width)} instead`);
    const source = await Source.open(call);
    if (source.empty) return await io.end(1);
    const skip = sizeOf(options.value('j') ?? '0') ?? 0;
    if ((await source.skip(skip)) < skip) {
      await io.warn('cannot skip past end of combined input');
      return 1;
    }
    if (options.has('S')) await strings(call, source, radix, skip);
    else await dump(call, source, { formats, radix, width, from: skip });
    return await io.end(source.status);
  },
);

/** A number with a suffix, hexadecimal or octal where it begins so. */
function sizeOf(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  return /^0[0-7]+$/.test(text) ? parseInt(text, 8) : parseSize(text);
}

const label = (radix: string, at: number): string =>
  radix === 'n'
    ? ''
    : radix === 'x'
      ? at.toString(16).padStart(6, '0')
      : radix === 'd'
        ? String(at).padStart(7, '0')
        : at.toString(8).padStart(7, '0');

/** -S: printable texts of a length that end with a NUL. */
async function strings(call: Invocation, source: Source, radix: string, from: number): Promise<void> {
  const least = sizeOf(call.options.value('S') || '3') ?? 3;
  let text = '';
  for (let at = from; ; at += 1) {
    const [byte] = await source.block(1);
    if (byte === undefined) return;
    if (byte === 0 && text.length >= least) call.io.line(`${label(radix, at - text.length)} ${text}`.trimStart());
    text = byte >= 32 && byte < 127 ? text + String.fromCharCode(byte) : '';
  }
}

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
  let left = sizeOf(options.value('N') ?? '') ?? Infinity;
  const swapped = options.value('endian') === 'big';
  let address = from;
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
        const head = at === 0 ? label(radix, address) : ' '.repeat(label(radix, address).length);
        io.line(head + row(block, format, { perByte, width, swapped }));
      }
    }
    address += block.length;
    if (io.full && !(await io.flush())) return;
  }
  if (radix !== 'n') io.line(label(radix, address));
}

/** Bytes of all operands one after the other. */
class Source {
  status = 0;
  readonly #call: Invocation;
  readonly #readers: { readonly bytes: ByteReader; readonly name: string }[] = [];

  constructor(call: Invocation) {
    this.#call = call;
  }

  static async open(call: Invocation): Promise<Source> {
    const source = new Source(call);
    for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
      const fd = openInput(call.process, name);
      if (failed(fd)) {
        await warnOfInput(call, name, fd);
        source.status = 1;
      } else source.#readers.push({ bytes: new ByteReader(call.process, fd), name });
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
      const piece = await reader.bytes.block(size - out.length);
      out.push(...piece);
      if (out.length === size) break;
      this.#readers.shift();
      if (reader.bytes.failure === undefined) continue;
      await warnOfInput(this.#call, reader.name, reader.bytes.failure);
      this.status = 1;
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

const fieldWidth = ({ kind, size }: Format): number =>
  kind === 'a' || kind === 'c' ? 3 : ((kind === 'f' ? floatWidth(size) : DIGITS[kind]?.[size]) ?? 3);

function row(
  block: Uint8Array,
  format: Format,
  { perByte, width, swapped }: { readonly perByte: number; readonly width: number; readonly swapped: boolean },
): string {
  let out = '';
  const total = Math.floor(perByte * format.size);
  for (let at = 0; at < block.length; at += format.size)
    out += field(unitAt(block, at, format.size, swapped), format).padStart(total);
  if (!format.trailer) return out;
  const full = total * Math.ceil(width / format.size);
  return `${out.padEnd(full)}  >${[...block].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}<`;
}

/** The bytes of one number, the least significant first; what is missing at the end is zero. */
function unitAt(block: Uint8Array, at: number, size: number, swapped: boolean): Uint8Array {
  const unit = new Uint8Array(size);
  unit.set(block.subarray(at, at + size));
  return swapped ? unit.reverse() : unit;
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
  if (kind === 'f') return floatText(bytes, size);
  let value = 0n;
  for (let at = size - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  if (kind === 'd') return String(BigInt.asIntN(size * 8, value));
  if (kind === 'u') return String(value);
  return value.toString(kind === 'x' ? 16 : 8).padStart(DIGITS[kind]?.[size] ?? 0, '0');
}
