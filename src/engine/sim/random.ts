/**
 * Keyed chance: a draw depends on the seed, the key and the key's own counter, never on what others drew.
 * The generator is a 64-bit mix (splitmix) over the key's FNV-1a hash, in two 32-bit halves.
 */
import type { Plain } from '../../protocol/plain.ts';
import { fnv1a32 } from './hash.ts';

export interface RandomStream {
  /** 32 random bits, unsigned. */
  uint32(): number;
  /** In [0, 1). */
  fraction(): number;
  /** An integer in [0, bound). */
  below(bound: number): number;
  bytes(count: number): Uint8Array;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** `count` characters of Kubernetes' safe alphabet (util/rand: bcdfghjklmnpqrstvwxz2456789). */
  safeString(count: number): string;
  /** A version 4 UUID. */
  uuid(): string;
  /** `value` spread by up to ±`ratio`. */
  jitter(value: number, ratio: number): number;
}

export interface Random {
  /** The stream of a key; equal keys share one counter. */
  for(...key: readonly string[]): RandomStream;
}

const DASH = 45;
/** A UUID's text as it is put together, and where in it digits, version and variant stand: many are made for each pod. */
const uuidCodes: number[] = Array.from({ length: 36 }, () => DASH);
const UUID_DIGITS = Array.from({ length: 36 }, (_, at) => at).filter((at) => ![8, 13, 18, 23].includes(at));
const UUID_VERSION = 14;
const UUID_VARIANT = 19;
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

export class SeededRandom implements Random {
  readonly #streams = new Map<string, CountedStream>();
  constructor(readonly seed: number) {}

  for(...key: readonly string[]): RandomStream {
    return this.#stream(key.join('\u0000'));
  }

  snapshot(): Plain {
    const drawn = [...this.#streams].filter(([, { count }]) => count > 0);
    return { counters: drawn.map(([key, { count }]) => [key, count] as const).sort(([a], [b]) => (a < b ? -1 : 1)) };
  }

  restore(state: Plain): void {
    const { counters } = state as { counters: [string, number][] };
    // Who holds a stream goes on with it.
    for (const stream of this.#streams.values()) stream.count = 0;
    for (const [key, count] of counters) this.#stream(key).count = count;
  }

  #stream(name: string): CountedStream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = new CountedStream(name, this.seed);
    this.#streams.set(name, stream);
    return stream;
  }
}

class CountedStream implements RandomStream {
  /** Draws so far. */
  count = 0;
  readonly #low: number;
  readonly #high: number;

  constructor(name: string, seed: number) {
    this.#low = fnv1a32(name, seed >>> 0);
    this.#high = fnv1a32(name, (this.#low ^ 0x9e3779b9) >>> 0);
  }

  uint32(): number {
    this.count += 1;
    const low = (this.#low + Math.imul(this.count, 0x9e3779b9)) >>> 0;
    return mix(low, (this.#high ^ Math.floor(this.count / 0x1_0000_0000)) >>> 0);
  }

  fraction(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i += 4) {
      const word = this.uint32();
      for (let j = 0; j < 4 && i + j < count; j += 1) out[i + j] = (word >>> (8 * j)) & 255;
    }
    return out;
  }

  hex(digits: number): string {
    return textOf(this.#digits(digits));
  }

  safeString(count: number): string {
    return Array.from({ length: count }, () => SAFE.charAt(this.below(SAFE.length))).join('');
  }

  uuid(): string {
    for (let at = 0; at < UUID_DIGITS.length; at += 8) {
      const word = this.uint32();
      for (let byte = 0; byte < 4; byte += 1) {
        uuidCodes[UUID_DIGITS[at + 2 * byte] ?? 0] = digit((word >>> (8 * byte + 4)) & 15);
        uuidCodes[UUID_DIGITS[at + 2 * byte + 1] ?? 0] = digit((word >>> (8 * byte)) & 15);
      }
    }
    uuidCodes[UUID_VERSION] = digit(4);
    uuidCodes[UUID_VARIANT] = digit(8 + this.below(4));
    return textOf(uuidCodes);
  }

  jitter(value: number, ratio: number): number {
    return Math.round(value * (1 + ratio * (2 * this.fraction() - 1)));
  }

  /** Character codes of hexadecimal digits, two for each drawn byte. */
  #digits(count: number): number[] {
    const codes: number[] = [];
    for (let left = Math.ceil(count / 2); left > 0; left -= 4) {
      const word = this.uint32();
      for (let byte = 0; byte < Math.min(left, 4); byte += 1)
        codes.push(digit((word >>> (8 * byte + 4)) & 15), digit((word >>> (8 * byte)) & 15));
    }
    codes.length = count;
    return codes;
  }
}

/** The code of a lower-case hexadecimal digit. */
const digit = (value: number): number => (value < 10 ? 48 + value : 87 + value);

/** One piece of text; text that is put together by and by keeps its pieces. */
const textOf = (codes: readonly number[]): string => String.fromCharCode(...codes);

function mix(low: number, high: number): number {
  let x = (low ^ Math.imul(high, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  x ^= x >>> 15;
  x = Math.imul((x + high) ^ (x >>> 16), 0x85ebca6b);
  return (x ^ (x >>> 13)) >>> 0;
}
