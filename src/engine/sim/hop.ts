/**
 * The meeting point of the synchronous loop and asynchronous programs. A component that has woken a program requests a hop;
 * the outer runner then lets the host's macrotask queue run once, and waits for holds, before the next event.
 */
export class Hop {
  #requested = false;
  #held = 0;
  #released: (() => void) | undefined;
  #afterwards: (() => void)[] = [];

  /** A program has been woken and must run before the next event; `afterwards` looks at what became of it. */
  request(afterwards?: () => void): void {
    this.#requested = true;
    if (afterwards !== undefined) this.#afterwards.push(afterwards);
  }

  /** Every woken program has had its turn. */
  settled(): void {
    const looks = this.#afterwards;
    this.#afterwards = [];
    for (const look of looks) look();
  }

  /** Answers whether a hop is due, and takes the request back. */
  take(): boolean {
    const due = this.#requested;
    this.#requested = false;
    return due;
  }

  /** Number of lazily loaded parts that virtual time waits for. */
  get held(): number {
    return this.#held;
  }

  /** Stops virtual time until the promise settles (lazy code, WASM). */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#held -= 1;
      this.#requested = true;
      if (this.#held === 0) this.#released?.();
    }
  }

  /** Settles when nothing is held. */
  whenReleased(): Promise<void> {
    if (this.#held === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#released = () => {
        this.#released = undefined;
        resolve();
      };
    });
  }
}
