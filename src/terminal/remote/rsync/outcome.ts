import type { FileType } from '../../../protocol/program.ts';
import { WireReader, WireWriter } from './channel.ts';

const KINDS: readonly FileType[] = ['file', 'directory', 'symlink', 'char', 'block', 'fifo', 'socket'];

/** What an end has to tell when it is through. */
export class Outcome {
  /** Files or attributes that were not transferred. */
  failed = false;
  /** Files that were in the list and then no more. */
  vanished = false;
  /** --max-delete kept files that had to go. */
  limited = false;
  /** Deleted by the receiver, by type. */
  readonly deleted = new Map<FileType, number>();

  get code(): number {
    return this.limited ? 25 : this.failed ? 23 : this.vanished ? 24 : 0;
  }

  countDeleted(type: FileType): void {
    this.deleted.set(type, (this.deleted.get(type) ?? 0) + 1);
  }

  add(other: Outcome): void {
    this.failed ||= other.failed;
    this.vanished ||= other.vanished;
    this.limited ||= other.limited;
    for (const [type, count] of other.deleted) this.deleted.set(type, (this.deleted.get(type) ?? 0) + count);
  }

  encode(): Uint8Array {
    const writer = new WireWriter().number((this.failed ? 1 : 0) + (this.vanished ? 2 : 0) + (this.limited ? 4 : 0));
    for (const [type, count] of this.deleted) writer.number(KINDS.indexOf(type)).number(count);
    return writer.bytes();
  }

  static decode(body: Uint8Array): Outcome {
    const outcome = new Outcome();
    const reader = new WireReader(body);
    const bits = reader.number();
    outcome.failed = (bits & 1) !== 0;
    outcome.vanished = (bits & 2) !== 0;
    outcome.limited = (bits & 4) !== 0;
    while (!reader.ended) outcome.deleted.set(KINDS[reader.number()] ?? 'file', reader.number());
    return outcome;
  }
}
