/** Standard streams as programs use them: buffered output, input by line, files by name. */
import { EMPTY_BYTES, concatBytes } from '../protocol/bytes.ts';
import type { Result } from '../protocol/errno.ts';
import { failed } from '../protocol/errno.ts';
import type { Fd, Process } from '../protocol/program.ts';
import { isUtf8 } from './locale-name.ts';
import { bytesToText, textToBytes } from './text.ts';

const BUFFER_LIMIT = 65_536;
/** Input that is wanted whole: beyond it the simulator has no memory for it. */
const WHOLE_INPUT_BOUND = 268_435_456;

/** A program's view of its process, with output that is gathered and written in large pieces. */
export class Io {
  readonly process: Process;
  /** What its messages begin with. */
  readonly name: string;
  /** Which program it is, whatever it was called by. */
  readonly program: string;
  readonly flavour: string | undefined;
  #pending = '';
  #broken = false;
  #failedStatus = 1;

  constructor(process: Process, name?: string, flavour?: string, program?: string) {
    this.process = process;
    this.name = name ?? process.argv[0] ?? '';
    this.program = program ?? baseName(this.name);
    this.flavour = flavour;
  }

  /** Adds to standard output; it leaves with the next flush. */
  out(text: string): void {
    this.#pending += text;
  }
  line(text: string): void {
    this.#pending += `${text}\n`;
  }
  /** Bytes that have to leave as they are. */
  async bytes(bytes: Uint8Array, fd: Fd = 1): Promise<boolean> {
    await this.flush();
    if (this.#broken) return false;
    return this.#write(fd, bytes);
  }
  /** Whether enough has gathered to be worth a write. */
  get full(): boolean {
    return this.#pending.length >= BUFFER_LIMIT;
  }
  /** False where nobody reads any more. */
  async flush(): Promise<boolean> {
    if (this.#broken) return false;
    if (this.#pending === '') return true;
    const text = this.#pending;
    this.#pending = '';
    return this.#write(1, textToBytes(text));
  }
  /** A message of this program: `name: text`. */
  async warn(text: string): Promise<void> {
    await this.raw(`${this.name}: ${text}\n`);
  }
  /** Text on standard error, after what standard output holds. */
  async raw(text: string): Promise<void> {
    await this.flush();
    await this.process.write(2, textToBytes(isUtf8(this.process) ? text : text.replace(/[\u2018\u2019]/g, "'")));
  }
  /** Writes what is left and answers the exit code. */
  async end(code: number): Promise<number> {
    return (await this.flush()) ? code : Math.max(code, this.#failedStatus);
  }
  get broken(): boolean {
    return this.#broken;
  }

  async #write(fd: Fd, bytes: Uint8Array): Promise<boolean> {
    const written = await this.process.write(fd, bytes);
    if (!failed(written)) return true;
    this.#broken = fd === 1;
    if (written.errno === 'EPIPE' && fd !== 1) return false;
    const { outputFailure } = await this.process.hold(import('./coreutils/output-messages.ts'));
    const [text, status] = outputFailure(this, this.flavour, written);
    if (fd === 1) this.#failedStatus = status;
    await this.process.write(2, textToBytes(text));
    return false;
  }
}

/** Reads a descriptor line by line without holding more than one piece and one line. */
export class LineReader {
  readonly #process: Process;
  readonly #fd: Fd;
  readonly #delimiter: number;
  #held: Uint8Array[] = [];
  #chunk: Uint8Array = EMPTY_BYTES;
  #at = 0;
  #ended = false;
  #failure: Result<never> | undefined;
  /** Whether the line just read lacked its end of line. */
  unterminated = false;

  constructor(process: Process, fd: Fd, delimiter = 10) {
    this.#process = process;
    this.#fd = fd;
    this.#delimiter = delimiter;
  }

  /** A line that is here already; undefined where a read is needed first. */
  ready(): Uint8Array | undefined {
    const at = this.#chunk.indexOf(this.#delimiter, this.#at);
    if (at < 0) return undefined;
    const piece = this.#chunk.subarray(this.#at, at);
    this.#at = at + 1;
    this.unterminated = false;
    if (this.#held.length === 0) return piece;
    const whole = concatBytes([...this.#held, piece]);
    this.#held = [];
    return whole;
  }

  /** Reads once; false at the end. */
  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    if (this.#at < this.#chunk.length) this.#held.push(this.#chunk.subarray(this.#at));
    this.#chunk = EMPTY_BYTES;
    this.#at = 0;
    const bytes = await this.#process.read(this.#fd, BUFFER_LIMIT);
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR') return true;
      this.#failure = bytes;
      this.#ended = true;
      return false;
    }
    if (bytes.length === 0) {
      this.#ended = true;
      return false;
    }
    this.#chunk = bytes;
    return true;
  }

  /** What is left at the end without a delimiter. */
  rest(): Uint8Array | undefined {
    if (this.#held.length === 0) return undefined;
    const whole = concatBytes(this.#held);
    this.#held = [];
    this.unterminated = true;
    return whole;
  }

  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const line = this.ready();
      if (line !== undefined) return line;
      if (!(await this.fill())) return this.rest();
    }
  }

  async nextText(): Promise<string | undefined> {
    const line = await this.next();
    return line === undefined ? undefined : bytesToText(line);
  }

  /** Bytes of the last piece that was read. */
  get available(): number {
    return this.#chunk.length;
  }

  get failure(): Result<never> | undefined {
    return this.#failure;
  }
}

/** Everything up to the end of file. */
export async function readAll(process: Process, fd: Fd): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = await process.read(fd, BUFFER_LIMIT);
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR') continue;
      return bytes;
    }
    if (bytes.length === 0) return concatBytes(parts);
    parts.push(bytes);
    length += bytes.length;
    if (length > WHOLE_INPUT_BOUND) return { errno: 'ENOMEM' };
  }
}

/** Opens an operand for reading; `-` is standard input. */
export function openInput(process: Process, name: string): Result<Fd> {
  return name === '-' ? 0 : process.open(name, { read: true });
}

/** Reads an operand whole, devices and pipes included. */
export async function readOperand(process: Process, name: string): Promise<Result<Uint8Array>> {
  const fd = openInput(process, name);
  if (failed(fd)) return fd;
  const stat = process.fstat(fd);
  const bytes: Result<Uint8Array> =
    !failed(stat) && stat.type === 'directory' ? { errno: 'EISDIR' } : await readAll(process, fd);
  if (fd !== 0) process.close(fd);
  return bytes;
}

/** Last component of a path, as the name a program calls itself. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Text of a small file; undefined where it cannot be read. */
export function fileText(process: Process, path: string): string | undefined {
  const bytes = process.readFile(path);
  return failed(bytes) ? undefined : bytesToText(bytes);
}
