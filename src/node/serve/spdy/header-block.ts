/** Name-value blocks of SPDY/3.1: compressed in one stream per direction for the life of a connection. */
import { Unzlib } from 'fflate';
import { HEADER_DICTIONARY } from './header-dictionary.ts';

export type SpdyHeaders = ReadonlyMap<string, string>;

/** Reads the blocks that a peer sends, in order. */
export class HeaderReader {
  #pieces: Uint8Array[] = [];
  readonly #inflate = new Unzlib({ dictionary: HEADER_DICTIONARY });

  constructor() {
    this.#inflate.ondata = (piece) => {
      this.#pieces.push(piece.slice());
    };
  }

  read(compressed: Uint8Array): SpdyHeaders {
    this.#pieces = [];
    this.#inflate.push(compressed);
    return parseBlock(Buffer.concat(this.#pieces));
  }
}

function parseBlock(block: Buffer): SpdyHeaders {
  const headers = new Map<string, string>();
  if (block.length < 4) return headers;
  let at = 4;
  const text = (): string => {
    if (at + 4 > block.length) return '';
    const end = at + 4 + block.readUInt32BE(at);
    const value = block.toString('utf8', at + 4, end);
    at = end;
    return value;
  };
  for (let left = block.readUInt32BE(0); left > 0 && at < block.length; left -= 1) {
    const name = text();
    headers.set(name, text());
  }
  return headers;
}

/** Writes blocks as stored (uncompressed) deflate blocks, which need no state; an empty one after each makes readers hand it on. */
export class HeaderWriter {
  #started = false;

  write(headers: SpdyHeaders): Uint8Array {
    const parts = [uint32(headers.size)];
    for (const [name, value] of headers)
      parts.push(
        uint32(Buffer.byteLength(name)),
        Buffer.from(name),
        uint32(Buffer.byteLength(value)),
        Buffer.from(value),
      );
    const block = Buffer.concat(parts);
    const stored = Buffer.alloc(5);
    stored.writeUInt16LE(block.length, 1);
    stored.writeUInt16LE(block.length ^ 0xffff, 3);
    const head = this.#started ? Buffer.alloc(0) : Buffer.of(0x78, 0x01);
    this.#started = true;
    return Buffer.concat([head, stored, block, SYNC]);
  }
}

const SYNC = Buffer.of(0, 0, 0, 0xff, 0xff);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
