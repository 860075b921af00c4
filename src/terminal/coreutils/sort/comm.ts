import { failed } from '../../../protocol/errno.ts';
import { LineReader, openInput } from '../../io.ts';
import { compareBytes } from './byte-order.ts';
import type { Invocation } from '../command.ts';
import { command, twoOperands, warnOfInput } from '../command.ts';
import { bytesToText } from '../../text.ts';

export const comm = command(
  {
    name: 'comm',
    short: '123z',
    long: {
      'check-order': 'check',
      'nocheck-order': 'nocheck',
      'output-delimiter': 'delimiter:',
      total: 'total',
      'zero-terminated': 'z',
    },
  },
  async (call) => {
    const { io, options } = call;
    const names = await twoOperands(call);
    if (names === undefined) return 1;
    const [left, right] = [await openSorted(call, names[0], 1), await openSorted(call, names[1], 2)];
    if (left === undefined || right === undefined) return 1;
    const glue = options.value('delimiter') ?? '\t';
    const end = options.has('z') ? '\0' : '\n';
    const shows = ['1', '2', '3'].map((column) => !options.has(column));
    const heads = [
      '',
      shows[0] === true ? glue : '',
      (shows[0] === true ? glue : '') + (shows[1] === true ? glue : ''),
    ];
    const totals = [0, 0, 0];
    const put = (column: 0 | 1 | 2, line: Uint8Array): void => {
      totals[column] = (totals[column] ?? 0) + 1;
      if (shows[column] === true) io.out((heads[column] ?? '') + bytesToText(line) + end);
    };
    if (!(await left.advance()) || !(await right.advance())) return 1;
    while ((left.line !== undefined || right.line !== undefined) && !io.broken) {
      const order = left.line === undefined ? 1 : right.line === undefined ? -1 : compareBytes(left.line, right.line);
      if (order < 0) put(0, left.line ?? new Uint8Array(0));
      else if (order > 0) put(1, right.line ?? new Uint8Array(0));
      else put(2, left.line ?? new Uint8Array(0));
      if (io.full) await io.flush();
      const side = order <= 0 ? left : right;
      if (!(await side.advance()) || (order === 0 && !(await right.advance()))) return 1;
    }
    if (options.has('total')) io.out(`${totals.join(glue)}${glue}total${end}`);
    const disordered = left.disordered || right.disordered;
    if (disordered && !options.has('nocheck')) {
      await io.warn('input is not in sorted order');
      return 1;
    }
    return await io.end(0);
  },
);

interface SortedInput {
  line: Uint8Array | undefined;
  disordered: boolean;
  /** False where a lack of order ends the program. */
  advance: () => Promise<boolean>;
}

async function openSorted(call: Invocation, name: string, number: number): Promise<SortedInput | undefined> {
  const { io, options, process } = call;
  const fd = openInput(process, name);
  if (failed(fd)) {
    await warnOfInput(call, name, fd);
    return undefined;
  }
  const reader = new LineReader(process, fd, options.has('z') ? 0 : 10);
  const input: SortedInput = {
    line: undefined,
    disordered: false,
    advance: async () => {
      const before = input.line;
      const next = reader.ready() ?? (await io.flush(), await reader.next());
      if (next === undefined && failed(reader.failure)) {
        await warnOfInput(call, name, reader.failure);
        return false;
      }
      input.line = next;
      if (
        before === undefined ||
        next === undefined ||
        input.disordered ||
        options.has('nocheck') ||
        compareBytes(before, next) <= 0
      )
        return true;
      input.disordered = true;
      await io.warn(`file ${String(number)} is not in sorted order`);
      return !options.has('check');
    },
  };
  return input;
}
