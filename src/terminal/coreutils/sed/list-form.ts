import { C_ESCAPED } from '../../../formats/c-escapes.ts';
import { textToBytes } from '../../text.ts';

const ESCAPES: Readonly<Record<number, string | undefined>> = { ...C_ESCAPED, 0: undefined, 92: '\\\\' };

/** Text as `l` shows it: unambiguous, broken at `width` columns (0 or 1 for never). */
export function listForm(text: string, width: number): string {
  let out = '';
  let column = 0;
  for (const byte of textToBytes(text)) {
    const plain = byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
    const piece = ESCAPES[byte] ?? plain;
    if (width > 1 && column + piece.length > width - 1) {
      out += '\\\n';
      column = 0;
    }
    out += piece;
    column += piece.length;
  }
  return `${out}$`;
}
