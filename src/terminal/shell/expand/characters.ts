/**
 * What counts as one character of a text: in a UTF-8 locale a character, in the C locale a byte; in dash, and where busybox' ash
 * cuts or matches, always a byte.
 */
import { bytesToText, textToBytes } from '../../text.ts';
import type { Shell } from '../shell.ts';
import { charset, ownLocale } from '../variables/locale.ts';

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** The text with as many code points as it has characters: bytes beyond ASCII stand alone where bytes count (as in text.ts). */
export const characters = (shell: Shell, text: string): string =>
  isAscii(text) || (shell.personality === 'bash' && charset(shell) === 'utf-8')
    ? text
    : Array.from(textToBytes(text), (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');

/** What was cut or put together of such, as text again. */
export const wholeText = (text: string): string =>
  /[\udc80-\udcff]/.test(text) ? bytesToText(textToBytes(text)) : text;

/** `${#text}`; busybox counts characters where the environment names UTF-8 (init_unicode). */
export function lengthOf(shell: Shell, text: string): number {
  const isUnicodeAsh = shell.personality === 'ash' && /\.utf/i.test(ownLocale(shell));
  return [...(isUnicodeAsh ? text : characters(shell, text))].length;
}
