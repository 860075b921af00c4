/** uniq (GNU coreutils 9.4). */
import { helpHint } from '../help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import type { Applet, Invocation, Options } from '../command.ts';
import { command, eachLine, usageError } from '../command.ts';
import { quotePlain } from '../quoting.ts';

const base = command(
  {
    name: 'uniq',
    short: 'cdDuif:s:w:z',
    numeric: 'f',
    usage: '[OPTION]... [INPUT [OUTPUT]]',
    long: {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
      'check-chars': 'w',
      'all-repeated': 'D::',
      group: 'group::',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { options, io, process, operands } = call;
    const problem = numberProblem(options);
    if (problem !== undefined) {
      await io.warn(problem);
      return 1;
    }
    const methodProblem = await methodStatus(call);
    if (methodProblem !== undefined) return methodProblem;
    const [input = '-', output = '-'] = operands;
    if (output !== '-') {
      const fd = process.open(output, { write: true, create: true, truncate: true });
      if (failed(fd)) {
        await io.warn(`${quotePlain(output)}: ${strerror(fd)}`);
        return 1;
      }
      process.dup2(fd, 1);
    }
    const groups = new Groups(call);
    const keyOf = keyMaker(options);
    const good = await eachLine(
      call,
      [input],
      (bytes) => {
        const line = bytesToText(bytes);
        groups.take(line, keyOf(line));
      },
      options.has('z') ? 0 : 10,
    );
    groups.finish();
    return await io.end(good ? 0 : 1);
  },
);

/** `uniq +2` is older than -s, and `-2f` takes the digits before it as the fields to skip. */
const applet: Applet['applet'] = async (process, flavour, argv) => {
  const words = flavour === 'busybox' ? argv : argv.flatMap(olderWords);
  return await base.applet(process, flavour, words);
};
const olderWords = (word: string, at: number, words: readonly string[]): readonly string[] => {
  const [, sign, digits = '', rest = ''] = /^([-+])(\d+)([a-zA-Z]*)$/.exec(word) ?? [];
  if (/^-[fsw]$/.test(words[at - 1] ?? '')) return [word];
  if (at === 0 || sign === undefined || (sign === '+' && rest !== '')) return [word];
  return [`-${sign === '+' ? 's' : 'f'}`, digits, ...(rest === '' ? [] : [`-${rest}`])];
};
export const uniq: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

function numberProblem(options: Options): string | undefined {
  for (const [letter, what] of [
    ['f', 'fields to skip'],
    ['s', 'bytes to skip'],
    ['w', 'bytes to compare'],
  ] as const)
    for (const text of options.values(letter)) if (!/^\d+$/.test(text)) return `${text}: invalid number of ${what}`;
  return undefined;
}

const DELIMITED = ['none', 'prepend', 'separate'];
const GROUPED = ['prepend', 'append', 'separate', 'both'];

async function methodStatus(call: Invocation): Promise<number | undefined> {
  const { options, operands } = call;
  for (const [letter, name, valid] of [
    ['D', '--all-repeated', DELIMITED],
    ['group', '--group', GROUPED],
  ] as const) {
    const given = options.value(letter) ?? '';
    if (given === '' || valid.includes(given)) continue;
    await call.io.warn(`invalid argument \u2018${given}\u2019 for \u2018${name}\u2019`);
    await call.io.raw(
      `Valid arguments are:\n${valid.map((one) => `  - \u2018${one}\u2019\n`).join('')}${helpHint(call.io)}\n`,
    );
    return 1;
  }
  if (operands.length > 2) return await usageError(call, `extra operand '${operands[2] ?? ''}'`);
  if (options.has('group') && ['c', 'd', 'D', 'u'].some((letter) => options.has(letter)))
    return await usageError(call, '--group is mutually exclusive with -c/-d/-D/-u');
  if (options.has('c') && options.has('D'))
    return await usageError(call, 'printing all duplicated lines and repeat counts is meaningless');
  return undefined;
}

function keyMaker(options: Options): (line: string) => string {
  const [fields, chars] = [Number(options.value('f') ?? '0'), Number(options.value('s') ?? '0')];
  const width = Number(options.value('w') ?? Infinity);
  const field = fields === 0 ? undefined : new RegExp(`^(?:[ \\t\\n]*[^ \\t\\n]*){0,${String(fields)}}`, 'u');
  return (line) => {
    let key = field === undefined ? line : line.replace(field, '');
    if (chars > 0 || width !== Infinity) key = key.slice(chars, chars + width);
    return options.has('i') ? key.toLowerCase() : key;
  };
}

/** Runs of lines with one key, and what of them is shown. */
class Groups {
  readonly #end: string;
  readonly #parts: string;
  /** Every run's first line is wanted, whatever follows: it is printed as it comes. */
  readonly #firstOfEach: boolean;
  #line: string | undefined;
  #key = '';
  #count = 0;
  #shown = 0;

  constructor(private readonly call: Invocation) {
    const { options } = call;
    this.#end = options.has('z') ? '\0' : '\n';
    this.#parts = options.has('group') ? options.value('group') || 'separate' : options.value('D') || 'none';
    this.#firstOfEach = !['c', 'd', 'u', 'D', 'group'].some((option) => options.has(option));
  }

  take(line: string, key: string): void {
    const { options } = this.call;
    if (this.#line !== undefined && key === this.#key) {
      this.#count += 1;
      if (options.has('D')) {
        if (this.#count === 2) {
          this.#part(this.#shown > 0);
          this.#out(this.#line);
        }
        this.#out(line);
      } else if (options.has('group')) this.#out(line);
      return;
    }
    this.#endRun();
    if (options.has('group')) {
      this.#part(this.#line !== undefined);
      this.#out(line);
    }
    if (this.#firstOfEach) this.#out(line);
    this.#line = line;
    this.#key = key;
    this.#count = 1;
  }

  finish(): void {
    this.#endRun();
    const wants = this.call.options.has('group') && (this.#parts === 'append' || this.#parts === 'both');
    if (wants && this.#line !== undefined) this.call.io.out(this.#end);
  }

  /** The line between two groups, or before the first. */
  #part(isLater: boolean): void {
    const always = this.#parts === 'prepend' || this.#parts === 'both';
    if (always || (isLater && (this.#parts === 'separate' || this.#parts === 'append'))) this.call.io.out(this.#end);
  }

  #endRun(): void {
    const { options } = this.call;
    if (this.#firstOfEach || this.#line === undefined || options.has('D') || options.has('group')) return;
    if ((options.has('d') && this.#count < 2) || (options.has('u') && this.#count > 1)) return;
    this.#out(options.has('c') ? `${String(this.#count).padStart(7)} ${this.#line}` : this.#line);
  }

  #out(text: string): void {
    this.#shown += 1;
    this.call.io.out(text + this.#end);
  }
}
