/** Pipes: byte queues with a bound, between processes or between a process and a component. */
import { concatBytes, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Scheduler } from '../../../sim/event-loop.ts';
import { tell, type Notify } from '../../../sim/notify.ts';
import { PIPE_CAPACITY } from '../cost.ts';
import type { NewStream, StreamId, Streams } from '../interface.ts';

/** A process's call that waits: its pid and the call's number. */
export interface Waiter {
  readonly pid: number;
  readonly call: number;
}

export interface Pipe {
  readonly id: StreamId;
  readonly capacity: number;
  chunks: Uint8Array[];
  size: number;
  /** Open ends: descriptions of processes, and one for a component. */
  readers: number;
  writers: number;
  readable: Notify | undefined;
  writable: Notify | undefined;
  /** The component has been told and has not looked since. */
  told: boolean;
  wantsRoom: boolean;
  readWaiters: Waiter[];
  writeWaiters: Waiter[];
  /** A named pipe keeps its buffer while nobody has it open. */
  fifo: string | undefined;
  /** Ends that have been opened at least once: before, a named pipe waits for its other side. */
  met: { readonly read: boolean; readonly write: boolean };
}

export class PipeTable implements Streams {
  #pipes = new Map<StreamId, Pipe>();
  #next = 1;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly wake: (waiters: Waiter[]) => void,
  ) {}

  // ---- components

  create(options: NewStream): StreamId {
    const pipe = this.open(options.capacity ?? PIPE_CAPACITY);
    pipe.readable = options.readable;
    pipe.writable = options.writable;
    if (options.readable !== undefined) pipe.readers += 1;
    if (options.writable !== undefined) pipe.writers += 1;
    // Standard input may be fed before the process that reads it exists.
    if (options.readable === undefined) pipe.met = { ...pipe.met, read: false };
    return pipe.id;
  }

  read(stream: StreamId, max = Infinity): Uint8Array | undefined {
    const pipe = this.#pipes.get(stream);
    if (pipe === undefined) return undefined;
    pipe.told = false;
    return this.take(pipe, max);
  }

  available(stream: StreamId): number {
    return this.#pipes.get(stream)?.size ?? 0;
  }

  write(stream: StreamId, bytes: Uint8Array): Result<number> {
    const pipe = this.#pipes.get(stream);
    return pipe === undefined ? fail('EPIPE') : this.put(pipe, bytes);
  }

  closeWriter(stream: StreamId): void {
    const pipe = this.#pipes.get(stream);
    if (pipe === undefined) return;
    if (pipe.writable === undefined) {
      // Closed before and never read: nobody will.
      if (pipe.writers <= 0 && !pipe.met.read) this.#pipes.delete(stream);
      return;
    }
    pipe.writable = undefined;
    this.close(pipe, 'write');
  }

  closeReader(stream: StreamId): void {
    const pipe = this.#pipes.get(stream);
    if (pipe === undefined || pipe.readable === undefined) return;
    pipe.readable = undefined;
    this.close(pipe, 'read');
  }

  setReadable(stream: StreamId, notify: Notify | undefined): void {
    const pipe = this.#pipes.get(stream);
    if (pipe === undefined) return;
    if (notify !== undefined && pipe.readable === undefined) pipe.readers += 1;
    if (notify === undefined && pipe.readable !== undefined) {
      this.closeReader(stream);
      return;
    }
    pipe.readable = notify;
    pipe.told = false;
    if (pipe.size > 0 || pipe.writers === 0) this.#tellReader(pipe);
  }

  // ---- the kernel

  get(stream: StreamId): Pipe | undefined {
    return this.#pipes.get(stream);
  }

  open(capacity = PIPE_CAPACITY, fifo?: string): Pipe {
    const pipe: Pipe = {
      id: this.#next,
      capacity,
      chunks: [],
      size: 0,
      readers: 0,
      writers: 0,
      readable: undefined,
      writable: undefined,
      told: false,
      wantsRoom: false,
      readWaiters: [],
      writeWaiters: [],
      fifo,
      met: { read: fifo === undefined, write: fifo === undefined },
    };
    this.#next += 1;
    this.#pipes.set(pipe.id, pipe);
    return pipe;
  }

  fifoOf(key: string): Pipe {
    for (const pipe of this.#pipes.values()) if (pipe.fifo === key) return pipe;
    return this.open(PIPE_CAPACITY, key);
  }

  /** One more description of an end. */
  hold(pipe: Pipe, end: 'read' | 'write'): void {
    if (end === 'read') pipe.readers += 1;
    else pipe.writers += 1;
    if (!pipe.met[end]) {
      pipe.met = { ...pipe.met, [end]: true };
      this.#wakeAll(pipe);
    }
  }

  close(pipe: Pipe, end: 'read' | 'write'): void {
    if (end === 'read') pipe.readers -= 1;
    else pipe.writers -= 1;
    if (pipe.readers <= 0 && pipe.writers <= 0) {
      if (pipe.fifo === undefined ? pipe.met.read : pipe.size === 0) this.#pipes.delete(pipe.id);
      return;
    }
    if (end === 'write' && pipe.writers === 0) {
      this.#wake(pipe, 'readWaiters');
      this.#tellReader(pipe);
    }
    if (end === 'read' && pipe.readers === 0) {
      this.#wake(pipe, 'writeWaiters');
      if (pipe.writable !== undefined) tell(this.scheduler, pipe.writable, { stream: pipe.id, broken: true });
    }
  }

  /** Up to `max` bytes; empty where there are none yet, undefined at end of file. */
  take(pipe: Pipe, max: number): Uint8Array | undefined {
    if (pipe.size === 0) return pipe.writers === 0 && pipe.met.write ? undefined : EMPTY_BYTES;
    const full = pipe.size >= pipe.capacity;
    const taken: Uint8Array[] = [];
    let left = Math.min(max, pipe.size);
    pipe.size -= left;
    while (left > 0) {
      const [first] = pipe.chunks;
      if (first === undefined) break;
      if (first.length <= left) {
        taken.push(first);
        pipe.chunks.shift();
        left -= first.length;
      } else {
        taken.push(first.slice(0, left));
        pipe.chunks[0] = first.subarray(left);
        left = 0;
      }
    }
    if (pipe.writeWaiters.length > 0) this.#wake(pipe, 'writeWaiters');
    if (pipe.writable !== undefined && pipe.wantsRoom && (full || pipe.size < pipe.capacity)) {
      pipe.wantsRoom = false;
      tell(this.scheduler, pipe.writable, { stream: pipe.id, broken: false });
    }
    return concatBytes(taken);
  }

  /** Takes what fits and answers how much; EPIPE where nobody reads any more. */
  put(pipe: Pipe, bytes: Uint8Array): Result<number> {
    if (pipe.readers === 0 && pipe.met.read) return fail('EPIPE');
    if (pipe.readers === 0 && pipe.fifo !== undefined) return 0;
    const room = pipe.capacity - pipe.size;
    const part = bytes.length <= room ? bytes : bytes.subarray(0, Math.max(0, room));
    if (part.length < bytes.length) pipe.wantsRoom = true;
    if (part.length === 0) return 0;
    pipe.chunks.push(part);
    pipe.size += part.length;
    if (pipe.readWaiters.length > 0) this.#wake(pipe, 'readWaiters');
    this.#tellReader(pipe);
    return part.length;
  }

  /** Takes a dead process's calls out of the queues. */
  forget(stream: StreamId, pid: number, call?: number): void {
    const pipe = this.#pipes.get(stream);
    if (pipe === undefined) return;
    const stays = (waiter: Waiter): boolean => waiter.pid !== pid || (call !== undefined && waiter.call !== call);
    if (!pipe.readWaiters.every(stays)) pipe.readWaiters = pipe.readWaiters.filter(stays);
    if (!pipe.writeWaiters.every(stays)) pipe.writeWaiters = pipe.writeWaiters.filter(stays);
  }

  snapshot(): Plain {
    const pipes = [...this.#pipes.values()].map((pipe) => ({
      ...pipe,
      chunks: pipe.size === 0 ? [] : [concatBytes(pipe.chunks)],
      readWaiters: [...pipe.readWaiters],
      writeWaiters: [...pipe.writeWaiters],
    }));
    return { next: this.#next, pipes } as unknown as Plain;
  }

  restore(saved: Plain): void {
    const { next, pipes } = saved as unknown as { next: number; pipes: Pipe[] };
    this.#next = next;
    this.#pipes = new Map(
      pipes.map((pipe) => [
        pipe.id,
        { ...pipe, chunks: [...pipe.chunks], readWaiters: [...pipe.readWaiters], writeWaiters: [...pipe.writeWaiters] },
      ]),
    );
  }

  #wakeAll(pipe: Pipe): void {
    this.#wake(pipe, 'readWaiters');
    this.#wake(pipe, 'writeWaiters');
  }

  #wake(pipe: Pipe, queue: 'readWaiters' | 'writeWaiters'): void {
    const waiters = pipe[queue];
    if (waiters.length === 0) return;
    pipe[queue] = [];
    this.wake(waiters);
  }

  #tellReader(pipe: Pipe): void {
    if (pipe.readable === undefined || pipe.told) return;
    pipe.told = true;
    tell(this.scheduler, pipe.readable, { stream: pipe.id });
  }
}
