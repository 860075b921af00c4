import { helpHint } from '../help-hint.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { LineReader, openInput } from '../../io.ts';
import { compareBytes } from '../sort/byte-order.ts';
import type { Invocation, Options } from '../command.ts';
import { command, twoOperands, warnOfInput } from '../command.ts';
import { quoteName } from '../quoting.ts';

interface Row {
  readonly fields: readonly string[];
  readonly key: string;
}

/** One sorted input: the rows with the key that comes next, and the one after them. */
class Side {
  group: readonly Row[] = [];
  /** Fields of the first line. */
  width = 0;
  #ahead: Row | undefined;
  #last: Row | undefined;
  #line = 0;
  #warned = false;

  constructor(
    private readonly call: Invocation,
    private readonly reader: LineReader,
    private readonly name: string,
    private readonly field: number,
    /** Disorder is told once a line was found that has no partner. */
    private readonly pairing: { unpaired: boolean },
  ) {}

  get failure(): SysFailure | undefined {
    const { failure } = this.reader;
    return failed(failure) ? failure : undefined;
  }

  async start(): Promise<void> {
    await this.next();
    this.width = this.group[0]?.fields.length ?? 0;
  }
  /** Takes the next row. */
  async next(): Promise<void> {
    const row = this.#ahead ?? (await this.#checkedRow());
    this.#ahead = undefined;
    this.group = row === undefined ? [] : [row];
  }
  /** Takes all rows that have the key of the one at hand. */
  async gather(): Promise<void> {
    const [first] = this.group;
    if (first === undefined) return;
    const rows = [first];
    for (;;) {
      const row = await this.#checkedRow();
      if (row === undefined) break;
      if (order(this.call, row.key, first.key) !== 0) {
        this.#ahead = row;
        break;
      }
      rows.push(row);
    }
    this.group = rows;
  }
  async #checkedRow(): Promise<Row | undefined> {
    const row = await this.row();
    if (this.#last !== undefined) await this.check(this.#last, row);
    this.#last = row;
    return row;
  }
  disordered = false;

  async row(): Promise<Row | undefined> {
    const text = await this.reader.nextText();
    if (text === undefined) return undefined;
    this.#line += 1;
    const separator = this.call.options.value('t');
    const fields =
      separator === undefined
        ? text.split(/[ \t]+/).filter((part, at) => at > 0 || part !== '')
        : separator === ''
          ? [text]
          : text.split(separator === '\\0' ? '\0' : separator);
    return { fields, key: fields[this.field - 1] ?? '' };
  }
  private async check(before: Row, after: Row | undefined): Promise<void> {
    if (
      after === undefined ||
      this.#warned ||
      this.call.options.has('nocheck') ||
      !(this.pairing.unpaired || this.call.options.has('check')) ||
      order(this.call, before.key, after.key) <= 0
    )
      return;
    this.#warned = true;
    this.disordered = true;
    const separator = this.call.options.value('t') ?? ' ';
    await this.call.io.warn(`${this.name}:${String(this.#line)}: is not sorted: ${after.fields.join(separator)}`);
  }
}

function order(call: Invocation, a: string, b: string): number {
  const fold = (text: string): string => (call.options.has('i') ? text.toLowerCase() : text);
  return fold(a) === fold(b) ? 0 : compareBytes(encodeUtf8(fold(a)), encodeUtf8(fold(b)));
}

