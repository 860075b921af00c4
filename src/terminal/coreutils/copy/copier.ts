import { failed, strerror } from '../../../protocol/errno.ts';
import type { Result, SysFailure } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation } from '../command.ts';
import { copyContent } from './copy-data.ts';
import type { CopySettings } from './copy-settings.ts';
import { modeText } from '../files/mode-text.ts';
import { joinPath, trimSlash } from '../paths/paths.ts';
import { Questions } from '../questions.ts';
import type { Backups } from './transfer.ts';
import { quoteName } from '../quoting.ts';

/** Copies files and trees as cp's settings say; what went wrong is told and shows in `status`. */
export class Copier {
  readonly #call: Invocation;
  readonly #settings: CopySettings;
  readonly #backups: Backups;
  readonly #questions: Questions;
  /** Copies of earlier operands, by name and identity. */
  readonly #made = new Set<string>();
  /** First copies of files, by the identity of what was copied. */
  readonly #linked = new Map<string, string>();
  /** Where the operand lies that is being copied, and the directory that becomes its copy. */
  #device = 0;
  #operand = '';
  #target = '';
  #copyRoot: string | undefined;
  status = 0;

  constructor(call: Invocation, settings: CopySettings, backups: Backups) {
    this.#call = call;
    this.#settings = settings;
    this.#backups = backups;
    this.#questions = new Questions(call.io);
  }

  /** Copies what one operand names. */
  async copyOperand(source: string, destination: string): Promise<void> {
    const found = this.#call.process.lstat(source);
    if (!failed(found)) this.#device = found.device;
    this.#copyRoot = undefined;
    [this.#operand, this.#target] = [source, destination];
    await this.#copy(source, this.#ownBackup(source, destination) ?? destination, true);
  }

  /** With force and backups, a file copied onto itself becomes its own backup. */
  #ownBackup(source: string, destination: string): string | undefined {
    if (!this.#settings.force || source !== destination) return undefined;
    const found = this.#call.process.lstat(source);
    return !failed(found) && found.type === 'file' ? this.#backups.nameFor(source) : undefined;
  }

  get #unable(): string {
    return this.#call.flavour === 'busybox' ? "can't" : 'cannot';
  }

