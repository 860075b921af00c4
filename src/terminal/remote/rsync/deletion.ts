/** --delete: what the receiver has in a directory of the transfer and the sender has not. */
import { failed } from '../../../protocol/errno.ts';
import type { DirectoryEntry, Process } from '../../../protocol/program.ts';
import { isExcluded, type FilterRule } from './filters.ts';
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
  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly rules: readonly FilterRule[],
    private readonly voice: Voice,
    private readonly outcome: Outcome,
  ) {}

  /** Deletes in the directory `name` of the transfer, which is at `path`, what `kept` does not hold. */
  async in(path: string, name: string, kept: (name: string) => boolean): Promise<void> {
    const entries = this.process.readdir(path);
    if (failed(entries)) return;
    for (const entry of lastFirst(entries))
      if (!kept(inside(name, entry.name))) await this.#remove(`${path}/${entry.name}`, inside(name, entry.name), entry);
  }

  /** True where it is gone. */
  async #remove(path: string, name: string, { type }: DirectoryEntry): Promise<boolean> {
    const directory = type === 'directory';
    if (!this.options.has('delete-excluded') && isExcluded(this.rules, name, directory)) return false;
    if (directory && !(await this.#empty(path, name))) {
      await this.voice.say(`cannot delete non-empty directory: ${name}`);
      return false;
    }
    const gone = this.options.has('n') ? undefined : directory ? this.process.rmdir(path) : this.process.unlink(path);
    if (failed(gone)) {
      this.outcome.failed = true;
      const call = `delete_file: ${directory ? 'rmdir' : 'unlink'}(${name})`;
      await this.voice.complain(callFailed('generator', call, gone));
      return false;
    }
    this.outcome.countDeleted(type);
    const shown = directory ? `${name}/` : name;
    if (this.options.has('i')) await this.voice.say(`*deleting   ${shown}`);
    else if (this.options.verbose > 0) await this.voice.say(`deleting ${shown}`);
    return true;
  }

  async #empty(path: string, name: string): Promise<boolean> {
    const entries = this.process.readdir(path);
    if (failed(entries)) {
      await this.voice.complain(callFailed('generator', `opendir ${fullName(this.process, path)}`, entries));
      return false;
    }
    let emptied = true;
    for (const entry of lastFirst(entries))
      emptied = (await this.#remove(`${path}/${entry.name}`, inside(name, entry.name), entry)) && emptied;
    return emptied;
  }
}
