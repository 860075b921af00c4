import { bytesToText } from '../../text.ts';
import { command, eachLine } from '../command.ts';

const [BACKSPACE, TAB, RETURN, SPACE] = [8, 9, 13, 32];

export const fold = command(
  { name: 'fold', short: 'bsw:', long: { bytes: 'b', spaces: 's', width: 'w' }, numeric: 'w' },
  async (call) => {
    const { options, io } = call;
    const width = Number(options.value('w') ?? '80');
    if (!Number.isInteger(width) || width < 1) {
      await io.warn(
        `invalid number of columns: \u2018${options.value('w') ?? ''}\u2019${width === 0 ? ': Numerical result out of range' : ''}`,
      );
      return 1;
    }
    const good = await eachLine(call, call.operands, (line, reader) => {
      const pieces = foldLine(line, width, { bytes: options.has('b'), spaces: options.has('s') });
      io.out(pieces.map(bytesToText).join('\n') + (reader.unterminated ? '' : '\n'));
    });
    return await io.end(good ? 0 : 1);
  },
);

/** A line in pieces of at most `width` columns; GNU counts bytes, not characters. */
function foldLine(
  line: Uint8Array,
  width: number,
  { bytes, spaces }: { readonly bytes: boolean; readonly spaces: boolean },
): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  let column = 0;
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at] ?? 0;
    const next = bytes ? column + 1 : columnAfter(column, byte);
    if (next <= width || at === start) {
      column = next;
      continue;
    }
    const blank = spaces ? line.subarray(start, at).lastIndexOf(SPACE) : -1;
    const end = blank < 0 ? at : start + blank + 1;
    pieces.push(line.subarray(start, end));
    start = end;
    at = end - 1;
    column = 0;
  }
  return [...pieces, line.subarray(start)];
}

function columnAfter(column: number, byte: number): number {
  if (byte === TAB) return column + 8 - (column % 8);
  if (byte === BACKSPACE) return Math.max(0, column - 1);
  return byte === RETURN ? 0 : column + 1;
}
