/**
 * Standard streams between a container's processes and whoever attached: pipes or a terminal at the kernel, queues for
 * input that did not fit. All of it is data, kept by owner (a container or an exec session).
 */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { WindowSize } from '../../../protocol/program.ts';
import type { Kernel, StdioSpec, StreamId, TtyId } from '../kernel/interface.ts';
import type { LogStream } from './log-format.ts';

export interface Stdio {
  readonly stdin?: StreamId;
  readonly stdout?: StreamId;
  readonly stderr?: StreamId;
  readonly tty?: TtyId;
  /** No more input comes; the process may still have to read what came. */
  readonly inputEnded?: true;
}

/** Bytes waiting for a slow reader of standard input, at most. */
export const MAX_QUEUED_INPUT = 16 * 1024 * 1024;
/** Bytes read from a pipe or terminal in one go. */
const READ_MAX = 65_536;

interface InputQueue {
  bytes: Uint8Array[];
  close: boolean;
}

export class StdioTable {
  readonly #open = new Map<string, Stdio>();
  readonly #queues = new Map<string, InputQueue>();

  /** @param target gets `io` `{owner, channel?}` when there is output and `input` `{owner}` when stdin has room. */
  constructor(
    private readonly kernel: Kernel,
    private readonly target: string,
  ) {}

  /** Makes the streams of a process that is about to start, unless an early attach has made them. */
  open(
    owner: string,
    options: { readonly tty: boolean; readonly stdin: boolean; readonly size?: WindowSize },
  ): readonly [StdioSpec, StdioSpec, StdioSpec] {
    const known = this.#open.get(owner);
    if (known !== undefined) return specOf(known);
    const notify = (type: string, channel?: string) => ({
      target: this.target,
      type,
      payload: { owner, ...(channel === undefined ? {} : { channel }) },
    });
    if (options.tty) {
      const tty = this.kernel.ttys.create({
        output: notify('io', 'stdout'),
        ...(options.size === undefined ? {} : { size: options.size }),
      });
      this.#open.set(owner, { tty });
      return specOf({ tty });
    }
    const { streams } = this.kernel;
    const stdout = streams.create({ readable: notify('io', 'stdout') });
    const stderr = streams.create({ readable: notify('io', 'stderr') });
    const stdin = options.stdin ? streams.create({ writable: notify('input') }) : undefined;
    const stdio: Stdio = { stdout, stderr, ...(stdin === undefined ? {} : { stdin }) };
    this.#open.set(owner, stdio);
    return specOf(stdio);
  }

  get(owner: string): Stdio | undefined {
    return this.#open.get(owner);
  }

  /** Takes what has come on a channel; empty where there is nothing. */
  read(owner: string, channel: LogStream): Uint8Array {
    const stdio = this.#open.get(owner);
    if (stdio === undefined) return NOTHING;
    if (stdio.tty !== undefined)
      return channel === 'stdout' && this.kernel.ttys.exists(stdio.tty)
        ? this.kernel.ttys.output(stdio.tty, READ_MAX)
        : NOTHING;
    const stream = channel === 'stdout' ? stdio.stdout : stdio.stderr;
    return (stream === undefined ? undefined : this.kernel.streams.read(stream, READ_MAX)) ?? NOTHING;
  }

  input(owner: string, bytes: Uint8Array): void {
    const stdio = this.#open.get(owner);
    if (stdio === undefined || stdio.inputEnded === true) return;
    const queue = this.#queues.get(owner) ?? { bytes: [], close: false };
    if (queue.close || queue.bytes.reduce((sum, part) => sum + part.length, 0) > MAX_QUEUED_INPUT) return;
    queue.bytes.push(bytes);
    this.#queues.set(owner, queue);
    this.flush(owner);
  }

  /** No more input: readers see the end of file once the queue is empty. */
  closeInput(owner: string): void {
    if (!this.#open.has(owner)) return;
    const queue = this.#queues.get(owner) ?? { bytes: [], close: false };
    queue.close = true;
    this.#queues.set(owner, queue);
    this.flush(owner);
  }

  /** Hands queued input on as far as there is room. */
  flush(owner: string): void {
    const queue = this.#queues.get(owner);
    const stdio = this.#open.get(owner);
    if (queue === undefined || stdio === undefined) return;
    for (let part = queue.bytes[0]; part !== undefined; part = queue.bytes[0]) {
      const taken = this.#write(stdio, part);
      if (taken === undefined) queue.bytes = [];
      else if (taken < part.length) {
        queue.bytes[0] = part.subarray(taken);
        return;
      } else queue.bytes.shift();
    }
    if (!queue.close) return;
    this.#queues.delete(owner);
    if (stdio.stdin !== undefined) {
      this.kernel.streams.closeWriter(stdio.stdin);
      this.#open.set(owner, { ...stdio, inputEnded: true });
    } else if (stdio.tty !== undefined) this.kernel.ttys.input(stdio.tty, END_OF_TRANSMISSION);
  }

  /** How much was taken; undefined where nobody reads. */
  #write(stdio: Stdio, part: Uint8Array): number | undefined {
    if (stdio.tty !== undefined) return this.kernel.ttys.input(stdio.tty, part);
    if (stdio.stdin === undefined) return undefined;
    const taken = this.kernel.streams.write(stdio.stdin, part);
    return failed(taken) ? undefined : taken;
  }

  resize(owner: string, size: WindowSize): boolean {
    const tty = this.#open.get(owner)?.tty;
    if (tty === undefined) return false;
    this.kernel.ttys.resize(tty, size);
    return true;
  }

  close(owner: string): void {
    const stdio = this.#open.get(owner);
    if (stdio === undefined) return;
    this.#open.delete(owner);
    this.#queues.delete(owner);
    const { streams, ttys } = this.kernel;
    if (stdio.stdin !== undefined) streams.closeWriter(stdio.stdin);
    if (stdio.stdout !== undefined) streams.closeReader(stdio.stdout);
    if (stdio.stderr !== undefined) streams.closeReader(stdio.stderr);
    if (stdio.tty !== undefined) ttys.hangup(stdio.tty);
  }

  snapshot(): Plain {
    return {
      open: [...this.#open] as unknown as Plain,
      queues: [...this.#queues].map(([owner, { bytes, close }]) => ({ owner, bytes, close })),
    };
  }
  restore(state: Plain): void {
    const saved = state as unknown as {
      open: [string, Stdio][];
      queues: { owner: string; bytes: Uint8Array[]; close: boolean }[];
    };
    this.#open.clear();
    this.#queues.clear();
    for (const [owner, stdio] of saved.open) this.#open.set(owner, stdio);
    for (const { owner, bytes, close } of saved.queues) this.#queues.set(owner, { bytes: [...bytes], close });
  }
}

function specOf({ stdin, stdout, stderr, tty }: Stdio): readonly [StdioSpec, StdioSpec, StdioSpec] {
  if (tty !== undefined)
    return [
      { type: 'tty', tty },
      { type: 'tty', tty },
      { type: 'tty', tty },
    ];
  const side = (stream: StreamId | undefined): StdioSpec =>
    stream === undefined ? { type: 'null' } : { type: 'stream', stream };
  return [side(stdin), side(stdout), side(stderr)];
}

const NOTHING = new Uint8Array(0);
/** ^D: what a closed standard input amounts to at a terminal. */
const END_OF_TRANSMISSION = Uint8Array.of(4);
