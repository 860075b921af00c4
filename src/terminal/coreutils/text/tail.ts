/** tail (GNU coreutils 9.4). */
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { readAll } from '../../io.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, eachInput, parseSize } from '../command.ts';
import { HeldMemory } from '../held-memory.ts';

const POLL_US = 1_000_000;
const PIECE_BYTES = 65_536;

const base = command(
  {
    name: 'tail',
    short: 'n:c:fFqvs:z',
    absent: ['retry', 'pid'],
    absentLong: 'max-unchanged-stats=',
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
      'zero-terminated': 'z',
    },
    numeric: 'n',
  },
  async (call) => {
    const { options, io } = call;
    const part = partOf(call);
    if (typeof part === 'string') {
      await io.warn(part);
      return 1;
    }
    const follow = options.has('f') || options.has('F') || options.has('follow');
    const byName = options.has('F') || options.value('follow') === 'name';
    const names = call.operands.length === 0 ? ['-'] : call.operands;
    const headers = (names.length > 1 && !options.has('q')) || options.has('v');
    const seen = new Map<string, number>();
    let shown = '';
    let good = await eachInput(call, names, async (fd, name) => {
      if (headers) io.out(`${shown === '' ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      shown = name;
      const length = part.fromStart ? await copyFrom(call, fd, part) : await copyLast(call, fd, part);
      if (failed(length)) return length;
      seen.set(name, length);
      return undefined;
    });
    if (seen.size === 0 && !good && call.flavour === 'busybox') {
      await io.warn('no files');
      return 1;
    }
    if (follow && names.some((name) => name !== '-') && (byName || seen.size > 0)) {
      await io.flush();
      good = await followFiles(call, names, seen, { headers, byName, shown });
    }
    return await io.end(good ? 0 : 1);
  },
);

/** `tail +3`, `tail -3c` and `tail -3f` are older than -n. */
const applet: Applet['applet'] = (process, flavour, argv) => {
  const [name = 'tail', first = '', ...rest] = argv;
  const old = /^([-+])(\d+)([cl]?)(f?)$/.exec(first);
  if (old === null) return base.applet(process, flavour, argv);
  const [, sign = '', digits = '', unit, follow] = old;
  const words = [unit === 'c' ? '-c' : '-n', sign + digits, ...(follow === 'f' ? ['-f'] : [])];
  return base.applet(process, flavour, [name, ...words, ...rest]);
};
export const tail: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

interface Part {
  readonly count: number;
  readonly unit: 'bytes' | 'lines';
  /** The byte that ends a line. */
  readonly delimiter: number;
  readonly fromStart: boolean;
}

function partOf({ options, flavour }: Invocation): Part | string {
  const [unit = 'n', given = '10'] = options.order.findLast(([letter]) => letter === 'c' || letter === 'n') ?? [];
  const count = parseSize(given.replace(/^[-+]/, ''));
  if (count === undefined)
    return flavour === 'busybox'
      ? `invalid number '${given.replace(/^[-+]/, '')}'`
      : `invalid number of ${unit === 'c' ? 'bytes' : 'lines'}: \u2018${given}\u2019`;
  return {
    count,
    unit: unit === 'c' ? 'bytes' : 'lines',
    delimiter: options.has('z') ? 0 : 10,
    fromStart: given.startsWith('+'),
  };
}

async function* pieces(process: Process, fd: Fd): AsyncGenerator<Result<Uint8Array>> {
  for (;;) {
    const bytes = await process.read(fd, PIECE_BYTES);
    if (failed(bytes) && bytes.errno === 'EINTR') continue;
    if (!failed(bytes) && bytes.length === 0) return;
    yield bytes;
    if (failed(bytes)) return;
  }
}

/** Everything from the count on, as it comes; answers how much was read. */
async function copyFrom(call: Invocation, fd: Fd, part: Part): Promise<Result<number>> {
  let length = 0;
  let skip = Math.max(0, part.count - 1);
  for await (const bytes of pieces(call.process, fd)) {
    if (failed(bytes)) return bytes;
    length += bytes.length;
    let at = 0;
    if (part.unit === 'bytes') {
      at = Math.min(skip, bytes.length);
      skip -= at;
    }
    while (part.unit === 'lines' && skip > 0 && at < bytes.length) {
      const end = bytes.indexOf(part.delimiter, at);
      at = end < 0 ? bytes.length : end + 1;
      if (end >= 0) skip -= 1;
    }
    if (at < bytes.length && !(await call.io.bytes(bytes.subarray(at)))) break;
  }
  return length;
}

/** The last lines or bytes; no more is held than may still be shown. Answers how much was read. */
async function copyLast(call: Invocation, fd: Fd, part: Part): Promise<Result<number>> {
  const memory = new HeldMemory(call.process);
  const held: { readonly bytes: Uint8Array; readonly units: number }[] = [];
  let units = 0;
  let length = 0;
  for await (const bytes of pieces(call.process, fd)) {
    if (failed(bytes)) return bytes;
    length += bytes.length;
    const piece = { bytes, units: part.unit === 'bytes' ? bytes.length : ends(bytes, part.delimiter) };
    held.push(piece);
    units += piece.units;
    let freed = 0;
    // One line more than wanted: the last may lack its end.
    while (held[0] !== undefined && units - held[0].units > part.count) {
      freed += held[0].bytes.length;
      units -= held[0].units;
      held.shift();
    }
    const granted = memory.grow(bytes.length - freed);
    if (failed(granted)) return granted;
  }
  const all = concatBytes(held.map(({ bytes }) => bytes));
  await call.io.bytes(
    part.unit === 'bytes' ? all.subarray(Math.max(0, all.length - part.count)) : lastLines(all, part),
  );
  memory.set(0);
  return length;
}

function ends(bytes: Uint8Array, delimiter: number): number {
  let count = 0;
  for (const byte of bytes) if (byte === delimiter) count += 1;
  return count;
}

function lastLines(bytes: Uint8Array, { count, delimiter }: Part): Uint8Array {
  if (count === 0) return EMPTY_BYTES;
  let from = bytes.length;
  for (let left = count; left > 0 && from > 0; left -= 1)
    // The end of the line before; the last byte ends its own line.
    from = from < 2 ? 0 : bytes.lastIndexOf(delimiter, from - 2) + 1;
  return bytes.subarray(from);
}

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
