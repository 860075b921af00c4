/** --compare-dest, --copy-dest and --link-dest: directories whose files stand in for those that the destination lacks. */
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import type { ListEntry } from './file-list.ts';
import type { RsyncOptions } from './options.ts';
import type { Voice } from './voice.ts';

const KINDS = ['compare-dest', 'copy-dest', 'link-dest'] as const;

export interface Stand {
  readonly path: string;
  readonly stat: FileStat;
}

export class Basis {
  /** What becomes of an entry that a directory has already. */
  readonly kind: (typeof KINDS)[number] | undefined;
  readonly #directories: readonly string[];

  constructor(
    private readonly process: Process,
    options: RsyncOptions,
    /** The top of the transfer, which relative directories count from. */
    private readonly top: string,
  ) {
    this.kind = KINDS.find((kind) => options.has(kind));
    this.#directories = this.kind === undefined ? [] : options.given.values(this.kind);
  }

  /** Names the directories that are not there. */
  async check(voice: Voice): Promise<void> {
    for (const directory of this.#directories) {
      const stat = this.process.stat(this.#path(directory, '.'));
      if (failed(stat)) await voice.complain(`--${this.kind ?? ''} arg does not exist: ${directory}`);
      else if (stat.type !== 'directory') await voice.complain(`--${this.kind ?? ''} arg is not a dir: ${directory}`);
    }
  }

  /** The first of the same type for which `fits` holds. */
  find({ name, type }: ListEntry, fits: (stand: Stand) => boolean): Stand | undefined {
    for (const directory of this.#directories) {
      const path = this.#path(directory, name);
      const stat = this.process.lstat(path);
      if (!failed(stat) && stat.type === type && fits({ path, stat })) return { path, stat };
    }
    return undefined;
  }

  #path(directory: string, name: string): string {
    const base = directory.startsWith('/') ? directory : `${this.top}/${directory}`;
    return name === '.' ? base : `${base}/${name}`;
  }
}
