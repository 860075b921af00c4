/**
 * jq 1.7.
 * Models: the language with paths, updates, folds, labels, destructuring; its functions over values, text and regular
 * expressions; the options people use. Values are printed as they come in.
 * Leaves out: modules, SQL operators, `limit`s of depth, `getpath` on streams (--stream);
 * recursion without end is stopped by a bound (effort.ts), tail calls included.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { bytesToText, wholeCharacters } from '../../text.ts';
import type { Fd } from '../../../protocol/program.ts';
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import type { Invocation } from '../command.ts';
import { Io, openInput } from '../../io.ts';
import type { Applet } from '../command.ts';
import { boundOf, Exhausted } from './effort.ts';
import { toText } from './formats.ts';
import { isTrue } from './found.ts';
import { JqInterpreter } from './interpreter.ts';
import type { Json, SplitValue } from './json.ts';
import { JsonFault, parseJson, ValueSplitter } from './json.ts';
import { Halt } from './native.ts';
import { parseArguments } from './options.ts';
import type { JqOptions } from './options.ts';
import { JqError } from './paths.ts';
import { parseJq } from './parser.ts';
import { printJson } from './print.ts';
import type { Filter } from './syntax.ts';
import { JqSyntax } from './syntax.ts';
import { versioned } from '../../versioned.ts';

const USAGE_STATUS = 2;
const COMPILE_STATUS = 3;
const ERROR_STATUS = 5;

const run: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'jq');
  const options = parseArguments(process, argv.slice(1));
  if (typeof options === 'string') {
    await io.raw(`${options}\n`);
    return USAGE_STATUS;
  }
  return await new Jq(process, io, options).run();
};
export const jq = versioned({
  name: 'jq',
  memoryBytes: 3_000_000,
  run: (process) => run(process, 'gnu', process.argv),
  applet: run,
});

class Jq {
  readonly #process: Invocation['process'];
  readonly #io: Io;
  readonly #options: JqOptions;
  readonly #interpreter: JqInterpreter;
  /** Values that are read and not yet used. */
  readonly #queue: { readonly value: Json; readonly place: string }[] = [];
  #messages = '';
  #status = 0;
  #last: Json | undefined;
  /** Where the value at hand was read. */
  #place = '<unknown>';

  constructor(process: Invocation['process'], io: Io, options: JqOptions) {
    this.#process = process;
    this.#io = io;
    this.#options = options;
    const environment = new Map<string, Json>(Object.entries(process.env));
    this.#interpreter = new JqInterpreter({
      variables: options.variables,
      environment,
      nowSeconds: () => process.time().realtimeUs / 1e6,
      input: () => this.#take(),
      debug: (text) => {
        this.#messages += text;
      },
    });
  }

  async run(): Promise<number> {
    const filter = await this.#compile();
    if (filter === undefined) return COMPILE_STATUS;
    try {
      // `input` takes values while a filter runs, so they have to be here before it starts.
      if (this.#options.wholeInput) await this.#readInputs(async () => await Promise.resolve());
      if (this.#options.nullInput) await this.#apply(filter, null);
      else if (this.#options.slurp) {
        const value = this.#options.rawInput
          ? this.#queue.map(({ value }) => toText(value)).join('')
          : this.#queue.splice(0).map(({ value }) => value);
        await this.#apply(filter, value);
      } else if (this.#options.wholeInput) await this.#drain(filter);
      else await this.#readInputs(async () => await this.#drain(filter));
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      if (error.value !== undefined)
        await this.#io.raw(typeof error.value === 'string' ? error.value : `${printJson(error.value)}\n`);
      return await this.#io.end(error.status);
    }
    return await this.#io.end(this.#exitStatus());
  }

  #exitStatus(): number {
    if (this.#status !== 0 || !this.#options.exitStatus) return this.#status;
    return this.#last === undefined ? 4 : isTrue(this.#last) ? 0 : 1;
  }

  async #compile(): Promise<Filter | undefined> {
    try {
      return parseJq(this.#options.program);
    } catch (error) {
      if (!(error instanceof JqSyntax)) throw error;
      await this.#compileError(error);
      return undefined;
    }
  }
  async #compileError({ message }: JqSyntax): Promise<void> {
    const hint = message.includes('unexpected') ? ' (Unix shell quoting issues?)' : '';
    await this.#io.raw(
      `jq: error: ${message}${hint} at <top-level>, line 1:\n${this.#options.program}\njq: 1 compile error\n`,
    );
  }

  async #drain(filter: Filter): Promise<void> {
    for (let value = this.#take(); value !== undefined; value = this.#take()) await this.#apply(filter, value);
    await this.#io.flush();
  }

  async #apply(filter: Filter, input: Json): Promise<void> {
    try {
      for (const value of this.#interpreter.run(filter, input)) {
        this.#print(value);
        if (this.#messages !== '') await this.#flushMessages();
        if (this.#io.full && !(await this.#io.flush())) return;
      }
      await this.#flushMessages();
    } catch (error) {
      await this.#flushMessages();
      if (error instanceof JqError) {
        this.#status = ERROR_STATUS;
        await this.#io.raw(
          `jq: error (at ${this.#place})${typeof error.value === 'string' ? `: ${error.message}` : ` (not a string): ${printJson(error.value)}`}\n`,
        );
      } else if (error instanceof Exhausted || error instanceof RangeError) {
        await this.#io.raw(`jq: error: cannot go on (drydock bound: ${boundOf(error)})\n`);
        throw new Halt(ERROR_STATUS, undefined);
      } else if (error instanceof JqSyntax) {
        await this.#compileError(error);
        throw new Halt(COMPILE_STATUS, undefined);
      } else throw error;
    }
  }
  #take(): Json | undefined {
    const next = this.#queue.shift();
    if (next !== undefined) this.#place = next.place;
    return next?.value;
  }
  async #flushMessages(): Promise<void> {
    if (this.#messages === '') return;
    const text = this.#messages;
    this.#messages = '';
    await this.#io.raw(text);
  }

  #print(value: Json): void {
    this.#last = value;
    const { raw, style, join, zero } = this.#options;
    const text = raw && typeof value === 'string' ? value : printJson(value, style);
    this.#io.out(text + (zero ? '\0' : join ? '' : '\n'));
  }

  /** Reads the files or standard input; `use` is called whenever values have come. */
  async #readInputs(use: () => Promise<void>): Promise<void> {
    for (const name of this.#options.files.length === 0 ? ['-'] : this.#options.files) {
      const fd = openInput(this.#process, name);
      if (failed(fd)) {
        this.#status = USAGE_STATUS;
        await this.#io.raw(`jq: error: Could not open file ${name}: ${strerror(fd)}\n`);
        continue;
      }
      const good = await this.#readFile(fd, name === '-' ? '<stdin>' : name, use);
      if (fd !== 0) this.#process.close(fd);
      if (!good || this.#io.broken) return;
    }
  }

  async #readFile(fd: Fd, name: string, use: () => Promise<void>): Promise<boolean> {
    const splitter = new ValueSplitter();
    let held: Uint8Array = EMPTY_BYTES;
    let rawRest = '';
    for (;;) {
      const bytes = await this.#process.read(fd, 65_536);
      if (failed(bytes)) {
        if (bytes.errno === 'EINTR') continue;
        this.#status = USAGE_STATUS;
        return true;
      }
      const last = bytes.length === 0;
      const all = concatBytes([held, bytes]);
      const whole = last ? all.length : wholeCharacters(all);
      held = all.subarray(whole);
      const text = bytesToText(all.subarray(0, whole));
      if (this.#options.rawInput) rawRest = this.#takeLines(rawRest + text, name, last);
      else if (!(await this.#takeValues(splitter.push(text, last), name, use))) return false;
      await use();
      if (last) return true;
    }
  }

  /** Lines as strings (-R), or the whole text with -s. */
  #takeLines(text: string, name: string, last: boolean): string {
    if (this.#options.slurp) {
      this.#queue.push({ value: text, place: name });
      return '';
    }
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    if (last && rest !== '') lines.push(rest);
    for (const [at, value] of lines.entries()) this.#queue.push({ value, place: `${name}:${String(at + 1)}` });
    return last ? '' : rest;
  }

  async #takeValues(texts: readonly SplitValue[], name: string, use: () => Promise<void>): Promise<boolean> {
    for (const { text, line } of texts) {
      try {
        this.#queue.push({ value: parseJson(text), place: `${name}:${String(line)}` });
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error;
        await use();
        await this.#io.raw(
          `jq: parse error: ${error.message} at line ${String(Math.max(1, line))}, column ${String(error.at)}\n`,
        );
        this.#status = USAGE_STATUS;
        return false;
      }
    }
    return true;
  }
}
