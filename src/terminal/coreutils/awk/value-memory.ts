import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { HELD_BOUND_TEXT, HeldMemory } from '../held-memory.ts';
import { Fatal } from './fatal.ts';

/** What an array's element takes at the least. */
const ELEMENT_BYTES = 100;
/** Values from this length on count as memory. */
const LONG_VALUE = 65_536;
const LONGEST_VALUE = 16_777_216;

/** Memory that a program's values take; a program that wants too much ends. */
export class ValueMemory {
  readonly #held: HeldMemory;

  constructor(process: Process) {
    this.#held = new HeldMemory(process);
  }

  holdElement(): void {
    this.#hold(ELEMENT_BYTES);
  }

  /** Two texts as one. */
  joined(left: string, right: string): string {
    const text = left + right;
    if (text.length > LONG_VALUE) {
      if (text.length > LONGEST_VALUE)
        throw new Fatal(`out of memory (drydock bound: ${String(LONGEST_VALUE)} characters of one value)`);
      this.#hold(right.length);
    }
    return text;
  }

  #hold(bytes: number): void {
    if (failed(this.#held.grow(bytes))) throw new Fatal(`out of memory (${HELD_BOUND_TEXT})`);
  }
}
