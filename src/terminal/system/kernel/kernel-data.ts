/** Answers of kernel requests, read member by member: what comes over the system call is plain data. */
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';

/** One record of an answer. */
export class KernelRecord {
  readonly #members: { readonly [key: string]: Plain };
  constructor(value: Plain) {
    this.#members = isMembers(value) ? value : {};
  }
  text(name: string): string {
    const value = this.#members[name];
    return typeof value === 'string' ? value : '';
  }
  optionalText(name: string): string | undefined {
    const value = this.#members[name];
    return typeof value === 'string' ? value : undefined;
  }
  number(name: string): number {
    const value = this.#members[name];
    return typeof value === 'number' ? value : 0;
  }
  optionalNumber(name: string): number | undefined {
    const value = this.#members[name];
    return typeof value === 'number' ? value : undefined;
  }
  flag(name: string): boolean {
    return this.#members[name] === true;
  }
  has(name: string): boolean {
    return this.#members[name] !== undefined;
  }
  record(name: string): KernelRecord | undefined {
    const value = this.#members[name];
    return value !== undefined && isMembers(value) ? new KernelRecord(value) : undefined;
  }
  records(name: string): readonly KernelRecord[] {
    return recordsOf(this.#members[name]);
  }
  texts(name: string): readonly string[] {
    const value = this.#members[name];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  }
  bytes(name: string): Uint8Array {
    const value = this.#members[name];
    return value instanceof Uint8Array ? value : EMPTY_BYTES;
  }
  /** The members there are. */
  names(): readonly string[] {
    return Object.keys(this.#members);
  }
  plain(name: string): Plain {
    return this.#members[name];
  }
  numbers(name: string): readonly number[] {
    const value = this.#members[name];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];
  }
}

const isMembers = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** The records of a list; none where the request failed. */
export const recordsOf = (answer: Result<Plain>): readonly KernelRecord[] =>
  Array.isArray(answer) && !failed(answer) ? (answer as readonly Plain[]).map((each) => new KernelRecord(each)) : [];
