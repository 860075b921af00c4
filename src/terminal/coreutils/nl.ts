import { bytesToText } from '../text.ts';
import { command, eachLine } from './command.ts';

export const nl = command(
  {
    name: 'nl',
    short: 'b:w:s:v:i:n:',
    long: {
      'body-numbering': 'b',
      'number-width': 'w',
      'number-separator': 's',
      'starting-line-number': 'v',
      'line-increment': 'i',
    },
  },
  async (call) => {
    const { options, io } = call;
    const width = Number(options.value('w') ?? '6');
    const separator = options.value('s') ?? '\t';
    let number = Number(options.value('v') ?? '1');
    const good = await eachLine(call, call.operands, (bytes) => {
      const line = bytesToText(bytes);
      if (line === '' && options.value('b') !== 'a') {
        io.line(' '.repeat(width + separator.length));
        return;
      }
      const format = options.value('n') ?? 'rn';
      const text =
        format === 'ln' ? String(number).padEnd(width) : String(number).padStart(width, format === 'rz' ? '0' : ' ');
      io.line(text + separator + line);
      number += Number(options.value('i') ?? '1');
    });
    return await io.end(good ? 0 : 1);
  },
);
