import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { DirectoryEntry, FileStat, FileType } from '../../../protocol/program.ts';
import { FileCalls } from './file-calls.ts';
import type { FileTree } from './trees/file-tree.ts';
import type { HostFiles } from './host-files.ts';
import { Inode } from './file-systems/inode.ts';
import { InodeFs } from './file-systems/inode-fs.ts';
import type { FileView, LazyOptions, WriteOptions } from './interface.ts';
import type { Place } from './mounts/mount-namespace.ts';
import { lookUp, type Walker } from './walk.ts';

/** Files as the host's root sees them: what components use. */
export class ComponentView implements FileView {
  readonly #calls: FileCalls;
  constructor(
    private readonly files: HostFiles,
    private readonly walker: () => Walker,
  ) {
    this.#calls = new FileCalls({ walker, umask: () => 0, magic: () => undefined });
  }

  read(path: string): Result<Uint8Array> {
    return this.#calls.readFile(path);
  }

  readText(path: string): Result<string> {
    const bytes = this.read(path);
    return failed(bytes) ? bytes : decodeUtf8(bytes);
  }

  write(path: string, content: Uint8Array | string, options: WriteOptions = {}): Result<void> {
    if (options.parents === true) {
      const made = this.mkdirp(dirname(path));
      if (failed(made)) return made;
    }
    const written = this.#calls.putFile(path, typeof content === 'string' ? encodeUtf8(content) : content, {
      append: options.append === true,
      mode: options.mode ?? 0o644,
    });
    if (failed(written)) return written;
    // A new file has its mode already: components have no umask.
    if (options.mode !== undefined && !written) this.chmod(path, options.mode);
    if (options.uid !== undefined || options.gid !== undefined)
      return this.chown(path, options.uid ?? -1, options.gid ?? -1);
  }

  writeLazily(path: string, make: () => string, options: LazyOptions = {}): Result<void> {
    const written = this.write(path, '', options);
    const place = failed(written) ? written : this.#calls.walk(path);
    if (failed(place)) return place;
    if (!(place.node instanceof Inode)) return this.write(path, make(), options);
    place.node.promise(() => encodeUtf8(make()), options.sizeBytes);
  }

  replace(path: string, content: Uint8Array | string, options: WriteOptions = {}): Result<void> {
    const beside = `${dirname(path)}/.${path.slice(path.lastIndexOf('/') + 1)}.tmp`;
    const written = this.write(beside, content, options);
    return failed(written) ? written : this.rename(beside, path);
  }

  exists(path: string): boolean {
    return !failed(this.#calls.walk(path));
  }

  stat(path: string): Result<FileStat> {
    return this.#calls.stat(path);
  }

  typeOf(path: string): Result<FileType> {
    const place = this.#calls.walk(path);
    return failed(place) ? place : place.node.type;
  }

  lstat(path: string): Result<FileStat> {
    return this.#calls.stat(path, false);
  }

  list(path: string): Result<readonly DirectoryEntry[]> {
    return this.#calls.readdir(path);
  }

  mkdirp(path: string, options: Pick<WriteOptions, 'mode' | 'uid' | 'gid'> = {}): Result<void> {
    const made = this.#ensure(path, options);
    return failed(made) ? made : undefined;
  }

  /** The place of a directory, which is made where it is missing. */
  #ensure(path: string, options: Pick<WriteOptions, 'mode' | 'uid' | 'gid'>): Result<Place> {
    const found = lookUp(this.walker(), path, { partial: true });
    if (failed(found)) return found;
    if (found.place !== undefined)
      return found.slash && found.place.node.type !== 'directory' ? fail('ENOTDIR') : found.place;
    const names = [found.name, ...(found.rest ?? '').split('/').filter((name) => name !== '')];
    let made = found.directory;
    for (const [index, name] of names.entries()) {
      if (name === '.' || name === '..') return fail('ENOENT');
      const mode = index === names.length - 1 ? options.mode : undefined;
      const next = this.#calls.mkdirIn(made, name, mode ?? 0o755);
      if (failed(next)) return next;
      made = next;
    }
    if (options.uid !== undefined || options.gid !== undefined) this.chown(path, options.uid ?? -1, options.gid ?? -1);
    return made;
  }

  symlink(target: string, path: string): Result<void> {
    return this.#calls.symlink(target, path);
  }

  readlink(path: string): Result<string> {
    return this.#calls.readlink(path);
  }

  realpath(path: string): Result<string> {
    return this.#calls.realpath(path);
  }

  rename(from: string, to: string): Result<void> {
    return this.#calls.rename(from, to);
  }

  chmod(path: string, mode: number): Result<void> {
    return this.#calls.chmod(path, mode);
  }

  chown(path: string, uid: number, gid: number, follow = true): Result<void> {
    return this.#calls.chown(path, uid, gid, follow);
  }

  mknod(
    path: string,
    type: 'fifo' | 'char' | 'block' | 'socket',
    mode: number,
    rdev?: readonly [number, number],
  ): Result<void> {
    return this.#calls.mknod(path, type, mode, rdev);
  }

  remove(path: string, options: { readonly recursive?: boolean } = {}): Result<void> {
    const found = lookUp(this.walker(), path, { follow: false });
    if (failed(found))
      return options.recursive === true && (found.errno === 'ENOENT' || found.errno === 'ENOTDIR') ? undefined : found;
    const { directory, name, place } = found;
    if (place === undefined) return options.recursive === true ? undefined : fail('ENOENT');
    if (name === '') return fail('EBUSY');
    if (place.node.type !== 'directory') return this.#calls.unlink(path);
    if (options.recursive !== true) return this.#calls.rmdir(path);
    const { fs } = directory.node;
    if (fs instanceof InodeFs && directory.node instanceof Inode && place.mount === directory.mount) {
      fs.prune(directory.node, name);
      return undefined;
    }
    for (const entry of place.node.list()) {
      const removed = this.remove(`${path}/${entry.name}`, options);
      if (failed(removed)) return removed;
    }
    return this.#calls.rmdir(path);
  }

  usage(path: string): { bytes: number; inodes: number } {
    const place = this.#calls.walk(path, false);
    if (failed(place)) return { bytes: 0, inodes: 0 };
    if (place.node instanceof Inode) return place.node.usage();
    if (place.node.type !== 'directory') return { bytes: place.node.stat().size, inodes: 1 };
    let bytes = 0;
    let inodes = 1;
    for (const { name } of place.node.list()) {
      const below = this.usage(`${path}/${name}`);
      bytes += below.bytes;
      inodes += below.inodes;
    }
    return { bytes, inodes };
  }

  graft(path: string, tree: FileTree): Result<void> {
    const parents = this.mkdirp(dirname(path));
    if (failed(parents)) return parents;
    const found = lookUp(this.walker(), path, { follow: false });
    if (failed(found)) return found;
    if (found.place !== undefined) return fail('EEXIST');
    const { node } = found.directory;
    return node instanceof Inode ? node.fs.graft(node, found.name, tree) : fail('EOPNOTSUPP');
  }

  /** The host's files behind the view. */
  get host(): HostFiles {
    return this.files;
  }
}

function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const cut = trimmed.lastIndexOf('/');
  return cut <= 0 ? '/' : trimmed.slice(0, cut);
}
