/** tail (GNU coreutils 9.4). */
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import { Io } from '../../io.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, eachInput, parseSize } from '../command.ts';
import { HeldMemory } from '../held-memory.ts';
import type { Choice } from '../argument-choice.ts';
import { chooseArgument } from '../argument-choice.ts';
import { followFiles } from './tail-follow.ts';

const PIECE_BYTES = 65_536;

const base = command(
  {
    name: 'tail',
    short: 'n:c:fFqvs:z',
    absentLong: 'max-unchanged-stats=',
    long: {
      lines: 'n',
      bytes: 'c',
      follow: 'follow::',
      quiet: 'q',
      silent: 'q',
      verbose: 'v',
      retry: 'retry',
      'sleep-interval': 's',
      pid: 'pid:',
      'zero-terminated': 'z',
    },
    numeric: 'n',
  },
  async (call) => {
    const { options, io, process } = call;
    const part = partOf(call);
    if (typeof part === 'string') {
      await io.warn(part);
      return 1;
    }
    const how = await followingOf(call);
    if (how === undefined) return 1;
    const names = call.operands.length === 0 ? ['-'] : call.operands;
    if (how !== 'no' && how.byName && names.includes('-')) {
      await io.warn("cannot follow '-' by name");
      return 1;
    }
    const headers = (names.length > 1 && !options.has('q')) || options.has('v');
    const seen = new Map<string, number>();
    let shown = '';
    let good = await eachInput(call, names, async (fd, name) => {
      if (headers) io.out(`${shown === '' ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      shown = name;
      const length = part.fromStart ? await copyFrom(call, fd, part) : await copyLast(call, fd, part);
      if (failed(length)) return length;
      seen.set(name, length);
      return undefined;
    });
    if (seen.size === 0 && !good && call.flavour === 'busybox') {
      await io.warn('no files');
      return 1;
    }
    // What comes out of a pipe has ended when it was read.
    const input = process.fstat(0);
    const isPipe = call.flavour === 'gnu' && !failed(input) && input.type !== 'file';
    if (how !== 'no' && !(isPipe && names.every((name) => name === '-'))) {
      await io.flush();
      good = (await followFiles(call, names, seen, { ...how, headers, shown: names.at(-1) ?? '' })) && good;
    }
    return await io.end(good ? 0 : 1);
  },
);

const FOLLOW_WORDS: readonly Choice<string>[] = [
  ['descriptor', 'descriptor'],
  ['name', 'name'],
];

/** How files are followed; undefined after a complaint. */
async function followingOf(
  call: Invocation,
): Promise<{ byName: boolean; retry: boolean; pauseUs: number; pids: readonly number[] } | 'no' | undefined> {
  const { io, options } = call;
  const word = options.value('follow') ?? '';
  const chosen = word === '' ? 'descriptor' : await chooseArgument(call, '--follow', word, FOLLOW_WORDS);
  if (chosen === undefined) return undefined;
  const pids: number[] = [];
  for (const text of options.values('pid')) {
    if (!/^\d+$/.test(text) || Number(text) > 0x7f_ff_ff_ff) {
      await io.warn(`invalid PID: \u2018${text}\u2019`);
      return undefined;
    }
    pids.push(Number(text));
  }
  const pause = options.value('s') ?? '1';
  if (!/^(\d+\.?\d*|\.\d+)$/.test(pause)) {
    await io.warn(`invalid number of seconds: \u2018${pause}\u2019`);
    return undefined;
  }
  const follows = options.has('f') || options.has('F') || options.has('follow');
  const byName = options.has('F') || chosen === 'name';
  const retry = options.has('F') || options.has('retry');
  if (retry && !follows) await io.warn('warning: --retry ignored; --retry is useful only when following');
  else if (retry && !byName) await io.warn('warning: --retry only effective for the initial open');
  if (pids.length > 0 && !follows) await io.warn('warning: PID ignored; --pid=PID is useful only when following');
  return follows ? { byName, retry, pauseUs: Math.max(Number(pause) * 1_000_000, 1_000), pids } : 'no';
}

/** `tail +3`, `tail -3c` and `tail -3f` are older than -n. */
const applet: Applet['applet'] = async (process, flavour, argv) => {
  const [name = 'tail', first = '', ...rest] = argv;
  const old = /^([-+])(\d*)([bcl]?)(f?)$/.exec(first);
  if (old === null || (old[2] === '' && (old[1] === '-' || flavour === 'busybox')))
    return await base.applet(process, flavour, argv);
  const [, sign = '', digits = '', unit, follow] = old;
  // One file and nothing else: with more, the old form is a mistake.
  const many = rest.filter((word) => word !== '--').length > 1;
  if (flavour === 'gnu' && many && !rest.some((word) => word.startsWith('-'))) {
    const io = new Io(process, name);
    await io.warn(`option used in invalid context -- ${digits.charAt(0)}`);
    return 1;
  }
  const count = digits === '' ? '10' : digits;
  const words = [
    unit === 'c' || unit === 'b' ? '-c' : '-n',
    sign + count + (unit === 'b' ? 'b' : ''),
    ...(follow === 'f' ? ['-f'] : []),
  ];
  return await base.applet(process, flavour, [name, ...words, ...rest]);
};
export const tail: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

interface Part {
  readonly count: number;
  readonly unit: 'bytes' | 'lines';
  /** The byte that ends a line. */
  readonly delimiter: number;
  readonly fromStart: boolean;
}

function partOf({ options, flavour }: Invocation): Part | string {
  const [unit = 'n', given = '10'] = options.order.findLast(([letter]) => letter === 'c' || letter === 'n') ?? [];
  const count = parseSize(given.replace(/^[-+]/, ''));
  if (count === undefined || count >= 2 ** 64)
    return flavour === 'busybox'
      ? `invalid number '${given.replace(/^[-+]/, '')}'`
      : `invalid number of ${unit === 'c' ? 'bytes' : 'lines'}: \u2018${given}\u2019${count === undefined ? '' : ': Value too large for defined data type'}`;
  return {
    count,
    unit: unit === 'c' ? 'bytes' : 'lines',
    delimiter: options.has('z') ? 0 : 10,
    fromStart: given.startsWith('+'),
  };
}

async function* pieces(process: Process, fd: Fd): AsyncGenerator<Result<Uint8Array>> {
  for (;;) {
    const bytes = await process.read(fd, PIECE_BYTES);
    if (failed(bytes) && bytes.errno === 'EINTR') continue;
    if (!failed(bytes) && bytes.length === 0) return;
    yield bytes;
    if (failed(bytes)) return;
  }
}

/** Everything from the count on, as it comes; answers how much was read. */
async function copyFrom(call: Invocation, fd: Fd, part: Part): Promise<Result<number>> {
  let length = 0;
  let skip = Math.max(0, part.count - 1);
  for await (const bytes of pieces(call.process, fd)) {
    if (failed(bytes)) return bytes;
    length += bytes.length;
    let at = 0;
    if (part.unit === 'bytes') {
      at = Math.min(skip, bytes.length);
      skip -= at;
    }
    while (part.unit === 'lines' && skip > 0 && at < bytes.length) {
      const end = bytes.indexOf(part.delimiter, at);
      at = end < 0 ? bytes.length : end + 1;
      if (end >= 0) skip -= 1;
    }
    if (at < bytes.length && !(await call.io.bytes(bytes.subarray(at)))) break;
  }
  return length;
}

/** The last lines or bytes; no more is held than may still be shown. Answers how much was read. */
async function copyLast(call: Invocation, fd: Fd, part: Part): Promise<Result<number>> {
  const memory = new HeldMemory(call.process);
  const held: { readonly bytes: Uint8Array; readonly units: number }[] = [];
  let units = 0;
  let length = 0;
  for await (const bytes of pieces(call.process, fd)) {
    if (failed(bytes)) return bytes;
    length += bytes.length;
    const piece = { bytes, units: part.unit === 'bytes' ? bytes.length : ends(bytes, part.delimiter) };
    held.push(piece);
    units += piece.units;
    let freed = 0;
    // One line more than wanted: the last may lack its end.
    while (held[0] !== undefined && units - held[0].units > part.count) {
      freed += held[0].bytes.length;
      units -= held[0].units;
      held.shift();
    }
    const granted = memory.grow(bytes.length - freed);
    if (failed(granted)) return granted;
  }
  const all = concatBytes(held.map(({ bytes }) => bytes));
  await call.io.bytes(
    part.unit === 'bytes' ? all.subarray(Math.max(0, all.length - part.count)) : lastLines(all, part),
  );
  memory.set(0);
  return length;
}

function ends(bytes: Uint8Array, delimiter: number): number {
  let count = 0;
  for (const byte of bytes) if (byte === delimiter) count += 1;
  return count;
}

function lastLines(bytes: Uint8Array, { count, delimiter }: Part): Uint8Array {
  if (count === 0) return EMPTY_BYTES;
  let from = bytes.length;
  for (let left = count; left > 0 && from > 0; left -= 1)
    // The end of the line before; the last byte ends its own line.
    from = from < 2 ? 0 : bytes.lastIndexOf(delimiter, from - 2) + 1;
  return bytes.subarray(from);
}
