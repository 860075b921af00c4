/** strings (GNU binutils 2.42). Leaves out: sections of object files, UTF-8 as characters, options in files. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, type Invocation } from '../command.ts';

const SHORTEST = 4;
const RADIX = { o: 8, d: 10, x: 16 } as const;
/** Bytes of a character and which of them comes first. */
const ENCODINGS: Readonly<Record<string, readonly [size: number, isBig: boolean]>> = {
  s: [1, false],
  S: [1, false],
  b: [2, true],
  l: [2, false],
  B: [4, true],
  L: [4, false],
};

export const strings = command(
  {
    name: 'strings',
    short: 'adfn:ot:we:s:T:U:v',
    usage: '[option(s)] [file(s)]',
    numeric: 'n',
    hint: '',
    long: {
      all: 'a',
      'print-file-name': 'f',
      bytes: 'n',
      radix: 't',
      'include-all-whitespace': 'w',
      encoding: 'e',
      'output-separator': 's',
    },
    absent: ['d', 'T', 'U', 'v'],
    absentLong: 'data target= unicode=',
  },
  async (call) => {
    const { io, options, operands } = call;
    const count = options.value('n');
    if (count !== undefined && !(Number(count) >= 1)) {
      await io.warn(
        /^\d+$/.test(count) ? `invalid minimum string length ${count}` : `invalid integer argument ${count}`,
      );
      return 1;
    }
    const radix = options.has('o') ? 'o' : options.value('t');
    const encoding = ENCODINGS[options.value('e') ?? 's'];
    if ((radix !== undefined && !/^[odx]$/.test(radix)) || encoding === undefined) {
      await io.raw('Usage: strings [option(s)] [file(s)]\n');
      return 1;
    }
    let status = 0;
    for (const name of operands.length === 0 ? ['-'] : operands)
      status = Math.max(status, await printStrings(call, name));
    return await io.end(status);
  },
);

async function printStrings(call: Invocation, name: string): Promise<number> {
  const { io, options, process } = call;
  const stat = name === '-' ? process.fstat(0) : process.stat(name);
  // What standard input cannot give is an end of file.
  if (name === '-' && (failed(stat) || stat.type === 'directory')) return 0;
  if (!failed(stat) && stat.type === 'directory') {
    await io.warn(`Warning: '${name}' is a directory`);
    return 1;
  }
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    await io.warn(
      bytes.errno === 'ENOENT'
        ? `'${name}': No such file`
        : bytes.errno === 'EACCES'
          ? `${name}: ${strerror(bytes)}`
          : `Warning: could not locate '${name}'.  reason: ${strerror(bytes)}`,
    );
    return 1;
  }
  process.account(bytes.length / 100);
  const letter = options.has('o') ? 'o' : options.value('t');
  const base = letter === 'o' || letter === 'd' || letter === 'x' ? RADIX[letter] : undefined;
  const title = options.has('f') ? `${name === '-' ? '{standard input}' : name}: ` : '';
  for (const { at, text } of found(call, bytes)) {
    const place = base === undefined ? '' : `${at.toString(base).padStart(7)} `;
    io.out(`${title}${place}${text}${options.value('s') ?? '\n'}`);
  }
  return 0;
}

interface Found {
  readonly at: number;
  readonly text: string;
}

function* found({ options }: Invocation, bytes: Uint8Array): Generator<Found> {
  const shortest = Number(options.value('n') ?? SHORTEST);
  const encoding = options.value('e') ?? 's';
  const [size, isBig] = ENCODINGS[encoding] ?? [1, false];
  const isShown = (code: number): boolean =>
    (code >= 32 && code < 127) ||
    code === 9 ||
    (options.has('w') && code >= 10 && code <= 13) ||
    (encoding === 'S' && code >= 128 && code < 256);
  let [start, codes]: [number, number[]] = [0, []];
  for (let at = 0; at <= bytes.length; at += 1) {
    const code = at + size <= bytes.length ? codeAt(bytes, at, size, isBig) : -1;
    if (isShown(code)) {
      if (codes.length === 0) start = at;
      codes.push(code);
      at += size - 1;
      continue;
    }
    if (codes.length >= shortest) yield { at: start, text: bytesToText(Uint8Array.from(codes)) };
    codes = [];
  }
}

function codeAt(bytes: Uint8Array, at: number, size: number, isBig: boolean): number {
  const own = [...bytes.subarray(at, at + size)];
  return (isBig ? own : own.reverse()).reduce((code, byte) => code * 256 + byte, 0);
}
