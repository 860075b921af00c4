import type { Hop } from './hop.ts';

/** A part of the engine that loads when it is first needed; virtual time waits for it. */
export class LatePart<T> {
  #part: { readonly value: T } | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  /**
   * Does something with the part: at once if it is there, otherwise before the next event. So that both come to the same,
   * this has to be the last thing that an event does.
   */
  use(hop: Hop, work: (part: T) => void): void {
    if (this.#part !== undefined) {
      work(this.#part.value);
      return;
    }
    void hop.hold(
      this.load().then((value) => {
        this.#part = { value };
        work(value);
      }),
    );
  }
}
