/** colrm (util-linux 2.39): lines without the columns from one to another. */
import { charWidth } from '../../../formats/cell-width.ts';
import { LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command } from '../command.ts';

const TAB = 8;

export const colrm = command(
  { name: 'colrm', calls: 'short', short: '', usage: '[startcol [endcol]]' },
  async (call) => {
    const { io, operands, process } = call;
    for (const [at, which] of ['first', 'second'].entries()) {
      const text = operands[at];
      if (text === undefined || /^\d+$/.test(text)) continue;
      await io.warn(`${which} argument: '${text}'`);
      return 1;
    }
    const [first, last] = [Number(operands[0] ?? '0'), Number(operands[1] ?? '0')];
    const reader = new LineReader(process, 0);
    // What cannot be read is an end of file.
    for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
      io.out(withoutColumns(bytesToText(line), first, last) + (reader.unterminated ? '' : '\n'));
      if (io.full && !(await io.flush())) break;
    }
    return await io.end(0);
  },
);

function withoutColumns(line: string, first: number, last: number): string {
  let [out, column] = ['', 0];
  for (const char of line) {
    const before = column;
    column += char === '\t' ? TAB - (column % TAB) : char === '\b' ? -Math.min(1, column) : charWidth(char);
    const isCut = first > 0 && column >= first && (last === 0 || before < last);
    if (!isCut) out += char;
    // A wide one that reaches into what is cut stays as blanks up to there.
    else out += ' '.repeat(Math.max(0, first - 1 - before) + (last > 0 ? Math.max(0, column - last) : 0));
  }
  return out;
}
