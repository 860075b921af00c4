/** Where shuf takes its choices from: the kernel, or the bytes of a file as gnulib's randint draws numbers from them. */
import type { Process } from '../../../protocol/program.ts';

export interface RandomSource {
  /** A number below `limit`, each as likely as the others; undefined where the bytes are used up. */
  below(limit: number): number | undefined;
}

/** The kernel's random device. */
export function kernelSource(process: Process): RandomSource {
  return {
    below(limit) {
      const bound = Math.floor(2 ** 32 / limit) * limit;
      for (;;) {
        const [a = 0, b = 0, c = 0, d = 0] = process.random(4);
        const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        if (value < bound) return value % limit;
      }
    },
  };
}

/**
 * gnulib lib/randint.c: what a draw leaves over of a byte's range serves the next one, so that few bytes are used.
 * Numbers stay below 256 times the largest limit, which doubles hold.
 */
export class FileSource implements RandomSource {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** A number that is equally likely to be any from 0 to `#largest`. */
  #number = 0;
  #largest = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  below(limit: number): number | undefined {
    for (;;) {
      while (this.#largest < limit - 1) {
        const byte = this.#bytes[this.#at];
        if (byte === undefined) return undefined;
        this.#at += 1;
        this.#number = this.#number * 256 + byte;
        this.#largest = this.#largest * 256 + 255;
      }
      const excess = this.#largest - (limit - 1);
      const unusable = excess % limit;
      const lastUsable = this.#largest - unusable;
      if (this.#number <= lastUsable) {
        const chosen = this.#number % limit;
        this.#number = Math.floor(this.#number / limit);
        this.#largest = Math.floor(excess / limit);
        return chosen;
      }
      this.#number -= lastUsable + 1;
      this.#largest = unusable - 1;
    }
  }
}
