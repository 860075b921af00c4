/**
 * Common names that lead to one of several programs by way of /etc/alternatives, as packages of Ubuntu register them with
 * update-alternatives. Leaves out: pages of the manual, which would follow their programs; vi and its kin.
 */
import type { FileTreeEntry } from './file-tree.ts';

/** Name, what else follows it, and the programs with their priorities, the first in use. */
const GROUPS: readonly (readonly [name: string, follower: string, ...(readonly [path: string, priority: number])[]])[] =
  [
    ['awk', 'nawk', ['/usr/bin/mawk', 5]],
    ['editor', '', ['/bin/nano', 40]],
    ['pager', '', ['/usr/bin/less', 77], ['/bin/more', 50]],
    ['pico', '', ['/bin/nano', 10]],
  ];

/** Programs of the table whose names are such links. */
export const ALTERNATIVE_NAMES: ReadonlySet<string> = new Set(GROUPS.map(([name]) => name));

const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });

export const ALTERNATIVE_LINKS: readonly FileTreeEntry[] = GROUPS.flatMap(([name, follower, ...programs]) => {
  const follows = follower === '' ? '' : `${follower}\n/usr/bin/${follower}\n`;
  const sorted = programs.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const listed = sorted.map(
    ([path, priority]) => `${path}\n${String(priority)}\n${follower === '' ? '' : `${path}\n`}`,
  );
  const text = `auto\n/usr/bin/${name}\n${follows}\n${listed.join('')}\n`;
  return [
    { path: `var/lib/dpkg/alternatives/${name}`, type: 'file', text, mode: 0o644 },
    ...[name, follower]
      .filter((each) => each !== '')
      .flatMap((each) => [
        link(`etc/alternatives/${each}`, programs[0]?.[0] ?? ''),
        link(`usr/bin/${each}`, `/etc/alternatives/${each}`),
      ]),
  ];
});
