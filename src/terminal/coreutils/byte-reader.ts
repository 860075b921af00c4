import { EMPTY_BYTES, concatBytes } from '../../protocol/bytes.ts';
import type { SysFailure } from '../../protocol/errno.ts';
import { failed } from '../../protocol/errno.ts';
import type { Fd, Process } from '../../protocol/program.ts';

/** Reads a descriptor byte by byte or in blocks of a size, holding one piece at a time. */
export class ByteReader {
  readonly #process: Process;
  readonly #fd: Fd;
  #chunk: Uint8Array = EMPTY_BYTES;
  #at = 0;
  #ended = false;
  failure: SysFailure | undefined;

  constructor(process: Process, fd: Fd) {
    this.#process = process;
    this.#fd = fd;
  }

  /** The next byte at once where one is here, else after a read. */
  next(): number | undefined | Promise<number | undefined> {
    const byte = this.#chunk[this.#at];
    if (byte === undefined) return this.#more();
    this.#at += 1;
    return byte;
  }

  /** Up to `size` bytes; fewer only at the end. */
  async block(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = size;
    while (missing > 0 && (this.#at < this.#chunk.length || (await this.#fill()))) {
      const part = this.#chunk.subarray(this.#at, this.#at + missing);
      this.#at += part.length;
      missing -= part.length;
      parts.push(part);
    }
    return concatBytes(parts);
  }

  /** Passes over bytes; answers how many there were. */
  async skip(count: number): Promise<number> {
    let left = count;
    while (left > 0) {
      const piece = await this.block(Math.min(left, 65_536));
      if (piece.length === 0) break;
      left -= piece.length;
    }
    return count - left;
  }

  async #more(): Promise<number | undefined> {
    return (await this.#fill()) ? this.next() : undefined;
  }
  async #fill(): Promise<boolean> {
    while (!this.#ended) {
      const bytes = await this.#process.read(this.#fd, 65_536);
      if (failed(bytes)) {
        if (bytes.errno === 'EINTR') continue;
        this.failure = bytes;
        this.#ended = true;
      } else if (bytes.length === 0) this.#ended = true;
      else {
        this.#chunk = bytes;
        this.#at = 0;
        return true;
      }
    }
    return false;
  }
}
