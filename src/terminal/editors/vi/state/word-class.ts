/** Ranges of other scripts, whose words end where another begins, and of signs: first, last, class. */
const RANGES: readonly (readonly [first: number, last: number, kind: number])[] = [
  [0x00a1, 0x00bf, 1],
  [0x2000, 0x200b, 0],
  [0x200c, 0x2027, 1],
  [0x2028, 0x2029, 0],
  [0x202a, 0x202e, 1],
  [0x202f, 0x202f, 0],
  [0x2030, 0x205e, 1],
  [0x205f, 0x205f, 0],
  [0x2060, 0x206f, 1],
  [0x2070, 0x207f, 0x2070],
  [0x2080, 0x2094, 0x2080],
  [0x20a0, 0x27ff, 1],
  [0x2800, 0x28ff, 0x2800],
  [0x2900, 0x2998, 1],
  [0x29d8, 0x29db, 1],
  [0x29fc, 0x29fd, 1],
  [0x2e00, 0x2e7f, 1],
  [0x3000, 0x3000, 0],
  [0x3001, 0x3020, 1],
  [0x3030, 0x3030, 1],
  [0x303d, 0x303d, 1],
  [0x3040, 0x309f, 0x3040],
  [0x30a0, 0x30ff, 0x30a0],
  [0x3300, 0x9fff, 0x4e00],
  [0xac00, 0xd7a3, 0xac00],
  [0xf900, 0xfaff, 0x4e00],
  [0xfd3e, 0xfd3f, 1],
  [0xfe30, 0xfe6b, 1],
  [0xff00, 0xff0f, 1],
  [0xff1a, 0xff20, 1],
  [0xff3b, 0xff40, 1],
  [0xff5b, 0xff65, 1],
  [0x1f000, 0x1faff, 3],
  [0x20000, 0x3134f, 0x4e00],
];
const LETTERS = 2;
const SIGNS = 1;

/**
 * To which kind of word a character belongs: 0 is a blank or the end of a line, 1 a sign, others letters. Hangul,
 * kana and Chinese signs are kinds of their own: 한글word are two words.
 */
export function wordClass(char: string | undefined): number {
  if (char === undefined || char === '' || char === ' ' || char === '\t') return 0;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return /\w/.test(char) ? LETTERS : SIGNS;
  return RANGES.find(([first, last]) => code >= first && code <= last)?.[2] ?? LETTERS;
}

/** Whether a character is one that words are made of ('iskeyword'). */
export const isWordChar = (char: string | undefined): boolean => wordClass(char) >= LETTERS;
