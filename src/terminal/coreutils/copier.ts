import { failed, strerror } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import type { Invocation } from './command.ts';
import { copyData, copyStream } from './copy-data.ts';
import { joinPath, trimSlash } from './paths.ts';
import { keepBackup } from './transfer.ts';

/** Copies files and trees as cp's options say; what went wrong is told and shows in `status`. */
export class Copier {
  readonly #call: Invocation;
  readonly #archive: boolean;
  status = 0;

  constructor(call: Invocation, { archive }: { readonly archive: boolean }) {
    this.#call = call;
    this.#archive = archive;
  }

  get #recursive(): boolean {
    const { options } = this.#call;
    return this.#archive || options.has('r') || options.has('R');
  }

  async copy(source: string, destination: string, top: boolean): Promise<void> {
    const { process, options, flavour } = this.#call;
    const keepLinks =
      this.#archive || options.has('d') || options.has('P') || (this.#recursive && !top && !options.has('L'));
    const stat = keepLinks ? process.lstat(source) : process.stat(source);
    if (failed(stat)) {
      await this.#fault(`${flavour === 'busybox' ? "can't" : 'cannot'} stat '${source}': ${strerror(stat)}`);
      return;
    }
    const old = process.stat(destination);
    if (!failed(old) && old.inode === stat.inode && old.device === stat.device && stat.type !== 'symlink')
      await this.#fault(`'${source}' and '${destination}' are the same file`);
    else if (stat.type === 'directory') await this.#copyDirectory(source, destination, stat, old);
    else await this.#copyOther(source, destination, stat, old);
  }

  async #copyDirectory(source: string, destination: string, stat: FileStat, old: Result<FileStat>): Promise<void> {
    const { process, options, io, flavour } = this.#call;
    const obstacle = this.#obstacleTo(source, destination, old);
    if (obstacle !== undefined) {
      await this.#fault(obstacle);
      return;
    }
    if (failed(old)) {
      const made = process.mkdir(destination, (stat.mode & 0o777) | 0o700);
      if (failed(made)) {
        await this.#fault(
          `${flavour === 'busybox' ? "can't" : 'cannot'} create directory '${destination}': ${strerror(made)}`,
        );
        return;
      }
    }
    if (options.has('v')) io.line(`'${source}' -> '${destination}'`);
    const entries = process.readdir(source);
    if (!failed(entries))
      for (const { name } of entries) await this.copy(joinPath(source, name), joinPath(destination, name), false);
    this.#preserve(destination, stat);
  }

  #obstacleTo(source: string, destination: string, old: Result<FileStat>): string | undefined {
    const { process, flavour } = this.#call;
    if (!this.#recursive)
      return flavour === 'busybox'
        ? `omitting directory '${source}'`
        : `-r not specified; omitting directory '${source}'`;
    if (!failed(old) && old.type !== 'directory')
      return `cannot overwrite non-directory '${destination}' with directory '${source}'`;
    const absolute = (path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);
    if (`${absolute(destination)}/`.startsWith(`${absolute(trimSlash(source))}/`))
      return `cannot copy a directory, '${source}', into itself, '${destination}'`;
    return undefined;
  }

  async #copyOther(source: string, destination: string, stat: FileStat, old: Result<FileStat>): Promise<void> {
    const { process, options, io } = this.#call;
    if (!failed(old)) {
      if (options.has('n')) return;
      if (options.has('u') && old.modifiedMs >= stat.modifiedMs) return;
      if (old.type === 'directory') {
        await this.#fault(`cannot overwrite directory '${destination}' with non-directory`);
        return;
      }
    }
    const backup = keepBackup(this.#call, destination);
    const done = await this.#copyFile(source, destination, stat);
    if (failed(done)) {
      const unreadable = done.errno === 'EACCES' && failed(process.access(source, { read: true }));
      const [unable, reading, file] =
        this.#call.flavour === 'busybox' ? ["can't", '', ''] : ['cannot', ' for reading', 'regular file '];
      await this.#fault(
        unreadable
          ? `${unable} open '${source}'${reading}: ${strerror(done)}`
          : done.errno === 'ENOSPC' && this.#call.flavour === 'gnu' && !failed(process.stat(destination))
            ? `error copying '${source}' to '${destination}': ${strerror(done)}`
            : `${unable} create ${file}'${destination}': ${strerror(done)}`,
      );
      return;
    }
    if (options.has('v'))
      io.line(`'${source}' -> '${destination}'${backup === undefined ? '' : ` (backup: '${backup}')`}`);
    if (stat.type !== 'symlink') this.#preserve(destination, stat);
  }

  async #copyFile(source: string, destination: string, stat: FileStat): Promise<Result<void>> {
    const { process, options, flavour } = this.#call;
    if (stat.type === 'symlink') {
      const target = process.readlink(source);
      if (failed(target)) return target;
      process.unlink(destination);
      return process.symlink(target, destination);
    }
    if (options.has('l')) return process.link(source, destination);
    if (options.has('s')) return process.symlink(source, destination);
    if (stat.type === 'fifo' && this.#recursive) return process.mknod(destination, 'fifo', stat.mode);
    const isReadable = !failed(process.access(source, { read: true }));
    if (options.has('f') && isReadable && failed(process.access(destination, { write: true })))
      process.unlink(destination);
    if (stat.type !== 'file') return await copyStream(process, source, destination, stat);
    if (flavour === 'gnu' && stat.blocks * 512 < stat.size) return await copyData(process, source, destination, stat);
    const bytes = process.readFile(source);
    return failed(bytes) ? bytes : process.writeFile(destination, bytes, { mode: stat.mode });
  }

  #preserve(destination: string, stat: FileStat): void {
    const { process, options } = this.#call;
    if (!this.#archive && !options.has('p') && !options.has('preserve')) return;
    process.chown(destination, stat.uid, stat.gid);
    process.chmod(destination, stat.mode);
    process.utimes(destination, stat.accessedMs, stat.modifiedMs);
  }

  async #fault(text: string): Promise<void> {
    this.status = 1;
    await this.#call.io.warn(text);
  }
}
