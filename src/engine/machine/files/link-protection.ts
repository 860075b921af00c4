/**
 * What directories that everybody may write to are kept safe from: links and files that somebody else has put there
 * (fs.protected_* of Documentation/admin-guide/sysctl/fs.rst; fs/namei.c). root is not excepted where owners differ.
 */
import type { Credentials } from '../../../protocol/program.ts';
import { mayAccess, owns } from './permissions.ts';
import type { Access } from './vnode.ts';

export type ProtectionName = 'hardlinks' | 'symlinks' | 'regular' | 'fifos';
/** The value of `fs.protected_NAME`. */
export type Protection = (name: ProtectionName) => number;

const STICKY = 0o1000;
const FOR_ALL = 0o002;
const FOR_GROUP = 0o020;
const SET_USER = 0o4000;
const SET_GROUP_AND_RUN = 0o2010;

/** may_follow_link: of a link at the end of a path, in its directory. */
export function mayFollow(protection: Protection, { uid }: Credentials, link: Access, directory: Access): boolean {
  const isShared = (directory.mode & STICKY) !== 0 && (directory.mode & FOR_ALL) !== 0;
  return !isShared || protection('symlinks') === 0 || uid === link.uid || directory.uid === link.uid;
}

/** may_linkat: of a further name for a file of somebody else's. */
export function mayLink(protection: Protection, credentials: Credentials, source: Access): boolean {
  if (protection('hardlinks') === 0 || owns(credentials, source)) return true;
  const { type, mode } = source;
  if (type !== 'file' || (mode & SET_USER) !== 0 || (mode & SET_GROUP_AND_RUN) === SET_GROUP_AND_RUN) return false;
  return mayAccess(credentials, source, 'read') && mayAccess(credentials, source, 'write');
}

/** may_create_in_sticky: of opening what is there already with O_CREAT. */
export function mayOpenToCreate(
  protection: Protection,
  { uid }: Credentials,
  file: Access,
  directory: Access,
): boolean {
  const level = file.type === 'fifo' ? protection('fifos') : file.type === 'file' ? protection('regular') : 0;
  if (level === 0 || (directory.mode & STICKY) === 0 || file.uid === directory.uid || file.uid === uid) return true;
  return (directory.mode & FOR_ALL) === 0 && !((directory.mode & FOR_GROUP) !== 0 && level >= 2);
}
