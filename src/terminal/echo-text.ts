import { C_ESCAPES } from '../formats/c-escapes.ts';
import { bytesToText } from './text.ts';

/** What `echo` prints (bash's builtin, GNU's and busybox's program). */
export function echoText(
  args: readonly string[],
  how: { readonly escapes: boolean; readonly options: boolean },
): { readonly text: string } {
  let escapes = how.escapes;
  let newline = true;
  let at = 0;
  if (how.options) {
    for (; /^-[neE]+$/.test(args[at] ?? ''); at += 1) {
      for (const letter of args[at] ?? '') {
        if (letter === 'n') newline = false;
        else if (letter === 'e') escapes = true;
        else if (letter === 'E') escapes = false;
      }
    }
  } else if (args[0] === '-n') {
    newline = false;
    at = 1;
  }
  const words = args.slice(at).join(' ');
  if (!escapes) return { text: words + (newline ? '\n' : '') };
  const { text, stopped } = unescapeEcho(words);
  return { text: text + (newline && !stopped ? '\n' : '') };
}

const SIMPLE: Readonly<Record<string, string>> = { ...C_ESCAPES, e: '\x1b', E: '\x1b' };

/** Escapes of `echo -e`, and with its own octal numbers of `printf %b`; `\c` ends the output. */
export function unescapeEcho(
  source: string,
  octalDigits = /^0([0-7]{0,3})/,
): { readonly text: string; readonly stopped: boolean } {
  let text = '';
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) text += bytesText(bytes);
    bytes = [];
  };
  for (let i = 0; i < source.length; i += 1) {
    const char = source.charAt(i);
    if (char !== '\\') {
      flush();
      text += char;
      continue;
    }
    const rest = source.slice(i + 1);
    const octal = octalDigits.exec(rest);
    const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest);
    const unicode = /^u([0-9A-Fa-f]{1,4})|^U([0-9A-Fa-f]{1,8})/.exec(rest);
    if (octal !== null) {
      bytes.push(Number.parseInt(octal[0], 8) & 255);
      i += octal[0].length;
    } else if (hex !== null) {
      bytes.push(Number.parseInt(hex[1] ?? '0', 16));
      i += hex[0].length;
    } else {
      flush();
      if (unicode !== null) {
        text += String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(unicode[1] ?? unicode[2] ?? '0', 16)));
        i += unicode[0].length;
      } else if (rest.startsWith('c')) return { text, stopped: true };
      else {
        const simple = SIMPLE[rest.charAt(0)];
        text += simple ?? '\\';
        if (simple !== undefined) i += 1;
      }
    }
  }
  flush();
  return { text, stopped: false };
}

/** Bytes written as escapes, one after the other, may be a character. */
export function bytesText(bytes: readonly number[]): string {
  return bytesToText(Uint8Array.from(bytes));
}
