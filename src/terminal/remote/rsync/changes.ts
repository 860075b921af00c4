/** What the receiver does with an entry, and the eleven letters of -i for it. */
import type { ListEntry } from './file-list.ts';
import type { RsyncOptions } from './options.ts';

export const CHANGE = {
  transfer: 1,
  /** Made here without a transfer: directories, links, devices. */
  local: 2,
  created: 4,
  content: 8,
  size: 16,
  time: 32,
  perms: 64,
  owner: 128,
  group: 256,
  /** Made from a file that a directory of --link-dest or --copy-dest has. */
  basis: 512,
  linked: 1024,
} as const;

/** Bits of CHANGE. */
export type Changes = number;

export const changed = (changes: Changes, bit: keyof typeof CHANGE): boolean => (changes & CHANGE[bit]) !== 0;

const ATTRIBUTES = CHANGE.content | CHANGE.size | CHANGE.time | CHANGE.perms | CHANGE.owner | CHANGE.group;

/** Nothing that a list of changes tells: a file is as it should be. */
export const isSignificant = (changes: Changes): boolean =>
  (changes & (ATTRIBUTES | CHANGE.created | CHANGE.transfer)) !== 0;

const KINDS = { file: 'f', directory: 'd', symlink: 'L', char: 'D', block: 'D', fifo: 'S', socket: 'S' } as const;

/** `>f.st......`; `pushing` means that the files leave this host. */
export function itemised(changes: Changes, entry: ListEntry, options: RsyncOptions, pushing: boolean): string {
  const update = changed(changes, 'linked')
    ? 'h'
    : changed(changes, 'local')
      ? 'c'
      : !changed(changes, 'transfer')
        ? '.'
        : pushing
          ? '<'
          : '>';
  if ((changes & ATTRIBUTES) === 0 && !changed(changes, 'created') && !changed(changes, 'transfer'))
    return `${update}${KINDS[entry.type]}${' '.repeat(9)}`;
  if (changed(changes, 'created')) return `${update}${KINDS[entry.type]}+++++++++`;
  const letter = (bit: keyof typeof CHANGE, shown: string): string => (changed(changes, bit) ? shown : '.');
  return [
    update,
    KINDS[entry.type],
    letter('content', 'c'),
    letter('size', 's'),
    letter('time', options.has('t') ? 't' : 'T'),
    letter('perms', 'p'),
    letter('owner', 'o'),
    letter('group', 'g'),
    '...',
  ].join('');
}
