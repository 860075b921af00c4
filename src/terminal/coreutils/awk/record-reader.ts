import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { posixRegExp } from '../../posix-regex.ts';
import { bytesToText, wholeCharacters } from '../../text.ts';

/** Reads records off a descriptor, parted as RS says at that moment. */
export class RecordReader {
  readonly #process: Process;
  readonly #fd: Fd;
  #text = '';
  #at = 0;
  #held: Uint8Array = EMPTY_BYTES;
  #ended = false;
  failure: SysFailure | undefined;

  constructor(process: Process, fd: Fd) {
    this.#process = process;
    this.#fd = fd;
  }

  /** A record that is here already; undefined where a read is needed first or nothing is left. */
  ready(separator: string): string | undefined {
    if (separator === '') return this.#paragraph();
    const found = separator.length === 1 ? this.#byCharacter(separator) : this.#byRegex(separator);
    if (found === undefined) return this.#ended ? this.#rest() : undefined;
    const record = this.#text.slice(this.#at, found.from);
    this.#at = found.to;
    return record;
  }

  async next(separator: string): Promise<string | undefined> {
    for (;;) {
      const record = this.ready(separator);
      if (record !== undefined || this.#ended) return record;
      await this.#fill();
    }
  }

  close(): void {
    if (this.#fd !== 0) this.#process.close(this.#fd);
  }

  #byCharacter(separator: string): { readonly from: number; readonly to: number } | undefined {
    const at = this.#text.indexOf(separator, this.#at);
    return at < 0 ? undefined : { from: at, to: at + separator.length };
  }

  /** A match that reaches the end of what was read could go on, so it waits for more. */
  #byRegex(separator: string): { readonly from: number; readonly to: number } | undefined {
    const regex = posixRegExp(separator, { extended: true, dialect: 'awk', global: true });
    if (regex === undefined) return undefined;
    regex.lastIndex = this.#at;
    const match = regex.exec(this.#text);
    if (match === null || match[0] === '') return undefined;
    const to = match.index + match[0].length;
    return to === this.#text.length && !this.#ended ? undefined : { from: match.index, to };
  }

  /** Records parted by empty lines; those before the first record do not count. */
  #paragraph(): string | undefined {
    while (this.#text.charAt(this.#at) === '\n') this.#at += 1;
    const end = /\n\n+/g;
    end.lastIndex = this.#at;
    const match = end.exec(this.#text);
    if (match !== null && (this.#ended || match.index + match[0].length < this.#text.length)) {
      const record = this.#text.slice(this.#at, match.index);
      this.#at = match.index + match[0].length;
      return record;
    }
    return this.#ended ? this.#rest()?.replace(/\n+$/, '') : undefined;
  }

  #rest(): string | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const record = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return record;
  }

  async #fill(): Promise<void> {
    const bytes = await this.#process.read(this.#fd, 65_536);
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR') return;
      this.#ended = true;
      this.failure = bytes;
      return;
    }
    this.#ended = bytes.length === 0;
    const all = concatBytes([this.#held, bytes]);
    const whole = this.#ended ? all.length : wholeCharacters(all);
    this.#held = all.subarray(whole);
    this.#text = this.#text.slice(this.#at) + bytesToText(all.subarray(0, whole));
    this.#at = 0;
  }
}
