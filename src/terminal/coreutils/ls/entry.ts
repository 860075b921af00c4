import { failed } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation } from '../command.ts';

/** A file to list. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
  /** It cannot be looked at (a link to nowhere under -L): its name alone is known, and what the directory says of it. */
  readonly unknown: boolean;
  /** Where a symbolic link leads. */
  readonly target: { readonly text: string; readonly stat: FileStat | undefined } | undefined;
}

export function makeEntry({ process }: Invocation, name: string, path: string, stat: FileStat, unknown = false): Entry {
  if (unknown || stat.type !== 'symlink') return { name, path, stat, unknown, target: undefined };
  const text = process.readlink(path);
  const end = process.stat(path);
  return {
    name,
    path,
    stat,
    unknown,
    target: failed(text) ? undefined : { text, stat: failed(end) ? undefined : end },
  };
}
