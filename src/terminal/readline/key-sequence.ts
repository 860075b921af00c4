/** Sequences of keys as people write them in ~/.inputrc: `\C-x\C-e`, `\e[A`, `\M-b`. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const control = (char: string): string =>
  char === '?' ? '\x7f' : String.fromCharCode((char.toUpperCase().codePointAt(0) ?? 64) & 0x1f);

/** The characters that a terminal sends for what is written between the quotes. */
export function parseSequence(text: string): string {
  return text.replace(
    /\\(M-)?(?:\\?(C-)(\\?.)|([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))|\\M-/g,
    (
      whole,
      meta: string | undefined,
      ctrl: string | undefined,
      held: string | undefined,
      octal: string | undefined,
      hex: string | undefined,
      char: string | undefined,
    ) => {
      // With convert-meta off, as bash has it in UTF-8, Meta is the eighth bit.
      const held8 = (text: string): string =>
        meta === undefined ? text : String.fromCharCode(text.charCodeAt(0) | 0x80);
      if (ctrl !== undefined && held !== undefined) return held8(control(held.replace(/^\\/, '')));
      if (octal !== undefined) return held8(String.fromCharCode(Number.parseInt(octal, 8) & 0xff));
      if (hex !== undefined) return held8(String.fromCharCode(Number.parseInt(hex, 16)));
      if (char === undefined) return whole;
      return meta === undefined ? (ESCAPES[char] ?? char) : held8(char);
    },
  );
}

/** As `bind -p` writes them. */
export const formatSequence = (sequence: string): string =>
  [...sequence]
    .map((char, at) => {
      if (char === '\x1b') return '\\e';
      if (char === '\0' && at > 0) return '\\000';
      if (char === '\x1c') return '\\C-\\\\';
      if (char === '\x7f') return '\\C-?';
      if (char >= '\x80' && char <= '\xff') return `\\${char.charCodeAt(0).toString(8)}`;
      if (char < ' ') return `\\C-${String.fromCharCode(char.charCodeAt(0) + 64).toLowerCase()}`;
      return char === '"' || char === '\\' ? `\\${char}` : char;
    })
    .join('');
