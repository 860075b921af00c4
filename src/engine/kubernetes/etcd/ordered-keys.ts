/** A sorted set of strings in chunks: insertion and removal cost a search and a short shift, ranges run in order. */
const CHUNK_KEYS = 512;

export class OrderedKeys {
  #chunks: string[][] = [];

  add(key: string): void {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([key]);
      return;
    }
    const place = lowerBound(chunk, key);
    if (chunk[place] === key) return;
    chunk.splice(place, 0, key);
    if (chunk.length > CHUNK_KEYS) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_KEYS / 2));
  }

  delete(key: string): void {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return;
    const place = lowerBound(chunk, key);
    if (chunk[place] !== key) return;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** Keys from `from` on, in order, until `visit` answers false. */
  walk(from: string, visit: (key: string) => boolean): void {
    for (let at = this.#chunkOf(from); at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] ?? [];
      for (let place = lowerBound(chunk, from); place < chunk.length; place += 1) {
        if (!visit(chunk[place] ?? '')) return;
      }
    }
  }

  clear(): void {
    this.#chunks = [];
  }

  /** The chunk that holds the key, or would. */
  #chunkOf(key: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#chunks[middle]?.at(-1) ?? '';
      if (last < key) low = middle + 1;
      else high = middle;
    }
    return low < this.#chunks.length ? low : Math.max(0, low - 1);
  }
}

function lowerBound(chunk: readonly string[], key: string): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunk[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
