import { failed, strerror } from '../../../protocol/errno.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { Copier } from './copier.ts';
import { type CopySettings, MOVE_SETTINGS, readExisting } from './copy-settings.ts';
import { warnOfContext } from './cp.ts';
import { modeText } from '../files/mode-text.ts';
import { Questions } from '../questions.ts';
import { Remover } from '../files/remover.ts';
import { type Backups, BACKUP_OPTIONS, type Journey, NO_BACKUPS, planTransfer, readBackups } from './transfer.ts';
import { quoteName } from '../quoting.ts';

export const mv = command(
  {
    name: 'mv',
    short: `fivnuTt:Z${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u::',
      'strip-trailing-slashes': 'strip-trailing-slashes',
      'target-directory': 't',
      'no-target-directory': 'T',
      context: 'context::',
    },
    busybox: 'finTt:v',
  },
  async (call) => {
    const existing = await readExisting(call);
    const backups = existing === undefined ? undefined : await readBackups(call);
    if (existing === undefined || backups === undefined) return 1;
    if (existing === 'keep' && (call.options.has('b') || call.options.has('backup')))
      return await usageError(call, 'options --backup and --no-clobber are mutually exclusive');
    await warnOfContext(call);
    const plan = await planTransfer(call);
    if (typeof plan === 'number') return plan;
    const mover = new Mover(call, existing, backups);
    let status = 0;
    for (const journey of plan) status = Math.max(status, await mover.move(journey));
    return await call.io.end(status);
  },
);

class Mover {
  readonly #call: Invocation;
  readonly #existing: CopySettings['existing'];
  readonly #backups: Backups;
  readonly #questions: Questions;

  constructor(call: Invocation, existing: CopySettings['existing'], backups: Backups) {
    this.#call = call;
    this.#existing = existing;
    this.#backups = backups;
    this.#questions = new Questions(call.io);
  }

  /** Moves one file; answers the status. */
  async move({ source, destination }: Journey): Promise<number> {
    const { process, io, options, flavour } = this.#call;
    const stat = process.lstat(source);
    if (failed(stat)) {
      const verb = flavour === 'busybox' ? "can't rename" : 'cannot stat';
      return await this.#fault(`${verb} ${quoteName(source)}: ${strerror(stat)}`);
    }
    const old = process.lstat(destination);
    if (!failed(old)) {
      if (this.#existing === 'keep') return 0;
      if (this.#existing === 'replace-older' && old.modifiedMs >= stat.modifiedMs) return 0;
      const clash = this.#clashOf(stat, old, source, destination);
      if (clash !== undefined) return await this.#fault(clash);
      if (!(await this.#mayReplace(destination, old))) return 0;
    }
    const backup = this.#backups.keep(destination);
    const moved = process.rename(source, destination);
    if (failed(moved) && moved.errno === 'EXDEV') return await this.#copyAndRemove(source, destination);
    if (failed(moved))
      return await this.#fault(
        flavour === 'busybox' ? `can't rename '${source}': ${strerror(moved)}` : cannotMove(moved, source, destination),
      );
    if (options.has('v'))
      io.line(
        `${flavour === 'busybox' ? '' : 'renamed '}${quoteName(source)} -> ${quoteName(destination)}${backup === undefined ? '' : ` (backup: ${quoteName(backup)})`}`,
      );
    return 0;
  }

  #clashOf(stat: FileStat, old: FileStat, source: string, destination: string): string | undefined {
    const found = this.#call.process.stat(source);
    const isItself = [stat, found].some((each) => !failed(each) && isSame(each, old));
    if (isItself) return `${quoteName(source)} and ${quoteName(destination)} are the same file`;
    if (old.type === 'directory' && stat.type !== 'directory')
      return `cannot overwrite directory ${quoteName(destination)} with non-directory`;
    if (old.type !== 'directory' && stat.type === 'directory')
      return `cannot overwrite non-directory ${quoteName(destination)} with directory ${quoteName(source)}`;
    return undefined;
  }

  /** With -i it asks; without any word it asks a person about a file that may not be written. */
  async #mayReplace(destination: string, old: FileStat): Promise<boolean> {
    const { process, options } = this.#call;
    const isWritable = old.type === 'symlink' || !failed(process.access(destination, { write: true }));
    const isUnsaid = this.#existing === 'replace' && !options.has('f') && !isWritable && process.isatty(0);
    if (this.#existing !== 'ask' && !isUnsaid) return true;
    return await this.#questions.agrees(
      isWritable || this.#call.flavour === 'busybox'
        ? `overwrite ${quoteName(destination)}?`
        : `replace ${quoteName(destination)}, overriding mode ${old.mode.toString(8).padStart(4, '0')} (${modeText(old).slice(1)})?`,
    );
  }

  /** What a move is between two file systems. */
  async #copyAndRemove(source: string, destination: string): Promise<number> {
    const tells = this.#call.options.has('v') ? 'moves' : 'nothing';
    const copier = new Copier(this.#call, { ...MOVE_SETTINGS, tells }, NO_BACKUPS);
    await copier.copyOperand(source, destination);
    if (copier.status !== 0) return copier.status;
    const remover = new Remover(this.#call, {
      asks: 'never',
      force: true,
      recursive: true,
      verbose: tells === 'moves',
    });
    await remover.remove(source);
    return remover.status;
  }

  async #fault(text: string): Promise<number> {
    await this.#call.io.warn(text);
    return 1;
  }
}

const isSame = (one: FileStat, other: FileStat): boolean => one.inode === other.inode && one.device === other.device;

const cannotMove = (failure: SysFailure, source: string, destination: string): string =>
  failure.errno === 'EINVAL'
    ? `cannot move ${quoteName(source)} to a subdirectory of itself, ${quoteName(destination)}`
    : `cannot move ${quoteName(source)} to ${quoteName(destination)}: ${strerror(failure)}`;
