/** look (util-linux 2.39): lines of a sorted file that begin with a text, found by halving. */
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, usageError } from '../command.ts';

const WORDS = '/usr/share/dict/words';

export const look = command(
  {
    name: 'look',
    calls: 'short',
    short: 'adft:',
    usage: '[options] <string> [<file>...]',
    long: { alternative: 'a', alphanum: 'd', 'ignore-case': 'f', terminate: 't' },
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const [text, name = WORDS, extra] = operands;
    if (text === undefined || extra !== undefined) return await usageError(call, 'bad usage');
    // The file is mapped: a directory cannot be, nor can what is empty; `-` is a file like others.
    const bytes = await readOperand(process, name === '-' ? './-' : name);
    if (failed(bytes) || bytes.length === 0) {
      const failure: SysFailure = failed(bytes) ? bytes : { errno: 'EINVAL' };
      await io.warn(`${name}: ${strerror(failure.errno === 'EISDIR' ? { errno: 'ENODEV' } : failure)}`);
      return 1;
    }
    // Words are compared as dictionaries do where no file is named.
    const [onlyWords, folds] = [options.has('d') || operands.length === 1, options.has('f') || operands.length === 1];
    const key = (line: string): string => {
      const plain = onlyWords ? line.replace(/[^A-Za-z0-9]/g, '') : line;
      return folds ? plain.toLowerCase() : plain;
    };
    const end = options.value('t') ?? '';
    const cut = end === '' ? text.length : text.indexOf(end.charAt(0)) + 1 || text.length;
    const wanted = key(text.slice(0, cut));
    const lines = bytesToText(bytes)
      .split('\n')
      .filter((line, at, all) => at < all.length - 1 || line !== '');
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(lines[middle] ?? '') < wanted) low = middle + 1;
      else high = middle;
    }
    const first = low;
    while (low < lines.length && key(lines[low] ?? '').startsWith(wanted)) io.line(lines[low++] ?? '');
    return await io.end(low > first ? 0 : 1);
  },
);
