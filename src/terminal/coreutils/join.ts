import { failed, strerror } from '../../protocol/errno.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { LineReader, openInput } from '../io.ts';
import { compareBytes } from './byte-order.ts';
import type { Invocation } from './command.ts';
import { command, twoOperands } from './command.ts';

interface Row {
  readonly fields: readonly string[];
  readonly key: string;
}

/** One sorted input: the rows with the key that comes next, and the one after them. */
class Side {
  group: readonly Row[] = [];
  #ahead: Row | undefined;
  #line = 0;
  #warned = false;

  constructor(
    private readonly call: Invocation,
    private readonly reader: LineReader,
    private readonly name: string,
    private readonly field: number,
  ) {}

  async start(): Promise<void> {
    this.#ahead = await this.row();
    await this.next();
  }
  /** Takes the next group of rows with one key. */
  async next(): Promise<void> {
    const first = this.#ahead;
    const rows: Row[] = [];
    while (this.#ahead !== undefined && first !== undefined && order(this.call, this.#ahead.key, first.key) === 0) {
      rows.push(this.#ahead);
      const before = this.#ahead;
      this.#ahead = await this.row();
      await this.check(before, this.#ahead);
    }
    this.group = rows;
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
    const names = await twoOperands(call);
    if (names === undefined) return 1;
    const separator = options.value('t');
    if (separator !== undefined && [...separator].length > 1 && separator !== '\\0') {
      await io.warn(`multi-character tab \u2018${separator}\u2019`);
      return 1;
    }
    const sides: Side[] = [];
    for (const [at, name] of names.entries()) {
      const fd = openInput(process, name);
      if (failed(fd)) {
        await io.warn(`${name}: ${strerror(fd)}`);
        return 1;
      }
      sides.push(
        new Side(
          call,
          new LineReader(process, fd, options.has('z') ? 0 : 10),
          name,
          Number(options.value(at === 0 ? '1' : '2') ?? options.value('j') ?? '1'),
        ),
      );
    }
    const [left, right] = sides;
    if (left === undefined || right === undefined) return 1;
    if (options.has('header')) {
      const [a, b] = [await left.row(), await right.row()];
      if (a !== undefined && b !== undefined) writeRow(call, { a, b });
    }
    await left.start();
    await right.start();
    return await merge(call, left, right);
  },
);

async function merge(call: Invocation, left: Side, right: Side): Promise<number> {
  const { io, options } = call;
  const lonely = [...options.values('a'), ...options.values('v')];
  const pairs = !options.has('v');
  while ((left.group.length > 0 || right.group.length > 0) && !io.broken) {
    const [a] = left.group;
    const [b] = right.group;
    const difference = a === undefined ? 1 : b === undefined ? -1 : order(call, a.key, b.key);
    if (difference === 0 && pairs)
      for (const one of left.group) for (const other of right.group) writeRow(call, { a: one, b: other });
    if (difference < 0 && lonely.includes('1')) for (const one of left.group) writeRow(call, { a: one });
    if (difference > 0 && lonely.includes('2')) for (const other of right.group) writeRow(call, { b: other });
    if (io.full) await io.flush();
    if (difference <= 0) await left.next();
    if (difference >= 0) await right.next();
  }
  if (!left.disordered && !right.disordered) return await io.end(0);
  await io.warn('input is not in sorted order');
  return 1;
}

function writeRow(call: Invocation, { a, b }: { readonly a?: Row; readonly b?: Row }): void {
  const { options, io } = call;
  const empty = options.value('e') ?? '';
  const key = a?.key ?? b?.key ?? '';
  const format = options.values('o').flatMap((text) => text.split(/[ ,]+/));
  const fieldOf = (side: '1' | '2'): number => Number(options.value(side) ?? options.value('j') ?? '1') - 1;
  const rest = (row: Row | undefined, side: '1' | '2'): readonly string[] =>
    row?.fields.filter((_, at) => at !== fieldOf(side)) ?? [];
  const cells =
    format.length > 0 && format[0] !== 'auto'
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
