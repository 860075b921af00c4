/** colrm (util-linux 2.39): lines without the columns from one to another. */
import { charWidth } from '../../../formats/cell-width.ts';
import { bytesToText } from '../../text.ts';
import { command, eachLine } from '../command.ts';

const TAB = 8;

export const colrm = command({ name: 'colrm', short: '', usage: '[startcol [endcol]]' }, async (call) => {
  const { io, operands } = call;
  for (const [at, which] of ['first', 'second'].entries()) {
    const text = operands[at];
    if (text === undefined || /^\d+$/.test(text)) continue;
    await io.warn(`${which} argument: '${text}'`);
    return 1;
  }
  const [first, last] = [Number(operands[0] ?? '0'), Number(operands[1] ?? '0')];
  const good = await eachLine(call, [], (bytes) => {
    io.line(withoutColumns(bytesToText(bytes), first, last));
  });
  return await io.end(good ? 0 : 1);
});

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
