/** split (GNU coreutils 9.4): by lines, bytes, bytes of whole lines, or into a number of pieces. */
import { wholePower } from '../../../formats/power.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import { openInput, readAll } from '../../io.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Invocation } from '../command.ts';
import { command, parseSize, usageError } from '../command.ts';
import { runFilter } from './split-filter.ts';
import { byLines, byWholeLines, chunks, type Chunks, parseChunks } from './split-pieces.ts';
import { quoteName, quotePlain } from '../quoting.ts';

export const split = command(
  {
    name: 'split',
    short: 'a:b:C:del:n:t:ux',
    usage: '[OPTION]... [FILE [PREFIX]]',
    long: {
      'suffix-length': 'a',
      bytes: 'b',
      'line-bytes': 'C',
      'numeric-suffixes': 'd::',
      'elide-empty-files': 'e',
      filter: 'filter:',
      'hex-suffixes': 'x::',
      lines: 'l',
      number: 'n',
      separator: 't',
      unbuffered: 'u',
      'additional-suffix': 'suffix:',
      verbose: 'verbose',
    },
    numeric: 'l',
  },
  async (call) => {
    const { io, process } = call;
    const plan = planOf(call);
    if ('problem' in plan) {
      if (plan.isUsage) return await usageError(call, plan.problem);
      await io.warn(plan.problem);
      return 1;
    }
    const [name = '-', prefix = 'x', extra] = call.operands;
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
    const fd = openInput(process, name);
    if (failed(fd)) {
      await io.warn(`cannot open ${quoteName(name)} for reading: ${strerror(fd)}`);
      return 1;
    }
    const stat = process.fstat(fd);
    const unreadable: SysFailure | undefined = failed(stat)
      ? stat
      : stat.type === 'directory'
        ? { errno: 'EISDIR' }
        : undefined;
    if (unreadable !== undefined) {
      const what = plan.type === 'chunks' && plan.chunks.how !== 'r' ? ': cannot determine file size' : '';
      await io.warn(`${quotePlain(name)}${what}: ${strerror(unreadable)}`);
      return 1;
    }
    if (plan.type === 'chunks' && !failed(stat) && stat.type !== 'file' && plan.chunks.how !== 'r') {
      await io.warn(`${name}: cannot determine file size`);
      return 1;
    }
    return await writePieces(call, plan, fd, prefix);
  },
);

interface Problem {
  readonly problem: string;
  readonly isUsage: boolean;
}
type Plan =
  | { readonly type: 'lines' | 'bytes' | 'line-bytes'; readonly size: number; readonly separator: number }
  | { readonly type: 'chunks'; readonly chunks: Chunks; readonly separator: number };

const KINDS = { l: 'lines', b: 'bytes', C: 'line-bytes' } as const;

function planOf({ options }: Invocation): Plan | Problem {
  const asked = options.order.filter(([letter]) => 'lbCn'.includes(letter));
  if (asked.length > 1) return { problem: 'cannot split in more than one way', isUsage: true };
  const t = options.value('t');
  if (t === '') return { problem: 'empty record separator', isUsage: false };
  if (t !== undefined && t !== '\\0' && t.length > 1)
    return { problem: `multi-character separator \u2018${t}\u2019`, isUsage: false };
  const separator = t === undefined ? 10 : t === '\\0' ? 0 : t.charCodeAt(0);
  const suffix = options.value('suffix') ?? '';
  if (suffix.includes('/'))
    return { problem: `invalid suffix \u2018${suffix}\u2019, contains directory separator`, isUsage: true };
  const length = options.value('a') ?? '0';
  if (!/^\d+$/.test(length)) return { problem: `invalid suffix length: \u2018${length}\u2019`, isUsage: false };
  const [letter = 'l', given = '1000'] = asked[0] ?? [];
  if (letter === 'n') {
    const found = parseChunks(given);
    return typeof found === 'string'
      ? { problem: found, isUsage: false }
      : { type: 'chunks', chunks: found, separator };
  }
  const size = parseSize(given);
  if (size === undefined || size === 0) {
    const range = size === 0 ? ': Numerical result out of range' : '';
    return {
      problem: `invalid number of ${letter === 'l' ? 'lines' : 'bytes'}: \u2018${given}\u2019${range}`,
      isUsage: false,
    };
  }
  return { type: KINDS[letter === 'b' || letter === 'C' ? letter : 'l'], size, separator };
}

