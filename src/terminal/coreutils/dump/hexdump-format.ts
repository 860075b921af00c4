/** Format strings of hexdump -e: units as `16/1 "%02x " "\n"`, used again for each block of bytes. */
import { formatPrintf } from '../../printf-format.ts';
import { C_ESCAPED } from '../../../formats/c-escapes.ts';

/** A piece of a unit: text, or text and the conversion that it ends with. */
interface Piece {
  readonly text: string;
  /** Flags, width and precision. */
  readonly field: string;
  /** The letter; empty where it is text alone. */
  readonly letter: string;
  /** Bytes that it takes. */
  readonly bytes: number;
}
interface Unit {
  readonly repeat: number;
  /** Whether the count stands in the format. */
  readonly counted: boolean;
  readonly pieces: readonly Piece[];
}
export interface DumpFormat {
  readonly blockSize: number;
  readonly lines: readonly (readonly Unit[])[];
}

const UNIT = /^\s*(?:(\d+)?(?:\/(\d+)?)?)\s*"((?:\\[^]|[^"\\])*)"/;
const CONVERSION = /^([^%]*)%([-+ #0]*\d*(?:\.\d+)?)(_[aA][dox]|_[cpu]|.)/s;
const DEFAULT_BYTES: Readonly<Record<string, number>> = { c: 1, _c: 1, _p: 1, _u: 1, e: 8, E: 8, f: 8, g: 8, G: 8 };
const INTEGERS = 'diouxX';
const ALLOWED: Readonly<Record<string, readonly number[]>> = {
  c: [1],
  _c: [1],
  _p: [1],
  _u: [1],
  e: [4, 8],
  E: [4, 8],
  f: [4, 8],
  g: [4, 8],
  G: [4, 8],
};

/** The formats as one, or what is wrong with them. */
export function parseFormats(sources: readonly string[]): DumpFormat | string {
  const lines: (readonly Unit[])[] = [];
  for (const source of sources) {
    const units = parseUnits(source);
    if (typeof units === 'string') return units;
    lines.push(units);
  }
  const sizes = lines.map((units) => sum(units.map(sizeOf)));
  const blockSize = Math.max(...sizes);
  return { blockSize, lines: lines.map((units, at) => filled(units, blockSize - (sizes[at] ?? 0))) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const bytesOf = ({ pieces }: Unit): number => sum(pieces.map(({ bytes }) => bytes));
const sizeOf = (unit: Unit): number => unit.repeat * bytesOf(unit);

/** The last unit goes on to the end of the block, unless it says how often. */
function filled(units: readonly Unit[], left: number): readonly Unit[] {
  const last = units.at(-1);
  if (last === undefined || left <= 0 || last.counted || bytesOf(last) === 0) return units;
  return [...units.slice(0, -1), { ...last, repeat: last.repeat + Math.floor(left / bytesOf(last)) }];
}

function parseUnits(source: string): readonly Unit[] | string {
  const units: Unit[] = [];
  for (let rest = source; rest.trim() !== '';) {
    const [whole, repeat, bytes, text = ''] = UNIT.exec(rest) ?? [];
    if (whole === undefined) return `bad format {${source}}`;
    const pieces = parsePieces(unescape(text), bytes === undefined ? undefined : Number(bytes));
    if (typeof pieces === 'string') return pieces;
    units.push({ repeat: Number(repeat ?? '1'), counted: repeat !== undefined, pieces });
    rest = rest.slice(whole.length);
  }
  return units;
}

const unescape = (text: string): string =>
  text.replace(
    /\\([^])/g,
    (_, c: string) => ({ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' })[c] ?? c,
  );

function parsePieces(format: string, given: number | undefined): readonly Piece[] | string {
  const pieces: Piece[] = [];
  let rest = format;
  for (let found = CONVERSION.exec(rest); found !== null; found = CONVERSION.exec(rest)) {
    const [whole, text = '', field = '', letter = ''] = found;
    rest = rest.slice(whole.length);
    const bytes = bytesTaken(letter, field, given);
    if (typeof bytes === 'string') return bytes;
    if (bytes > 0 && given !== undefined && pieces.some((piece) => piece.bytes > 0))
      return 'byte count with multiple conversion characters';
    pieces.push({ text, field, letter, bytes });
  }
  return rest === '' ? pieces : [...pieces, { text: rest, field: '', letter: '', bytes: 0 }];
}

function bytesTaken(letter: string, field: string, given: number | undefined): number | string {
  if (/^_[aA]/.test(letter)) return 0;
  if (letter === 's') {
    const precision = /\.(\d+)/.exec(field)?.[1];
    return given ?? (precision === undefined ? '%s requires a precision or a byte count' : Number(precision));
  }
  const allowed = INTEGERS.includes(letter) ? [1, 2, 4, 8] : ALLOWED[letter];
  if (allowed === undefined) return `bad conversion character %${letter}`;
  const bytes = given ?? DEFAULT_BYTES[letter] ?? 4;
  return allowed.includes(bytes) ? bytes : `bad byte count for conversion character ${letter.replace('_', '')}`;
}

/** A block as the formats show it: only `length` of its bytes are there, blanks stand for the others. */
export function showBlock({ lines }: DumpFormat, block: Uint8Array, length: number, address: number): string {
  let out = '';
  for (const units of lines) {
    let at = 0;
    for (const unit of units) {
      if (isFinal(unit)) break;
      for (let left = unit.repeat; left > 0; left -= 1)
        for (const [index, piece] of unit.pieces.entries()) {
          const isLast = left === 1 && unit.repeat > 1 && index === unit.pieces.length - 1;
          const shown = isLast ? { ...piece, text: piece.text.replace(/\s$/, '') } : piece;
          const missing = at >= length && piece.bytes > 0;
          out += missing ? blank(shown) : show(shown, block.subarray(at, at + piece.bytes), address + at);
          at += piece.bytes;
        }
    }
  }
  return out;
}

/** What is shown once, after all blocks. */
export const showEnd = ({ lines }: DumpFormat, address: number): string =>
  lines
    .flat()
    .filter(isFinal)
    .flatMap(({ pieces }) => pieces.map((piece) => show(piece, new Uint8Array(0), address)))
    .join('');

const isFinal = ({ pieces }: Unit): boolean => pieces.some(({ letter }) => letter.startsWith('_A'));

const printed = (spec: string, value: string): string =>
  formatPrintf(spec, [value], { quote: (text) => text, nowUs: 0, startUs: 0 }).text;

function blank({ text, field }: Piece): string {
  return text + printed(`%${field.replace(/[+ #0](?=\d)|[+ #]|\.\d+|^0+/g, '')}s`, '');
}

function show({ text, field, letter }: Piece, bytes: Uint8Array, address: number): string {
  if (letter === '') return text;
  if (/^_[aA]/.test(letter)) return text + printed(`%${field}${letter.slice(2)}`, String(address));
  const [byte = 0] = bytes;
  if (letter === 's') return text + printed(`%${field}s`, latin(bytes).replace(/\0[^]*/, ''));
  if (letter === 'c' || letter === '_c' || letter === '_p' || letter === '_u')
    return text + (letter === 'c' && field === '' ? latin(bytes) : printed(`%${field}s`, character(letter, byte)));
  const view = new DataView(bytes.slice().buffer);
  if (!INTEGERS.includes(letter))
    return (
      text +
      printed(`%${field}${letter}`, String(bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)))
    );
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  if (letter === 'd' || letter === 'i') value = BigInt.asIntN(bytes.length * 8, value);
  return text + printed(`%${field}${letter}`, String(value));
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const NAMES =
  'nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si dle dcl dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us'.split(
    ' ',
  );

function character(letter: string, byte: number): string {
  const plain = byte >= 32 && byte < 127 ? String.fromCharCode(byte) : undefined;
  if (letter === 'c') return String.fromCharCode(byte);
  if (letter === '_p') return plain ?? '.';
  if (letter === '_u') return plain ?? (byte === 127 ? 'del' : (NAMES[byte] ?? byte.toString(16).padStart(2, '0')));
  return C_ESCAPED[byte] ?? plain ?? byte.toString(8).padStart(3, '0');
}
