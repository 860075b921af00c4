/** systemd-user-runtime-dir: /run/user/UID, a file system of its own that goes with the user (user-runtime-dir@.service). */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { accountOf } from '../services/service-identity.ts';

/** RuntimeDirectorySize= and RuntimeDirectoryInodesMax= of logind.conf: a tenth of the memory, an inode for each of its pages. */
const SHARE = 10;
const PAGE_BYTES = 4096;

export const runtimeDirectoryOf = (uid: number): string => `/run/user/${String(uid)}`;

/** `start` or `stop`; false where it cannot be done. */
export function changeRuntimeDirectory({ files, kernel }: HostSystemd, verb: string, uid: number): boolean {
  const target = runtimeDirectoryOf(uid);
  if (verb === 'stop') {
    const unmounted = !failed(files.umount(target));
    files.root.remove(target, { recursive: true });
    return unmounted;
  }
  const account = accountOf(files.root, String(uid));
  if (account === undefined) return false;
  files.root.mkdirp(target);
  const pages = Math.floor(kernel.memoryBytes / SHARE / PAGE_BYTES);
  const options = [
    ...['rw', 'nosuid', 'nodev', `size=${String((pages * PAGE_BYTES) / 1024)}k`, `nr_inodes=${String(pages)}`],
    ...['mode=700', ...(uid === 0 ? [] : [`uid=${String(uid)}`, `gid=${String(account.gid)}`]), 'inode64'],
  ];
  return !failed(files.mount({ type: 'tmpfs', source: 'tmpfs', target, options }));
}
