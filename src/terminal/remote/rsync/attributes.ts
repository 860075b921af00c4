/** Permissions, owner, group and times of what the receiver has, made like the sender's as far as options ask. */
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { CHANGE, type Changes } from './changes.ts';
import type { ListEntry } from './file-list.ts';
import type { RsyncOptions } from './options.ts';

/** Whether times of such an entry are kept. */
const keepsTime = ({ type }: ListEntry, options: RsyncOptions): boolean =>
  options.has('t') && !(type === 'directory' && options.has('O')) && !(type === 'symlink' && options.has('J'));

/** Times are compared by whole seconds. */
export const sameTime = (a: { readonly modifiedMs: number }, b: { readonly modifiedMs: number }): boolean =>
  Math.floor(a.modifiedMs / 1_000) === Math.floor(b.modifiedMs / 1_000);

/** The permissions that an entry asks for: its own with -p, and with -E whether it may be executed. */
function wantedMode({ type, mode }: ListEntry, stat: FileStat, options: RsyncOptions): number {
  if (type === 'symlink') return stat.mode;
  if (options.has('p')) return mode;
  if (!options.has('E') || type !== 'file' || ((mode ^ stat.mode) & 0o111) === 0) return stat.mode;
  return (mode & 0o111) === 0 ? stat.mode & ~0o111 : stat.mode | ((stat.mode & 0o444) >> 2);
}

const isSuperuser = (process: Process): boolean => process.credentials().uid === 0;

/** The group can be given to a file by root, and by its members. */
function mayGive(process: Process, gid: number): boolean {
  const { uid, gid: own, groups } = process.credentials();
  return uid === 0 || gid === own || groups.includes(gid);
}

/** What differs between an entry and what is in its place. */
export function differences(process: Process, entry: ListEntry, stat: FileStat, options: RsyncOptions): Changes {
  let changes = 0;
  if (keepsTime(entry, options) && !sameTime(stat, entry)) changes |= CHANGE.time;
  if (wantedMode(entry, stat, options) !== stat.mode) changes |= CHANGE.perms;
  if (options.has('o') && isSuperuser(process) && stat.uid !== entry.uid) changes |= CHANGE.owner;
  if (options.has('g') && mayGive(process, entry.gid) && stat.gid !== entry.gid) changes |= CHANGE.group;
  return changes;
}

/** What could not be set, in rsync's words, and why. */
export interface AttributeProblem {
  readonly what: (name: string) => string;
  readonly failure: SysFailure;
}

/** Sets what differs; a directory's times wait until nothing more is put into it. */
export function setAttributes(
  process: Process,
  path: string,
  entry: ListEntry,
  options: RsyncOptions,
): AttributeProblem | undefined {
  const stat = process.lstat(path);
  if (failed(stat)) return { what: (name) => `stat ${name} failed`, failure: stat };
  const changes = differences(process, entry, stat, options);
  if ((changes & (CHANGE.owner | CHANGE.group)) !== 0) {
    const uid = (changes & CHANGE.owner) === 0 ? stat.uid : entry.uid;
    const gid = (changes & CHANGE.group) === 0 ? stat.gid : entry.gid;
    const done = process.chown(path, uid, gid, { noFollow: true });
    const call = (changes & CHANGE.owner) === 0 ? 'chgrp' : 'chown';
    if (failed(done)) return { what: (name) => `${call} ${name} failed`, failure: done };
  }
  if ((changes & CHANGE.perms) !== 0) {
    const done = process.chmod(path, wantedMode(entry, stat, options));
    if (failed(done)) return { what: (name) => `failed to set permissions on ${name}`, failure: done };
  }
  return entry.type === 'directory' ? undefined : setTime(process, path, entry, options);
}

export function setTime(
  process: Process,
  path: string,
  entry: ListEntry,
  options: RsyncOptions,
): AttributeProblem | undefined {
  if (!keepsTime(entry, options)) return undefined;
  const now = Math.floor(process.time().realtimeUs / 1_000);
  const done = process.utimes(path, now, entry.modifiedMs, { noFollow: true });
  return failed(done) ? { what: (name) => `failed to set times on ${name}`, failure: done } : undefined;
}
