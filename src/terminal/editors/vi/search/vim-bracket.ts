/** What vim takes between [ and ], as a set of JavaScript. */
const NAMED: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};
const ESCAPED: Readonly<Record<string, string>> = { e: '\\x1b', t: '\\t', r: '\\r', b: '\\x08', n: '\\n' };

/** The set that a text begins with, and how long it is written; undefined where it has no end. */
export function vimBracket(text: string): { readonly source: string; readonly length: number } | undefined {
  const [whole, negation = '', body = ''] = /^\[(\^?)(\]?(?:\[:\w+:\]|\\[\]\\^etrbn-]|[^\]])*)\]/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const inside = body.replace(
    /\[:(\w+):\]|\\([etrbn\]\\^-])|([[\]\\^])/g,
    (_, name?: string, escaped?: string, sign?: string) =>
      name !== undefined ? (NAMED[name] ?? '') : (ESCAPED[escaped ?? ''] ?? `\\${escaped ?? sign ?? ''}`),
  );
  return { source: negation === '' ? `[${inside}]` : `[^\\n${inside}]`, length: whole.length };
}
