const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
};

/** Backslash escapes as in `$'…'`, which `${v@E}` decodes as well. */
export function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|[uU]([0-9A-Fa-f]{1,8})|([0-7]{1,3})|([abeEfnrtv\\'"?]))/g,
    (_, hex?: string, unicode?: string, octal?: string, letter?: string) => {
      if (hex !== undefined || unicode !== undefined)
        return String.fromCodePoint(Number.parseInt(hex ?? unicode ?? '', 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return LETTERS[letter ?? ''] ?? letter ?? '';
    },
  );
}
