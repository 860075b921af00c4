/** --chmod: the permissions that entries of the list are given; `D` and `F` bind a change to directories or to files. */
import type { FileStat } from '../../../protocol/program.ts';
import { parseMode } from '../../coreutils/files/mode.ts';

/** The permissions that a file goes over with. */
export function chmodOf(changes: string | undefined, { mode, type }: FileStat, umask: number): number {
  if (changes === undefined) return mode;
  const directory = type === 'directory';
  let result = mode;
  for (const change of changes.split(',')) {
    const [, kind = '', text = ''] = /^([DF]?)(.*)$/s.exec(change) ?? [];
    if (kind !== '' && (kind === 'D') !== directory) continue;
    result = parseMode(text, result, umask, directory) ?? result;
  }
  return result;
}

/** The first change that is none. */
export const wrongChmod = (changes: string): boolean =>
  changes.split(',').some((change) => parseMode(change.replace(/^[DF]/, ''), 0, 0) === undefined);
