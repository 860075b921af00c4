/** The files that grep goes through, and each of them read piece by piece. */
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, FileStat } from '../../../protocol/program.ts';
import { openInput } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { FileScan } from './scan.ts';
import type { Settings } from './settings.ts';

const PIECE = 32_768;
/** Digits of the largest offset, where the size is not known. */
const MAX_OFFSET_WIDTH = 19;

/** Answers the exit status: 0 where something was found, 2 where something went wrong. */
export async function searchFiles(
  call: Invocation,
  settings: Settings,
  regex: RegExp,
  files: readonly string[],
): Promise<number> {
  const walk = new Walk(call, settings, regex, files);
  return await walk.run();
}

class Walk {
  #found = false;
  #trouble = false;
  #sawDirectory = false;
  /** Directories that are being read, for a link that leads back into one. */
  readonly #open: FileStat[] = [];
  readonly #output: FileStat | undefined;

  constructor(
    private readonly call: Invocation,
    private readonly settings: Settings,
    private readonly regex: RegExp,
    private readonly files: readonly string[],
  ) {
    const output = call.process.fstat(1);
    this.#output = failed(output) || output.type !== 'file' ? undefined : output;
  }

  async run(): Promise<number> {
    const { io, options } = this.call;
    const recursive = this.settings.directories === 'recurse';
    if (this.files.length === 0 && recursive) await this.#entries('.', '');
    for (const name of this.files.length === 0 && !recursive ? ['-'] : this.files) {
      await this.#visit(name, name, true);
      if (this.#isDone) break;
    }
    if (options.has('q') && this.#found) return 0;
    return await io.end(this.#trouble ? 2 : this.#found ? 0 : 1);
  }

  get #isDone(): boolean {
    return this.call.io.broken || (this.#found && this.call.options.has('q'));
  }

  async #visit(path: string, name: string, isOperand: boolean): Promise<void> {
    const { process } = this.call;
    const { directories, skipDevices } = this.settings;
    const stat = path === '-' ? process.fstat(0) : process.stat(path);
    if (failed(stat)) {
      await this.#complain(path, strerror(stat));
      return;
    }
    const isDirectory = stat.type === 'directory';
    if (path !== '-' && this.settings.excludes(name, isDirectory && directories === 'recurse', isOperand)) return;
    if (isDirectory && directories === 'skip') return;
    if (isDirectory && directories === 'recurse') {
      if (this.#open.some((other) => isSame(other, stat)))
        await this.#complain(path, 'warning: recursive directory loop', true);
      else {
        this.#open.push(stat);
        await this.#entries(path, `${path.replace(/\/$/, '')}/`);
        this.#open.pop();
      }
      return;
    }
    const isDevice = stat.type !== 'file' && !isDirectory;
    if (isDevice && path !== '-' && (skipDevices || (directories === 'recurse' && !isOperand))) return;
    await this.#search(path, stat);
  }

  async #entries(directory: string, prefix: string): Promise<void> {
    this.#sawDirectory = true;
    const entries = this.call.process.readdir(directory);
    if (failed(entries)) {
      await this.#complain(directory, strerror(entries));
      return;
    }
    for (const entry of entries) {
      if (entry.type === 'symlink' && !this.settings.followAll) continue;
      await this.#visit(prefix + entry.name, entry.name, false);
      if (this.#isDone) return;
    }
  }

  async #search(path: string, stat: FileStat): Promise<void> {
    const { process, io, options } = this.call;
    const name = path === '-' ? this.settings.stdinName : path;
    const fd = openInput(process, path);
    if (failed(fd)) {
      await this.#complain(path === '-' ? name : path, strerror(fd));
      return;
    }
    const quiet = ['q', 'l', 'L'].some((letter) => options.has(letter)) || this.settings.limit <= 1;
    if (stat.type === 'directory') {
      await this.#complain(name, 'Is a directory');
      // Nothing of it was read, and that is what -c and -L tell.
      if (this.call.flavour === 'gnu' && (options.has('c') || options.has('L'))) {
        const scan = new FileScan(this.call, this.settings, this.regex, name, this.#showsNames, this.#widthFor(stat));
        scan.finish();
      }
    } else if (!quiet && this.#output !== undefined && isSame(stat, this.#output))
      await this.#complain(name, 'input file is also the output');
    else {
      const scan = new FileScan(this.call, this.settings, this.regex, name, this.#showsNames, this.#widthFor(stat));
      await this.#read(fd, scan);
      const message = scan.finish();
      if (message !== undefined) await io.warn(message);
      // busybox' -L finds the files that it names.
      const isListed = this.call.flavour === 'busybox' && options.has('L');
      if (scan.found !== isListed) this.#found = true;
    }
    if (fd !== 0) process.close(fd);
  }

  get #showsNames(): boolean {
    const { names } = this.settings;
    return names === 'always' || (names === 'many' && (this.files.length > 1 || this.#sawDirectory));
  }

  /** -T makes numbers as wide as the largest offset. */
  #widthFor({ type, size }: FileStat): number {
    if (!this.call.options.has('T')) return 0;
    return type === 'file' ? String(size).length : MAX_OFFSET_WIDTH;
  }

  /** Hands a file to the scan line by line, with output leaving after each piece that was read. */
  async #read(fd: Fd, scan: FileScan): Promise<void> {
    const { process, io, options } = this.call;
    const end = this.settings.end === '\n' ? 10 : 0;
    let rest: Uint8Array = EMPTY_BYTES;
    let binary = false;
    for (;;) {
      if (!(await io.flush())) return;
      const bytes = await process.read(fd, PIECE);
      if (failed(bytes)) {
        if (bytes.errno === 'EINTR') continue;
        return;
      }
      if (bytes.length === 0) break;
      if (!binary && end === 10 && this.settings.binary !== 'text' && bytes.includes(0)) {
        if (this.settings.binary === 'without-match') return;
        binary = true;
        scan.markBinary();
      }
      const piece = binary ? bytes.map((byte) => (byte === 0 ? 10 : byte)) : bytes;
      let from = 0;
      for (let at = piece.indexOf(end); at >= 0; at = piece.indexOf(end, from)) {
        const line = piece.subarray(from, at);
        if (scan.take(rest.length === 0 ? line : concatBytes([rest, line])) === 'enough') return;
        rest = EMPTY_BYTES;
        from = at + 1;
        if ((io.full || options.has('line-buffered')) && !(await io.flush())) return;
      }
      rest = concatBytes([rest, piece.subarray(from)]);
    }
    if (rest.length > 0) scan.take(rest);
  }

  async #complain(name: string, text: string, mild = false): Promise<void> {
    if (!mild) this.#trouble = true;
    if (!this.call.options.has('s')) await this.call.io.warn(`${name}: ${text}`);
  }
}

const isSame = (a: FileStat, b: FileStat): boolean => a.device === b.device && a.inode === b.inode;
