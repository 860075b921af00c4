/** Steps that the engine's own matcher may take: some tenths of a second. */
export const NATIVE_STEPS_BOUND = 100_000_000;

/** A search that took more steps than a simulated machine gives it. */
export class RegexBound extends Error {
  constructor(bound: number) {
    super(`regular expression stopped (drydock bound: ${String(bound)} steps of one search)`);
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
