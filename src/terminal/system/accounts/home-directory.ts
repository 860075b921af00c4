/** Home directories as shadow's tools make, give away and move them. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

/** The directories above a path that are missing. */
export function makeParents(process: Process, path: string): void {
  const parts = path.split('/');
  for (let length = 2; length < parts.length; length += 1) process.mkdir(parts.slice(0, length).join('/'), 0o755);
}

/** Copies a skeleton's files, directories and links, for their new owner. */
export function copySkeleton(process: Process, from: string, to: string, uid: number, gid: number): void {
  const entries = process.readdir(from);
  for (const { name } of failed(entries) ? [] : entries) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    const stat = process.lstat(source);
    if (failed(stat)) continue;
    if (stat.type === 'directory') {
      process.mkdir(target, 0o700);
      copySkeleton(process, source, target, uid, gid);
      process.chmod(target, stat.mode);
    } else if (stat.type === 'symlink') {
      const aim = process.readlink(source);
      if (!failed(aim)) process.symlink(aim, target);
    } else if (stat.type === 'file') {
      const bytes = process.readFile(source);
      if (!failed(bytes)) process.writeFile(target, bytes, { mode: stat.mode });
    }
    process.chown(target, uid, gid, { noFollow: true });
  }
}

/** Gives what belongs to one user or group below a path to another. */
export function giveAway(
  process: Process,
  path: string,
  uid: readonly [from: number, to: number],
  gid: readonly [from: number, to: number],
): void {
  const stat = process.lstat(path);
  if (failed(stat)) return;
  const [user, group] = [stat.uid === uid[0] ? uid[1] : stat.uid, stat.gid === gid[0] ? gid[1] : stat.gid];
  if (user !== stat.uid || group !== stat.gid) process.chown(path, user, group, { noFollow: true });
  const entries = stat.type === 'directory' ? process.readdir(path) : [];
  for (const { name } of failed(entries) ? [] : entries) giveAway(process, `${path}/${name}`, uid, gid);
}