  async #copy(source: string, destination: string, isOperand: boolean): Promise<void> {
    const { process, flavour } = this.#call;
    const { follow } = this.#settings;
    const follows = follow === 'all' || (follow === 'operands' && isOperand);
    const stat = follows ? process.stat(source) : process.lstat(source);
    if (failed(stat)) {
      await this.#fault(`${this.#unable} stat ${quoteName(source)}: ${strerror(stat)}`);
      return;
    }
    const old = process.stat(destination);
    if (failed(old) && old.errno !== 'ENOENT' && old.errno !== 'ELOOP')
      await this.#fault(`${this.#unable} stat ${quoteName(destination)}: ${strerror(old)}`);
    else if (!failed(old) && this.#isSameFile(source, destination, stat, old))
      await this.#fault(`${quoteName(source)} and ${quoteName(destination)} are the same file`);
    else if (stat.type === 'directory') await this.#copyDirectory(source, destination, stat, old);
    else if (flavour === 'gnu' && isOperand && this.#isJustMade(destination))
      await this.#fault(`will not overwrite just-created ${quoteName(destination)} with ${quoteName(source)}`);
    else await this.#copyOther(source, destination, stat, old);
    const made = isOperand ? process.lstat(destination) : undefined;
    if (made !== undefined && !failed(made)) this.#made.add(`${destination} ${identity(made)}`);
  }

  /** A file is no obstacle to a copy of itself where it is moved away or removed first. */
  #isSameFile(source: string, destination: string, stat: FileStat, old: FileStat): boolean {
    if (identity(old) !== identity(stat) || stat.type === 'symlink') return false;
    const { process } = this.#call;
    const target = process.lstat(destination);
    const isLink = !failed(target) && target.type === 'symlink';
    if (this.#settings.make === 'link' && !isLink) return source === destination;
    if (this.#settings.make === 'symlink' && isLink) return !this.#settings.force;
    if (source !== destination && (this.#settings.removeDestination || this.#settings.force) && !isLink)
      return stat.links === 1;
    return !(isLink && this.#settings.removeDestination);
  }

  #isJustMade(destination: string): boolean {
    const found = this.#call.process.lstat(destination);
    return !failed(found) && found.type !== 'directory' && this.#made.has(`${destination} ${identity(found)}`);
  }

  async #copyDirectory(source: string, destination: string, stat: FileStat, old: Result<FileStat>): Promise<void> {
    const { process } = this.#call;
    const obstacle = this.#obstacleTo(source, destination, old);
    if (obstacle !== undefined) {
      await this.#fault(obstacle);
      return;
    }
    if (identity(stat) === this.#copyRoot) {
      // busybox passes over it in silence.
      const into = `cannot copy a directory, ${quoteName(this.#operand)}, into itself, ${quoteName(this.#target)}`;
      if (this.#call.flavour === 'gnu') await this.#fault(into);
      return;
    }
    const mode = this.#settings.freshMode ? 0o777 : stat.mode;
    if (failed(old)) {
      const made = process.mkdir(destination, (mode & 0o777) | 0o700);
      if (failed(made)) {
        await this.#fault(`${this.#unable} create directory ${quoteName(destination)}: ${strerror(made)}`);
        return;
      }
      if (this.#settings.tells === 'moves') this.#call.io.line(`created directory ${quoteName(destination)}`);
      else this.#tell(source, destination);
    }
    const made = process.lstat(destination);
    if (!failed(made)) this.#copyRoot ??= identity(made);
    if (!this.#settings.oneFileSystem || stat.device === this.#device) {
      const entries = process.readdir(source);
      if (failed(entries)) await this.#fault(`${this.#unable} access ${quoteName(source)}: ${strerror(entries)}`);
      else for (const { name } of entries) await this.#copy(joinPath(source, name), joinPath(destination, name), false);
    }
    if (failed(old)) process.chmod(destination, mode & ~process.umask());
    this.#preserve(destination, stat);
  }

  #obstacleTo(source: string, destination: string, old: Result<FileStat>): string | undefined {
    const { process, flavour } = this.#call;
    if (!this.#settings.recursive)
      return flavour === 'busybox'
        ? `omitting directory ${quoteName(source)}`
        : `-r not specified; omitting directory ${quoteName(source)}`;
    if (!failed(old) && old.type !== 'directory')
      return `cannot overwrite non-directory ${quoteName(destination)} with directory ${quoteName(source)}`;
    const absolute = (path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);
    if (`${absolute(destination)}/`.startsWith(`${absolute(trimSlash(source))}/`))
      return `cannot copy a directory, ${quoteName(source)}, into itself, ${quoteName(destination)}`;
    return undefined;
  }

  async #copyOther(source: string, destination: string, stat: FileStat, old: Result<FileStat>): Promise<void> {
    const { process, io, flavour } = this.#call;
    if (!failed(old)) {
      if (old.type === 'directory') {
        await this.#fault(`cannot overwrite directory ${quoteName(destination)} with non-directory`);
        return;
      }
      if (!(await this.#mayReplace(destination, stat, old))) return;
    }
    const backup = this.#backups.keep(destination);
    if (this.#settings.removeDestination && backup === undefined && !failed(process.lstat(destination))) {
      const removed = process.unlink(destination);
      if (failed(removed)) {
        await this.#fault(`cannot remove ${quoteName(destination)}: ${strerror(removed)}`);
        return;
      }
      if (this.#settings.tells === 'copies') io.line(`removed ${quoteName(destination)}`);
    }
    const isDangling = failed(process.stat(destination)) && !failed(process.lstat(destination));
    if (isDangling && flavour === 'gnu' && stat.type !== 'symlink' && this.#settings.make === 'copy') {
      await this.#fault(`not writing through dangling symlink ${quoteName(destination)}`);
      return;
    }
    this.#tell(source, destination, backup);
    const done = await this.#make(source, destination, stat);
    if (failed(done)) await this.#fault(this.#cannotMake(source, destination, done));
    else if (this.#settings.make === 'copy' && stat.type !== 'symlink') this.#preserve(destination, stat);
  }

  /** Whether the settings, or who is asked, let a file that is there be overwritten. */
  async #mayReplace(destination: string, stat: FileStat, old: FileStat): Promise<boolean> {
    const { existing, force } = this.#settings;
    if (existing === 'keep') return false;
    if (existing === 'replace-older') return old.modifiedMs < stat.modifiedMs;
    if (existing !== 'ask') return true;
    if (this.#call.flavour === 'busybox' || !failed(this.#call.process.access(destination, { write: true })))
      return await this.#questions.agrees(`overwrite ${quoteName(destination)}?`);
    const octal = old.mode.toString(8).padStart(4, '0');
    const letters = modeText(old).slice(1);
    return await this.#questions.agrees(
      force || this.#settings.removeDestination
        ? `replace ${quoteName(destination)}, overriding mode ${octal} (${letters})?`
        : `unwritable ${quoteName(destination)} (mode ${octal}, ${letters}); try anyway?`,
    );
  }

  async #make(source: string, destination: string, stat: FileStat): Promise<Result<void>> {
    const { process, io } = this.#call;
    const { make, force, tells } = this.#settings;
    if (stat.type === 'symlink' || make === 'link' || make === 'symlink') {
      const isForced = force || stat.type === 'symlink';
      if (isForced && !failed(process.lstat(destination))) process.unlink(destination);
      if (make === 'link') return process.link(source, destination);
      const target = make === 'symlink' ? this.#linkTarget(source, destination) : process.readlink(source);
      return failed(target) ? target : process.symlink(target, destination);
    }
    const isReadable = !failed(process.access(source, { read: true }));
    if (force && isReadable && !failed(process.lstat(destination)))
      if (failed(process.access(destination, { write: true })) && !failed(process.unlink(destination)))
        if (tells === 'copies') io.line(`removed ${quoteName(destination)}`);
    const earlier =
      stat.links > 1 && this.#settings.preserve.has('links') ? this.#linked.get(identity(stat)) : undefined;
    if (earlier !== undefined) {
      process.unlink(destination);
      return process.link(earlier, destination);
    }
    this.#linked.set(identity(stat), destination);
    return await this.#makeCopy(source, destination, stat);
  }

  async #makeCopy(source: string, destination: string, stat: FileStat): Promise<Result<void>> {
    const { process } = this.#call;
    const { recursive, contents, freshMode } = this.#settings;
    const mode = freshMode ? 0o666 : stat.mode & 0o777;
    if (stat.type === 'fifo' && recursive && !contents) return process.mknod(destination, 'fifo', mode);
    if ((stat.type === 'char' || stat.type === 'block') && recursive && !contents)
      return process.mknod(destination, stat.type, mode, stat.rdev);
    if (this.#settings.attributesOnly || this.#settings.make === 'clone') {
      const fd = process.open(destination, { write: true, create: true }, mode);
      if (failed(fd)) return fd;
      process.close(fd);
      // No file system here shares blocks.
      return this.#settings.make === 'clone' ? { errno: 'EOPNOTSUPP' } : undefined;
    }
    return await copyContent(process, source, destination, { ...stat, mode }, this.#settings.sparse);
  }

  /** A link into another directory would not lead back by a relative name. */
  #linkTarget(source: string, destination: string): Result<string> {
    return source.startsWith('/') || !trimSlash(destination).replace(/^\.\//, '').includes('/')
      ? source
      : { errno: 'EXDEV' };
  }

  #cannotMake(source: string, destination: string, failure: SysFailure): string {
    const { process, flavour } = this.#call;
    const text = strerror(failure);
    const [reading, file] = flavour === 'busybox' ? ['', ''] : [' for reading', 'regular file '];
    if (this.#settings.make === 'clone' && failure.errno === 'EOPNOTSUPP')
      return `failed to clone ${quoteName(destination)} from ${quoteName(source)}: ${text}`;
    if (this.#settings.make === 'symlink' && failure.errno === 'EXDEV')
      return `${destination}: can make relative symbolic links only in current directory`;
    if (this.#settings.make === 'symlink')
      return `cannot create symbolic link ${quoteName(destination)} to ${quoteName(source)}: ${text}`;
    if (this.#settings.make === 'link')
      return `cannot create hard link ${quoteName(destination)} to ${quoteName(source)}: ${text}`;
    if (failure.errno === 'EACCES' && failed(process.access(source, { read: true })))
      return `${this.#unable} open ${quoteName(source)}${reading}: ${text}`;
    if (failure.errno === 'ENOSPC' && flavour === 'gnu' && !failed(process.stat(destination)))
      return `error copying ${quoteName(source)} to ${quoteName(destination)}: ${text}`;
    const isDirectoryName = destination.endsWith('/') && flavour === 'gnu';
    return `${this.#unable} create ${file}${quoteName(destination)}: ${isDirectoryName ? strerror({ errno: 'ENOTDIR' }) : text}`;
  }

  #preserve(destination: string, stat: FileStat): void {
    const { process } = this.#call;
    const { preserve } = this.#settings;
    if (preserve.has('ownership')) process.chown(destination, stat.uid, stat.gid);
    if (preserve.has('mode')) process.chmod(destination, stat.mode);
    if (preserve.has('timestamps')) process.utimes(destination, stat.accessedMs, stat.modifiedMs);
  }

  #tell(source: string, destination: string, backup?: string): void {
    const { tells } = this.#settings;
    if (tells === 'nothing') return;
    const verb = tells === 'moves' ? 'copied ' : '';
    this.#call.io.line(
      `${verb}${quoteName(source)} -> ${quoteName(destination)}${backup === undefined ? '' : ` (backup: ${quoteName(backup)})`}`,
    );
  }

  async #fault(text: string): Promise<void> {
    this.status = 1;
    await this.#call.io.warn(text);
  }
}

const identity = ({ device, inode }: FileStat): string => `${String(device)}:${String(inode)}`;
