const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', '/': '/' };
/** Escapes as in string constants, for -v, -F and operands. */
export const unescapeText = (text: string): string =>
  text.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
