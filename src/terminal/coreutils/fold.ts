import { bytesToText } from '../text.ts';
import { command, eachLine } from './command.ts';

export const fold = command(
  { name: 'fold', short: 'bsw:', long: { bytes: 'b', spaces: 's', width: 'w' }, numeric: 'w' },
  async (call) => {
    const { options, io } = call;
    const width = Number(options.value('w') ?? '80');
    const good = await eachLine(call, call.operands, (bytes, reader) => {
      let line = bytesToText(bytes);
      while ([...line].length > width) {
        const head = [...line].slice(0, width).join('');
        const space = options.has('s') ? head.lastIndexOf(' ') : -1;
        const piece = space >= 0 ? head.slice(0, space + 1) : head;
        io.line(piece);
        line = line.slice(piece.length);
      }
      io.out(line + (reader.unterminated ? '' : '\n'));
    });
    return await io.end(good ? 0 : 1);
  },
);
