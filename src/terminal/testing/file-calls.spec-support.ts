import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ErrnoName, Result } from '../../protocol/errno.ts';
import { fail } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import type { TestProcess } from './test-process.spec-support.ts';

interface NoFollow {
  readonly noFollow?: boolean;
}

/** Node's errors as results. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return work();
  } catch (error) {
    return fail(((error as { code?: string }).code ?? 'EIO') as ErrnoName);
  }
}

/** A program of Drydock's own stands where the machine has one of the name. */
const isProgram = (self: TestProcess, name: string): boolean =>
  /^\/(usr\/)?bin\/[^/]+$/.test(name) && self.world.programs.has(path.basename(name));

/** Runs a change of the file system, unless it lies outside the directory that the world is confined to. */
export function change<T>(self: TestProcess, name: string, work: (target: string) => T): Result<T> {
  return attempt(() => {
    if (name === '') return fail('ENOENT');
    const target = self.resolve(name);
    return isOutside(self, target) ? fail('EACCES') : work(target);
  });
}

/** Devices, and where the shell keeps long here-documents. */
const OPEN_TO_ALL = /^\/dev\/(?:null|zero|fd\/\d+|std(?:in|out|err))$|^\/tmp\/sh-thd\.|^\/proc\/self\/fd\//;

function isOutside({ world }: TestProcess, target: string): boolean {
  if (world.confinedTo === undefined || OPEN_TO_ALL.test(target)) return false;
  const parent = path.dirname(target.replace(/\/+$/, ''));
  const real = attempt(() => path.join(fs.realpathSync(parent), path.basename(target)));
  const place = typeof real === 'string' ? real : target;
  if (place.startsWith(`${world.confinedTo}/`)) return false;
  world.escapes.push(place);
  return true;
}

function typeOf(found: fs.Stats | fs.Dirent): FileStat['type'] {
  if (found.isDirectory()) return 'directory';
  if (found.isSymbolicLink()) return 'symlink';
  if (found.isFIFO()) return 'fifo';
  if (found.isCharacterDevice()) return 'char';
  if (found.isBlockDevice()) return 'block';
  return found.isSocket() ? 'socket' : 'file';
}

export const toStat = (found: fs.Stats): FileStat => ({
  type: typeOf(found),
  device: found.dev,
  inode: found.ino,
  mode: found.mode & 0o7777,
  links: found.nlink,
  uid: found.uid,
  gid: found.gid,
  size: found.size,
  blocks: found.blocks,
  modifiedMs: found.mtimeMs,
  accessedMs: found.atimeMs,
  changedMs: found.ctimeMs,
});

const { R_OK, W_OK, X_OK } = fs.constants;

/** Calls that look at files. */
function lookingCalls(self: TestProcess) {
  const look = <T>(name: string, work: (target: string) => T): Result<T> =>
    attempt(() => (name === '' ? fail('ENOENT') : work(self.resolve(name))));
  return {
    cwd: () => self.directory,
    stat: (name: string) => look(name, (target) => toStat(fs.statSync(isProgram(self, name) ? '/bin/sh' : target))),
    lstat: (name: string) => look(name, (target) => toStat(fs.lstatSync(target))),
    access: (name: string, mode: { readonly execute?: boolean; readonly write?: boolean }) =>
      look(name, (target) => {
        if (!isProgram(self, name))
          fs.accessSync(target, mode.execute === true ? X_OK : mode.write === true ? W_OK : R_OK);
        return undefined;
      }),
    readdir: (name: string) =>
      look(name, (target) =>
        fs
          .readdirSync(target, { withFileTypes: true })
          .map((entry) => ({ name: entry.name, inode: 1, type: typeOf(entry) })),
      ),
    readFile: (name: string) => {
      const fd = name === '/dev/stdin' ? 0 : Number(/^\/dev\/fd\/(\d+)$/.exec(name)?.[1] ?? '-1');
      // A pipe is not read in one go.
      if (self.fds.get(fd)?.file.pipe !== undefined) return fail('EINVAL');
      return look(name, (target) => new Uint8Array(fs.readFileSync(target)));
    },
    readlink: (name: string) => look(name, (target) => fs.readlinkSync(target)),
    realpath: (name: string) => look(name, (target) => fs.realpathSync(target)),
    statfs: () => ({ type: 'ext4', totalBytes: 1e10, freeBytes: 5e9, inodes: 1e6, freeInodes: 5e5 }),
  };
}

/** Calls that change files. */
function changingCalls(self: TestProcess) {
  const onTwo = (from: string, to: string, work: (from: string, to: string) => void): Result<undefined> =>
    change(self, to, (target) => {
      work(self.resolve(from), target);
      return undefined;
    });
  const onOne = (name: string, work: (target: string) => void): Result<undefined> =>
    change(self, name, (target) => {
      work(target);
      return undefined;
    });
  return {
    writeFile: (
      name: string,
      bytes: Uint8Array,
      options?: { readonly append?: boolean; readonly mode?: number },
    ): Result<undefined> =>
      onOne(name, (target) => {
        const fresh = !fs.existsSync(target);
        fs.writeFileSync(target, bytes, { flag: options?.append === true ? 'a' : 'w' });
        if (fresh) fs.chmodSync(target, (options?.mode ?? 0o666) & ~self.mask);
      }),
    mkdir: (name: string, mode = 0o777) =>
      onOne(name, (target) => {
        fs.mkdirSync(target);
        fs.chmodSync(target, mode & ~self.mask);
      }),
    rmdir: (name: string) =>
      onOne(name, (target) => {
        fs.rmdirSync(target);
      }),
    unlink: (name: string) =>
      change(self, name, (target) => {
        if (fs.lstatSync(target).isDirectory()) return fail('EISDIR');
        fs.unlinkSync(target);
        return undefined;
      }),
    rename: (from: string, to: string) => {
      const allowed = change(self, from, () => undefined);
      return allowed ?? onTwo(from, to, fs.renameSync);
    },
    link: (from: string, to: string) => onTwo(from, to, fs.linkSync),
    symlink: (text: string, name: string) =>
      onOne(name, (target) => {
        fs.symlinkSync(text, target);
      }),
    chmod: (name: string, mode: number) =>
      onOne(name, (target) => {
        fs.chmodSync(target, mode);
      }),
    chown: (name: string, uid: number, gid: number, options: NoFollow = {}) =>
      onOne(name, (target) => {
        (options.noFollow === true ? fs.lchownSync : fs.chownSync)(target, uid, gid);
      }),
    utimes: (name: string, accessedMs: number, modifiedMs: number, options: NoFollow = {}) =>
      onOne(name, (target) => {
        (options.noFollow === true ? fs.lutimesSync : fs.utimesSync)(target, accessedMs / 1000, modifiedMs / 1000);
      }),
    truncate: (name: string, size: number) =>
      onOne(name, (target) => {
        fs.truncateSync(target, size);
      }),
    mknod: (name: string, type: FileStat['type'], mode: number) =>
      change(self, name, (target) => {
        if (type !== 'fifo') return fail('EPERM');
        if (fs.existsSync(target)) return fail('EEXIST');
        // Node has no call of its own for it.
        execFileSync('mkfifo', ['-m', (mode & ~self.mask).toString(8), target]);
        return undefined;
      }),
    mount: () => fail('EPERM'),
    umount: () => fail('EPERM'),
    chroot: () => undefined,
    sync: () => undefined,
    umask: (mask?: number) => {
      const old = self.mask;
      if (mask !== undefined) self.mask = mask;
      return old;
    },
    chdir: (name: string) =>
      attempt(() => {
        const target = fs.realpathSync(self.resolve(name));
        if (!fs.statSync(target).isDirectory()) return fail('ENOTDIR');
        self.directory = target;
        return undefined;
      }),
  };
}

export const fileCalls = (self: TestProcess) => ({ ...lookingCalls(self), ...changingCalls(self) });
