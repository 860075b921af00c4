import { strftime } from '../../../strftime.ts';
import type { Invocation } from '../../command.ts';
import type { TarEntry } from './format.ts';

const LETTERS: Readonly<Record<TarEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  fifo: 'p',
};

/** How -t and -v name a member: its name, or a line of details with a second v (or -tv). */
export function listing(entry: TarEntry, call: Invocation): string {
  const { options } = call;
  const verbosity = options.order.filter(([letter]) => letter === 'v').length + (options.has('t') ? 1 : 0);
  if (verbosity < 2) return entry.name;
  const bits = [6, 3, 0]
    .map(
      (shift) =>
        ((entry.mode >> shift) & 4 ? 'r' : '-') +
        ((entry.mode >> shift) & 2 ? 'w' : '-') +
        ((entry.mode >> shift) & 1 ? 'x' : '-'),
    )
    .join('');
  const special = [...bits]
    .map((bit, at) =>
      at === 2 && entry.mode & 0o4000
        ? bit === 'x'
          ? 's'
          : 'S'
        : at === 5 && entry.mode & 0o2000
          ? bit === 'x'
            ? 's'
            : 'S'
          : at === 8 && entry.mode & 0o1000
            ? bit === 'x'
              ? 't'
              : 'T'
            : bit,
    )
    .join('');
  const owner =
    options.has('numeric') || entry.user === ''
      ? `${String(entry.uid)}/${String(entry.gid)}`
      : `${entry.user}/${entry.group}`;
  const size = String(entry.size);
  const target =
    entry.type === 'symlink' ? ` -> ${entry.target}` : entry.type === 'hardlink' ? ` link to ${entry.target}` : '';
  return `${LETTERS[entry.type]}${special} ${owner}${size.padStart(Math.max(size.length + 1, 19 - owner.length))} ${strftime(options.has('full-time') ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d %H:%M', entry.modified * 1e6)} ${entry.name}${target}`;
}
