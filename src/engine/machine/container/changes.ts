/** `docker diff`: the writable layer against the image's layers. */
import { failed } from '../../../protocol/errno.ts';
import type { FileView } from '../files/interface.ts';
import type { Image } from './image.ts';
import type { FileChange, MountSpec } from './interface.ts';

/** Changes in the order of their paths; parents of changed files are modified too. */
export function listChanges(
  root: FileView,
  upper: string,
  image: Image,
  mounts: readonly MountSpec[],
): readonly FileChange[] {
  const changes: FileChange[] = [];
  const hidden = new Set(mounts.map(({ target }) => target));
  const inImage = (path: string): boolean => image.layers.some(({ tree }) => tree.find(path.slice(1)) !== undefined);
  const visit = (path: string): void => {
    const entries = root.list(`${upper}${path}`);
    if (failed(entries)) return;
    for (const { name, type } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = `${path}/${name}`;
      if (hidden.has(at)) continue;
      if (type === 'char') {
        // A whiteout is a character device 0/0.
        const stat = root.lstat(`${upper}${at}`);
        if (!failed(stat) && stat.rdev?.[0] === 0 && stat.rdev[1] === 0) {
          changes.push({ kind: 'deleted', path: at });
          continue;
        }
      }
      changes.push({ kind: inImage(at) ? 'modified' : 'added', path: at });
      if (type === 'directory') visit(at);
    }
  };
  visit('');
  return changes;
}
