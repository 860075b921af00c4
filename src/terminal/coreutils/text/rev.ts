import { bytesToText } from '../../text.ts';
import { command, eachLine } from '../command.ts';

export const rev = command({ name: 'rev', calls: 'short', short: '' }, async (call) => {
  const good = await eachLine(call, call.operands, (line, { unterminated }) => {
    call.io.out([...bytesToText(line)].reverse().join('') + (unterminated ? '' : '\n'));
  });
  return await call.io.end(good ? 0 : 1);
});
