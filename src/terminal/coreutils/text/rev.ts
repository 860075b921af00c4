import { bytesToText } from '../../text.ts';
import { command, eachLine } from '../command.ts';

export const rev = command({ name: 'rev', short: '' }, async (call) => {
  const good = await eachLine(call, call.operands, (line) => {
    call.io.line([...bytesToText(line)].reverse().join(''));
  });
  return await call.io.end(good ? 0 : 1);
});
