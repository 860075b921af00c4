/** FNV-1a over UTF-16 code units, 32 bits; `basis` chains hashes. Not for secrets. */
export function fnv1a32(text: string, basis = 0x811c9dc5): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 255), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** A running 64-bit hash in two 32-bit lanes with different primes and a final mix. */
export class RunningHash {
  #a: number;
  #b: number;
  constructor(state: readonly [number, number] = [0x811c9dc5, 0xcbf29ce4]) {
    [this.#a, this.#b] = state;
  }
  update(text: string): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b + unit, 0x85ebca6b) ^ (b >>> 15);
    }
    this.#a = a >>> 0;
    this.#b = b >>> 0;
  }
  get state(): readonly [number, number] {
    return [this.#a, this.#b];
  }
  /** 16 hexadecimal digits. */
  digest(): string {
    return this.#a.toString(16).padStart(8, '0') + this.#b.toString(16).padStart(8, '0');
  }
}
