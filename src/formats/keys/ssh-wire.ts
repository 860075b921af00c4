/** The binary forms of SSH (RFC 4251, section 5): numbers, strings and lists one after another. */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../protocol/bytes.ts';
import { integerOf, signedBytes } from './big-integer.ts';

export class SshWriter {
  readonly #parts: Uint8Array[] = [];

  byte(value: number): this {
    return this.raw(Uint8Array.of(value));
  }
  uint32(value: number): this {
    return this.raw(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  }
  uint64(value: number): this {
    return this.uint32(Math.floor(value / 2 ** 32)).uint32(value % 2 ** 32);
  }
  string(value: Uint8Array | string): this {
    const bytes = typeof value === 'string' ? encodeUtf8(value) : value;
    return this.uint32(bytes.length).raw(bytes);
  }
  /** A number that is not negative. */
  integer(value: bigint): this {
    return this.string(value === 0n ? new Uint8Array(0) : signedBytes(value));
  }
  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }
  bytes(): Uint8Array {
    return concatBytes(this.#parts);
  }
}

/** Reads what a writer wrote; beyond the end it gives zeros and empty strings and says so in `broken`. */
export class SshReader {
  #at = 0;
  broken = false;
  constructor(private readonly bytes: Uint8Array) {}

  get ended(): boolean {
    return this.#at >= this.bytes.length;
  }
  take(count: number): Uint8Array {
    if (count > this.bytes.length - this.#at) {
      this.broken = true;
      this.#at = this.bytes.length;
      return new Uint8Array(0);
    }
    this.#at += count;
    return this.bytes.subarray(this.#at - count, this.#at);
  }
  byte(): number {
    return this.take(1)[0] ?? 0;
  }
  uint32(): number {
    return Number(integerOf(this.take(4)));
  }
  uint64(): number {
    return Number(integerOf(this.take(8)));
  }
  string(): Uint8Array {
    return this.take(this.uint32());
  }
  text(): string {
    return decodeUtf8(this.string());
  }
  integer(): bigint {
    return integerOf(this.string());
  }
}
