/** What the client prints: names or itemised changes, --progress, --stats and the summary. */
import type { FileType, Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { changed, isSignificant, itemised, type Changes } from './changes.ts';
import type { Channel } from './channel.ts';
import type { ListEntry } from './file-list.ts';
import { shownDecimal, shownNumber } from './messages.ts';
import { isIncremental, type RsyncOptions } from './options.ts';
import { formatted } from './out-format.ts';
import type { Outcome } from './outcome.ts';
import type { Watcher } from './sender.ts';
import type { Voice } from './voice.ts';

const KINDS: readonly (readonly [label: string, types: readonly FileType[]])[] = [
  ['reg', ['file']],
  ['dir', ['directory']],
  ['link', ['symlink']],
  ['dev', ['char', 'block']],
  ['special', ['fifo', 'socket']],
];

export class Report implements Voice, Watcher {
  #entries: readonly ListEntry[] = [];
  readonly #created = new Map<FileType, number>();
  #sends = false;
  /** The line of the list waits for its end. */
  #listPending = false;
  #transferred = 0;
  #transferredBytes = 0;
  #fileBeganUs = 0;
  #fileFirst = 0;
  #listUs = 0;
  #listSentUs = 0;
  #listBytes = 0;
  readonly #beganUs: number;
  readonly #human: boolean;

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly options: RsyncOptions,
    /** Files leave this host. */
    private readonly pushing: boolean,
  ) {
    this.#beganUs = process.time().realtimeUs;
    this.#human = options.has('h');
  }

  async say(line: string): Promise<void> {
    if (this.options.has('q')) return;
    this.io.line(line);
    await this.io.flush();
  }
  async complain(line: string): Promise<void> {
    await this.io.raw(`${this.#listPending ? '\n' : ''}${line}\n`);
  }

  /** The line before the first name. */
  async start(verb: 'sending' | 'receiving'): Promise<void> {
    this.#sends = verb === 'sending';
    if (!this.#tellsList) return;
    if (isIncremental(this.options)) await this.say(`${verb} incremental file list`);
    else {
      this.#listPending = true;
      this.io.out(`${verb === 'sending' ? 'building' : verb} file list ... `);
    }
  }

  async built(): Promise<void> {
    if (this.#listPending) await this.say('done');
    this.#listPending = false;
  }

  get #tellsList(): boolean {
    const { options } = this;
    const into = options.has('r') || options.has('d') || options.has('files-from');
    return into && !options.has('q') && (options.verbose > 0 || options.has('progress'));
  }

  listed(entries: readonly ListEntry[]): void {
    this.#entries = entries;
    this.#listUs = this.process.time().realtimeUs - this.#beganUs;
  }
  /** Nothing was in the list. */
  get empty(): boolean {
    return this.#entries.length === 0;
  }
  listSent(bytes: number): void {
    this.#listBytes = bytes;
    this.#listSentUs = this.process.time().realtimeUs - this.#beganUs - this.#listUs;
  }

  async item(index: number, changes: Changes): Promise<void> {
    const entry = this.#entries[index];
    if (entry === undefined) return;
    if (changed(changes, 'created')) this.#created.set(entry.type, (this.#created.get(entry.type) ?? 0) + 1);
    if (changed(changes, 'transfer')) {
      this.#transferred += 1;
      this.#transferredBytes += entry.size;
    }
    this.#fileBeganUs = 0;
    await this.#name(entry, changes);
    // No piece of an empty file will be heard of.
    if (entry.size === 0 && changed(changes, 'transfer') && !this.options.has('n')) await this.progress(index, 0);
  }

  async #name(entry: ListEntry, changes: Changes): Promise<void> {
    const name = entry.type === 'directory' ? `${entry.name}/` : entry.name;
    const shown = entry.type === 'symlink' ? `${name} -> ${entry.target}` : name;
    const format = this.options.value('out-format');
    if (format !== undefined) {
      await this.say(
        formatted(format, {
          entry,
          changes,
          options: this.options,
          pushing: this.pushing,
          sends: this.#sends,
          process: this.process,
        }),
      );
      return;
    }
    if (this.options.has('i')) {
      await this.say(`${itemised(changes, entry, this.options, this.pushing)} ${shown}`);
      return;
    }
    if (this.options.names === 0 || !isSignificant(changes)) return;
    if (changed(changes, 'transfer') || changed(changes, 'local') || entry.type === 'directory') await this.say(shown);
  }

  /** A line that is written over until the file is whole. */
  async progress(index: number, bytes: number): Promise<void> {
    const entry = this.#entries[index];
    if (entry === undefined || this.options.has('q')) return;
    if (this.options.has('progress2')) await this.#overall(index, bytes, entry.size);
    if (!this.options.has('progress')) return;
    const nowUs = this.process.time().monotonicUs;
    const first = this.#fileBeganUs === 0;
    if (first) {
      this.#fileBeganUs = nowUs;
      this.#fileFirst = bytes;
      this.#meter(bytes, entry.size, 1, '  ');
    }
    if (bytes >= entry.size) this.#meter(bytes, entry.size, nowUs - this.#fileBeganUs, ` ${this.#counted(index)}\n`);
    await this.io.flush();
  }

  /** --info=progress2: how far the whole transfer is. */
  async #overall(index: number, bytes: number, size: number): Promise<void> {
    const done = this.#transferredBytes - size + bytes;
    const us = this.process.time().realtimeUs - this.#beganUs;
    this.#fileFirst = 0;
    this.#meter(done, this.#totalSize, us, bytes >= size ? ` ${this.#counted(index)}` : '  ');
    await this.io.flush();
  }

  #counted(index: number): string {
    const total = this.#entries.length;
    return `(xfr#${String(this.#transferred)}, to-chk=${String(total - index - 1)}/${String(total)})`;
  }

  #meter(bytes: number, size: number, us: number, end: string): void {
    const milliseconds = Math.max(1, Math.floor(us / 1_000));
    let rate = ((bytes - this.#fileFirst) * 1_000) / milliseconds / 1_024;
    let unit = 'kB/s';
    for (const next of ['MB/s', 'GB/s'])
      if (rate > 1_024) {
        rate /= 1_024;
        unit = next;
      }
    const percent = size === 0 ? 100 : Math.floor((100 * bytes) / size);
    const seconds = bytes >= size && end.endsWith('\n') ? Math.floor(milliseconds / 1_000) : 0;
    const two = (value: number): string => String(value).padStart(2, '0');
    const clock = `${String(Math.floor(seconds / 3_600)).padStart(4)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const done = shownNumber(bytes, this.#human).padStart(15);
    this.io.out(`\r${done} ${String(percent).padStart(3)}% ${rate.toFixed(2).padStart(7)}${unit} ${clock}${end}`);
  }

  /** The last lines; `channel` has counted what went both ways. */
  async summary(channel: Channel, outcome: Outcome): Promise<void> {
    const { sent, received } = channel;
    if (this.options.has('q')) return;
    if (this.options.has('progress2') && this.#transferred > 0) this.io.line('');
    if (this.options.stats > 1) this.#stats(sent, received, outcome);
    if (this.options.stats === 0) return;
    const seconds = Math.floor(this.process.time().realtimeUs / 1e6) - Math.floor(this.#beganUs / 1e6);
    const rate = shownDecimal((sent + received) / (0.5 + seconds), this.#human);
    this.io.out(`\nsent ${this.#number(sent)} bytes  received ${this.#number(received)} bytes  ${rate} bytes/sec\n`);
    const speedup = shownDecimal(this.#totalSize / (sent + received), false);
    const dry = this.options.has('n') ? ' (DRY RUN)' : '';
    this.io.line(`total size is ${this.#number(this.#totalSize)}  speedup is ${speedup}${dry}`);
    await this.io.flush();
  }

  get #totalSize(): number {
    return this.#entries
      .filter(({ type }) => type === 'file' || type === 'symlink')
      .reduce((sum, { size }) => sum + size, 0);
  }

  #number(value: number): string {
    return shownNumber(value, this.#human);
  }

  #stats(sent: number, received: number, outcome: Outcome): void {
    const all = new Map<FileType, number>();
    for (const { type } of this.#entries) all.set(type, (all.get(type) ?? 0) + 1);
    const literal = this.options.has('n') ? 0 : this.#transferredBytes;
    for (const line of [
      '',
      `Number of files: ${this.#counts(all)}`,
      `Number of created files: ${this.#counts(this.#created)}`,
      `Number of deleted files: ${this.#counts(outcome.deleted)}`,
      `Number of regular files transferred: ${this.#number(this.#transferred)}`,
      `Total file size: ${this.#number(this.#totalSize)} bytes`,
      `Total transferred file size: ${this.#number(this.#transferredBytes)} bytes`,
      `Literal data: ${this.#number(literal)} bytes`,
      'Matched data: 0 bytes',
      `File list size: ${this.#number(this.#listBytes)}`,
      `File list generation time: ${(this.#listUs / 1e6).toFixed(3)} seconds`,
      `File list transfer time: ${(this.#listSentUs / 1e6).toFixed(3)} seconds`,
      `Total bytes sent: ${this.#number(sent)}`,
      `Total bytes received: ${this.#number(received)}`,
    ])
      this.io.line(line);
  }

  /** `3 (reg: 2, dir: 1)` */
  #counts(byType: ReadonlyMap<FileType, number>): string {
    const counts = KINDS.map(([label, types]): [string, number] => [
      label,
      types.reduce((sum, type) => sum + (byType.get(type) ?? 0), 0),
    ]).filter(([, count]) => count > 0);
    const total = this.#number(counts.reduce((sum, [, count]) => sum + count, 0));
    if (counts.length === 0) return total;
    return `${total} (${counts.map(([label, count]) => `${label}: ${this.#number(count)}`).join(', ')})`;
  }
}
