/** --delete: what the receiver has in a directory of the transfer and the sender has not. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { DirectoryEntry, FileType, Process } from '../../../protocol/program.ts';
import type { Backup } from './backup.ts';
import { isProtected, type FilterRule } from './filters.ts';
import { callFailed, fullName } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { Voice } from './voice.ts';

const inside = (directory: string, name: string): string => (directory === '.' ? name : `${directory}/${name}`);

/** Files before directories, as lists are sorted, and then from the end. */
function lastFirst(entries: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
  const rank = ({ name, type }: DirectoryEntry): string => `${type === 'directory' ? '1' : '0'}${name}`;
  return [...entries].sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

export class Deletion {
  /** How many may still go. */
  #left = Infinity;
  /** How many stay for that reason. */
  #spared = 0;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly rules: readonly FilterRule[],
    private readonly voice: Voice,
    private readonly outcome: Outcome,
    private readonly backup: Backup | undefined,
  ) {
    const limit = options.value('max-delete');
    if (limit !== undefined) this.#left = Number(limit);
  }

  /** Deletes in the directory `name` of the transfer, which is at `path`, what `kept` does not hold. */
  async in(path: string, name: string, kept: (name: string) => boolean): Promise<void> {
    const entries = this.process.readdir(path);
    if (failed(entries)) return;
    for (const entry of lastFirst(entries))
      if (!kept(inside(name, entry.name)))
        await this.#remove(`${path}/${entry.name}`, inside(name, entry.name), entry.type);
  }

  /** The last word where --max-delete kept something. */
  async finish(): Promise<void> {
    if (this.#spared === 0) return;
    this.outcome.limited = true;
    await this.voice.complain(`Deletions stopped due to --max-delete limit (${String(this.#spared)} skipped)`);
  }

  /** All that is in a directory of the destination, and itself: something else comes in its place. */
  async whole(path: string, name: string): Promise<boolean> {
    return (await this.#empty(path, name)) && !failed(this.process.rmdir(path));
  }

  /** True where it is gone. */
  async #remove(path: string, name: string, type: FileType): Promise<boolean> {
    const directory = type === 'directory';
    if (this.backup?.keeps(path, name) === true) return false;
    if (!this.options.has('delete-excluded') && isProtected(this.rules, name, directory)) return false;
    if (this.#left === 0) {
      this.#spared += 1;
      return false;
    }
    if (directory && !(await this.#empty(path, name))) {
      await this.voice.say(`cannot delete non-empty directory: ${name}`);
      return false;
    }
    const gone = this.options.has('n')
      ? undefined
      : directory
        ? this.process.rmdir(path)
        : await this.#unlink(path, name);
    if (failed(gone)) {
      this.outcome.failed = true;
      const call = `delete_file: ${directory ? 'rmdir' : 'unlink'}(${name})`;
      await this.voice.complain(callFailed('generator', call, gone));
      return false;
    }
    this.#left -= 1;
    this.outcome.countDeleted(type);
    const shown = directory ? `${name}/` : name;
    if (this.options.has('i')) await this.voice.say(`*deleting   ${shown}`);
    else if (this.options.verbose > 0) await this.voice.say(`deleting ${shown}`);
    return true;
  }

  async #unlink(path: string, name: string): Promise<Result<void>> {
    return this.backup === undefined ? this.process.unlink(path) : await this.backup.keep(path, name, this.voice);
  }

  async #empty(path: string, name: string): Promise<boolean> {
    const entries = this.process.readdir(path);
    if (failed(entries)) {
      await this.voice.complain(callFailed('generator', `opendir ${fullName(this.process, path)}`, entries));
      return false;
    }
    let emptied = true;
    for (const entry of lastFirst(entries))
      emptied = (await this.#remove(`${path}/${entry.name}`, inside(name, entry.name), entry.type)) && emptied;
    return emptied;
  }
}
