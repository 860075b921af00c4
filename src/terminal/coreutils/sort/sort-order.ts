/** By what sort compares lines: the fields of -k and how each is read. */
import { byteCompare } from './byte-order.ts';
import { versionCompare } from './version-order.ts';

export interface Key {
  readonly startField: number;
  readonly startChar: number;
  readonly endField: number | undefined;
  readonly endChar: number;
  readonly flags: string;
  /** `b` before and after the comma. */
  readonly skipsAtStart: boolean;
  readonly skipsAtEnd: boolean;
}

export interface Order {
  readonly keys: readonly Key[];
  /** Letters of the options that hold for the whole line. */
  readonly flags: string;
  readonly separator: string | undefined;
  /** Lines whose keys are equal stay as they were. */
  readonly stable: boolean;
  /** What makes one -R differ from another. */
  readonly salt: string;
}

const FLAGS = 'bdfghiMnRrV';

/** A key of -k, or what is wrong with it. */
export function parseKey(text: string, globals: string): Key | string {
  const field = `: invalid field specification \u2018${text}\u2019`;
  const [, first, rest = ''] = /^(\d+)(.*)$/s.exec(text) ?? [];
  if (first === undefined) return `invalid number at field start: invalid count at start of \u2018${text}\u2019`;
  if (Number(first) === 0) return `field number is zero${field}`;
  const start = position(rest);
  if (typeof start === 'string') return start;
  if (start.char === 0) return `character offset is zero${field}`;
  let last: { readonly field: number; readonly char: number; readonly flags: string } | undefined;
  if (start.rest.startsWith(',')) {
    const [, second, tail = ''] = /^,(\d+)(.*)$/s.exec(start.rest) ?? [];
    if (second === undefined)
      return `invalid number after ',': invalid count at start of \u2018${start.rest.slice(1)}\u2019`;
    if (Number(second) === 0) return `field number is zero${field}`;
    const end = position(tail);
    if (typeof end === 'string') return end;
    if (end.rest !== '') return `stray character in field spec${field}`;
    last = { field: Number(second), char: end.char ?? 0, flags: end.flags };
  } else if (start.rest !== '') return `stray character in field spec${field}`;
  const own = start.flags + (last?.flags ?? '');
  return {
    startField: Number(first),
    startChar: start.char ?? 1,
    endField: last?.field,
    endChar: last?.char ?? 0,
    flags: own === '' ? globals : own,
    skipsAtStart: (own === '' ? globals : start.flags).includes('b'),
    skipsAtEnd: (own === '' ? globals : (last?.flags ?? '')).includes('b'),
  };
}

/** What follows a field's number: `.N` and letters. */
function position(
  text: string,
): { readonly char: number | undefined; readonly flags: string; readonly rest: string } | string {
  let rest = text;
  let char: number | undefined;
  if (rest.startsWith('.')) {
    const digits = /^\d+/.exec(rest.slice(1))?.[0];
    if (digits === undefined) return `invalid number after '.': invalid count at start of \u2018${rest.slice(1)}\u2019`;
    char = Number(digits);
    rest = rest.slice(1 + digits.length);
  }
  const flags = new RegExp(`^[${FLAGS}]*`).exec(rest)?.[0] ?? '';
  return { char, flags, rest: rest.slice(flags.length) };
}

/** The letters that cannot stand together, as GNU names them; undefined where all can. */
export function incompatible(flags: string): string | undefined {
  const has = (letter: string): boolean => flags.includes(letter);
  const kinds = ['n', 'g', 'h', 'M'].filter(has).length + Number(has('V') || has('R') || has('d') || has('i'));
  return kinds > 1 ? [...'dfghiMnRV'].filter(has).join('') : undefined;
}

