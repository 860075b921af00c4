import { bytesToText } from '../text.ts';
import { command, eachLine } from './command.ts';

export const tac = command({ name: 'tac', short: 'brs:' }, async (call) => {
  const lines: string[] = [];
  const good = await eachLine(call, call.operands, (line, reader) => {
    lines.push(bytesToText(line) + (reader.unterminated ? '' : '\n'));
  });
  call.io.out(lines.reverse().join(''));
  return await call.io.end(good ? 0 : 1);
});
