/** The end that gets the files: it compares the list with what it has and asks for what differs. */
import { unzlibSync } from 'fflate';
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { type AttributeProblem, differences, setAttributes, setTime } from './attributes.ts';
import { CHANGE, type Changes } from './changes.ts';
import { type Channel, WireWriter } from './channel.ts';
import { Deletion } from './deletion.ts';
import type { Destination } from './destination.ts';
import type { ListEntry } from './file-list.ts';
import type { FilterRule } from './filters.ts';
import { callFailed, fullName, troubleWith } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import { Outcome } from './outcome.ts';
import type { Watcher } from './sender.ts';
import type { Voice } from './voice.ts';

const TEMPORARY_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class Receiver {
  readonly outcome = new Outcome();
  /** A directory that could not be made: nothing goes below it. */
  #lost: string | undefined;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly channel: Channel,
    private readonly voice: Voice,
    private readonly watcher: Watcher | undefined,
  ) {}

  /** Works through the list; false where the sender is gone. */
  async receive(
    entries: readonly ListEntry[],
    destination: Destination,
    rules: readonly FilterRule[],
    complete: boolean,
  ): Promise<boolean> {
    const names = new Set(entries.map(({ name }) => name));
    const deletion = new Deletion(this.process, this.options, rules, this.voice, this.outcome);
    if (this.options.has('delete') && !complete)
      await this.voice.complain('IO error encountered -- skipping file deletion');
    for (const [index, entry] of entries.entries()) {
      if (this.#lost !== undefined && entry.name.startsWith(`${this.#lost}/`)) continue;
      const path = destination.pathOf(entry.name);
      if (entry.type === 'directory' && this.options.has('delete') && complete)
        await deletion.in(path, entry.name, (name) => names.has(name));
      if (!(await this.#take(index, entry, path, destination))) return false;
    }
    if (!this.options.has('n'))
      for (const entry of entries.filter(({ type }) => type === 'directory').reverse())
        await this.#check(
          setTime(this.process, destination.pathOf(entry.name), entry, this.options),
          entry,
          destination,
        );
    return true;
  }

  async #take(index: number, entry: ListEntry, path: string, destination: Destination): Promise<boolean> {
    const found = this.process.lstat(path);
    const stat = failed(found) ? undefined : found;
    if (entry.type === 'file') return await this.#file(index, entry, path, stat);
    if (entry.type === 'directory') await this.#directory(index, entry, path, stat, destination.fresh);
    else if (entry.type === 'symlink' && this.options.has('l')) await this.#link(index, entry, path, stat);
    else if (entry.type !== 'symlink' && this.#makes(entry)) await this.#device(index, entry, path, stat);
    else await this.voice.say(`skipping non-regular file "${entry.name}"`);
    return true;
  }

  #makes({ type }: ListEntry): boolean {
    if (type === 'fifo') return this.options.has('specials');
    return type !== 'socket' && this.options.has('devices') && this.process.credentials().uid === 0;
  }

  async #item(index: number, changes: Changes): Promise<void> {
    if (changes === 0) return;
    await this.#announce(index, changes);
    await this.watcher?.item(index, changes);
  }

  async #announce(index: number, changes: Changes): Promise<void> {
    await this.channel.send('item', new WireWriter().number(index).number(changes).bytes());
  }

  async #fail(text: string): Promise<void> {
    this.outcome.failed = true;
    await this.voice.complain(text);
  }

  async #check(
    problem: AttributeProblem | undefined,
    entry: ListEntry,
    destination: { pathOf(name: string): string },
  ): Promise<void> {
    if (problem === undefined) return;
    const name = fullName(this.process, destination.pathOf(entry.name));
    const role = entry.type === 'file' ? 'receiver' : 'generator';
    await this.#fail(troubleWith(role, problem.what(name), problem.failure));
  }

  async #directory(
    index: number,
    entry: ListEntry,
    path: string,
    stat: FileStat | undefined,
    freshTop: boolean,
  ): Promise<void> {
    const there = stat?.type === 'directory' || (entry.name === '.' && freshTop) ? stat : undefined;
    if (stat !== undefined && there === undefined && !(await this.#clear(path, entry, stat))) return;
    if (there === undefined && !this.options.has('n') && !(entry.name === '.' && freshTop)) {
      const made = this.process.mkdir(path, entry.mode & 0o777);
      if (failed(made)) {
        await this.#fail(callFailed('generator', `recv_generator: mkdir ${fullName(this.process, path)}`, made));
        await this.voice.complain('*** Skipping any contents from this failed directory ***');
        this.#lost = entry.name;
        return;
      }
    }
    const created = there === undefined || (entry.name === '.' && freshTop);
    await this.#item(
      index,
      created ? CHANGE.local | CHANGE.created : differences(this.process, entry, there, this.options),
    );
    await this.#settle(path, entry);
  }

  async #settle(path: string, entry: ListEntry): Promise<void> {
    if (this.options.has('n')) return;
    await this.#check(setAttributes(this.process, path, entry, this.options), entry, { pathOf: () => path });
  }

  /** Removes what is in the way of something of another type. */
  async #clear(path: string, { name, type }: ListEntry, stat: FileStat): Promise<boolean> {
    if (this.options.has('n')) return true;
    const gone = stat.type === 'directory' ? this.process.rmdir(path) : this.process.unlink(path);
    if (!failed(gone)) return true;
    if (gone.errno === 'ENOTEMPTY') await this.voice.say(`cannot delete non-empty directory: ${name}`);
    const kind = type === 'file' ? 'regular file' : type === 'symlink' ? 'symlink' : type;
    await this.#fail(`could not make way for new ${kind}: ${name}`);
    return false;
  }

  async #link(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    if (stat?.type === 'symlink' && this.process.readlink(path) === entry.target) {
      await this.#settle(path, entry);
      return;
    }
    if (stat !== undefined && !(await this.#clear(path, entry, stat))) return;
    const made = this.options.has('n') ? undefined : this.process.symlink(entry.target, path);
    if (failed(made)) {
      const call = `symlink ${fullName(this.process, path)} -> "${entry.target}"`;
      await this.#fail(callFailed('generator', call, made));
      return;
    }
    const how = stat?.type === 'symlink' ? CHANGE.content | (this.options.has('t') ? CHANGE.time : 0) : CHANGE.created;
    await this.#item(index, CHANGE.local | how);
    await this.#settle(path, entry);
  }

  async #device(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    const { type } = entry;
    if (type !== 'fifo' && type !== 'char' && type !== 'block') return;
    if (stat?.type === type && (type === 'fifo' || stat.rdev?.join() === entry.rdev.join())) {
      await this.#item(index, differences(this.process, entry, stat, this.options));
      await this.#settle(path, entry);
      return;
    }
    if (stat !== undefined && !(await this.#clear(path, entry, stat))) return;
    const made = this.options.has('n') ? undefined : this.process.mknod(path, type, entry.mode, entry.rdev);
    if (failed(made)) {
      await this.#fail(callFailed('generator', `mknod ${fullName(this.process, path)}`, made));
      return;
    }
    await this.#item(index, CHANGE.local | CHANGE.created);
    await this.#settle(path, entry);
  }

  async #file(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<boolean> {
    const there = stat?.type === 'file' ? stat : undefined;
    if (stat === undefined ? this.options.has('existing') : this.options.has('ignore-existing')) return true;
    if (stat !== undefined && there === undefined && !(await this.#clear(path, entry, stat))) return true;
    if (there !== undefined && this.#upToDate(entry, there)) {
      await this.#item(index, differences(this.process, entry, there, this.options));
      await this.#settle(path, entry);
      return true;
    }
    const changes = CHANGE.transfer | this.#fileChanges(entry, there);
    if (!this.options.has('n')) return await this.#transfer(index, changes, entry, path, there);
    await this.#item(index, changes);
    return true;
  }

  /** By size and time, as rsync decides; -u keeps what is newer here. */
  #upToDate(entry: ListEntry, stat: FileStat): boolean {
    if (this.options.has('u') && stat.modifiedMs > entry.modifiedMs) return true;
    if (stat.size !== entry.size) return false;
    return this.options.has('size-only') || (!this.options.has('I') && stat.modifiedMs === entry.modifiedMs);
  }

  #fileChanges(entry: ListEntry, stat: FileStat | undefined): Changes {
    if (stat === undefined) return CHANGE.created;
    const size = stat.size === entry.size ? 0 : CHANGE.size;
    const time = this.options.has('t') ? 0 : CHANGE.time;
    return size | time | differences(this.process, entry, stat, this.options);
  }

  /** Takes a file's pieces and puts the whole in its place at once. */
  async #transfer(
    index: number,
    changes: Changes,
    entry: ListEntry,
    path: string,
    old: FileStat | undefined,
  ): Promise<boolean> {
    await this.#announce(index, changes);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const frame = await this.channel.next();
      if (typeof frame === 'string') return false;
      if (frame.tag === 'gone') return true;
      if (length === 0) await this.watcher?.item(index, changes);
      if (frame.tag === 'end') break;
      if (frame.tag !== 'data') continue;
      const piece = this.options.has('z') ? unzlibSync(frame.body) : frame.body;
      parts.push(piece);
      length += piece.length;
      await this.watcher?.progress(index, length);
    }
    await this.#store(entry, path, old, concatBytes(parts));
    return true;
  }

  async #store(entry: ListEntry, path: string, old: FileStat | undefined, content: Uint8Array): Promise<void> {
    const name = baseName(path);
    const temporary = `${path.slice(0, path.length - name.length)}.${name}.`;
    const place = `${temporary}${this.#suffix()}`;
    const mode = old?.mode ?? entry.mode & 0o777 & ~this.process.umask();
    const written = this.process.writeFile(place, content, { mode: 0o600 });
    if (failed(written)) {
      if (written.errno === 'ENOSPC') this.process.unlink(place);
      const call = written.errno === 'ENOSPC' ? 'write failed on' : 'mkstemp';
      await this.#fail(callFailed('receiver', `${call} ${fullName(this.process, `${temporary}XXXXXX`)}`, written));
      return;
    }
    this.process.chmod(place, mode);
    await this.#settle(place, entry);
    const renamed = this.process.rename(place, path);
    if (failed(renamed))
      await this.#fail(callFailed('receiver', `rename ${fullName(this.process, place)} -> "${entry.name}"`, renamed));
  }

  #suffix(): string {
    return [...this.process.random(6)]
      .map((byte) => TEMPORARY_LETTERS.charAt(byte % TEMPORARY_LETTERS.length))
      .join('');
  }
}
