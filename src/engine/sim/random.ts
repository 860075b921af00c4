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

const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

export class SeededRandom implements Random {
  readonly #counters = new Map<string, number>();
  readonly #streams = new Map<string, RandomStream>();
  constructor(readonly seed: number) {}

  for(...key: readonly string[]): RandomStream {
    const name = key.join('\u0000');
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = this.#stream(name);
    this.#streams.set(name, stream);
    return stream;
  }

  snapshot(): Plain {
    return { counters: [...this.#counters].map(([key, count]) => [key, count]) };
  }

  restore(state: Plain): void {
    this.#counters.clear();
    const { counters } = state as { counters: [string, number][] };
    for (const [key, count] of counters) this.#counters.set(key, count);
  }

  #stream(name: string): RandomStream {
    const low = fnv1a32(name, this.seed >>> 0);
    const high = fnv1a32(name, (low ^ 0x9e3779b9) >>> 0);
    const uint32 = (): number => {
      const count = (this.#counters.get(name) ?? 0) + 1;
      this.#counters.set(name, count);
      return mix((low + Math.imul(count, 0x9e3779b9)) >>> 0, (high ^ Math.floor(count / 0x1_0000_0000)) >>> 0);
    };
    return streamOver(uint32);
  }
}

function streamOver(uint32: () => number): RandomStream {
  const fraction = (): number => uint32() / 0x1_0000_0000;
  const below = (bound: number): number => Math.floor(fraction() * bound);
  const bytes = (count: number): Uint8Array => {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i += 4) {
      const word = uint32();
      for (let j = 0; j < 4 && i + j < count; j += 1) out[i + j] = (word >>> (8 * j)) & 255;
    }
    return out;
  };
  const hex = (digits: number): string => {
    let text = '';
    for (const byte of bytes(Math.ceil(digits / 2))) text += HEX_BYTES[byte] ?? '';
    return text.length === digits ? text : text.slice(0, digits);
  };
  return {
    uint32,
    fraction,
    below,
    bytes,
    hex,
    safeString: (count) => Array.from({ length: count }, () => SAFE.charAt(below(SAFE.length))).join(''),
    uuid: () => {
      const h = hex(32);
      const variant = '89ab'.charAt(below(4));
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`;
    },
    jitter: (value, ratio) => Math.round(value * (1 + ratio * (2 * fraction() - 1))),
  };
}

function mix(low: number, high: number): number {
  let x = (low ^ Math.imul(high, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  x ^= x >>> 15;
  x = Math.imul((x + high) ^ (x >>> 16), 0x85ebca6b);
  return (x ^ (x >>> 13)) >>> 0;
}