export const join = command(
  {
    name: 'join',
    short: 'a:e:i1:2:j:o:t:v:z',
    long: {
      'ignore-case': 'i',
      'check-order': 'check',
      'nocheck-order': 'nocheck',
      header: 'header',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    const problem = optionProblem(options);
    if (problem !== undefined) {
      await io.warn(problem);
      return 1;
    }
    const [, , extra] = call.operands;
    if (extra !== undefined && call.flavour === 'gnu') {
      await io.warn(`extra operand ${quoteName(extra)}`);
      await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
    const names = await twoOperands(call);
    if (names === undefined) return 1;
    if (names[0] === '-' && names[1] === '-') {
      await io.warn('both files cannot be standard input: No such file or directory');
      return 1;
    }
    const sides: Side[] = [];
    const pairing = { unpaired: false };
    for (const [at, name] of names.entries()) {
      const fd = openInput(process, name);
      if (failed(fd)) {
        await warnOfInput(call, name, fd);
        return 1;
      }
      sides.push(
        new Side(
          call,
          new LineReader(process, fd, options.has('z') ? 0 : 10),
          name,
          Number(options.value(at === 0 ? '1' : '2') ?? options.value('j') ?? '1'),
          pairing,
        ),
      );
    }
    const [left, right] = sides;
    if (left === undefined || right === undefined) return 1;
    if (options.has('header')) {
      const [a, b] = [await left.row(), await right.row()];
      if (a !== undefined && b !== undefined) writeRow(call, { a, b }, [a.fields.length, b.fields.length]);
    }
    await left.start();
    await right.start();
    const status = await merge(call, left, right, pairing);
    const failure = left.failure ?? right.failure;
    if (failure === undefined) return status;
    await io.warn(`read error: ${strerror(failure)}`);
    return 1;
  },
);

function optionProblem(options: Options): string | undefined {
  const quoted = (text: string): string => `\u2018${text}\u2019`;
  const fields: Record<string, string> = {};
  for (const [letter, value] of options.order) {
    if ((letter === 'a' || letter === 'v') && value !== '1' && value !== '2')
      return `invalid field number: ${quoted(value)}`;
    if ((letter === '1' || letter === '2' || letter === 'j') && !/^0*[1-9]\d*$/.test(value))
      return `invalid field number: ${quoted(value)}`;
    for (const side of letter === 'j' ? ['1', '2'] : letter === '1' || letter === '2' ? [letter] : []) {
      const before = (fields[side] ??= value);
      if (Number(before) !== Number(value)) return `incompatible join fields ${before}, ${value}`;
    }
    if (letter === 't' && [...value].length > 1 && value !== '\\0') return `multi-character tab ${quoted(value)}`;
    if (letter !== 'o' || value === 'auto') continue;
    for (const part of value.split(/[ ,]+/)) {
      if (part === '0') continue;
      if (!/^[12]/.test(part)) return `invalid file number in field spec: ${quoted(part)}`;
      if (!part.startsWith('.', 1)) return `invalid field specifier: ${quoted(part)}`;
      if (!/^0*[1-9]\d*$/.test(part.slice(2))) return `invalid field number: ${quoted(part.slice(2))}`;
    }
  }
  return undefined;
}

async function merge(call: Invocation, left: Side, right: Side, pairing: { unpaired: boolean }): Promise<number> {
  const { io, options } = call;
  const lonely = [...options.values('a'), ...options.values('v')];
  const pairs = !options.has('v');
  const auto = [left.width, right.width] as const;
  const mustStop = (): boolean => options.has('check') && (left.disordered || right.disordered);
  while ((left.group.length > 0 || right.group.length > 0) && !io.broken) {
    if (mustStop()) return await io.end(1);
    const [a] = left.group;
    const [b] = right.group;
    const difference = a === undefined ? 1 : b === undefined ? -1 : order(call, a.key, b.key);
    if (difference === 0) {
      await left.gather();
      if (!mustStop()) await right.gather();
      if (mustStop()) return await io.end(1);
    }
    if (difference === 0 && pairs)
      for (const one of left.group) for (const other of right.group) writeRow(call, { a: one, b: other }, auto);
    if (difference < 0 && lonely.includes('1')) for (const one of left.group) writeRow(call, { a: one }, auto);
    if (difference > 0 && lonely.includes('2')) for (const other of right.group) writeRow(call, { b: other }, auto);
    if (io.full) await io.flush();
    if (difference <= 0) await left.next();
    if (difference >= 0) await right.next();
    if (difference !== 0 && a !== undefined && b !== undefined) pairing.unpaired = true;
  }
  if (!left.disordered && !right.disordered) return await io.end(0);
  await io.warn('input is not in sorted order');
  return 1;
}

const fitted = (cells: readonly string[], width: number): readonly string[] =>
  Array.from({ length: Math.max(0, width) }, (_, at) => cells[at] ?? '');

/** `auto`: how many fields the first line of each side has, for -o auto. */
function writeRow(
  call: Invocation,
  { a, b }: { readonly a?: Row; readonly b?: Row },
  auto: readonly [number, number],
): void {
  const { options, io } = call;
  const empty = options.value('e') ?? '';
  const key = a?.key ?? b?.key ?? '';
  const format = options.values('o').flatMap((text) => text.split(/[ ,]+/));
  const fieldOf = (side: '1' | '2'): number => Number(options.value(side) ?? options.value('j') ?? '1') - 1;
  const rest = (row: Row | undefined, side: '1' | '2'): readonly string[] =>
    row?.fields.filter((_, at) => at !== fieldOf(side)) ?? [];
  const padded = (row: Row | undefined, side: '1' | '2', width: number): readonly string[] =>
    row === undefined ? new Array<string>(Math.max(0, width - 1)).fill('') : fitted(rest(row, side), width - 1);
  const cells =
    format[0] === 'auto'
      ? [key, ...padded(a, '1', auto[0]), ...padded(b, '2', auto[1])]
      : format.length > 0
        ? format.map((part) =>
            part === '0' ? key : ((part.startsWith('1') ? a : b)?.fields[Number(part.slice(2)) - 1] ?? ''),
          )
        : [key, ...rest(a, '1'), ...rest(b, '2')];
  const glue = options.value('t') ?? ' ';
  io.out(
    cells.map((cell) => (cell === '' ? empty : cell)).join(glue === '\\0' ? '\0' : glue) +
      (options.has('z') ? '\0' : '\n'),
  );
}
