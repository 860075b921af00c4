/** What a filter may cost before its next result: it runs in one go, so signals come in only between two results. */

const MOST_STEPS = 300_000;

/** A filter went beyond what the simulator gives it. */
export class Exhausted extends Error {}

export class Effort {
  #steps = 0;

  /** Before a result. */
  begin(): void {
    this.#steps = 0;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new Exhausted(`${String(MOST_STEPS)} steps between two results`);
  }
}

/** Which bound it was: filters inside filters are frames of the simulator's own stack, and texts have a longest length. */
export function boundOf(error: Exhausted | RangeError): string {
  if (error instanceof Exhausted) return error.message;
  return /stack/i.test(error.message) ? 'filters nested as deep as its stack' : 'the longest text or list';
}
