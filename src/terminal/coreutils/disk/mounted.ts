/** What is mounted, as the process sees it. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly type: string;
}

export const mountsOf = (process: Process): readonly Mount[] =>
  (fileText(process, '/proc/self/mounts') ?? fileText(process, '/proc/mounts') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
    .map(([source = '', target = '', type = '']) => ({ source, target, type }));

/** The mount that a real path lies on: the last of the longest that it begins with. */
export const mountUnder = (mounts: readonly Mount[], real: string): Mount | undefined =>
  mounts
    .filter(({ target }) => real === target || real.startsWith(target === '/' ? '/' : `${target}/`))
    .toSorted((a, b) => b.target.length - a.target.length)[0];

/** Where the file system is mounted that a file lies on. */
export function mountPointOf(process: Process, path: string): string | undefined {
  const real = process.realpath(path);
  return failed(real) ? undefined : mountUnder(mountsOf(process), real)?.target;
}
