/** The kernel's ring of messages: what dmesg and /dev/kmsg show. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Waiter } from './descriptors/streams.ts';

/** What the ring of CONFIG_LOG_BUF_SHIFT=18 holds, about. */
const MAX_MESSAGES = 4096;
export const LOG_LEVEL = { error: 3, warning: 4, info: 6 } as const;

export interface KernelMessage {
  /** Since boot, from 0; older ones may have left the ring. */
  readonly sequence: number;
  readonly atUs: number;
  /** 0 (emergency) to 7 (debug). */
  readonly level: number;
  readonly text: string;
}

export class MessageLog {
  #messages: KernelMessage[] = [];
  #next = 0;
  /** dmesg -C: what is older is not shown by it. */
  #clearedBefore = 0;
  #waiters: Waiter[] = [];
  listener: ((message: KernelMessage) => void) | undefined;

  constructor(private readonly wake: (waiters: readonly Waiter[]) => void) {}

  add(atUs: number, level: number, text: string): void {
    const message = { sequence: this.#next, atUs, level, text };
    this.#messages.push(message);
    this.#next += 1;
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    const waiters = this.#waiters;
    this.#waiters = [];
    this.wake(waiters);
    this.listener?.(message);
  }

  get nextSequence(): number {
    return this.#next;
  }

  all(): readonly KernelMessage[] {
    return this.#messages;
  }

  /** Those since they were cleared, as syslog(2) has them. */
  recent(): readonly KernelMessage[] {
    return this.#messages.filter(({ sequence }) => sequence >= this.#clearedBefore);
  }

  clear(): void {
    this.#clearedBefore = this.#next;
  }

  /** The first message from a sequence number on. */
  from(sequence: number): KernelMessage | undefined {
    return this.#messages.find((message) => message.sequence >= sequence);
  }

  wait(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  /** A boot begins with an empty ring; who waits for the old one has gone with it. */
  reset(): void {
    this.#messages = [];
    this.#next = 0;
    this.#clearedBefore = 0;
    this.#waiters = [];
  }

  snapshot(): Plain {
    return {
      messages: [...this.#messages] as unknown as Plain,
      next: this.#next,
      clearedBefore: this.#clearedBefore,
      waiters: [...this.#waiters] as unknown as Plain,
    };
  }

  restore(saved: Plain): void {
    const state = saved as unknown as {
      readonly messages: readonly KernelMessage[];
      readonly next: number;
      readonly clearedBefore: number;
      readonly waiters: readonly Waiter[];
    };
    this.#messages = [...state.messages];
    this.#next = state.next;
    this.#clearedBefore = state.clearedBefore;
    this.#waiters = [...state.waiters];
  }
}

/** One record as a read of /dev/kmsg has it. */
export const kmsgRecord = ({ sequence, atUs, level, text }: KernelMessage): Uint8Array =>
  encodeUtf8(`${String(level)},${String(sequence)},${String(Math.floor(atUs))},-;${text}\n`);
