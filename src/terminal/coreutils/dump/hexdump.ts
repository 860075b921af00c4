/** hexdump: -C, -x, -c, -b, -d, -o, its default, and -e's and -f's formats. Leaves out: colours. */
import { C_ESCAPED } from '../../../formats/c-escapes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { openInput, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, parseSize } from '../command.ts';
import { parseFormats, showBlock, showEnd } from './hexdump-format.ts';

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

const lister = (name: 'hexdump' | 'hd'): Applet =>
  command(
    {
      name,
      calls: 'short',
      short: 'bcCde:f:n:os:vxL::',
      long: {
        canonical: 'C',
        color: 'L',
        'one-byte-octal': 'b',
        'one-byte-char': 'c',
        'two-bytes-decimal': 'd',
        'two-bytes-octal': 'o',
        'two-bytes-hex': 'x',
        length: 'n',
        skip: 's',
        'no-squeezing': 'v',
        format: 'e',
        'format-file': 'f',
      },
      absent: ['L'],
    },
    async (call) => {
      const { io, options } = call;
      for (const [letter, what] of [
        ['n', 'length'],
        ['s', 'offset'],
      ] as const) {
        const value = options.value(letter);
        if (value === undefined || numberOf(value) !== undefined) continue;
        await io.warn(`failed to parse ${what}: '${value}': Invalid argument`);
        return 1;
      }
      const view = await givenView(call);
      if (typeof view === 'string') {
        await io.warn(view);
        return 1;
      }
      const input = await openAll(call);
      if (input.readers.length === 0) {
        if (input.status !== 0) await io.warn('all input file arguments failed');
        return 1;
      }
      await dump(call, input, view);
      return await io.end(input.status);
    },
  );

export const hexdump = lister('hexdump');

/** hexdump that shows bytes and characters unless another form is asked for. */
const canonical = lister('hd');
const showCanonical: Applet['applet'] = async (process, flavour, argv) =>
  await canonical.applet(process, flavour, [argv[0] ?? 'hd', '-C', ...argv.slice(1)]);
export const hd: Applet = {
  ...canonical,
  run: async (process) => await showCanonical(process, 'gnu', process.argv),
  applet: showCanonical,
};

const numberOf = (text: string): number | undefined =>
  /^0x[0-9a-f]+$/i.test(text) ? Number(text) : /^0[0-7]+$/.test(text) ? parseInt(text, 8) : parseSize(text);

/** How blocks are shown, and what follows the last. */
interface View {
  readonly blockSize: number;
  readonly block: (bytes: Uint8Array, length: number, address: number) => string;
  readonly end: (address: number) => string;
}

/** The view of -e and -f, or of the letters; or what is wrong with it. */
async function givenView({ options, process }: Invocation): Promise<View | string> {
  const formats: string[] = [];
  for (const [letter, value] of options.order) {
    if (letter === 'e') formats.push(value);
    if (letter !== 'f') continue;
    const bytes = await readOperand(process, value);
    if (failed(bytes)) return `${value}: ${strerror(bytes)}`;
    formats.push(
      ...bytesToText(bytes)
        .split('\n')
        .filter((line) => !/^\s*(?:#|$)/.test(line)),
    );
  }
  if (formats.length > 0) {
    const format = parseFormats(formats);
    if (typeof format === 'string') return format;
    if (format.blockSize === 0) return "drydock: 'hexdump -e' without a conversion is not simulated";
    return {
      blockSize: format.blockSize,
      block: (bytes, length, address) => showBlock(format, bytes, length, address),
      end: (address) => showEnd(format, address),
    };
  }
  const chosen = options.order.filter(([letter]) => ROWS[letter] !== undefined).map(([letter]) => letter);
  const kinds = chosen.length === 0 ? [''] : chosen;
  return {
    blockSize: 16,
    block: (bytes, length, address) =>
      kinds
        .map((kind) => `${hex(address, kind === 'C' ? 8 : 7)}${ROWS[kind]?.(bytes.subarray(0, length)) ?? ''}\n`)
        .join(''),
    end: (address) => `${hex(address, kinds.includes('C') ? 8 : 7)}\n`,
  };
}

interface Input {
  readonly call: Invocation;
  readonly readers: { readonly bytes: ByteReader; readonly name: string }[];
  readonly status: number;
}

async function openAll(call: Invocation): Promise<Input> {
  const readers: { readonly bytes: ByteReader; readonly name: string }[] = [];
  let status = 0;
  // Without an operand the last argument is taken for the name of what fails; `-` is a file like others.
  const { argv } = call.process;
  const isSmall = call.flavour === 'busybox';
  if (call.operands.length === 0)
    readers.push({ bytes: new ByteReader(call.process, 0), name: isSmall ? '-' : (argv.at(-1) ?? '') });
  for (const name of call.operands) {
    const fd = isSmall ? openInput(call.process, name) : call.process.open(name, { read: true });
    if (failed(fd)) {
      await call.io.warn(`${name}: ${strerror(fd)}`);
      status = 1;
    } else readers.push({ bytes: new ByteReader(call.process, fd), name });
  }
  return { call, readers, status };
}

/** The next bytes of all files one after the other. */
async function take({ call, readers }: Input, size: number): Promise<Uint8Array> {
  const out: number[] = [];
  while (out.length < size && readers[0] !== undefined) {
    const [{ bytes, name }] = readers;
    out.push(...(await bytes.block(size - out.length)));
    if (out.length === size) break;
    readers.shift();
    if (bytes.failure !== undefined) await call.io.warn(`${name}: ${strerror(bytes.failure)}`);
  }
  return Uint8Array.from(out);
}

async function dump({ io, options }: Invocation, input: Input, view: View): Promise<void> {
  let address = 0;
  for (let skip = numberOf(options.value('s') ?? '0') ?? 0; skip > 0;) {
    const piece = await take(input, Math.min(skip, 4_096));
    if (piece.length === 0) break;
    address += piece.length;
    skip -= piece.length;
  }
  let left = numberOf(options.value('n') ?? '') ?? Infinity;
  let before = '';
  let starred = false;
  for (;;) {
    const bytes = await take(input, Math.min(view.blockSize, left));
    if (bytes.length === 0) break;
    left -= bytes.length;
    const key = bytes.join(',');
    if (key === before && !options.has('v') && bytes.length === view.blockSize) {
      if (!starred) io.line('*');
      starred = true;
    } else {
      starred = false;
      before = key;
      const block = new Uint8Array(view.blockSize);
      block.set(bytes);
      io.out(view.block(block, bytes.length, address));
    }
    address += bytes.length;
    if (io.full && !(await io.flush())) return;
  }
  if (address > 0) io.out(view.end(address));
}
