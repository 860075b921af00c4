/** The options of `--tmpfs TARGET:OPTIONS` over those that are always there (moby/sys/mount, MergeTmpfsOptions). */
import { apiError, type ApiError } from '../model.ts';

const ALWAYS = ['noexec', 'nosuid', 'nodev'];
/** Each with the flag of mount(2) that it sets or clears. */
const FLAGS: ReadonlyMap<string, string> = new Map(
  (
    'ro:ro rw:ro suid:nosuid nosuid:nosuid dev:nodev nodev:nodev exec:noexec noexec:noexec sync:sync async:sync ' +
    'dirsync:dirsync mand:mand nomand:mand atime:noatime noatime:noatime diratime:nodiratime nodiratime:nodiratime ' +
    'relatime:relatime norelatime:relatime strictatime:strictatime nostrictatime:strictatime'
  )
    .split(' ')
    .map((pair) => {
      const [name = '', flag = ''] = pair.split(':');
      return [name, flag];
    }),
);
/** Options that only take a default back. */
const POSITIVE = new Set(['rw', 'suid', 'dev', 'exec', 'async', 'nomand', 'atime', 'diratime', 'norelatime']);
const VALUES = new Set(['size', 'mode', 'uid', 'gid', 'nr_inodes', 'nr_blocks', 'mpol']);

/** A later option is over an earlier one of the same kind. */
export function mergeTmpfsOptions(text: string): readonly string[] | ApiError {
  const given = text === '' ? [] : text.split(',').filter((option) => option !== 'defaults');
  const kept = new Map<string, string>();
  for (const option of [...ALWAYS, ...given]) {
    const [name = '', value] = option.split('=', 2);
    const kind = FLAGS.get(option) ?? (value !== undefined && VALUES.has(name) ? name : undefined);
    if (kind === undefined)
      return apiError(
        400,
        `Invalid tmpfs option [${option
          .split('=', 2)
          .map((part) => JSON.stringify(part))
          .join(' ')}]`,
      );
    kept.delete(kind);
    kept.set(kind, option);
  }
  return [...kept.values()].filter((option) => !POSITIVE.has(option));
}
