/** The files of script: what was shown, what was typed, and when (util-linux script.c, formats classic and advanced). */
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process, WindowSize } from '../../../protocol/program.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText, textToBytes } from '../../text.ts';

/** What stdio holds back of a file. */
const BUFFER_BYTES = 4096;

export interface LogOptions {
  readonly output: string | undefined;
  readonly input: string | undefined;
  /** `-` for standard error. */
  readonly timing: string | undefined;
  readonly append: boolean;
  readonly flush: boolean;
  readonly advanced: boolean;
  readonly command: string | undefined;
  readonly shell: string;
  /** Of the terminal that it was started on. */
  readonly size: WindowSize | undefined;
}

interface LogFile {
  readonly fd: Fd;
  pending: string;
}

/** Plain, so that a session can go on from it. */
export interface LogState {
  readonly files: Readonly<Record<string, LogFile>>;
  readonly flush: boolean;
  readonly advanced: boolean;
  /** What is typed stands in the file of the output. */
  readonly both: boolean;
  lastUs: number;
}

type Stream = 'I' | 'O';

export class TypescriptLog {
  readonly #process: Process;
  readonly #state: LogState;

  constructor(process: Process, state: LogState) {
    this.#process = process;
    this.#state = state;
  }

  /** Opens the files and writes how they begin; the timing file is the first to be opened. */
  static async open(
    process: Process,
    options: LogOptions,
  ): Promise<{ readonly state: LogState } | { readonly problem: string }> {
    const { append, input, output, timing } = options;
    const files: Record<string, LogFile> = {};
    const add = (key: string, name: string): string | undefined => {
      const fd: Result<Fd> =
        name === '-'
          ? 2
          : process.open(name, { write: true, create: true, ...(append ? { append } : { truncate: true }) });
      if (failed(fd)) return `cannot open ${name}: ${strerror(fd)}`;
      files[key] = { fd, pending: '' };
      return undefined;
    };
    const both = input !== undefined && input === output;
    const problem =
      (timing === undefined ? undefined : add('timing', timing)) ??
      (output === undefined ? undefined : add('O', output)) ??
      (input === undefined || both ? undefined : add('I', input));
    if (problem !== undefined) return { problem };
    const state: LogState = {
      files,
      flush: options.flush,
      advanced: options.advanced,
      both,
      lastUs: process.time().monotonicUs,
    };
    const log = new TypescriptLog(process, state);
    await log.#begin(options);
    return { state };
  }

  saved(): LogState {
    return this.#state;
  }

  async #begin(options: LogOptions): Promise<void> {
    const { command, input, output, shell, size, timing } = options;
    const [process, at] = [this.#process, timestamp(this.#process.time().realtimeUs)];
    const tty = process.ttyName(0);
    const terminal: readonly (readonly [string, string])[] =
      size === undefined || failed(tty)
        ? []
        : [
            ...(process.env['TERM'] === undefined ? [] : [['TERM', process.env['TERM']] as const]),
            ['TTY', tty],
            ['COLUMNS', String(size.columns)],
            ['LINES', String(size.rows)],
          ];
    const facts = [
      ...(command === undefined ? [] : [`COMMAND="${command}"`]),
      ...(terminal.length === 0
        ? ['<not executed on terminal>']
        : terminal.map(([name, value]) => `${name}="${value}"`)),
    ];
    for (const key of ['O', 'I']) await this.#write(key, `Script started on ${at} [${facts.join(' ')}]\n`);
    if (!this.#state.advanced) return;
    const head: readonly (readonly [string, string | undefined])[] = [
      ['START_TIME', at],
      ...terminal,
      ['SHELL', shell],
      ['COMMAND', command],
      ['TIMING_LOG', timing],
      ['OUTPUT_LOG', output],
      ['INPUT_LOG', input],
    ];
    for (const [name, value] of head)
      if (value !== undefined) await this.#write('timing', `H 0.000000 ${name} ${value}\n`);
  }

  /** Bytes went through. */
  async passed(stream: Stream, bytes: Uint8Array): Promise<void> {
    const { advanced, both, files } = this.#state;
    const key = both ? 'O' : stream;
    if (files[key] === undefined) return;
    await this.#write(key, bytesToText(bytes));
    await this.#write('timing', `${advanced ? `${stream} ` : ''}${this.#delta()} ${String(bytes.length)}\n`);
  }

  async signal(text: string): Promise<void> {
    if (this.#state.advanced) await this.#write('timing', `S ${this.#delta()} ${text}\n`);
  }

  async end(code: number, durationUs: number): Promise<void> {
    const at = timestamp(this.#process.time().realtimeUs);
    for (const key of ['O', 'I'])
      await this.#write(key, `\nScript done on ${at} [COMMAND_EXIT_CODE="${String(code)}"]\n`);
    if (this.#state.advanced)
      await this.#write('timing', `H 0.000000 DURATION ${seconds(durationUs)}\nH 0.000000 EXIT_CODE ${String(code)}\n`);
    for (const file of new Set(Object.values(this.#state.files))) await this.#flush(file);
  }

  /** Since the last event. */
  #delta(): string {
    const nowUs = this.#process.time().monotonicUs;
    const passedUs = nowUs - this.#state.lastUs;
    this.#state.lastUs = nowUs;
    return seconds(passedUs);
  }

  async #write(key: string, text: string): Promise<void> {
    const file = this.#state.files[key];
    if (file === undefined) return;
    file.pending += text;
    if (this.#state.flush || file.fd === 2 || file.pending.length >= BUFFER_BYTES) await this.#flush(file);
  }

  async #flush(file: LogFile): Promise<void> {
    const text = file.pending;
    file.pending = '';
    if (text !== '') await this.#process.write(file.fd, textToBytes(text));
  }
}

const seconds = (us: number): string => (us / 1e6).toFixed(6);

const timestamp = (realtimeUs: number): string => strftime('%Y-%m-%d %H:%M:%S+00:00', realtimeUs);
