import { failed } from '../../../../protocol/errno.ts';
import type { Fd, Process } from '../../../../protocol/program.ts';
import { packer } from '../gzip.ts';
import { BLOCK } from './format.ts';

/** Blocks of a record, unless -b says otherwise. */
const RECORD_BLOCKS = 20;

/** Writes an archive piece by piece. */
export class ArchiveWriter {
  #size = 0;
  #parts: Uint8Array[] = [];
  readonly #pack: ((bytes: Uint8Array, last: boolean) => void) | undefined;

  constructor(
    private readonly process: Process,
    private readonly fd: Fd,
    { compressed, recordBlocks = RECORD_BLOCKS }: { readonly compressed: boolean; readonly recordBlocks?: number },
  ) {
    this.record = recordBlocks * BLOCK;
    this.#pack = compressed
      ? packer((piece) => {
          this.#parts.push(piece);
        })
      : undefined;
  }
  private readonly record: number;

  async write(bytes: Uint8Array, last = false): Promise<boolean> {
    this.#size += bytes.length;
    if (this.#pack === undefined) this.#parts.push(bytes);
    else this.#pack(bytes, last);
    for (const part of this.#parts.splice(0))
      if (part.length > 0 && failed(await this.process.write(this.fd, part))) return false;
    return true;
  }
  async pad(): Promise<boolean> {
    return await this.write(new Uint8Array((BLOCK - (this.#size % BLOCK)) % BLOCK));
  }
  /** Two empty blocks, then up to a whole record. */
  async end(): Promise<boolean> {
    const used = this.#size + 2 * BLOCK;
    return await this.write(new Uint8Array(Math.ceil(used / this.record) * this.record - this.#size), true);
  }
}
