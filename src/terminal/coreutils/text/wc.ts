/** wc (GNU coreutils 9.4). */
import { helpHint } from '../help-hint.ts';
import { charWidth } from '../../../formats/cell-width.ts';
import { streamingDecoder } from '../../../protocol/bytes.ts';
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Fd, FileStat } from '../../../protocol/program.ts';
import { openInput, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { quoteName } from '../quoting.ts';
import { command, usageError, warnOfInput } from '../command.ts';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}
const none = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 });

const COLUMNS = { l: 'lines', w: 'words', m: 'chars', c: 'bytes', L: 'longest' } as const;
type Column = keyof typeof COLUMNS;
const LETTERS: readonly Column[] = ['l', 'w', 'm', 'c', 'L'];

export const wc = command(
  {
    name: 'wc',
    short: 'lwcmL',
    long: {
      lines: 'l',
      words: 'w',
      bytes: 'c',
      chars: 'm',
      'max-line-length': 'L',
      'files0-from': 'files0:',
      total: 'total:',
    },
  },
  async (call) => {
    const { options, io, process } = call;
    const names = await operandsOf(call);
    if (typeof names === 'number') return names;
    const totals = options.value('total') ?? 'auto';
    if (!['auto', 'always', 'only', 'never'].includes(totals))
      return await usageError(call, `invalid argument '${totals}' for '--total'`);
    const chosen = LETTERS.filter((letter) => options.has(letter));
    const columns = chosen.length === 0 ? (['l', 'w', 'c'] as const) : chosen;
    const width = widthOf(call, names, columns.length);
    const show = (counts: Counts, name: string): void => {
      const cells = columns.map((letter) => String(counts[COLUMNS[letter]]).padStart(width));
      io.line(`${cells.join(' ')}${name === '' ? '' : ` ${name}`}`);
    };
    const total = none();
    let status = 0;
    for (const name of names) {
      const counts = none();
      const fd = openInput(process, name);
      const failure = failed(fd) ? fd : await count(call, fd, counts);
      if (!failed(fd) && fd !== 0) process.close(fd);
      if (failed(failure)) {
        status = 1;
        await warnOfInput(call, name, failure, call.operands.length === 0);
        if (failed(fd) || call.flavour === 'busybox') continue;
      }
      for (const letter of LETTERS) {
        const key = COLUMNS[letter];
        total[key] = key === 'longest' ? Math.max(total.longest, counts.longest) : total[key] + counts[key];
      }
      if (totals !== 'only') show(counts, call.operands.length === 0 && name === '-' ? '' : name);
    }
    if (totals === 'only') show(total, '');
    else if (totals === 'always' || (totals === 'auto' && names.length > 1)) show(total, 'total');
    return await io.end(status);
  },
);

async function operandsOf(call: Invocation): Promise<readonly string[] | number> {
  const { io, options, operands, process } = call;
  const list = options.value('files0');
  if (list === undefined) return operands.length === 0 ? ['-'] : operands;
  if (operands.length > 0) {
    await io.warn(`extra operand '${operands[0] ?? ''}'`);
    await io.raw(`file operands cannot be combined with --files0-from\n${helpHint(io)}\n`);
    return 1;
  }
  const bytes = await readOperand(process, list);
  if (!failed(bytes)) return bytesToText(bytes).replace(/\0$/, '').split('\0');
  await io.warn(`cannot open ${quoteName(list)} for reading: ${strerror(bytes)}`);
  return 1;
}

/** GNU's numbers are as wide as the sizes of the files need, seven where one of them is no file. */
function widthOf(call: Invocation, names: readonly string[], columns: number): number {
  if (call.flavour === 'busybox') return names.length > 1 || columns > 1 ? 9 : 0;
  if (call.options.value('total') === 'only' || (names.length === 1 && columns === 1)) return 0;
  // A list that streams in is not known when the first line is written.
  const list = call.options.value('files0') === '-' ? call.process.fstat(0) : undefined;
  if (list !== undefined && !failed(list) && list.type !== 'file') return 1;
  let bytes = 0;
  let least = 1;
  for (const name of names) {
    const stat: Result<FileStat> = name === '-' ? call.process.fstat(0) : call.process.stat(name);
    if (failed(stat)) continue;
    if (stat.type === 'file') bytes += stat.size;
    else least = 7;
  }
  return Math.max(least, String(bytes).length);
}

async function count({ process, options }: Invocation, fd: Fd, counts: Counts): Promise<Result<void>> {
  const stat = process.fstat(fd);
  if (!failed(stat) && stat.type === 'directory') return { errno: 'EISDIR' };
  const ruler = options.has('L') ? new Ruler() : undefined;
  let inWord = false;
  for (;;) {
    const bytes = await process.read(fd, 65_536);
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR') continue;
      return bytes;
    }
    if (bytes.length === 0) break;
    counts.bytes += bytes.length;
    for (const byte of bytes) {
      if (byte === 10) counts.lines += 1;
      if ((byte & 0xc0) !== 0x80) counts.chars += 1;
      const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
      // A byte that neither prints nor parts words changes nothing.
      if (!isSpace && (byte < 32 || byte === 127)) continue;
      if (!isSpace && !inWord) counts.words += 1;
      inWord = !isSpace;
    }
    ruler?.take(bytes);
  }
  counts.longest = ruler?.end() ?? 0;
  return undefined;
}

/** The widest line, in cells. */
class Ruler {
  readonly #decode = streamingDecoder();
  #column = 0;
  #longest = 0;

  take(bytes: Uint8Array): void {
    for (const char of this.#decode(bytes)) {
      if (char === '\n' || char === '\r' || char === '\f') this.#endLine();
      else if (char === '\t') this.#column += 8 - (this.#column % 8);
      else this.#column += charWidth(char);
    }
  }
  end(): number {
    this.#endLine();
    return this.#longest;
  }
  #endLine(): void {
    this.#longest = Math.max(this.#longest, this.#column);
    this.#column = 0;
  }
}
