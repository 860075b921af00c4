import type { Hop } from '../../sim/hop.ts';
import type { ImageDefinition } from '../container/image-definition.ts';
import type { ReactivePrograms } from '../kernel/reactive/reactive-programs.ts';
import type { ReactiveProgram } from '../kernel/reactive/reactive.ts';

/** Programs of images by the id that their executables carry, and images that the first load does not hold. */
export interface ImageParts {
  readonly programs: ReadonlyMap<string, ReactiveProgram>;
  readonly images: readonly ImageDefinition[];
  /** `repository:tag` of images that exist in the world, and of which only others are described. */
  readonly notSimulated?: RegExp;
}

/**
 * The programs of images, of which a host needs few before somebody brings it an image; the others load with the first one,
 * and with them images that no world begins with. What a registry answers, and what runs from an image, is of a later event,
 * which waits for them.
 */
export class ImagePrograms implements ReactivePrograms {
  #parts: ImageParts;
  #load: (() => Promise<ImageParts>) | undefined;

  /** @param load fetches everything, where `parts` are not all. */
  constructor(parts: ImageParts, load?: () => Promise<ImageParts>) {
    this.#parts = parts;
    this.#load = load;
  }

  get(id: string): ReactiveProgram | undefined {
    return this.#parts.programs.get(id);
  }
  has(id: string): boolean {
    return this.#parts.programs.has(id);
  }
  /** Images beside those of the catalogue, as far as they are there. */
  get images(): readonly ImageDefinition[] {
    return this.#parts.images;
  }

  /** Whether an image exists that nobody describes. */
  isNotSimulated(reference: string): boolean {
    return this.#parts.notSimulated?.test(reference) ?? false;
  }

  /** An image comes to a host, or a registry is asked: virtual time waits until everything is there. */
  fetch(hop: Hop): void {
    if (this.#load !== undefined) void hop.hold(this.loadAll());
  }

  /** A world that was saved may run any of them. */
  async loadAll(): Promise<void> {
    if (this.#load === undefined) return;
    this.#parts = await this.#load();
    this.#load = undefined;
  }
}
