/** The end that has the files: it sends their list, then each file that the receiver wants. */
import { zlibSync } from 'fflate';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { type Channel, type Frame, WireReader, WireWriter } from './channel.ts';
import { changed, type Changes } from './changes.ts';
import { encodeList, type ListEntry, type SourceEntry } from './file-list.ts';
import type { FilterRule } from './filters.ts';
import { ListBuilder } from './list-builder.ts';
import { callFailed, fullName, troubleWith } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import { Outcome } from './outcome.ts';
import type { Voice } from './voice.ts';

/** Who hears of what becomes of each entry: the client's report, on either end. */
export interface Watcher {
  /** The sender's list is complete. */
  built(): Promise<void>;
  listed(entries: readonly ListEntry[]): void;
  /** The list has gone over in so many bytes. */
  listSent(bytes: number): void;
  item(index: number, changes: Changes): Promise<void>;
  /** Bytes of the file that is being transferred. */
  progress(index: number, bytes: number): Promise<void>;
}

const CHUNK = 32_768;

export class Sender {
  #entries: readonly SourceEntry[] = [];
  readonly outcome = new Outcome();
  /** Bytes of files that went over. */
  #literal = 0;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly channel: Channel,
    private readonly voice: Voice,
    private readonly watcher: Watcher | undefined,
  ) {}

  /** `names` are those of --files-from. */
  async sendList(paths: readonly string[], rules: readonly FilterRule[], names?: readonly string[]): Promise<void> {
    const builder = new ListBuilder(this.process, this.options, rules, this.voice);
    this.#entries = await builder.build(paths, names);
    await this.watcher?.built();
    this.watcher?.listed(this.#entries);
    const before = this.channel.sent;
    for (const frame of encodeList(this.#entries)) await this.channel.send('list', frame);
    this.watcher?.listSent(this.channel.sent - before);
    if (builder.incomplete) this.outcome.failed = true;
    await this.channel.send('listed', new WireWriter().number(builder.incomplete ? 1 : 0).bytes());
  }

  /** Answers a frame of the receiver; true when it was the last. */
  async answer(frame: Frame): Promise<boolean> {
    if (frame.tag === 'stored') await this.#remove(new WireReader(frame.body).number());
    if (frame.tag === 'done') {
      if (this.options.verbose > 1)
        await this.voice.say(`total: matches=0  hash_hits=0  false_alarms=0 data=${String(this.#literal)}`);
      await this.channel.send('bye', this.outcome.encode());
      this.outcome.add(Outcome.decode(frame.body));
      return true;
    }
    if (frame.tag !== 'item') return false;
    const reader = new WireReader(frame.body);
    const [index, changes] = [reader.number(), reader.number()];
    if (changed(changes, 'transfer') && !this.options.has('n')) await this.#sendFile(index, changes);
    else await this.watcher?.item(index, changes);
    return false;
  }

  /** --remove-source-files */
  async #remove(index: number): Promise<void> {
    const entry = this.#entries[index];
    const gone = entry === undefined ? undefined : this.process.unlink(entry.path);
    if (entry === undefined || !failed(gone)) return;
    this.outcome.failed = true;
    await this.voice.complain(callFailed('sender', `sender failed to remove ${entry.name}`, gone));
  }

  async #sendFile(index: number, changes: Changes): Promise<void> {
    const entry = this.#entries[index];
    if (entry === undefined) return;
    const content = this.process.readFile(entry.path);
    if (failed(content)) {
      const name = fullName(this.process, entry.path);
      const vanished = content.errno === 'ENOENT';
      if (vanished) this.outcome.vanished = true;
      else this.outcome.failed = true;
      await this.voice.complain(
        vanished ? `file has vanished: ${name}` : troubleWith('sender', `send_files failed to open ${name}`, content),
      );
      await this.channel.send('gone');
      return;
    }
    await this.watcher?.item(index, changes);
    this.#literal += content.length;
    for (let at = 0; at < content.length; at += CHUNK) {
      const piece = content.subarray(at, at + CHUNK);
      await this.channel.send('data', this.options.has('z') ? zlibSync(piece) : piece);
      await this.watcher?.progress(index, at + piece.length);
    }
    await this.channel.send('end');
  }
}
