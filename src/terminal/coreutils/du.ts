import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import type { Invocation, Options } from './command.ts';
import { humanReadable } from '../busybox/human-readable.ts';
import { command, humanSize, parseSize, usageError } from './command.ts';
import { joinPath } from './paths.ts';

export const du = command(
  {
    name: 'du',
    short: 'ashckmbd:xLDHSB:',
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
    if (options.has('c')) io.line(`${counter.show(total)}\ttotal`);
    return await io.end(counter.status);
  },
);

/** Adds up trees; a file with several names counts once. */
class Counter {
  readonly #call: Invocation;
  readonly #limit: number;
  readonly #seen = new Set<string>();
  readonly show: (bytes: number) => string;
  status = 0;

  constructor(call: Invocation, limit: number) {
    this.#call = call;
    this.#limit = limit;
    this.show = sizeText(call);
  }

  async count(path: string, depth: number): Promise<number> {
    const { process, io, options, flavour } = this.#call;
    const found = process.lstat(path);
    if (failed(found)) {
      await io.warn(
        flavour === 'busybox' ? `${path}: ${strerror(found)}` : `cannot access '${path}': ${strerror(found)}`,
      );
      this.status = 1;
      return 0;
    }
    const key = `${String(found.device)}:${String(found.inode)}`;
    if (found.type !== 'directory' && found.links > 1) {
      if (this.#seen.has(key)) return 0;
      this.#seen.add(key);
    }
    let size = sizeOf(found, options);
    const entries = found.type === 'directory' ? process.readdir(path) : [];
    if (!failed(entries)) for (const { name } of entries) size += await this.count(joinPath(path, name), depth + 1);
    if (depth <= this.#limit && (found.type === 'directory' || options.has('a') || depth === 0))
      io.line(`${this.show(size)}\t${path}`);
    return size;
  }
}

function sizeOf(found: FileStat, options: Options): number {
  if (options.has('b') || options.has('apparent')) return found.size;
  return Math.ceil(Math.max(found.size, found.type === 'directory' ? 4_096 : 0) / 4_096) * 4_096;
}

function sizeText({ options, flavour }: Invocation): (bytes: number) => string {
  const last = options.order.findLast(([letter]) => 'hbkmB'.includes(letter))?.[0];
  if (last === 'h') return flavour === 'busybox' ? humanReadable : humanSize;
  const named = options.value('B');
  const unit =
    (named === undefined ? undefined : parseSize(/^\d/.test(named) ? named : `1${named}`)) ??
    (options.has('b') ? 1 : options.has('m') ? 1_048_576 : 1_024);
  return (bytes) => String(Math.ceil(bytes / unit));
}
