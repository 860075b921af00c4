import { failed } from '../../protocol/errno.ts';
import { readAll } from '../io.ts';
import { bytesToText } from '../text.ts';
import type { Invocation } from './command.ts';
import { command, eachInput, parseSize } from './command.ts';

const POLL_US = 1_000_000;

export const tail = command(
  {
    name: 'tail',
    short: 'n:c:fFqvs:z',
    long: {
      lines: 'n',
      bytes: 'c',
      follow: 'follow::',
      quiet: 'q',
      silent: 'q',
      verbose: 'v',
      retry: 'retry',
      'sleep-interval': 's',
      pid: 'pid:',
    },
    numeric: 'n',
  },
  async (call) => {
    const { options, io } = call;
    const given = options.value('c') ?? options.value('n') ?? '10';
    const fromStart = given.startsWith('+');
    const count = parseSize(given.replace(/^[-+]/, ''));
    if (count === undefined) {
      await io.warn(`invalid number of ${options.has('c') ? 'bytes' : 'lines'}: \u2018${given}\u2019`);
      return 1;
    }
    const follow = options.has('f') || options.has('F') || options.has('follow');
    const byName = options.has('F') || options.value('follow') === 'name';
    const names = call.operands.length === 0 ? ['-'] : call.operands;
    const headers = (names.length > 1 && !options.has('q')) || options.has('v');
    const seen = new Map<string, number>();
    let shown = '';
    let good = await eachInput(call, names, async (fd, name) => {
      const all = await readAll(call.process, fd);
      if (failed(all)) return all;
      if (headers) io.out(`${shown === '' ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      shown = name;
      seen.set(name, all.length);
      if (options.has('c'))
        await io.bytes(
          fromStart ? all.subarray(Math.max(0, count - 1)) : all.subarray(Math.max(0, all.length - count)),
        );
      else {
        const lines = bytesToText(all)
          .split(/(?<=\n)/)
          .filter((line) => line !== '');
        io.out((fromStart ? lines.slice(Math.max(0, count - 1)) : count === 0 ? [] : lines.slice(-count)).join(''));
      }
      return undefined;
    });
    if (follow && names.some((name) => name !== '-') && (byName || seen.size > 0)) {
      await io.flush();
      good = await followFiles(call, names, seen, { headers, byName, shown });
    }
    return await io.end(good ? 0 : 1);
  },
);

/** Looks at the files again and again; what has been added is printed. */
async function followFiles(
  call: Invocation,
  names: readonly string[],
  seen: Map<string, number>,
  how: { readonly headers: boolean; readonly byName: boolean; shown: string },
): Promise<boolean> {
  const { process, io } = call;
  const pause = Number(call.options.value('s') ?? '1') * POLL_US;
  for (;;) {
    for (const name of names) {
      if (!seen.has(name) && !how.byName) continue;
      const stat = process.stat(name);
      if (failed(stat)) continue;
      let from = seen.get(name);
      if (from === undefined) {
        from = 0;
        await io.warn(`'${name}' has appeared;  following new file`);
      }
      if (stat.size < from) {
        await io.warn(`${name}: file truncated`);
        from = 0;
      }
      if (stat.size > from) {
        const fd = process.open(name, { read: true });
        if (!failed(fd)) {
          process.seek(fd, from, 'set');
          const more = await readAll(process, fd);
          process.close(fd);
          if (!failed(more)) {
            if (how.headers && how.shown !== name) io.out(`\n==> ${name} <==\n`);
            how.shown = name;
            if (!(await io.bytes(more))) return false;
            from += more.length;
          }
        }
      }
      seen.set(name, from);
    }
    await process.sleep(pause);
  }
}
