import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { joinPath, parentOf, trimSlash } from '../paths/paths.ts';
import { Questions } from '../questions.ts';
import { quoteName } from '../quoting.ts';

export interface RemovalSettings {
  /** Before each file, before those that may not be written where a person is there to answer, or not at all. */
  readonly asks: 'always' | 'of-protected' | 'never';
  /** What is not there is no mistake. */
  readonly force?: boolean;
  readonly recursive?: boolean;
  readonly emptyDirectories?: boolean;
  readonly verbose?: boolean;
  readonly oneFileSystem?: boolean;
  /** What is not removed though it was named: `/`, and with `all` what other file systems are mounted on. */
  readonly preserveRoot?: 'root' | 'all';
}

/** Removes files and trees as rm's settings say; what went wrong is told and shows in `status`. */
export class Remover {
  readonly #call: Invocation;
  readonly #settings: RemovalSettings;
  readonly #questions: Questions;
  readonly #isAnswered: boolean;
  #device = 0;
  status = 0;

  constructor(call: Invocation, settings: RemovalSettings) {
    this.#call = call;
    this.#settings = settings;
    this.#questions = new Questions(call.io);
    this.#isAnswered = call.process.isatty(0);
  }

  /** Removes what an operand names, unless it is too dangerous. */
  async operand(path: string): Promise<void> {
    const { recursive = false, preserveRoot } = this.#settings;
    const base = baseName(trimSlash(path));
    const isOwn = base === '.' || base === '..';
    if (isOwn && this.#call.flavour === 'busybox') await this.#complain("can't remove '.' or '..'");
    else if (recursive && isOwn)
      await this.#complain(`refusing to remove '.' or '..' directory: skipping ${quoteName(path)}`);
    else if (recursive && trimSlash(path) === '/' && preserveRoot !== undefined) {
      await this.#complain(
        `it is dangerous to operate recursively on ${quoteName(path)}${path === '/' ? '' : " (same as '/')"}`,
      );
      await this.#call.io.raw(`${this.#call.io.name}: use --no-preserve-root to override this failsafe\n`);
    } else if (recursive && preserveRoot === 'all' && this.#isMountPoint(path)) {
      await this.#complain(`skipping ${quoteName(path)}, since it's on a different device`);
      await this.#call.io.warn('and --preserve-root=all is in effect');
    } else await this.remove(path);
  }

  #isMountPoint(path: string): boolean {
    const { process } = this.#call;
    const [own, above] = [process.lstat(path), process.stat(parentOf(trimSlash(path)))];
    return !failed(own) && !failed(above) && own.type === 'directory' && own.device !== above.device;
  }

  /** Removes a file, or a directory as the settings allow. */
  async remove(path: string): Promise<void> {
    const stat = this.#call.process.lstat(path);
    if (!failed(stat)) {
      this.#device = stat.device;
      await this.#removeAny(path, stat);
    } else if (!(this.#settings.force === true && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR')))
      await this.#cannot(path, stat);
  }

  /** Answers whether it is gone. */
  async #removeAny(path: string, stat: FileStat): Promise<boolean> {
    if (stat.type === 'directory') return await this.#removeDirectory(path, stat);
    const { process, io, flavour } = this.#call;
    const protection = this.#protection(path, stat);
    if (protection !== undefined) {
      const what = flavour === 'busybox' ? '' : `${protection}${KINDS[stat.type](stat)} `;
      if (!(await this.#questions.agrees(`remove ${what}${quoteName(path)}?`))) return false;
    }
    const removed = process.unlink(path);
    if (failed(removed)) await this.#cannot(path, removed);
    else if (this.#settings.verbose === true) io.line(`removed ${quoteName(path)}`);
    return !failed(removed);
  }

  /** What stands before a file's kind where one has to ask: `write-protected `, or nothing; undefined where one need not. */
  #protection(path: string, stat: FileStat): string | undefined {
    const { asks } = this.#settings;
    if (asks === 'never' || (asks === 'of-protected' && !this.#isAnswered)) return undefined;
    const isProtected = stat.type !== 'symlink' && failed(this.#call.process.access(path, { write: true }));
    if (isProtected) return 'write-protected ';
    return asks === 'always' ? '' : undefined;
  }

  async #removeDirectory(path: string, stat: FileStat): Promise<boolean> {
    const { process, io, flavour } = this.#call;
    const { recursive = false, emptyDirectories = false, oneFileSystem = false, verbose = false } = this.#settings;
    if (!recursive && !emptyDirectories) {
      await this.#complain(
        flavour === 'busybox'
          ? `${quoteName(path)} is a directory`
          : `cannot remove ${quoteName(path)}: Is a directory`,
      );
      return false;
    }
    if (oneFileSystem && stat.device !== this.#device) {
      await this.#complain(`skipping ${quoteName(path)}, since it's on a different device`);
      return false;
    }
    const entries = recursive ? process.readdir(path) : [];
    const names = failed(entries) ? [] : entries.map(({ name }) => name);
    const protection = this.#protection(path, stat);
    const isEmpty = names.length === 0 && flavour === 'gnu';
    if (protection !== undefined && !isEmpty)
      if (!(await this.#questions.agrees(`descend into ${protection}directory ${quoteName(path)}?`))) return false;
    let isCleared = true;
    for (const name of names) {
      const inner = joinPath(path, name);
      const found = process.lstat(inner);
      if (failed(found)) await this.#cannot(inner, found);
      if (failed(found) || !(await this.#removeAny(inner, found))) isCleared = false;
    }
    if (!isCleared) return false;
    if (protection !== undefined && (isEmpty || this.#settings.asks === 'always'))
      if (!(await this.#questions.agrees(`remove ${isEmpty ? protection : ''}directory ${quoteName(path)}?`)))
        return false;
    const removed = process.rmdir(path);
    if (failed(removed))
      await this.#complain(`cannot remove ${quoteName(path)}: ${strerror(failed(entries) ? entries : removed)}`);
    else if (verbose) io.line(`removed directory ${quoteName(path)}`);
    return !failed(removed);
  }

  async #cannot(path: string, failure: SysFailure): Promise<void> {
    const verb = this.#call.flavour === 'busybox' ? "can't" : 'cannot';
    await this.#complain(`${verb} remove ${quoteName(path)}: ${strerror(failure)}`);
  }

  async #complain(text: string): Promise<void> {
    this.status = 1;
    await this.#call.io.warn(text);
  }
}

/** A file's kind as gnulib's file_type calls it. */
const KINDS: Readonly<Record<FileStat['type'], (stat: FileStat) => string>> = {
  file: ({ size }) => (size === 0 ? 'regular empty file' : 'regular file'),
  directory: () => 'directory',
  symlink: () => 'symbolic link',
  fifo: () => 'fifo',
  socket: () => 'socket',
  char: () => 'character special file',
  block: () => 'block special file',
};
