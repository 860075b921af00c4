import type { SysFailure } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat, Process } from '../../protocol/program.ts';
import { baseName } from '../io.ts';
import type { Invocation } from './command.ts';
import { command, usageError } from './command.ts';
import { joinPath, trimSlash } from './paths.ts';

export const rm = command(
  {
    name: 'rm',
    absent: ['one-file-system'],
    short: 'rRfivId',
    long: {
      recursive: 'r',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      dir: 'd',
      'no-preserve-root': 'npr',
      'preserve-root': 'pr',
      'one-file-system': 'one-file-system',
    },
  },
  async (call) => {
    const { io, options } = call;
    if (call.operands.length === 0) return options.has('f') ? 0 : await usageError(call, 'missing operand');
    const remover = new Remover(call);
    for (const path of call.operands) await remover.operand(path);
    return await io.end(remover.status);
  },
);

class Remover {
  readonly #call: Invocation;
  readonly #force: boolean;
  readonly #recursive: boolean;
  status = 0;

  constructor(call: Invocation) {
    this.#call = call;
    this.#force = call.options.has('f');
    this.#recursive = call.options.has('r') || call.options.has('R');
  }

  async operand(path: string): Promise<void> {
    const base = baseName(trimSlash(path));
    if (this.#recursive && (base === '.' || base === '..'))
      await this.#complain(`refusing to remove '.' or '..' directory: skipping '${path}'`);
    else if (this.#recursive && trimSlash(path) === '/' && !this.#call.options.has('npr')) {
      await this.#complain("it is dangerous to operate recursively on '/'");
      await this.#call.io.raw('rm: use --no-preserve-root to override this failsafe\n');
    } else await this.#remove(path);
  }

  async #remove(path: string): Promise<void> {
    const { process, io, options } = this.#call;
    const stat = process.lstat(path);
    if (failed(stat)) {
      if (!(this.#force && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR'))) await this.#cannot(path, stat);
      return;
    }
    if (stat.type === 'directory') {
      await this.#removeDirectory(path);
      return;
    }
    if (options.has('i') && !(await this.#agreed(path, stat))) return;
    const removed = process.unlink(path);
    if (failed(removed)) await this.#cannot(path, removed);
    else if (options.has('v')) io.line(`removed '${path}'`);
  }

  async #removeDirectory(path: string): Promise<void> {
    const { process, io, options, flavour } = this.#call;
    if (!this.#recursive && !options.has('d')) {
      await this.#complain(
        flavour === 'busybox' ? `'${path}' is a directory` : `cannot remove '${path}': Is a directory`,
      );
      return;
    }
    const entries = this.#recursive ? process.readdir(path) : [];
    if (!failed(entries)) for (const { name } of entries) await this.#remove(joinPath(path, name));
    const removed = process.rmdir(path);
    if (failed(removed)) await this.#complain(`cannot remove '${path}': ${strerror(removed)}`);
    else if (options.has('v')) io.line(`removed directory '${path}'`);
  }

  async #agreed(path: string, stat: FileStat): Promise<boolean> {
    const { process, io } = this.#call;
    await io.raw(`rm: remove regular ${stat.size === 0 ? 'empty ' : ''}file '${path}'? `);
    const answer = await process.read(0, 4_096);
    return !failed(answer) && /^[yY]/.test(String.fromCharCode(...answer));
  }

  async #cannot(path: string, failure: SysFailure): Promise<void> {
    const verb = this.#call.flavour === 'busybox' ? "can't" : 'cannot';
    await this.#complain(`${verb} remove '${path}': ${strerror(failure)}`);
  }
  async #complain(text: string): Promise<void> {
    this.status = 1;
    await this.#call.io.warn(text);
  }
}

/** Removes a file or a whole tree as far as the system lets it. */
export function removeTree(process: Process, path: string): void {
  const stat = process.lstat(path);
  if (failed(stat)) return;
  if (stat.type !== 'directory') {
    process.unlink(path);
    return;
  }
  const entries = process.readdir(path);
  if (!failed(entries)) for (const { name } of entries) removeTree(process, joinPath(path, name));
  process.rmdir(path);
}
