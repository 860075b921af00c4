/** df (busybox coreutils/df.c): every mount that holds something, in the order of /proc/mounts. */
import type { SysFailure } from '../../protocol/errno.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { command, type Options } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { humanReadable } from './human-readable.ts';

type Space = Exclude<ReturnType<Process['statfs']>, SysFailure>;
interface Mount {
  readonly source: string;
  readonly target: string;
  readonly type: string;
}

export const df = command(
  { name: 'df', short: 'PkmhTait:B:', usage: '[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...' },
  async ({ process, io, options, operands }) => {
    const all = (fileText(process, '/proc/self/mounts') ?? fileText(process, '/proc/mounts') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
      .map(([source = '', target = '', type = '']) => ({ source, target, type }));
    io.line(head(options));
    let status = 0;
    for (const path of operands) {
      const mount = mountOf(process, all, path);
      const space = mount === undefined ? undefined : process.statfs(mount.target);
      if (mount === undefined || space === undefined || failed(space)) {
        await io.warn(`${path}: can't find mount point`);
        status = 1;
      } else io.line(row(options, mount, space));
    }
    for (const mount of operands.length > 0 ? [] : all) {
      const space = process.statfs(mount.target);
      if (failed(space) || (options.has('t') && options.value('t') !== mount.type)) continue;
      if (space.totalBytes > 0 || options.has('a')) io.line(row(options, mount, space));
    }
    return await io.end(status);
  },
);

function mountOf(process: Process, all: readonly Mount[], path: string): Mount | undefined {
  const real = process.realpath(path);
  if (failed(real)) return undefined;
  return all
    .filter(({ target }) => real === target || real.startsWith(target === '/' ? '/' : `${target}/`))
    .toSorted((a, b) => a.target.length - b.target.length)
    .at(-1);
}

function head(options: Options): string {
  const blocks = options.has('m') ? '1M-blocks' : options.has('P') ? '1024-blocks' : '1K-blocks';
  const size = options.has('i') ? 'Inodes' : options.has('h') ? 'Size' : blocks;
  // The title of the blocks may be wider than their column; the next one gives way.
  const sizes = `${size.padStart(9)}${'Used'.padStart(Math.max(5, 19 - Math.max(9, size.length)))}`;
  return `Filesystem           ${options.has('T') ? 'Type       ' : ''}${sizes} Available ${options.has('P') ? 'Capacity' : 'Use%'} Mounted on`;
}

function row(options: Options, { source, target, type }: Mount, space: Space): string {
  const inodes = options.has('i');
  const total = inodes ? space.inodes : space.totalBytes;
  const free = inodes ? space.freeInodes : space.freeBytes;
  const used = total - free;
  const block = options.has('m') ? 1_048_576 : Number(options.value('B') ?? 1_024) || 1_024;
  const show = (value: number): string =>
    (inodes ? String(value) : options.has('h') ? humanReadable(value) : String(Math.round(value / block))).padStart(9);
  const percent = total === 0 ? 0 : Math.floor((used * 100 + total / 2) / total);
  // A long name has a line of its own.
  const name = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
  const kind = options.has('T') ? ` ${type.padEnd(10)}` : '';
  return `${name}${kind} ${show(total)} ${show(used)} ${show(free)} ${String(percent).padStart(3)}% ${target}`;
}
