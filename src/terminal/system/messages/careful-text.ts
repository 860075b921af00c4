/** Text for somebody else's terminal: what could steer it is made visible (util-linux fputs_careful of carefulputc.h). */
import { charWidth } from '../../../formats/cell-width.ts';
import { textToBytes } from '../../text.ts';

const TAB = 8;
const CONTROL = /^[\u0000-\u001f\u007f]$/;
const UNPRINTABLE = /^[\u0080-\u009f\u2028\u2029\udc80-\udcff]$/;

/** Lines end with CR and LF; with a width they are filled with blanks up to it and broken there. */
export function carefulText(text: string, isUtf8: boolean, width = 0): string {
  let [out, column] = ['', 0];
  const endLine = (): void => {
    out += `${' '.repeat(Math.max(0, width - column))}\r\n`;
    column = 0;
  };
  for (const char of text) {
    if (char === '\n') {
      endLine();
      continue;
    }
    const [shown, cells] = careful(char, isUtf8, column);
    if (width > 0 && (column >= width || (char !== '\t' && column + cells > width))) endLine();
    out += shown;
    column = char === '\r' ? 0 : column + cells;
  }
  return out;
}

/** A character as it is shown, and its cells. */
function careful(char: string, isUtf8: boolean, column: number): readonly [shown: string, cells: number] {
  if (char === '\t') return [char, TAB - (column % TAB)];
  if (char === '\r' || char === '\u0007') return [char, 0];
  if (CONTROL.test(char)) return [`^${String.fromCharCode(char.charCodeAt(0) ^ 0x40)}`, 2];
  if (char < '\u0080') return [char, 1];
  if (isUtf8 && !UNPRINTABLE.test(char)) return [char, charWidth(char)];
  const octal = [...textToBytes(char)].map((byte) => `\\${byte.toString(8).padStart(3)}`).join('');
  return [octal, octal.length];
}
