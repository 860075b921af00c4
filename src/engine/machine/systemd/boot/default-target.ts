/** The target that a boot starts: what default.target links to (systemctl get-default, set-default). */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import type { SystemdReply } from '../interface.ts';

const OWN = '/etc/systemd/system/default.target';
const VENDOR = '/usr/lib/systemd/system/default.target';

export function defaultTarget(files: FileView): string | undefined {
  for (const path of [OWN, VENDOR]) {
    const target = files.readlink(path);
    if (!failed(target)) return target.slice(target.lastIndexOf('/') + 1);
  }
  return undefined;
}

/** Links default.target to the unit file at `path`. */
export function setDefaultTarget(files: FileView, path: string): SystemdReply {
  const wasThere = !failed(files.lstat(OWN));
  if (wasThere) files.remove(OWN);
  files.mkdirp('/etc/systemd/system');
  files.symlink(path, OWN);
  return {
    type: 'done',
    changes: [
      ...(wasThere ? [{ kind: 'unlink', path: OWN } as const] : []),
      { kind: 'symlink', path: OWN, target: path },
    ],
  };
}
