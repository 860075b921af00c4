import { bytesToText, textToBytes } from '../../text.ts';

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

const ESCAPE = /\\(?:x([0-9A-Fa-f]{1,2})|[uU]([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S])|([abeEfnrtv\\'"?]))/g;

/** Backslash escapes as in `$'…'`, which `${v@E}` decodes as well. `\x` and octal ones are bytes: several may be one character. */
export function decodeEscapes(text: string): string {
  let bytes = false;
  const decoded = text.replace(
    ESCAPE,
    (_, hex?: string, unicode?: string, octal?: string, control?: string, letter?: string) => {
      if (unicode !== undefined) return String.fromCodePoint(Number.parseInt(unicode, 16));
      if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 0x1f);
      if (letter !== undefined) return LETTERS[letter] ?? letter;
      const byte = (hex === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(hex, 16)) & 0xff;
      bytes ||= byte >= 0x80;
      return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
    },
  );
  return bytes ? bytesToText(textToBytes(decoded)) : decoded;
}