export function comparer({ keys, flags, separator, stable, salt }: Order): (a: string, b: string) => number {
  const reverse = flags.includes('r') ? -1 : 1;
  return (a, b) => {
    for (const key of keys) {
      const order = compareBy(extract(a, key, separator), extract(b, key, separator), key.flags, salt);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    if (keys.length === 0) {
      const order = compareBy(a, b, flags, salt);
      if (order !== 0) return order * reverse;
    }
    return stable ? 0 : byteCompare(a, b) * reverse;
  };
}

function extract(line: string, key: Key, separator: string | undefined): string {
  return line.slice(...keyBounds(line, key, separator));
}

/** Where a key begins and ends in a line. */
export function keyBounds(line: string, key: Key, separator: string | undefined): readonly [number, number] {
  const bounds = fieldBounds(line, separator);
  const start = bounds[key.startField - 1];
  if (start === undefined) return [line.length, line.length];
  const skip = (at: number, skips: boolean): number => {
    let from = at;
    if (skips) while (/[ \t\n]/.test(line.charAt(from))) from += 1;
    return from;
  };
  const from = Math.min(line.length, skip(start[0], key.skipsAtStart) + key.startChar - 1);
  const end = key.endField === undefined ? undefined : bounds[key.endField - 1];
  if (end === undefined) return [from, line.length];
  const to = key.endChar === 0 ? end[1] : skip(end[0], key.skipsAtEnd) + key.endChar;
  return [from, Math.min(line.length, Math.max(from, to))];
}

/** Without -t a field begins with the blanks before it. */
function fieldBounds(line: string, separator: string | undefined): [number, number][] {
  const bounds: [number, number][] = [];
  if (separator !== undefined) {
    let from = 0;
    for (const part of line.split(separator)) {
      bounds.push([from, from + part.length]);
      from += part.length + separator.length;
    }
    return bounds;
  }
  for (const match of line.matchAll(/[ \t]*[^ \t]*/g))
    if (match[0] !== '') bounds.push([match.index, match.index + match[0].length]);
  return bounds.length === 0 ? [[0, 0]] : bounds;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const month = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());

function compareBy(a: string, b: string, flags: string, salt: string): number {
  if (flags.includes('n')) return numberOf(a) - numberOf(b);
  if (flags.includes('g')) return compareGeneral(a, b);
  if (flags.includes('h')) return compareHuman(a, b);
  if (flags.includes('M')) return month(a) - month(b);
  const [x, y] = [shaped(a, flags), shaped(b, flags)];
  if (flags.includes('R')) return x === y ? 0 : hash(salt + x) - hash(salt + y) || byteCompare(x, y);
  return flags.includes('V') ? versionCompare(x, y) : byteCompare(x, y);
}

function shaped(text: string, flags: string): string {
  let shape = flags.includes('b') ? text.replace(/^[ \t\n]+/, '') : text;
  if (flags.includes('d')) shape = shape.replace(/[^A-Za-z0-9 \t\n]/g, '');
  if (flags.includes('i')) shape = shape.replace(/[^ -~]/g, '');
  return flags.includes('f') ? shape.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : shape;
}

/** FNV-1a, for an order that has nothing to do with the text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

export const numberOf = (text: string): number =>
  Number(/^[ \t\n]*(-?\d*\.?\d*)/.exec(text)?.[1]?.replace(/^(-?)\.?$/, '0') ?? '0') || 0;

/** What is no number comes first, then NaN, then numbers. */
function compareGeneral(a: string, b: string): number {
  const [x, y] = [general(a), general(b)];
  if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  return x < y ? -1 : x > y ? 1 : 0;
}
function general(text: string): number | undefined {
  const match = /^\s*([-+]?)(0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)/i.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = ''] = match;
  const size = /^inf/i.test(digits) ? Infinity : Number(digits);
  return sign === '-' ? -size : size;
}

/** First the sign, then the unit, then the number: 2000K comes before 1M. */
function compareHuman(a: string, b: string): number {
  const [x, y] = [human(a), human(b)];
  return x.unit - y.unit || x.value - y.value;
}
function human(text: string): { readonly unit: number; readonly value: number } {
  const [, sign = '', digits = '', letter = ''] = /^[ \t\n]*(-?)(\d*\.?\d*)([kKMGTPEZYRQ]?)/.exec(text) ?? [];
  const value = Number(digits === '' || digits === '.' ? '0' : digits);
  const unit = letter === '' || value === 0 ? 0 : 'KMGTPEZYRQ'.indexOf(letter.toUpperCase()) + 1;
  return sign === '-' ? { unit: -unit, value: -value } : { unit, value };
}
