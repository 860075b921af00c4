import { failed, strerror } from '../../../protocol/errno.ts';
import { LineReader, openInput } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';

export interface InputLine {
  readonly text: string;
  /** Whether its end of line is there. */
  readonly newline: boolean;
}

/**
 * The lines of sed's files, one stream or each its own with -s and -i. The line after the current one is read only when
 * somebody asks whether there is one, so that what comes slowly goes through as it comes.
 */
export class SedInput {
  readonly #call: Invocation;
  readonly #files: readonly string[];
  readonly #separate: boolean;
  readonly #onFile: { readonly opened: (name: string) => void; readonly ended: (name: string) => void };
  #next = 0;
  #reader: { readonly lines: LineReader; readonly fd: number; readonly name: string } | undefined;
  #ahead: (InputLine & { readonly file: string }) | undefined;
  /** The file that the current line is from, and the line's number. */
  name = '-';
  line = 0;
  status = 0;

  constructor(
    call: Invocation,
    files: readonly string[],
    onFile: { readonly opened: (name: string) => void; readonly ended: (name: string) => void },
  ) {
    this.#call = call;
    this.#files = files;
    this.#onFile = onFile;
    this.#separate = call.options.has('i') || call.options.has('s');
  }

  /** Whether the current line is one that `$` means; known after `peek`. */
  get isLast(): boolean {
    return this.#ahead === undefined && (this.#separate || this.#next >= this.#files.length);
  }
  /** Whether no line is left in any file; known after `peek`. */
  get ended(): boolean {
    return this.#ahead === undefined && this.#next >= this.#files.length;
  }

  async next(): Promise<InputLine | undefined> {
    while (this.#ahead === undefined) {
      if (this.#reader === undefined && !(await this.#open())) return undefined;
      await this.#look();
    }
    const line = this.#ahead;
    if (line.file !== this.name || this.line === 0) {
      this.name = line.file;
      if (this.#separate) this.line = 0;
    }
    this.line += 1;
    this.#ahead = undefined;
    return line;
  }

  /** Waits for the line after the current one, or for the end. */
  async peek(): Promise<void> {
    if (this.#ahead !== undefined) return;
    await this.#look();
    while (this.#ahead === undefined && !this.#separate && (await this.#open())) await this.#look();
  }

  /** Reads the line after the current one, within its file. */
  async #look(): Promise<void> {
    if (this.#reader === undefined) return;
    const { lines, fd, name } = this.#reader;
    let line = lines.ready();
    if (line === undefined) {
      await this.#call.io.flush();
      line = await lines.next();
    }
    if (line !== undefined) {
      this.#ahead = { text: bytesToText(line), newline: !lines.unterminated, file: name };
      return;
    }
    if (failed(lines.failure)) {
      await this.#call.io.warn(`read error on ${name === '-' ? 'stdin' : name}: ${strerror(lines.failure)}`);
      this.status = 4;
    }
    if (fd !== 0) this.#call.process.close(fd);
    this.#reader = undefined;
  }

  /** Opens the next file that can be read. */
  async #open(): Promise<boolean> {
    const { process, io, options } = this.#call;
    if (this.#separate && this.#next > 0) this.#onFile.ended(this.#files[this.#next - 1] ?? '');
    while (this.#next < this.#files.length) {
      const name = this.#files[this.#next] ?? '';
      this.#next += 1;
      const stat = name === '-' ? undefined : process.stat(name);
      const fd = openInput(process, name);
      if (failed(fd)) {
        const isSmall = this.#call.flavour === 'busybox';
        await io.warn(`${isSmall ? '' : "can't read "}${name}: ${strerror(fd)}`);
        this.status = isSmall ? 1 : 2;
      } else if (stat !== undefined && !failed(stat) && stat.type === 'directory') {
        await io.warn(
          options.has('i') ? `couldn't edit ${name}: not a regular file` : `read error on ${name}: Is a directory`,
        );
        this.status = 4;
      } else {
        this.#reader = { lines: new LineReader(process, fd, options.has('z') ? 0 : 10), fd, name };
        this.#onFile.opened(name);
        return true;
      }
    }
    return false;
  }
}
