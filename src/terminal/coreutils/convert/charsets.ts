/** Character sets that iconv knows here, by code points. */

export interface Charset {
  /** The code point at `at` and how many bytes it takes; `invalid`, or `incomplete` at the end. */
  readonly decode: (
    bytes: Uint8Array,
    at: number,
  ) => readonly [code: number, length: number] | 'invalid' | 'incomplete';
  /** The bytes of a code point; undefined where the set lacks it. */
  readonly encode: (code: number) => readonly number[] | undefined;
  /** What a text begins with (UTF-16 and UTF-32 without an order of bytes). */
  readonly mark: readonly number[];
}

const single = (limit: number): Charset => ({
  decode: (bytes, at) => {
    const code = bytes[at] ?? 0;
    return code < limit ? [code, 1] : 'invalid';
  },
  encode: (code) => (code < limit ? [code] : undefined),
  mark: [],
});

const LEADS = [
  [0xc2, 0xdf, 2],
  [0xe0, 0xef, 3],
  [0xf0, 0xf4, 4],
] as const;

const utf8: Charset = {
  decode: (bytes, at) => {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) return [lead, 1];
    const length = LEADS.find(([from, to]) => lead >= from && lead <= to)?.[2];
    if (length === undefined) return 'invalid';
    let code = lead & (0x7f >> length);
    for (let next = 1; next < length; next += 1) {
      const byte = bytes[at + next];
      if (byte === undefined) return 'incomplete';
      if ((byte & 0xc0) !== 0x80) return 'invalid';
      code = code * 64 + (byte & 0x3f);
    }
    const least = [0, 0, 0x80, 0x800, 0x1_0000][length] ?? 0;
    return code < least || code > 0x10_ffff || isSurrogate(code) ? 'invalid' : [code, length];
  },
  encode: (code) => {
    if (code < 0x80) return [code];
    const length = code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    const tail = Array.from({ length: length - 1 }, (_, at) => 0x80 | ((code >> (6 * (length - 2 - at))) & 0x3f));
    return [((0xf00 >> length) & 0xff) | (code >> (6 * (length - 1))), ...tail];
  },
  mark: [],
};

const isSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xe000;
const HIGH = 0xd800;
const LOW = 0xdc00;

function unit(bytes: Uint8Array, at: number, size: number, isBig: boolean): number | undefined {
  if (at + size > bytes.length) return undefined;
  const own = [...bytes.subarray(at, at + size)];
  return (isBig ? own : own.reverse()).reduce((value, byte) => value * 256 + byte, 0);
}
function unitBytes(value: number, size: number, isBig: boolean): readonly number[] {
  const bytes = Array.from({ length: size }, (_, at) => (value >> (8 * at)) & 0xff);
  return isBig ? bytes.reverse() : bytes;
}

const utf16 = (isBig: boolean, hasMark: boolean): Charset => ({
  decode: (bytes, at) => {
    const first = unit(bytes, at, 2, isBig);
    if (first === undefined) return 'incomplete';
    if (!isSurrogate(first)) return [first, 2];
    const second = unit(bytes, at + 2, 2, isBig);
    if (second === undefined) return 'incomplete';
    if (first >= LOW || second < LOW || second >= 0xe000) return 'invalid';
    return [0x1_0000 + (first - HIGH) * 1_024 + (second - LOW), 4];
  },
  encode: (code) => {
    if (code < 0x1_0000) return unitBytes(code, 2, isBig);
    const rest = code - 0x1_0000;
    return [...unitBytes(HIGH + (rest >> 10), 2, isBig), ...unitBytes(LOW + (rest & 1_023), 2, isBig)];
  },
  mark: hasMark ? [0xff, 0xfe] : [],
});

const utf32 = (isBig: boolean, hasMark: boolean): Charset => ({
  decode: (bytes, at) => {
    const code = unit(bytes, at, 4, isBig);
    if (code === undefined) return 'incomplete';
    return code > 0x10_ffff || isSurrogate(code) ? 'invalid' : [code, 4];
  },
  encode: (code) => unitBytes(code, 4, isBig),
  mark: hasMark ? [0xff, 0xfe, 0, 0] : [],
});

const CHARSETS: readonly (readonly [names: string, charset: Charset])[] = [
  ['UTF-8 UTF8', utf8],
  ['ASCII US-ASCII ANSI_X3.4-1968 646', single(0x80)],
  ['ISO-8859-1 ISO8859-1 ISO88591 ISO_8859-1 LATIN1 L1', single(0x100)],
  ['UTF-16 UTF16', utf16(false, true)],
  ['UTF-16LE UTF16LE', utf16(false, false)],
  ['UTF-16BE UTF16BE', utf16(true, false)],
  ['UTF-32 UTF32', utf32(false, true)],
  ['UTF-32LE UTF32LE', utf32(false, false)],
  ['UTF-32BE UTF32BE', utf32(true, false)],
];

export const charsetNamed = (name: string): Charset | undefined =>
  CHARSETS.find(([names]) => names.split(' ').includes(name.toUpperCase()))?.[1];

/** glibc knows them, this does not. */
export const isUnmodelled = (name: string): boolean =>
  /^(euc-?kr|cp949|uhc|johab|iso-2022-\w+|shift_?jis|sjis|euc-?jp|gb\d+|gbk|big5|koi8-[ru]|cp\d+|windows-\d+|iso-?8859-\d+|ucs-?[24]\w*|utf-?7)$/i.test(
    name,
  );

/** The byte order that a text's mark tells, with the mark's length. */
export function byMark(name: string, bytes: Uint8Array): readonly [Charset | undefined, number] {
  const charset = charsetNamed(name);
  const size = /^UTF-?32$/i.test(name) ? 4 : /^UTF-?16$/i.test(name) ? 2 : 0;
  const mark = size === 0 ? undefined : [false, true].find((isBig) => unit(bytes, 0, size, isBig) === 0xfeff);
  if (mark === undefined) return [charset, 0];
  return [size === 2 ? utf16(mark, false) : utf32(mark, false), size];
}
