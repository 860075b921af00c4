/** Takes the pieces of a file and puts the whole in its place at once. */
import { unzlibSync } from 'fflate';
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { setAttributes } from './attributes.ts';
import type { Backup } from './backup.ts';
import type { Changes } from './changes.ts';
import { type Channel, WireWriter } from './channel.ts';
import type { ListEntry } from './file-list.ts';
import { callFailed, fullName, troubleWith } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import type { Watcher } from './sender.ts';
import type { Voice } from './voice.ts';

const TEMPORARY_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A file of the list that is to come. */
export interface Arrival {
  readonly index: number;
  readonly changes: Changes;
  readonly entry: ListEntry;
  readonly path: string;
  /** What it takes the place of. */
  readonly old: FileStat | undefined;
}

export class FileStore {
  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly channel: Channel,
    private readonly voice: Voice,
    private readonly watcher: Watcher | undefined,
    private readonly backup: Backup | undefined,
  ) {}

  /** Asks for a file and stores it; `closed` where the sender is gone. */
  async take(arrival: Arrival): Promise<'stored' | 'failed' | 'closed'> {
    const { index, changes } = arrival;
    await this.channel.send('item', new WireWriter().number(index).number(changes).bytes());
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const frame = await this.channel.next();
      if (typeof frame === 'string') return 'closed';
      if (frame.tag === 'gone') return 'stored';
      if (length === 0) await this.watcher?.item(index, changes);
      if (frame.tag === 'end') break;
      if (frame.tag !== 'data') continue;
      const piece = this.options.has('z') ? unzlibSync(frame.body) : frame.body;
      parts.push(piece);
      length += piece.length;
      await this.watcher?.progress(index, length);
    }
    const problem = await this.#store(arrival, concatBytes(parts));
    if (problem !== undefined) {
      await this.voice.complain(problem);
      return 'failed';
    }
    if (this.options.has('remove-source-files')) await this.confirm(index);
    return 'stored';
  }

  /** Tells the sender that a file is whole here. */
  async confirm(index: number): Promise<true> {
    await this.channel.send('stored', new WireWriter().number(index).bytes());
    return true;
  }

  /** Answers what went wrong. */
  async #store({ entry, path, old }: Arrival, content: Uint8Array): Promise<string | undefined> {
    const name = baseName(path);
    const temporary = `${path.slice(0, path.length - name.length)}.${name}.`;
    const place = this.options.has('inplace') ? path : `${temporary}${this.#suffix()}`;
    const mode = old?.mode ?? entry.mode & 0o777 & ~this.process.umask();
    const written = this.process.writeFile(place, content, { mode: 0o600 });
    if (failed(written)) {
      if (written.errno === 'ENOSPC') this.process.unlink(place);
      const call = written.errno === 'ENOSPC' ? 'write failed on' : 'mkstemp';
      return callFailed('receiver', `${call} ${fullName(this.process, `${temporary}XXXXXX`)}`, written);
    }
    this.process.chmod(place, mode);
    const problem = setAttributes(this.process, place, entry, this.options);
    if (problem !== undefined)
      return troubleWith('receiver', problem.what(fullName(this.process, place)), problem.failure);
    if (place === path) return undefined;
    if (old !== undefined) await this.backup?.keep(path, entry.name, this.voice);
    const renamed = this.process.rename(place, path);
    if (!failed(renamed)) return undefined;
    return callFailed('receiver', `rename ${fullName(this.process, place)} -> "${entry.name}"`, renamed);
  }

  #suffix(): string {
    return [...this.process.random(6)]
      .map((byte) => TEMPORARY_LETTERS.charAt(byte % TEMPORARY_LETTERS.length))
      .join('');
  }
}
