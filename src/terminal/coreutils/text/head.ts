import { helpHint } from '../help-hint.ts';
import { failed } from '../../../protocol/errno.ts';
import { concatBytes } from '../../../protocol/bytes.ts';
import { Io, LineReader, readAll } from '../../io.ts';
import type { Applet } from '../command.ts';
import { bytesToText } from '../../text.ts';
import { command, eachInput, parseSize } from '../command.ts';

const TOO_LARGE = ': Value too large for defined data type';

const base = command(
  {
    name: 'head',
    busybox: 'ncqv',
    short: 'n:c:qvz',
    long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' },
  },
  async (call) => {
    const { options, io, process } = call;
    const bytesWanted = options.value('c');
    const given = bytesWanted ?? options.value('n') ?? '10';
    const fromEnd = given.startsWith('-');
    const count = parseSize(given.replace(/^[-+]/, ''));
    if (count === undefined || count >= 2 ** 64) {
      await io.warn(
        call.flavour === 'busybox'
          ? `invalid number '${given}'`
          : `invalid number of ${bytesWanted === undefined ? 'lines' : 'bytes'}: \u2018${given}\u2019${count === undefined ? '' : TOO_LARGE}`,
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
        if (line === undefined) return reader.failure;
        io.out(bytesToText(concatBytes([line])) + (reader.unterminated ? '' : options.has('z') ? '\0' : '\n'));
      }
      return undefined;
    });
    return await io.end(good ? 0 : 1);
  },
);

/** `head -3`, `head -2c` and `head -5kqv` are older than -n: only a first argument is read so. */
const applet: Applet['applet'] = async (process, flavour, argv) => {
  const [name = 'head', first = '', ...rest] = argv;
  const [, digits, letters = ''] = /^-(\d+)(.*)$/s.exec(first) ?? [];
  const wrong = [...letters].find((letter) => !'bckmlqvz'.includes(letter));
  if (wrong !== undefined && flavour === 'gnu') {
    const io = new Io(process, name);
    await io.warn(`invalid trailing option -- ${wrong}`);
    await io.raw(`${helpHint(io)}\n`);
    return 1;
  }
  if (digits === undefined) return await base.applet(process, flavour, argv);
  const unit = [...letters].findLast((letter) => 'bckml'.includes(letter)) ?? 'l';
  const count = unit === 'l' ? ['-n', digits] : ['-c', digits + ({ b: 'b', k: 'K', m: 'M' }[unit] ?? '')];
  const others = [...letters].filter((letter) => 'qvz'.includes(letter)).map((letter) => `-${letter}`);
  return await base.applet(process, flavour, [name, ...count, ...others, ...rest]);
};
export const head: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };
