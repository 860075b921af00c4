/** The file system calls of one caller: a process, or a component acting as root. Checks permission, then acts. */
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { DirectoryEntry, FileStat, FileType, OpenFlags } from '../../../protocol/program.ts';
import { isReadOnly, type Place } from './mounts/mount-namespace.ts';
import { mayFollow, mayLink, mayOpenToCreate, type Protection } from './link-protection.ts';
import { hasCapability, mayAccess, owns, type AccessMode } from './permissions.ts';
import { SyntheticNode } from './file-systems/synthetic-fs.ts';
import { writeWhole, type Vnode } from './vnode.ts';
import { lookUp, walk, type Lookup, type Walker, type WalkOptions } from './walk.ts';

/** Larger files are read in parts; one that wants all at once finds no memory for it. */
const WHOLE_FILE_BOUND = 268_435_456;

export interface Opened {
  readonly place: Place;
  readonly created: boolean;
}

/** What the kernel tells the calls. */
export interface FileCaller {
  readonly walker: () => Walker;
  readonly umask: () => number;
  readonly magic: NonNullable<WalkOptions['magic']>;
  /** The protections of shared directories; without it there is none. */
  readonly protection?: Protection;
}

export class FileCalls {
  constructor(private readonly caller: FileCaller) {}

  stat(path: string, follow = true): Result<FileStat> {
    const place = this.walk(path, follow);
    return failed(place) ? place : place.node.stat();
  }

  walk(path: string, follow = true): Result<Place> {
    return walk(this.caller.walker(), path, this.#options(follow));
  }

  access(path: string, modes: readonly AccessMode[]): Result<void> {
    const place = this.walk(path);
    if (failed(place)) return place;
    const stat = place.node.stat();
    for (const mode of modes) {
      if (!mayAccess(this.#credentials, stat, mode)) return fail('EACCES');
      if (mode === 'write' && isReadOnly(place.mount) && (stat.type === 'file' || stat.type === 'directory'))
        return fail('EROFS');
    }
  }

  readdir(path: string): Result<readonly DirectoryEntry[]> {
    const place = this.walk(path);
    if (failed(place)) return place;
    if (place.node.type !== 'directory') return fail('ENOTDIR');
    if (!this.#may(place, 'read')) return fail('EACCES');
    return place.node.list();
  }

  /**
   * Finds or makes the file of open(2); the kernel makes a description of it. `asked`: whether O_CREAT is in the first call,
   * or in a second one after ENOENT.
   */
  open(path: string, flags: OpenFlags, mode = 0o666, asked: 'at once' | 'where missing' = 'at once'): Result<Opened> {
    const found = this.#lookUp(path, flags.noFollow !== true && !(flags.create === true && flags.exclusive === true));
    if (failed(found)) return found;
    const { place } = found;
    if (place === undefined) {
      if (flags.create !== true) return fail('ENOENT');
      if (found.slash) return fail('EISDIR');
      const made = this.#make(found, { type: 'file', mode: mode & ~this.caller.umask() & 0o7777 });
      return failed(made) ? made : { place: made, created: true };
    }
    const { node } = place;
    if (flags.create === true && flags.exclusive === true) return fail('EEXIST');
    if (node.type === 'symlink' && flags.noFollow === true) return fail('ELOOP');
    if ((flags.directory === true || found.slash) && node.type !== 'directory') return fail('ENOTDIR');
    const writes = flags.write === true || flags.append === true || flags.truncate === true;
    if (node.type === 'directory' && (writes || flags.create === true)) return fail('EISDIR');
    if (flags.create === true && asked === 'at once' && !this.#mayOpenToCreate(found.directory, place))
      return fail('EACCES');
    if (node.type === 'socket') return fail('ENXIO');
    if (node.type !== 'symlink') {
      const reads = flags.read === true || !writes;
      if (reads && !this.#may(place, 'read')) return fail('EACCES');
      if (writes && !this.#may(place, 'write')) return fail('EACCES');
    }
    if (writes && node.type === 'file' && isReadOnly(place.mount)) return fail('EROFS');
    if (flags.truncate === true && node.type === 'file') {
      const cut = node.truncate(0);
      if (failed(cut)) return cut;
    }
    return { place, created: false };
  }

  readFile(path: string): Result<Uint8Array> {
    const opened = this.open(path, { read: true });
    if (failed(opened)) return opened;
    const { node } = opened.place;
    if (node.type === 'directory') return fail('EISDIR');
    if (node.type !== 'file') return fail('EINVAL');
    return node.stat().size > WHOLE_FILE_BOUND ? fail('ENOMEM') : node.read(0, Infinity);
  }

  writeFile(
    path: string,
    bytes: Uint8Array,
    options: { readonly append?: boolean; readonly mode?: number } = {},
  ): Result<void> {
    const put = this.putFile(path, bytes, options);
    return failed(put) ? put : undefined;
  }

  /** As writeFile; answers whether the file is new. */
  putFile(
    path: string,
    bytes: Uint8Array,
    options: { readonly append?: boolean; readonly mode?: number },
  ): Result<boolean> {
    const append = options.append === true;
    const opened = this.open(path, { write: true, create: true, truncate: !append }, options.mode, 'where missing');
    if (failed(opened)) return opened;
    const { node } = opened.place;
    if (node.type !== 'file') return fail('EINVAL');
    const written = writeWhole(node, append ? node.stat().size : 0, bytes);
    return failed(written) ? written : opened.created;
  }

  mkdir(path: string, mode = 0o777): Result<void> {
    return this.#new(path, { type: 'directory', mode: mode & ~this.caller.umask() & 0o7777 });
  }

  /** Makes a directory in one that has been walked to already. */
  mkdirIn(directory: Place, name: string, mode: number): Result<Place> {
    if (directory.node.type !== 'directory') return fail('ENOTDIR');
    if (name.length > 255) return fail('ENAMETOOLONG');
    if (directory.node.lookup(name) !== undefined) return fail('EEXIST');
    return this.#make(
      { directory, name, place: undefined, slash: false },
      { type: 'directory', mode: mode & ~this.caller.umask() & 0o7777 },
    );
  }

  symlink(target: string, path: string): Result<void> {
    return target === '' ? fail('ENOENT') : this.#new(path, { type: 'symlink', mode: 0o777, target });
  }

  mknod(path: string, type: FileType, mode: number, rdev?: readonly [number, number]): Result<void> {
    if ((type === 'char' || type === 'block') && !hasCapability(this.#credentials, 'MKNOD')) return fail('EPERM');
    return this.#new(path, {
      type,
      mode: mode & ~this.caller.umask() & 0o7777,
      ...(rdev === undefined ? {} : { rdev }),
    });
  }

  unlink(path: string): Result<void> {
    const found = this.#lookUp(path, false);
    if (failed(found)) return found;
    if (found.place === undefined) return fail('ENOENT');
    if (found.place.node.type === 'directory') return fail('EISDIR');
    if (found.slash) return fail('ENOTDIR');
    return this.#remove(found);
  }

  rmdir(path: string): Result<void> {
    const found = this.#lookUp(path, false);
    if (failed(found)) return found;
    if (found.place === undefined) return fail('ENOENT');
    if (found.place.node.type !== 'directory') return fail('ENOTDIR');
    if (found.name === '') return fail(path.endsWith('.') && !path.endsWith('..') ? 'EINVAL' : 'EBUSY');
    return this.#remove(found);
  }

  rename(from: string, to: string): Result<void> {
    const source = this.#lookUp(from, false);
    const target = this.#lookUp(to, false);
    if (failed(source)) return source;
    if (failed(target)) return target;
    if (source.place === undefined) return fail('ENOENT');
    if (source.name === '' || target.name === '') return fail('EBUSY');
    if (source.directory.mount !== target.directory.mount) return fail('EXDEV');
    if (this.#isMountPoint(source) || (target.place !== undefined && this.#isMountPoint(target))) return fail('EBUSY');
    const allowed = this.#mayChange(source, source.place) ?? this.#mayChange(target, target.place);
    if (failed(allowed)) return allowed;
    if (target.slash && source.place.node.type !== 'directory') return fail('ENOTDIR');
    return source.directory.node.fs.rename(source.directory.node, source.name, target.directory.node, target.name);
  }

  link(existing: string, created: string): Result<void> {
    const source = this.walk(existing, false);
    const target = this.#lookUp(created, false);
    if (failed(source)) return source;
    if (failed(target)) return target;
    if (target.place !== undefined) return fail('EEXIST');
    if (source.node.type === 'directory') return fail('EPERM');
    if (source.mount !== target.directory.mount) return fail('EXDEV');
    const { protection } = this.caller;
    if (protection !== undefined && !mayLink(protection, this.#credentials, source.node.access)) return fail('EPERM');
    const allowed = this.#mayChange(target, undefined);
    if (failed(allowed)) return allowed;
    return target.directory.node.fs.link(target.directory.node, target.name, source.node);
  }

  readlink(path: string): Result<string> {
    const place = this.walk(path, false);
    if (failed(place)) return place;
    if (place.node.type !== 'symlink') return fail('EINVAL');
    const magic = place.node instanceof SyntheticNode ? place.node.entry.magic : undefined;
    const led = magic === undefined ? undefined : this.caller.magic(magic);
    return failed(led) ? led : place.node.target();
  }

  realpath(path: string): Result<string> {
    const place = this.walk(path);
    if (failed(place)) return place;
    return this.pathOf(place) ?? fail('ENOENT');
  }

  /** As the caller sees it, below its root. */
  pathOf(place: Place): string | undefined {
    const walker = this.caller.walker();
    return walker.namespace.pathOf(place, walker.root);
  }

  chmod(path: string, mode: number): Result<void> {
    return this.#changed(this.walk(path), (place, stat) => {
      if (!owns(this.#credentials, stat)) return fail('EPERM');
      // Without CAP_FSETID a set-group-id bit for a foreign group is dropped silently (chmod(2)).
      const { uid, gid, groups } = this.#credentials;
      const foreign = uid !== 0 && gid !== stat.gid && !groups.includes(stat.gid);
      return place.node.change({ mode: mode & (foreign ? 0o5777 : 0o7777) });
    });
  }

  chown(path: string, uid: number, gid: number, follow = true): Result<void> {
    return this.#changed(this.walk(path, follow), (place, stat) => {
      const credentials = this.#credentials;
      if (!hasCapability(credentials, 'CHOWN')) {
        const ownGroup = gid === -1 || gid === stat.gid || gid === credentials.gid || credentials.groups.includes(gid);
        if (credentials.uid !== stat.uid || (uid !== -1 && uid !== stat.uid) || !ownGroup) return fail('EPERM');
      }
      return place.node.change({
        ...(uid === -1 ? {} : { uid }),
        ...(gid === -1 ? {} : { gid }),
        ...(stat.type === 'file' && (stat.mode & 0o111) !== 0 ? { mode: stat.mode & 0o1777 } : {}),
      });
    });
  }

  utimes(path: string, accessedMs: number, modifiedMs: number, follow = true): Result<void> {
    return this.#changed(this.walk(path, follow), (place, stat) => {
      if (!owns(this.#credentials, stat) && !mayAccess(this.#credentials, stat, 'write')) return fail('EACCES');
      return place.node.change({ accessedMs, modifiedMs });
    });
  }

  truncate(path: string, size: number): Result<void> {
    return this.#changed(this.walk(path), (place, stat) => {
      if (stat.type === 'directory') return fail('EISDIR');
      if (stat.type !== 'file') return fail('EINVAL');
      if (!mayAccess(this.#credentials, stat, 'write')) return fail('EACCES');
      return place.node.truncate(size);
    });
  }

  get #credentials(): Walker['credentials'] {
    return this.caller.walker().credentials;
  }

  #lookUp(path: string, follow: boolean): Result<Lookup> {
    return lookUp(this.caller.walker(), path, this.#options(follow));
  }

  #options(follow: boolean): WalkOptions {
    const { magic, protection } = this.caller;
    return {
      follow,
      magic,
      ...(protection === undefined
        ? {}
        : { mayFollow: (link, directory) => mayFollow(protection, this.#credentials, link, directory) }),
    };
  }

  #mayOpenToCreate({ node: directory }: Place, { node }: Place): boolean {
    const { protection } = this.caller;
    return protection === undefined || mayOpenToCreate(protection, this.#credentials, node.access, directory.access);
  }

  #may(place: Place, mode: AccessMode): boolean {
    return this.#credentials.capabilities === 'all' || mayAccess(this.#credentials, place.node.access, mode);
  }

  #changed(place: Result<Place>, act: (place: Place, stat: FileStat) => Result<void>): Result<void> {
    if (failed(place)) return place;
    return isReadOnly(place.mount) ? fail('EROFS') : act(place, place.node.stat());
  }

  /** Whether entries of the directory may be changed, with the sticky bit's rule for `victim`. */
  #mayChange({ directory }: Lookup, victim: Place | undefined): Result<void> {
    if (isReadOnly(directory.mount)) return fail('EROFS');
    if (!this.#may(directory, 'write') || !this.#may(directory, 'execute')) return fail('EACCES');
    if (victim === undefined) return undefined;
    const stat = directory.node.access;
    if ((stat.mode & 0o1000) === 0 || hasCapability(this.#credentials, 'FOWNER')) return undefined;
    const { uid } = this.#credentials;
    return uid === stat.uid || uid === victim.node.access.uid ? undefined : fail('EPERM');
  }

  #isMountPoint({ directory, name }: Lookup): boolean {
    const node = directory.node.lookup(name);
    return node !== undefined && this.caller.walker().namespace.isCovered({ mount: directory.mount, node });
  }

  #remove(found: Lookup): Result<void> {
    const allowed = this.#mayChange(found, found.place);
    if (failed(allowed)) return allowed;
    if (this.#isMountPoint(found)) return fail('EBUSY');
    return found.directory.node.fs.remove(found.directory.node, found.name);
  }

  #new(
    path: string,
    spec: {
      readonly type: FileType;
      readonly mode: number;
      readonly target?: string;
      readonly rdev?: readonly [number, number];
    },
  ): Result<void> {
    const found = this.#lookUp(path, false);
    if (failed(found)) return found;
    if (found.place !== undefined) return fail('EEXIST');
    if (found.slash && spec.type !== 'directory') return fail('ENOENT');
    const made = this.#make(found, spec);
    return failed(made) ? made : undefined;
  }

  #make(
    found: Lookup,
    spec: {
      readonly type: FileType;
      readonly mode: number;
      readonly target?: string;
      readonly rdev?: readonly [number, number];
    },
  ): Result<Place> {
    const allowed = this.#mayChange(found, undefined);
    if (failed(allowed)) return allowed;
    const { uid, gid } = this.#credentials;
    const { node } = found.directory;
    const parent = node.access;
    const inherits = (parent.mode & 0o2000) !== 0;
    // Always of one shape: this is among the most frequent allocations of a starting container.
    const made: Result<Vnode> = node.fs.create(node, found.name, {
      type: spec.type,
      mode: inherits && spec.type === 'directory' ? spec.mode | 0o2000 : spec.mode,
      uid,
      gid: inherits ? parent.gid : gid,
      target: spec.target,
      rdev: spec.rdev,
    });
    return failed(made) ? made : { mount: found.directory.mount, node: made };
  }
}
