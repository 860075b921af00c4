import { failed, strerror } from '../../../protocol/errno.ts';
import { openInput } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { command, parseSize, usageError } from '../command.ts';
import { ByteReader } from '../byte-reader.ts';

const hint = (name: string): string => `${name}: Try '${name} --help' for more information.`;

export const cmp = command(
  {
    name: 'cmp',
    short: 'bi:ln:s',
    long: { 'print-bytes': 'b', 'ignore-initial': 'i', verbose: 'l', bytes: 'n', quiet: 's', silent: 's' },
    usageStatus: 2,
    hint,
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (options.has('l') && options.has('s'))
      return await usageError(call, 'options -l and -s are incompatible', 2, hint(call.io.name));
    const limit = options.value('n');
    if (limit !== undefined && parseSize(limit) === undefined)
      return await usageError(call, `invalid --bytes value '${limit}'`, 2, hint(call.io.name));
    if (operands.length === 0)
      return await usageError(call, `missing operand after '${io.name}'`, 2, hint(call.io.name));
    if (operands.length > 4)
      return await usageError(call, `extra operand '${operands[4] ?? ''}'`, 2, hint(call.io.name));
    const names = [operands[0] ?? '-', operands[1] ?? '-'] as const;
    const readers: ByteReader[] = [];
    const skips = (options.value('i') ?? '0').split(':');
    const wrongSkip = [...skips, ...operands.slice(2)].find((skip) => parseSize(skip) === undefined);
    if (wrongSkip !== undefined)
      return await usageError(call, `invalid --ignore-initial value '${wrongSkip}'`, 2, hint(call.io.name));
    for (const [at, name] of names.entries()) {
      const fd = openInput(process, name);
      if (failed(fd)) {
        if (!options.has('s')) await io.warn(`${name}: ${strerror(fd)}`);
        return 2;
      }
      const reader = new ByteReader(process, fd);
      await reader.skip(parseSize(operands[at + 2] ?? skips[at] ?? skips[0] ?? '0') ?? 0);
      readers.push(reader);
    }
    const [first, second] = readers;
    return first === undefined || second === undefined ? 2 : await compare(call, names, first, second);
  },
);

/** Digits of the largest offset there can be: that of the shorter regular file, or of any. */
function offsetWidth({ process, operands, options }: Invocation, limit: number): number {
  const skips = (options.value('i') ?? '0').split(':');
  const sizes = [operands[0] ?? '-', operands[1] ?? '-'].flatMap((name, at) => {
    const stat = name === '-' ? process.fstat(0) : process.stat(name);
    const skip = parseSize(operands[at + 2] ?? skips[at] ?? skips[0] ?? '0') ?? 0;
    return failed(stat) || stat.type !== 'file' ? [] : [Math.max(0, stat.size - skip)];
  });
  const largest = Math.min(limit, ...sizes);
  return largest === Infinity ? OFFSET_DIGITS : String(largest).length;
}
/** Of 2 to the 63rd. */
const OFFSET_DIGITS = 19;

async function compare(
  call: Invocation,
  names: readonly [string, string],
  first: ByteReader,
  second: ByteReader,
): Promise<number> {
  const { io, options } = call;
  const limit = parseSize(options.value('n') ?? '') ?? Infinity;
  const width = call.flavour === 'busybox' ? 1 : offsetWidth(call, limit);
  let line = 1;
  let differs = false;
  let last = 10;
  for (let at = 1; at <= limit; at += 1) {
    const a = await first.next();
    const b = await second.next();
    const unread = first.failure === undefined ? names[1] : names[0];
    const failure = first.failure ?? second.failure;
    if (failure !== undefined) {
      await io.warn(`${unread}: ${strerror(failure)}`);
      return 2;
    }
    if (a === undefined && b === undefined) break;
    if (a === undefined || b === undefined) {
      if (options.has('s')) return 1;
      const where =
        at === 1
          ? 'which is empty'
          : `after byte ${String(at - 1)}${options.has('l') ? '' : last === 10 ? `, line ${String(line - 1)}` : `, in line ${String(line)}`}`;
      await io.raw(`cmp: EOF on ${a === undefined ? names[0] : names[1]} ${where}\n`);
      return 1;
    }
    if (a !== b) {
      if (options.has('s')) return 1;
      differs = true;
      const octal = (byte: number): string => byte.toString(8).padStart(3);
      if (!options.has('l')) {
        io.line(
          `${names[0]} ${names[1]} differ: ${call.flavour === 'busybox' ? 'char' : 'byte'} ${String(at)}, line ${String(line)}${options.has('b') ? ` is ${octal(a)} ${visibleByte(a)} ${octal(b)} ${visibleByte(b)}` : ''}`,
        );
        return await io.end(1);
      }
      io.line(
        `${String(at).padStart(width)} ${octal(a)}${options.has('b') ? ` ${visibleByte(a).padEnd(4)}` : ''} ${octal(b)}${options.has('b') ? ` ${visibleByte(b)}` : ''}`,
      );
      if (io.full && !(await io.flush())) break;
    }
    last = a;
    if (a === 10) line += 1;
  }
  return await io.end(differs ? 1 : 0);
}

function visibleByte(byte: number): string {
  const low = byte & 127;
  return `${byte > 127 ? 'M-' : ''}${low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low)}`;
}
