import { failed } from '../../../protocol/errno.ts';
import { concatBytes } from '../../../protocol/bytes.ts';
import { LineReader, readAll } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, eachInput, parseSize } from '../command.ts';

export const head = command(
  {
    name: 'head',
    short: 'n:c:qvz',
    long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' },
    numeric: 'n',
  },
  async (call) => {
    const { options, io, process } = call;
    const bytesWanted = options.value('c');
    const given = bytesWanted ?? options.value('n') ?? '10';
    const fromEnd = given.startsWith('-');
    const count = parseSize(given.replace(/^[-+]/, ''));
    if (count === undefined) {
      await io.warn(
        call.flavour === 'busybox'
          ? `invalid number '${given}'`
          : `invalid number of ${bytesWanted === undefined ? 'lines' : 'bytes'}: \u2018${given}\u2019`,
      );
      return 1;
    }
    const names = call.operands;
    let first = true;
    const good = await eachInput(call, names, async (fd, name) => {
      if ((names.length > 1 && !options.has('q')) || options.has('v'))
        io.out(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      first = false;
      if (fromEnd) {
        const all = await readAll(process, fd);
        if (failed(all)) return all;
        if (bytesWanted !== undefined) await io.bytes(all.subarray(0, Math.max(0, all.length - count)));
        else
          io.out(
            bytesToText(all)
              .split(/(?<=\n)/)
              .filter((line) => line !== '')
              .slice(0, count === 0 ? undefined : -count)
              .join(''),
          );
        return undefined;
      }
      if (bytesWanted !== undefined) {
        for (let left = count; left > 0;) {
          const bytes = await process.read(fd, Math.min(left, 65_536));
          if (failed(bytes)) return bytes;
          if (bytes.length === 0 || !(await io.bytes(bytes))) break;
          left -= bytes.length;
        }
        return undefined;
      }
      const reader = new LineReader(process, fd, options.has('z') ? 0 : 10);
      for (let left = count; left > 0; left -= 1) {
        let line = reader.ready();
        if (line === undefined) {
          if (!(await io.flush())) break;
          line = await reader.next();
        }
        if (line === undefined) break;
        io.out(bytesToText(concatBytes([line])) + (reader.unterminated ? '' : options.has('z') ? '\0' : '\n'));
      }
      return undefined;
    });
    return await io.end(good ? 0 : 1);
  },
);
