import { concatBytes } from '../../protocol/bytes.ts';

/** Bytes that wait for the terminal; beyond this the oldest are left out, and the terminal says so. */
const MAX_WAITING = 1024 * 1024;
/** Written at once; the next piece follows when the terminal has drawn this one. */
const PIECE = 64 * 1024;

/** Writes to a terminal no faster than it draws, and keeps no more than a bounded amount waiting. */
export class BoundedWriter {
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #busy = false;
  #skipped = 0;

  constructor(
    private readonly write: (bytes: Uint8Array, drawn: () => void) => void,
    private readonly skippedText: (bytes: number) => Uint8Array,
  ) {}

  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    while (this.#bytes > MAX_WAITING && this.#waiting.length > 1) {
      const dropped = this.#waiting.shift()?.length ?? 0;
      this.#bytes -= dropped;
      this.#skipped += dropped;
    }
    if (!this.#busy) this.#next();
  }

  #next(): void {
    if (this.#bytes === 0) {
      this.#busy = false;
      return;
    }
    this.#busy = true;
    const all = concatBytes(this.#waiting);
    const rest = all.subarray(PIECE);
    this.#waiting = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
    const notice = this.#skipped === 0 ? [] : [this.skippedText(this.#skipped)];
    this.#skipped = 0;
    this.write(concatBytes([...notice, all.subarray(0, PIECE)]), () => this.#next());
  }
}
