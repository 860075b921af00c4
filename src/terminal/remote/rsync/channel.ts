/**
 * What the two ends of rsync say to each other, over the pipes of a remote shell or of a child. The frames have the
 * shape of rsync's multiplexed stream (a tag and 24 bits of length), but the protocol is one of our own.
 */
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { bytesToText, textToBytes } from '../../text.ts';

/**
 * hello: the server is there. rules: the client's filters. list, listed: files, and whether all could be looked at.
 * item: what the receiver does with a file; where it is to be transferred, data…end or gone answers. done, bye: each
 * end's outcome. say, complain: text for the client's streams. fatal: the server gives up.
 * stored: a file is whole at the receiver, and the sender may remove its own.
 */
const TAGS = [
  'hello',
  'rules',
  'list',
  'listed',
  'item',
  'data',
  'end',
  'gone',
  'done',
  'bye',
  'say',
  'complain',
  'fatal',
  'stored',
] as const;
export type Tag = (typeof TAGS)[number];

export interface Frame {
  readonly tag: Tag;
  readonly body: Uint8Array;
}

/** The first tag's byte, as in rsync's stream. */
const TAG_BASE = 7;
const HEADER = 4;

export class Channel {
  sent = 0;
  received = 0;
  /** The code with which the server gave up. */
  fatal: number | undefined;
  #held: Uint8Array = EMPTY_BYTES;

  constructor(
    private readonly process: Process,
    private readonly input: Fd,
    private readonly output: Fd,
    /** Hears what the server has to print; no frame of that kind is handed on. */
    private readonly hear?: (tag: 'say' | 'complain', text: string) => Promise<void>,
  ) {}

  async send(tag: Tag, body: Uint8Array = EMPTY_BYTES): Promise<void> {
    const { length } = body;
    const header = Uint8Array.of(TAG_BASE + TAGS.indexOf(tag), length & 0xff, (length >> 8) & 0xff, length >> 16);
    this.sent += HEADER + length;
    await this.process.write(this.output, concatBytes([header, body]));
  }

  /** The next frame; `closed` where the other end is gone, `invalid` where something else talks there. */
  async next(): Promise<Frame | 'closed' | 'invalid'> {
    for (;;) {
      const frame = await this.#frame();
      if (typeof frame === 'string') return frame;
      if (frame.tag === 'fatal') {
        this.fatal = frame.body[0];
        return 'closed';
      }
      if (frame.tag !== 'say' && frame.tag !== 'complain') return frame;
      await this.hear?.(frame.tag, bytesToText(frame.body));
    }
  }

  async #frame(): Promise<Frame | 'closed' | 'invalid'> {
    const [tag = 0, low = 0, middle = 0, high = 0] = (await this.#take(HEADER)) ?? [];
    if (tag === 0) return 'closed';
    const name = TAGS[tag - TAG_BASE];
    if (name === undefined) return 'invalid';
    const body = await this.#take(low + middle * 0x100 + high * 0x10000);
    return body === undefined ? 'closed' : { tag: name, body };
  }

  async #take(count: number): Promise<Uint8Array | undefined> {
    while (this.#held.length < count) {
      const bytes = await this.process.read(this.input, 65_536);
      if (failed(bytes) && bytes.errno === 'EINTR') continue;
      if (failed(bytes) || bytes.length === 0) return undefined;
      this.received += bytes.length;
      this.#held = this.#held.length === 0 ? bytes : concatBytes([this.#held, bytes]);
    }
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}

/** Numbers (seven bits a byte) and texts one after another. */
export class WireWriter {
  readonly #parts: Uint8Array[] = [];

  number(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }
  text(text: string): this {
    const bytes = textToBytes(text);
    this.number(bytes.length).#parts.push(bytes);
    return this;
  }
  bytes(): Uint8Array {
    return concatBytes(this.#parts);
  }
}

export class WireReader {
  #at = 0;
  constructor(private readonly wire: Uint8Array) {}

  get ended(): boolean {
    return this.#at >= this.wire.length;
  }
  number(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.wire[this.#at] ?? 0;
      this.#at += 1;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 0x80;
    }
  }
  text(): string {
    const length = this.number();
    this.#at += length;
    return bytesToText(this.wire.subarray(this.#at - length, this.#at));
  }
}