async function* pieces(call: Invocation, plan: Plan, fd: Fd): AsyncGenerator<Uint8Array> {
  if (plan.type === 'bytes') {
    const reader = new ByteReader(call.process, fd);
    for (let piece = await reader.block(plan.size); piece.length > 0; piece = await reader.block(plan.size))
      yield piece;
    return;
  }
  const bytes = await readAll(call.process, fd);
  if (failed(bytes)) return;
  if (plan.type === 'chunks') yield* chunks(bytes, plan.chunks, plan.separator);
  else if (plan.type === 'lines') yield* byLines(bytes, plan.size, plan.separator);
  else yield* byWholeLines(bytes, plan.size, plan.separator);
}

async function writePieces(call: Invocation, plan: Plan, fd: Fd, prefix: string): Promise<number> {
  const { io, options, process } = call;
  const only = plan.type === 'chunks' ? plan.chunks.only : undefined;
  const names = suffixes(call, prefix, plan.type === 'chunks' ? plan.chunks.count : undefined);
  const filter = options.value('filter');
  let number = 0;
  for await (const piece of pieces(call, plan, fd)) {
    number += 1;
    if (only !== undefined) {
      if (number === only) await io.bytes(piece);
      continue;
    }
    if (options.has('e') && piece.length === 0) continue;
    const next = names.next();
    if (next.done === true) {
      await io.warn('output file suffixes exhausted');
      return 1;
    }
    if (filter !== undefined) {
      if (options.has('verbose')) io.line(`executing with FILE=${quoteName(next.value)}`);
      await io.flush();
      const status = await runFilter(process, filter, next.value, piece);
      if (status !== 0) return status;
      continue;
    }
    if (options.has('verbose')) io.line(`creating file ${quoteName(next.value)}`);
    const written = process.writeFile(next.value, piece);
    if (failed(written)) {
      await io.warn(`${quotePlain(next.value)}: ${strerror(written)}`);
      return 1;
    }
  }
  return await io.end(0);
}

/** aa, ab … yz, then zaaa …: without a length the names grow so that they sort. */
function* suffixes(call: Invocation, prefix: string, count: number | undefined): Generator<string> {
  const { options } = call;
  const letters = options.has('d')
    ? '0123456789'
    : options.has('x')
      ? '0123456789abcdef'
      : 'abcdefghijklmnopqrstuvwxyz';
  const given = options.value('d') || options.value('x') || '';
  const first = given === '' ? 0 : Number.parseInt(given, options.has('x') ? 16 : 10);
  const base = letters.length;
  const encode = (value: number, length: number): string =>
    Array.from({ length }, (_, at) =>
      letters.charAt(Math.floor(value / wholePower(base, length - 1 - at)) % base),
    ).join('');
  const tail = options.value('suffix') ?? '';
  const last = letters.charAt(base - 1);
  const needed = count === undefined ? 0 : Math.max(2, encodeLength(first + count - 1, base));
  const fixed = Number(options.value('a') ?? '0') || (given === '' ? needed : Math.max(2, needed, given.length));
  if (fixed > 0) {
    for (let value = first; value < wholePower(base, fixed); value += 1) yield prefix + encode(value, fixed) + tail;
    return;
  }
  for (let head = '', length = 2; ; head += last, length += 1) {
    const end = (base - 1) * wholePower(base, length - 1);
    for (let value = 0; value < end; value += 1) yield prefix + head + encode(value, length) + tail;
  }
}

function encodeLength(value: number, base: number): number {
  let length = 1;
  for (let left = Math.floor(value / base); left > 0; left = Math.floor(left / base)) length += 1;
  return length;
}
