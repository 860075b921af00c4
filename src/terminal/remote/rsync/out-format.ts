/** --out-format: a line for each change, from the escapes that rsyncd.conf(5) lists for "log format". */
import type { Process } from '../../../protocol/program.ts';
import { modeText } from '../../coreutils/files/mode-text.ts';
import { strftime } from '../../strftime.ts';
import { itemised, type Changes } from './changes.ts';
import type { ListEntry } from './file-list.ts';
import type { RsyncOptions } from './options.ts';

interface Subject {
  readonly entry: ListEntry;
  readonly changes: Changes;
  readonly options: RsyncOptions;
  readonly pushing: boolean;
  /** This end has the files. */
  readonly sends: boolean;
  readonly process: Process;
}

const ESCAPES: Readonly<Record<string, (subject: Subject) => string>> = {
  B: ({ entry }) => modeText(entry).slice(1),
  G: ({ entry }) => String(entry.gid),
  L: ({ entry }) => (entry.type === 'symlink' ? ` -> ${entry.target}` : ''),
  M: ({ entry }) => strftime('%Y/%m/%d-%H:%M:%S', entry.modifiedMs * 1_000),
  U: ({ entry }) => String(entry.uid),
  i: ({ changes, entry, options, pushing }) => itemised(changes, entry, options, pushing),
  l: ({ entry }) => String(entry.size),
  n: ({ entry }) => (entry.type === 'directory' ? `${entry.name}/` : entry.name),
  o: ({ sends }) => (sends ? 'send' : 'recv'),
  p: ({ process }) => String(process.pid),
  t: ({ process }) => strftime('%Y/%m/%d %H:%M:%S', process.time().realtimeUs),
};

export const formatted = (format: string, subject: Subject): string =>
  format.replace(/%(-?\d*)(.)/g, (_, width: string, letter: string) => {
    const text = letter === '%' ? '%' : (ESCAPES[letter]?.(subject) ?? '');
    return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width));
  });

/** A format with an escape that is not modelled. */
export function absentFormat(options: RsyncOptions): string | undefined {
  const format = options.value('out-format');
  const letters = format?.matchAll(/%'*-?\d*(.)/g) ?? [];
  return [...letters].some(([, letter = '']) => letter !== '%' && !(letter in ESCAPES)) ? format : undefined;
}
