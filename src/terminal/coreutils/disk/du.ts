import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation, Options } from '../command.ts';
import { humanReadable } from '../../busybox/human-readable.ts';
import { command, humanSize, parseSize, usageError } from '../command.ts';
import { fileText } from '../../io.ts';
import { matches } from '../../shell/expand/pattern.ts';
import { joinPath } from '../paths/paths.ts';
import { quoteName } from '../quoting.ts';

export const du = command(
  {
    name: 'du',
    short: 'ashckmbd:xLDHSB:0lPt:X:',
    busybox: 'aHLdclsxhmkb',
    absent: ['x'],
    absentLong: 'time time-style= files0-from=',
    long: {
      all: 'a',
      summarize: 's',
      'human-readable': 'h',
      total: 'c',
      'max-depth': 'd',
      bytes: 'b',
      'block-size': 'B',
      'one-file-system': 'x',
      'apparent-size': 'apparent',
      null: '0',
      'count-links': 'l',
      dereference: 'L',
      'dereference-args': 'D',
      'no-dereference': 'P',
      'separate-dirs': 'S',
      si: 'si',
      inodes: 'inodes',
      threshold: 't',
      exclude: 'exclude:',
      'exclude-from': 'X',
    },
  },
  async (call) => {
    const { io, options } = call;
    const depth = options.value('d');
    if (depth !== undefined && !/^\d+$/.test(depth)) return await usageError(call, `invalid maximum depth '${depth}'`);
    if (options.has('s') && options.has('a'))
      return await usageError(call, 'cannot both summarize and show all entries');
    const counter = new Counter(call, options.has('s') ? 0 : Number(depth ?? Infinity));
    let total = 0;
    for (const path of call.operands.length === 0 ? ['.'] : call.operands) total += await counter.count(path, 0);
    if (options.has('c')) io.out(`${counter.show(total)}\ttotal${options.has('0') ? '\0' : '\n'}`);
    return await io.end(counter.status);
  },
);

/** Adds up trees; a file with several names counts once. */
class Counter {
  readonly #call: Invocation;
  readonly #limit: number;
  readonly #seen = new Set<string>();
  readonly show: (bytes: number) => string;
  readonly #excludes: readonly string[];
  status = 0;

  constructor(call: Invocation, limit: number) {
    this.#excludes = excludedNames(call);
    this.#call = call;
    this.#limit = limit;
    this.show = sizeText(call);
  }

  /** A pattern may match from any slash on. */
  #isExcluded(path: string): boolean {
    const tails = path.split('/').map((_, at, parts) => parts.slice(at).join('/'));
    return this.#excludes.some((pattern) => tails.some((tail) => matches(pattern, tail)));
  }

  /** -t: at least so much, or with a minus at most. */
  #isWithin(size: number): boolean {
    const given = this.#call.options.value('t');
    if (given === undefined) return true;
    const bound = parseSize(given.replace(/^-/, '')) ?? 0;
    return given.startsWith('-') ? size <= bound : size >= bound;
  }

  async count(path: string, depth: number): Promise<number> {
    const { process, io, options, flavour } = this.#call;
    if (depth > 0 && this.#isExcluded(path)) return 0;
    const last = options.order.findLast(([letter]) => 'LDHP'.includes(letter))?.[0];
    const follows = last === 'L' || ((last === 'D' || last === 'H') && depth === 0);
    const found = follows ? process.stat(path) : process.lstat(path);
    if (failed(found)) {
      await io.warn(
        flavour === 'busybox' ? `${path}: ${strerror(found)}` : `cannot access ${quoteName(path)}: ${strerror(found)}`,
      );
      this.status = 1;
      return 0;
    }
    const key = `${String(found.device)}:${String(found.inode)}`;
    if (found.type !== 'directory' && found.links > 1 && !options.has('l')) {
      if (this.#seen.has(key)) return 0;
      this.#seen.add(key);
    }
    const own = sizeOf(found, options);
    let size = own;
    let shown = own;
    const entries = found.type === 'directory' ? process.readdir(path) : [];
    if (failed(entries)) {
      this.status = 1;
      if (flavour === 'busybox') {
        await io.warn(`can't open '${path}': ${strerror(entries)}`);
        return 0;
      }
      await io.warn(`cannot read directory ${quoteName(path)}: ${strerror(entries)}`);
    } else
      for (const { name, type } of entries) {
        const part = await this.count(joinPath(path, name), depth + 1);
        size += part;
        if (!(options.has('S') && type === 'directory')) shown += part;
      }
    const isShown = depth <= this.#limit && (found.type === 'directory' || options.has('a') || depth === 0);
    if (isShown && this.#isWithin(shown)) io.out(`${this.show(shown)}\t${path}${options.has('0') ? '\0' : '\n'}`);
    return size;
  }
}

function excludedNames({ options, process }: Invocation): readonly string[] {
  const listed = options.values('X').flatMap((path) => (fileText(process, path) ?? '').split('\n'));
  return [...options.values('exclude'), ...listed.filter((line) => line !== '')];
}

function sizeOf(found: FileStat, options: Options): number {
  if (options.has('inodes')) return 1;
  if (options.has('b') || options.has('apparent')) return found.size;
  return found.blocks * 512;
}

function sizeText({ options, flavour }: Invocation): (bytes: number) => string {
  const last = options.order.findLast(([letter]) => 'hbkmB'.includes(letter))?.[0];
  if (options.has('inodes')) return String;
  if (options.has('si')) return (bytes) => humanSize(bytes, 1_000);
  if (last === 'h') return flavour === 'busybox' ? humanReadable : humanSize;
  const named = options.value('B');
  const unit =
    (named === undefined ? undefined : parseSize(/^\d/.test(named) ? named : `1${named}`)) ??
    (options.has('b') ? 1 : options.has('m') ? 1_048_576 : 1_024);
  return (bytes) => String(Math.ceil(bytes / unit));
}
