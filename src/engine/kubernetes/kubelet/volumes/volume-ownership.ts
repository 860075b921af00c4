/** Gives a volume to the pod's fsGroup (kubernetes pkg/volume SetVolumeOwnership). */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../../machine/files/interface.ts';

const SET_GROUP_ID = 0o2000;

/** Everything in it belongs to the group, which may read it, and write it unless the volume is read-only. */
export function giveToGroup(files: FileView, path: string, gid: number, readonly: boolean): void {
  const about = files.lstat(path);
  if (failed(about)) return;
  const isDirectory = about.type === 'directory';
  files.chown(path, -1, gid, false);
  if (about.type === 'symlink') return;
  files.chmod(path, about.mode | (readonly ? 0o440 : 0o660) | (isDirectory ? SET_GROUP_ID | 0o110 : 0));
  const entries = isDirectory ? files.list(path) : [];
  for (const { name } of failed(entries) ? [] : entries) giveToGroup(files, `${path}/${name}`, gid, readonly);
}
