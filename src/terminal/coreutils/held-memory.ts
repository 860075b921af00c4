/** Memory that a program takes because of what it reads or computes: told to the kernel, whose limits may end the program. */
import type { Result } from '../../protocol/errno.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';

/** The simulator keeps what programs keep: beyond this it has no memory for one of them. */
export const HELD_BYTES_BOUND = 67_108_864;
export const HELD_BOUND_TEXT = `drydock bound: ${String(HELD_BYTES_BOUND)} bytes`;

/** So much is asked for at a time, as an allocator does. */
const STEP_BYTES = 1_048_576;

export class HeldMemory {
  #bytes = 0;
  #told = 0;

  constructor(private readonly process: Process) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** ENOMEM where a limit of the process or the simulator's own bound is reached. */
  grow(bytes: number): Result<void> {
    return this.set(this.#bytes + bytes);
  }

  set(bytes: number): Result<void> {
    this.#bytes = bytes;
    if (bytes > HELD_BYTES_BOUND) return { errno: 'ENOMEM' };
    const wanted = Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
    if (wanted === this.#told) return undefined;
    const granted = this.process.memory(wanted);
    if (!failed(granted)) this.#told = wanted;
    return granted;
  }
}
