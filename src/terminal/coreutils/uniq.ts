import { failed, strerror } from '../../protocol/errno.ts';
import { bytesToText } from '../text.ts';
import { command, eachLine } from './command.ts';

export const uniq = command(
  {
    name: 'uniq',
    short: 'cdDuif:s:w:z',
    long: {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
      'check-chars': 'w',
      'all-repeated': 'D',
    },
  },
  async (call) => {
    const { options, io, process } = call;
    const [input, output] = call.operands;
    if (output !== undefined) {
      const fd = process.open(output, { write: true, create: true, truncate: true });
      if (failed(fd)) {
        await io.warn(`${output}: ${strerror(fd)}`);
        return 1;
      }
      process.dup2(fd, 1);
    }
    const keyOf = (line: string): string => {
      let key = line;
      for (let i = Number(options.value('f') ?? '0'); i > 0; i -= 1) key = key.replace(/^[ \t]*[^ \t]+/, '');
      key = key.slice(Number(options.value('s') ?? '0'));
      const width = options.value('w');
      if (width !== undefined) key = key.slice(0, Number(width));
      return options.has('i') ? key.toLowerCase() : key;
    };
    let last: string | undefined;
    let lastKey = '';
    let count = 0;
    const show = (): void => {
      if (last === undefined || options.has('D')) return;
      if ((options.has('d') && count < 2) || (options.has('u') && count > 1)) return;
      io.line(options.has('c') ? `${String(count).padStart(7)} ${last}` : last);
    };
    const good = await eachLine(call, input === undefined ? [] : [input], (bytes) => {
      const line = bytesToText(bytes);
      const key = keyOf(line);
      if (last !== undefined && key === lastKey) {
        if (options.has('D')) {
          if (count === 1) io.line(last);
          io.line(line);
        }
        count += 1;
        return;
      }
      show();
      last = line;
      lastKey = key;
      count = 1;
    });
    show();
    return await io.end(good ? 0 : 1);
  },
);
