/** --backup: what a transfer replaces or deletes is kept under another name, or in another directory. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { makeDirectory } from './destination.ts';
import type { RsyncOptions } from './options.ts';
import type { Voice } from './voice.ts';

export class Backup {
  readonly #suffix: string;
  readonly #directory: string | undefined;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    /** The top of the transfer, which a relative --backup-dir counts from. */
    top: string,
  ) {
    const given = options.value('backup-dir')?.replace(/(.)\/+$/, '$1');
    this.#suffix = options.value('suffix') ?? (given === undefined ? '~' : '');
    this.#directory = given === undefined || given.startsWith('/') ? given : `${top}/${given}`;
  }

  /** Whether a name is a backup itself, which --delete leaves alone. */
  keeps(path: string, name: string): boolean {
    return this.#directory === undefined ? name.endsWith(this.#suffix) : path === this.#directory;
  }

  /** Moves a file away; a failure is that of the move. */
  async keep(path: string, name: string, voice: Voice): Promise<Result<void>> {
    const place =
      this.#directory === undefined ? `${path}${this.#suffix}` : `${this.#directory}/${name}${this.#suffix}`;
    const above = this.#directory === undefined ? undefined : makeDirectory(this.process, parentOf(place), true);
    const moved = failed(above) ? above : this.process.rename(path, place);
    if (!failed(moved) && this.options.verbose > 1)
      await voice.say(`backed up ${name} to ${this.#directory === undefined ? `${name}${this.#suffix}` : place}`);
    return moved;
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
