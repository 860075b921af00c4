/** The target that a boot starts: what default.target links to (systemctl get-default, set-default). */
import { failed } from '../../../../protocol/errno.ts';
import type { SystemdReply } from '../interface.ts';
import type { UnitFiles } from '../units/unit-paths.ts';

const LINK = 'default.target';

export function defaultTarget({ root, paths }: UnitFiles): string | undefined {
  for (const directory of [paths.config, paths.vendor]) {
    const target = root.readlink(`${directory}/${LINK}`);
    if (!failed(target)) return target.slice(target.lastIndexOf('/') + 1);
  }
  return undefined;
}

/** Links default.target to the unit file at `path`. */
export function setDefaultTarget({ root: files, paths }: UnitFiles, path: string): SystemdReply {
  const own = `${paths.config}/${LINK}`;
  const wasThere = !failed(files.lstat(own));
  if (wasThere) files.remove(own);
  files.mkdirp(paths.config);
  files.symlink(path, own);
  return {
    type: 'done',
    changes: [
      ...(wasThere ? [{ kind: 'unlink', path: own } as const] : []),
      { kind: 'symlink', path: own, target: path },
    ],
  };
}
