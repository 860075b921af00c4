import type { Hop } from '../../sim/hop.ts';
import type { ReactivePrograms } from '../kernel/reactive/reactive-programs.ts';
import type { ReactiveProgram } from '../kernel/reactive/reactive.ts';

/**
 * The programs of images, of which a host needs few before somebody brings it an image; the others load with the first one.
 * What runs from an image begins in a later event, which waits for them.
 */
export class ImagePrograms implements ReactivePrograms {
  #programs: ReadonlyMap<string, ReactiveProgram>;
  #load: (() => Promise<ReadonlyMap<string, ReactiveProgram>>) | undefined;

  /** @param load fetches all programs, where `programs` are not all. */
  constructor(
    programs: ReadonlyMap<string, ReactiveProgram>,
    load?: () => Promise<ReadonlyMap<string, ReactiveProgram>>,
  ) {
    this.#programs = programs;
    this.#load = load;
  }

  get(id: string): ReactiveProgram | undefined {
    return this.#programs.get(id);
  }
  has(id: string): boolean {
    return this.#programs.has(id);
  }

  /** An image comes to a host: virtual time waits until its programs are there. */
  fetch(hop: Hop): void {
    if (this.#load !== undefined) void hop.hold(this.loadAll());
  }

  /** A world that was saved may run any of them. */
  async loadAll(): Promise<void> {
    if (this.#load === undefined) return;
    this.#programs = await this.#load();
    this.#load = undefined;
  }
}
