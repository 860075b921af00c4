/** The sets of tr: its notation as GNU reads it, in bytes, since GNU's tr knows no other characters. */
import { C_ESCAPES } from '../../../formats/c-escapes.ts';
import { textToBytes } from '../../text.ts';

/** One piece of a set. */
export type Piece =
  | { readonly type: 'bytes'; readonly bytes: readonly number[] }
  | { readonly type: 'class'; readonly name: string; readonly bytes: readonly number[] }
  | { readonly type: 'equivalents'; readonly bytes: readonly number[] }
  /** `[x*]`: as often as the first set's length asks. */
  | { readonly type: 'fill'; readonly byte: number };

interface Unit {
  readonly byte: number;
  readonly escaped: boolean;
}

const ALL = Array.from({ length: 256 }, (_, byte) => byte);
const among = (test: RegExp): readonly number[] =>
  ALL.filter((byte) => byte < 128 && test.test(String.fromCharCode(byte)));

const CLASSES: ReadonlyMap<string, readonly number[]> = new Map([
  ['alnum', among(/[A-Za-z0-9]/)],
  ['alpha', among(/[A-Za-z]/)],
  ['blank', among(/[\t ]/)],
  ['cntrl', among(/[\x00-\x1f\x7f]/)],
  ['digit', among(/[0-9]/)],
  ['graph', among(/[!-~]/)],
  ['lower', among(/[a-z]/)],
  ['print', among(/[ -~]/)],
  ['punct', among(/[!-/:-@[-`{-~]/)],
  ['space', among(/[\t\n\v\f\r ]/)],
  ['upper', among(/[A-Z]/)],
  ['xdigit', among(/[0-9A-Fa-f]/)],
]);

export interface ByteSet {
  readonly pieces: readonly Piece[];
  readonly warnings: readonly string[];
}

/** A set, or what tr says about it. */
export function parseSet(text: string): ByteSet | string {
  const warnings: string[] = [];
  const units = unquote(textToBytes(text), warnings);
  const pieces = parsePieces(units);
  return typeof pieces === 'string' ? pieces : { pieces, warnings };
}

function parsePieces(units: readonly Unit[]): readonly Piece[] | string {
  const pieces: Piece[] = [];
  let at = 0;
  const isPlain = (index: number, char: string): boolean =>
    units[index]?.byte === char.charCodeAt(0) && !units[index].escaped;
  while (at + 2 < units.length) {
    const bracketed = isPlain(at, '[') ? (namedPiece(units, at) ?? repeat(units, at)) : undefined;
    if (typeof bracketed === 'string') return bracketed;
    if (bracketed !== undefined) {
      pieces.push(bracketed.piece);
      at = bracketed.end;
    } else if (isPlain(at + 1, '-')) {
      const [from, to] = [units[at]?.byte ?? 0, units[at + 2]?.byte ?? 0];
      if (to < from)
        return `range-endpoints of '${visible(from)}-${visible(to)}' are in reverse collating sequence order`;
      pieces.push({ type: 'bytes', bytes: ALL.slice(from, to + 1) });
      at += 3;
    } else {
      pieces.push({ type: 'bytes', bytes: [units[at]?.byte ?? 0] });
      at += 1;
    }
  }
  for (const { byte } of units.slice(at)) pieces.push({ type: 'bytes', bytes: [byte] });
  return pieces;
}

function unquote(bytes: Uint8Array, warnings: string[]): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 92 || at + 1 === bytes.length) {
      if (byte === 92) warnings.push('an unescaped backslash at end of string is not portable');
      units.push({ byte, escaped: false });
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...bytes.subarray(at + 1, at + 4)))?.[0];
    if (octal === undefined) {
      at += 1;
      const char = String.fromCharCode(bytes[at] ?? 0);
      units.push({
        byte: (/[abfnrtv\\]/.test(char) ? C_ESCAPES[char] : undefined)?.charCodeAt(0) ?? bytes[at] ?? 0,
        escaped: true,
      });
      continue;
    }
    // Three digits beyond a byte are two digits and a character.
    const digits = Number.parseInt(octal, 8) > 255 ? octal.slice(0, 2) : octal;
    if (digits !== octal)
      warnings.push(
        `the ambiguous octal escape \\${octal} is being\n\tinterpreted as the 2-byte sequence \\0${digits}, ${octal.slice(2)}`,
      );
    units.push({ byte: Number.parseInt(digits, 8), escaped: true });
    at += digits.length;
  }
  return units;
}

interface Bracketed {
  readonly piece: Piece;
  readonly end: number;
}

/** `[:alpha:]` and `[=x=]`. */
function namedPiece(units: readonly Unit[], at: number): Bracketed | string | undefined {
  const mark = units[at + 1];
  if (mark === undefined || mark.escaped || (mark.byte !== 58 && mark.byte !== 61)) return undefined;
  const isEnd = (index: number): boolean =>
    units[index]?.byte === mark.byte &&
    !units[index].escaped &&
    units[index + 1]?.byte === 93 &&
    !units[index + 1]?.escaped;
  let close = at + 2;
  while (close < units.length && !isEnd(close)) close += 1;
  if (close === units.length) return undefined;
  const inside = units.slice(at + 2, close).map(({ byte }) => byte);
  const end = close + 2;
  const isClass = mark.byte === 58;
  if (inside.length === 0)
    return isClass ? "missing character class name '[::]'" : "missing equivalence class character '[==]'";
  const name = inside.map(visible).join('');
  if (!isClass) {
    if (inside.length === 1) return { piece: { type: 'equivalents', bytes: inside }, end };
    return repeat(units, at) === undefined
      ? `${name}: equivalence class operand must be a single character`
      : undefined;
  }
  const bytes = CLASSES.get(name);
  if (bytes !== undefined) return { piece: { type: 'class', name, bytes }, end };
  return repeat(units, at) === undefined ? `invalid character class \u2018${name}\u2019` : undefined;
}

/** `[x*3]`, `[x*]`. */
function repeat(units: readonly Unit[], at: number): Bracketed | string | undefined {
  const star = units[at + 2];
  if (star?.byte !== 42 || star.escaped) return undefined;
  let close = at + 3;
  while (close < units.length && !units[close]?.escaped && units[close]?.byte !== 93) close += 1;
  if (units[close]?.byte !== 93 || units[close]?.escaped) return undefined;
  const digits = units
    .slice(at + 3, close)
    .map(({ byte }) => String.fromCharCode(byte))
    .join('');
  const isOctal = digits.startsWith('0');
  if (!(isOctal ? /^[0-7]*$/ : /^\d*$/).test(digits))
    return `invalid repeat count \u2018${digits}\u2019 in [c*n] construct`;
  const byte = units[at + 1]?.byte ?? 0;
  const count = digits === '' ? 0 : Number.parseInt(digits, isOctal ? 8 : 10);
  const piece: Piece =
    count === 0
      ? { type: 'fill', byte }
      : { type: 'bytes', bytes: new Array<number>(Math.min(count, 65_536)).fill(byte) };
  return { piece, end: close + 1 };
}

const visible = (byte: number): string =>
  byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
