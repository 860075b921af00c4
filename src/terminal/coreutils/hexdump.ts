/** hexdump: -C, -x, -c, -b, -d, -o and its default. Leaves out: -e formats. */
import { C_ESCAPED } from '../../formats/c-escapes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { openInput } from '../io.ts';
import { ByteReader } from './byte-reader.ts';
import { command, parseSize } from './command.ts';

type Row = (block: Uint8Array) => string;

const hex = (value: number, size: number): string => value.toString(16).padStart(size, '0');
const word = (block: Uint8Array, at: number): number => (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
const words = (block: Uint8Array, show: (value: number) => string, width: number): string =>
  Array.from({ length: 8 }, (_, at) =>
    at * 2 < block.length ? show(word(block, at * 2)).padStart(width) : ' '.repeat(width),
  ).join('');
const printable = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

const ROWS: Readonly<Record<string, Row>> = {
  C: (block) => {
    const cells = Array.from({ length: 16 }, (_, at) => (at < block.length ? hex(block[at] ?? 0, 2) : '  '));
    return `  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${[...block].map(printable).join('')}|`;
  },
  b: (block) =>
    Array.from({ length: 16 }, (_, at) =>
      at < block.length ? ` ${(block[at] ?? 0).toString(8).padStart(3, '0')}` : '    ',
    ).join(''),
  c: (block) =>
    Array.from({ length: 16 }, (_, at) => {
      const byte = block[at];
      return byte === undefined
        ? '    '
        : (
            C_ESCAPED[byte] ??
            (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
          ).padStart(4);
    }).join(''),
  d: (block) => words(block, (value) => String(value).padStart(5, '0'), 8),
  o: (block) => words(block, (value) => value.toString(8).padStart(6, '0'), 8),
  x: (block) => words(block, (value) => hex(value, 4), 8),
  '': (block) => words(block, (value) => hex(value, 4), 5),
};

export const hexdump = command(
  {
    name: 'hexdump',
    short: 'bcCde:f:n:os:vx',
    long: {
      canonical: 'C',
      'one-byte-octal': 'b',
      'one-byte-char': 'c',
      'two-bytes-decimal': 'd',
      'two-bytes-octal': 'o',
      'two-bytes-hex': 'x',
      length: 'n',
      skip: 's',
      'no-squeezing': 'v',
      format: 'e',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('e') || options.has('f')) {
      await io.raw("drydock: 'hexdump -e' is not simulated\n");
      return 1;
    }
    const chosen = options.order.filter(([letter]) => ROWS[letter] !== undefined).map(([letter]) => letter);
    const kinds = chosen.length === 0 ? [''] : chosen;
    const readers: ByteReader[] = [];
    let status = 0;
    for (const name of call.operands.length === 0 ? ['-'] : call.operands) {
      const fd = openInput(process, name);
      if (failed(fd)) {
        await io.warn(`${name}: ${strerror(fd)}`);
        status = 1;
      } else readers.push(new ByteReader(process, fd));
    }
    if (readers.length === 0) {
      if (status !== 0) await io.warn('all input file arguments failed');
      return 1;
    }
    const take = async (size: number): Promise<Uint8Array> => {
      const out: number[] = [];
      while (out.length < size && readers[0] !== undefined) {
        out.push(...(await readers[0].block(size - out.length)));
        if (out.length < size) readers.shift();
      }
      return Uint8Array.from(out);
    };
    const number = (text: string | undefined): number | undefined =>
      text === undefined ? undefined : /^0x/.test(text) ? Number(text) : parseSize(text);
    let address = 0;
    for (let skip = number(options.value('s')) ?? 0; skip > 0;) {
      const piece = await take(Math.min(skip, 4_096));
      if (piece.length === 0) break;
      address += piece.length;
      skip -= piece.length;
    }
    let left = number(options.value('n')) ?? Infinity;
    let before = '';
    let starred = false;
    const size = kinds.includes('C') ? 8 : 7;
    for (;;) {
      const block = await take(Math.min(16, left));
      if (block.length === 0) break;
      left -= block.length;
      const key = block.join(',');
      if (key === before && !options.has('v') && block.length === 16) {
        if (!starred) io.line('*');
        starred = true;
      } else {
        starred = false;
        before = key;
        for (const kind of kinds) io.line(hex(address, kind === 'C' ? 8 : 7) + (ROWS[kind]?.(block) ?? ''));
      }
      address += block.length;
      if (io.full && !(await io.flush())) break;
    }
    if (address > 0) io.line(hex(address, size));
    return await io.end(status);
  },
);
