import { wholePower } from '../../formats/power.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { EMPTY_BYTES, concatBytes } from '../../protocol/bytes.ts';
import { LineReader, openInput } from '../io.ts';
import { ByteReader } from './byte-reader.ts';
import type { Invocation } from './command.ts';
import { command, parseSize, quoteName } from './command.ts';

export const split = command(
  {
    name: 'split',
    short: 'a:b:C:dl:n:x',
    long: {
      'suffix-length': 'a',
      bytes: 'b',
      'line-bytes': 'C',
      'numeric-suffixes': 'd',
      lines: 'l',
      number: 'n',
      'hex-suffixes': 'x',
      'additional-suffix': 'suffix:',
      verbose: 'verbose',
    },
    numeric: 'l',
  },
  async (call) => {
    const { io, options, process } = call;
    for (const letter of ['C', 'n']) {
      if (!options.has(letter)) continue;
      await io.raw(`drydock: 'split -${letter}' is not simulated\n`);
      return 1;
    }
    const bytesGiven = options.value('b');
    const given = bytesGiven ?? options.value('l') ?? '1000';
    const size = parseSize(given);
    if (size === undefined || size === 0) {
      await io.warn(
        `invalid number of ${bytesGiven === undefined ? 'lines' : 'bytes'}: \u2018${given}\u2019${size === 0 ? ': Numerical result out of range' : ''}`,
      );
      return 1;
    }
    const [name = '-', prefix = 'x'] = call.operands;
    const fd = openInput(process, name);
    if (failed(fd)) {
      await io.warn(`cannot open ${quoteName(name)} for reading: ${strerror(fd)}`);
      return 1;
    }
    const names = suffixes(call, prefix);
    const pieces =
      bytesGiven === undefined
        ? linePieces(new LineReader(process, fd), size)
        : bytePieces(new ByteReader(process, fd), size);
    for await (const piece of pieces) {
      const next = names.next();
      if (next.done === true) {
        await io.warn('output file suffixes exhausted');
        return 1;
      }
      if (options.has('verbose')) io.line(`creating file ${quoteName(next.value)}`);
      const written = process.writeFile(next.value, piece);
      if (failed(written)) {
        await io.warn(`${next.value}: ${strerror(written)}`);
        return 1;
      }
    }
    return await io.end(0);
  },
);

async function* bytePieces(reader: ByteReader, size: number): AsyncGenerator<Uint8Array> {
  for (let piece = await reader.block(size); piece.length > 0; piece = await reader.block(size)) yield piece;
}

async function* linePieces(reader: LineReader, count: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let lines = 0;
  for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
    held.push(line.slice(), reader.unterminated ? EMPTY_BYTES : Uint8Array.of(10));
    lines += 1;
    if (lines < count) continue;
    yield concatBytes(held);
    held = [];
    lines = 0;
  }
  if (lines > 0) yield concatBytes(held);
}

/** aa, ab … yz, then zaaa …: without a length the names grow so that they sort. */
function* suffixes(call: Invocation, prefix: string): Generator<string> {
  const { options } = call;
  const letters = options.has('d')
    ? '0123456789'
    : options.has('x')
      ? '0123456789abcdef'
      : 'abcdefghijklmnopqrstuvwxyz';
  const fixed = Number(options.value('a') ?? '0');
  const base = letters.length;
  const encode = (value: number, length: number): string =>
    Array.from({ length }, (_, at) =>
      letters.charAt(Math.floor(value / wholePower(base, length - 1 - at)) % base),
    ).join('');
  const tail = options.value('suffix') ?? '';
  const last = letters.charAt(base - 1);
  if (fixed > 0) {
    for (let value = 0; value < wholePower(base, fixed); value += 1) yield prefix + encode(value, fixed) + tail;
    return;
  }
  for (let head = '', length = 2; ; head += last, length += 1) {
    const end = (base - 1) * wholePower(base, length - 1);
    for (let value = 0; value < end; value += 1) yield prefix + head + encode(value, length) + tail;
  }
}
