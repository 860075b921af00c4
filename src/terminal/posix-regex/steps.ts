/** Steps that the engine's own matcher may take: some tenths of a second. */
export const NATIVE_STEPS_BOUND = 100_000_000;

/** A search or an expression that is more than the simulator takes. */
export class RegexBound extends Error {
  constructor(bound: number, what = 'steps of one search') {
    super(`regular expression stopped (drydock bound: ${String(bound)} ${what})`);
  }
}

/** Counts steps: a search that is over its bound would stop the whole simulation. */
export class Steps {
  readonly #bound: number;
  #taken = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }
  take(): void {
    this.#taken += 1;
    if (this.#taken > this.#bound) throw new RegexBound(this.#bound);
  }
}
