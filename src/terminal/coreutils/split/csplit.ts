/** csplit (GNU coreutils 9.4): cuts a file at line numbers and at lines that match. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { formatPrintf } from '../../printf-format.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { parsePatterns, type SplitPattern } from './split-patterns.ts';
import { quoteName } from '../quoting.ts';

export const csplit = command(
  {
    name: 'csplit',
    short: 'b:f:kn:sqz',
    usage: '[OPTION]... FILE PATTERN...',
    long: {
      'suffix-format': 'b',
      prefix: 'f',
      'keep-files': 'k',
      'suppress-matched': 'suppress',
      digits: 'n',
      silent: 's',
      quiet: 's',
      'elide-empty-files': 'z',
    },
  },
  async (call) => {
    const { io, operands, options, process } = call;
    const digits = options.value('n') ?? '2';
    if (!/^\d+$/.test(digits)) {
      await io.warn(`invalid number: \u2018${digits}\u2019`);
      return 1;
    }
    const suffix = options.value('b') ?? `%0${digits}d`;
    const wrong = wrongSuffix(suffix);
    if (wrong !== undefined) {
      await io.warn(wrong);
      return 1;
    }
    const [name, ...given] = operands;
    if (name === undefined) return await usageError(call, 'missing operand');
    if (given.length === 0) return await usageError(call, `missing operand after '${name}'`);
    const patterns = parsePatterns(given);
    if (patterns.type === 'problem') {
      await io.warn(patterns.problem);
      return 1;
    }
    for (const warning of patterns.warnings) await io.warn(`warning: ${warning}`);
    const bytes = await readOperand(process, name);
    if (failed(bytes) && (bytes.errno === 'EISDIR' || name === '-')) {
      // The first piece is there before the first byte is read.
      if (!options.has('s')) io.line('0');
      await io.warn(`read error: ${strerror(bytes)}`);
      return 1;
    }
    if (failed(bytes)) {
      await io.warn(`cannot open ${quoteName(name)} for reading: ${strerror(bytes)}`);
      return 1;
    }
    const splitting = new Splitting(call, bytesToText(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [], suffix);
    const problem = splitting.run(patterns.patterns);
    if (problem !== undefined) {
      await io.flush();
      await io.warn(problem);
    }
    return await io.end(problem === undefined ? 0 : 1);
  },
);

function wrongSuffix(suffix: string): string | undefined {
  const found = [...suffix.matchAll(/%(?:%|[-+ #0']*\d*(?:\.\d+)?(.?))/g)].filter(([all]) => all !== '%%');
  const [first, second] = found;
  if (first === undefined) return 'missing % conversion specification in suffix';
  if (!/^[diouxX]$/.test(first[1] ?? ''))
    return first[1] === ''
      ? 'missing conversion specifier in suffix'
      : `invalid conversion specifier in suffix: ${first[1] ?? ''}`;
  return second === undefined ? undefined : 'too many % conversion specifications in suffix';
}

/** A suffix says nothing of times. */
const NO_CONTEXT = { quote: (text: string): string => text, nowUs: 0, startUs: 0 };

class Splitting {
  /** The first line that no piece has, and the line that was looked at last, from 1. */
  #first = 1;
  #current = 0;
  #made: string[] = [];
  #problem: string | undefined;

  constructor(
    private readonly call: Invocation,
    private readonly lines: readonly string[],
    private readonly suffix: string,
  ) {}

  /** Writes the pieces; answers what went wrong. */
  run(patterns: readonly SplitPattern[]): string | undefined {
    let goesOn = true;
    for (const pattern of patterns)
      for (let repetition = 0; goesOn && repetition <= pattern.repeat; repetition += 1)
        goesOn = pattern.type === 'line' ? this.#toLine(pattern, repetition) : this.#toMatch(pattern, repetition);
    if (goesOn) this.#write(this.#take(this.lines.length + 1));
    if (this.#problem !== undefined && !this.call.options.has('k'))
      for (const name of this.#made) this.call.process.unlink(name);
    return this.#problem;
  }

  #toLine({ line }: SplitPattern & { type: 'line' }, repetition: number): boolean {
    const until = line * (repetition + 1);
    const suppress = this.call.options.has('suppress');
    const isShort = until > this.lines.length + 1 || (suppress && this.#first > this.lines.length);
    this.#write(this.#take(Math.min(until, this.lines.length + 1)));
    if (suppress) this.#take(this.#first + 1);
    if (isShort || (!suppress && this.#first > this.lines.length))
      return this.#fail(`\u2018${String(line)}\u2019: line number out of range`, repetition);
    return true;
  }

  #toMatch({ regex, offset, isSkipped, repeat, text }: SplitPattern & { type: 'match' }, repetition: number): boolean {
    let at = Math.max(this.#current + 1, offset < 0 ? this.#current + 1 : this.#first);
    while (at <= this.lines.length && !regex.test((this.lines[at - 1] ?? '').replace(/\n$/, ''))) at += 1;
    if (at > this.lines.length) {
      const rest = this.#take(this.lines.length + 1);
      if (!isSkipped) this.#write(rest);
      return repeat === Infinity ? false : this.#fail(`\u2018${text}\u2019: match not found`, repetition);
    }
    const until = at + offset;
    this.#current = at;
    if (until < this.#first || until > this.lines.length + 1) {
      const rest = until < this.#first ? '' : this.#take(this.lines.length + 1);
      if (!isSkipped) this.#write(rest);
      return this.#fail(`\u2018${text}\u2019: line number out of range`, 0);
    }
    const piece = this.#take(until);
    if (!isSkipped) this.#write(piece);
    this.#current = offset > 0 ? until : at;
    if (this.call.options.has('suppress')) this.#take(this.#first + 1);
    return true;
  }

  #fail(text: string, repetition: number): boolean {
    this.#problem = `${text}${repetition > 0 ? ` on repetition ${String(repetition)}` : ''}`;
    return false;
  }

  /** The lines up to `until`. */
  #take(until: number): string {
    const text = this.lines.slice(this.#first - 1, until - 1).join('');
    this.#first = Math.max(this.#first, until);
    this.#current = Math.max(this.#current, this.#first - 1);
    return text;
  }

  #write(text: string): void {
    const { io, options, process } = this.call;
    if (text === '' && options.has('z')) return;
    const { text: number } = formatPrintf(this.suffix, [String(this.#made.length)], NO_CONTEXT);
    const name = `${options.value('f') ?? 'xx'}${number}`;
    const bytes = textToBytes(text);
    const written = process.writeFile(name, bytes);
    if (failed(written)) {
      this.#problem ??= `${name}: ${strerror(written)}`;
      return;
    }
    this.#made.push(name);
    if (!options.has('s') && !options.has('q')) io.line(String(bytes.length));
  }
}
