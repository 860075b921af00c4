/** The end that gets the files: it compares the list with what it has and asks for what differs. */
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { type AttributeProblem, differences, sameTime, setAttributes, setTime } from './attributes.ts';
import { Backup } from './backup.ts';
import { Basis, type Stand } from './basis.ts';
import { CHANGE, type Changes, isSignificant } from './changes.ts';
import { type Channel, WireWriter } from './channel.ts';
import { Deletion } from './deletion.ts';
import type { Destination } from './destination.ts';
import type { ListEntry } from './file-list.ts';
import type { FilterRule } from './filters.ts';
import { FileStore } from './file-store.ts';
import { digestOf } from './list-builder.ts';
import { callFailed, fullName, troubleWith } from './messages.ts';
import { isIncremental, type RsyncOptions } from './options.ts';
import { Outcome } from './outcome.ts';
import type { Watcher } from './sender.ts';
import { sizeLimits } from './size-limits.ts';
import type { Voice } from './voice.ts';

export class Receiver {
  readonly outcome = new Outcome();
  /** A directory that could not be made: nothing goes below it. */
  #lost: string | undefined;
  /** What has been decided and not done: an end speaks of a whole directory before the first of its files comes. */
  #decided: (() => Promise<boolean>)[] = [];
  readonly #basis: Basis;
  readonly #backup: Backup | undefined;
  readonly #deletion: Deletion;
  readonly #store: FileStore;
  readonly #limits: ReturnType<typeof sizeLimits>;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly channel: Channel,
    private readonly voice: Voice,
    private readonly watcher: Watcher | undefined,
    private readonly destination: Destination,
    rules: readonly FilterRule[],
  ) {
    const top = destination.pathOf('.');
    this.#basis = new Basis(process, options, top);
    this.#backup = options.has('b') ? new Backup(process, options, top) : undefined;
    this.#deletion = new Deletion(process, options, rules, voice, this.outcome, this.#backup);
    this.#store = new FileStore(process, options, channel, voice, watcher, this.#backup);
    this.#limits = sizeLimits(options);
  }

  /** Works through the list; false where the sender is gone. */
  async receive(entries: readonly ListEntry[], complete: boolean): Promise<boolean> {
    const { options } = this;
    const deleting = options.has('delete') && complete;
    const names = new Set(entries.map(({ name }) => name));
    const directories = entries.filter(({ type }) => type === 'directory');
    const tidy = async ({ name }: ListEntry): Promise<void> => {
      await this.#deletion.in(this.destination.pathOf(name), name, (each) => names.has(each));
    };
    if (options.has('delete') && !complete) await this.voice.complain('IO error encountered -- skipping file deletion');
    await this.#basis.check(this.voice);
    if (options.verbose > 1)
      await this.voice.say(
        `delta-transmission ${options.has('W') ? 'disabled for local transfer or --whole-file' : 'enabled'}`,
      );
    const during = deleting && !['before', 'after', 'delay'].some((when) => options.has(`delete-${when}`));
    if (deleting && options.has('delete-before')) for (const each of directories) await tidy(each);
    for (const [index, entry] of entries.entries()) {
      if (this.#lost !== undefined && entry.name.startsWith(`${this.#lost}/`)) continue;
      if (entry.type === 'directory' && isIncremental(options) && !(await this.#carryOut())) return false;
      await this.#take(index, entry);
      if (entry.type === 'directory' && during) await tidy(entry);
    }
    if (!(await this.#carryOut())) return false;
    const after = options.has('delete-after') || options.has('delete-delay');
    if (deleting && after) for (const each of directories) await tidy(each);
    await this.#deletion.finish();
    if (!options.has('n')) for (const each of directories.reverse()) await this.#time(each);
    return true;
  }

  async #carryOut(): Promise<boolean> {
    const decided = this.#decided;
    this.#decided = [];
    for (const act of decided) if (!(await act())) return false;
    return true;
  }

  async #time(entry: ListEntry): Promise<void> {
    const path = this.destination.pathOf(entry.name);
    const there = this.options.has('existing') ? this.process.lstat(path) : undefined;
    if (!failed(there)) await this.#check(setTime(this.process, path, entry, this.options), entry, path);
  }

  async #take(index: number, entry: ListEntry): Promise<void> {
    const path = this.destination.pathOf(entry.name);
    const found = this.process.lstat(path);
    const stat = failed(found) ? undefined : found;
    if (stat === undefined && this.options.has('existing')) {
      const what = entry.type === 'directory' ? 'directory' : 'file';
      if (this.options.verbose > 1) await this.voice.say(`not creating new ${what} "${entry.name}"`);
      if (what === 'directory') this.#lost = entry.name;
    } else if (stat !== undefined && entry.type !== 'directory' && this.options.has('ignore-existing')) {
      if (this.options.verbose > 1) await this.voice.say(`${entry.name} exists`);
    } else if (entry.type === 'file') await this.#file(index, entry, path, stat);
    else if (entry.type === 'directory') await this.#directory(index, entry, path, stat);
    else if (entry.type === 'symlink' && this.options.has('l')) await this.#link(index, entry, path, stat);
    else if (entry.type !== 'symlink' && this.#makes(entry)) await this.#device(index, entry, path, stat);
    else await this.voice.say(`skipping non-regular file "${entry.name}"`);
  }

  #makes({ type }: ListEntry): boolean {
    if (type === 'fifo') return this.options.has('specials');
    return type !== 'socket' && this.options.has('devices') && this.process.credentials().uid === 0;
  }

  /** Tells both ends of an entry; one that is as it should be is spoken of only where all are. */
  async #item(index: number, entry: ListEntry, changes: Changes): Promise<void> {
    const quiet = !isSignificant(changes);
    const whole = entry.type !== 'directory' && (changes & CHANGE.transfer) === 0 && !this.options.has('n');
    if (whole && this.options.has('remove-source-files'))
      this.#decided.push(async () => await this.#store.confirm(index));
    if (quiet && this.options.verbose > 1 && this.options.items === 0 && entry.type !== 'directory')
      await this.voice.say(`${entry.name} is uptodate`);
    if (quiet && !this.options.listsAll) return;
    this.#decided.push(async () => {
      await this.channel.send('item', new WireWriter().number(index).number(changes).bytes());
      await this.watcher?.item(index, changes);
      return true;
    });
  }

  async #fail(text: string): Promise<void> {
    this.outcome.failed = true;
    await this.voice.complain(text);
  }

  async #check(problem: AttributeProblem | undefined, entry: ListEntry, path: string): Promise<void> {
    if (problem === undefined) return;
    const role = entry.type === 'file' ? 'receiver' : 'generator';
    await this.#fail(troubleWith(role, problem.what(fullName(this.process, path)), problem.failure));
  }

  async #directory(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    const freshTop = entry.name === '.' && this.destination.fresh;
    const there = stat?.type === 'directory' ? stat : undefined;
    if (stat !== undefined && there === undefined && !(await this.#clear(path, entry, stat))) return;
    if (there === undefined && !this.options.has('n')) {
      const made = this.process.mkdir(path, entry.mode & 0o777);
      if (failed(made)) {
        await this.#fail(callFailed('generator', `recv_generator: mkdir ${fullName(this.process, path)}`, made));
        await this.voice.complain('*** Skipping any contents from this failed directory ***');
        this.#lost = entry.name;
        return;
      }
    }
    await this.#item(index, entry, this.#directoryChanges(entry, freshTop ? undefined : there));
    await this.#settle(path, entry);
  }

  #directoryChanges(entry: ListEntry, there: FileStat | undefined): Changes {
    if (there !== undefined) return differences(this.process, entry, there, this.options);
    const stand = this.#basis.find(entry, () => true);
    if (stand === undefined) return CHANGE.local | CHANGE.created;
    return CHANGE.local | differences(this.process, entry, stand.stat, this.options);
  }

  async #settle(path: string, entry: ListEntry): Promise<void> {
    if (this.options.has('n')) return;
    await this.#check(setAttributes(this.process, path, entry, this.options), entry, path);
  }

  /** Removes what is in the way of something of another type. */
  async #clear(path: string, { name, type }: ListEntry, stat: FileStat): Promise<boolean> {
    if (this.options.has('n')) return true;
    const directory = stat.type === 'directory';
    if (directory && (this.options.has('delete') || this.options.has('force')) && this.#isUsed(path))
      return await this.#deletion.whole(path, name);
    const gone = directory ? this.process.rmdir(path) : this.process.unlink(path);
    if (!failed(gone)) return true;
    if (gone.errno === 'ENOTEMPTY') await this.voice.say(`cannot delete non-empty directory: ${name}`);
    const kind = type === 'file' ? 'regular file' : type === 'symlink' ? 'symlink' : type;
    await this.#fail(`could not make way for new ${kind}: ${name}`);
    return false;
  }

  #isUsed(path: string): boolean {
    const entries = this.process.readdir(path);
    return !failed(entries) && entries.length > 0;
  }

  async #link(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    const same = (place: string): boolean => this.process.readlink(place) === entry.target;
    if (stat?.type === 'symlink' && same(path)) {
      await this.#item(index, entry, differences(this.process, entry, stat, this.options));
      await this.#settle(path, entry);
      return;
    }
    const stand = stat === undefined ? this.#basis.find(entry, (each) => same(each.path)) : undefined;
    if (stand !== undefined && (await this.#standIn(index, entry, path, stand))) return;
    if (stat !== undefined && !(await this.#clear(path, entry, stat))) return;
    const made = this.options.has('n') ? undefined : this.process.symlink(entry.target, path);
    if (failed(made)) {
      const call = `symlink ${fullName(this.process, path)} -> "${entry.target}"`;
      await this.#fail(callFailed('generator', call, made));
      return;
    }
    const timed = stat !== undefined && this.options.has('t') && !sameTime(stat, entry) ? CHANGE.time : 0;
    const how = stat?.type === 'symlink' ? CHANGE.content | timed : CHANGE.created;
    await this.#item(index, entry, CHANGE.local | how);
    await this.#settle(path, entry);
  }

  async #device(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    const { type } = entry;
    if (type !== 'fifo' && type !== 'char' && type !== 'block') return;
    if (stat?.type === type && (type === 'fifo' || stat.rdev?.join() === entry.rdev.join())) {
      await this.#item(index, entry, differences(this.process, entry, stat, this.options));
      await this.#settle(path, entry);
      return;
    }
    if (stat !== undefined && !(await this.#clear(path, entry, stat))) return;
    const made = this.options.has('n') ? undefined : this.process.mknod(path, type, entry.mode, entry.rdev);
    if (failed(made)) {
      await this.#fail(callFailed('generator', `mknod ${fullName(this.process, path)}`, made));
      return;
    }
    await this.#item(index, entry, CHANGE.local | CHANGE.created);
    await this.#settle(path, entry);
  }

  async #file(index: number, entry: ListEntry, path: string, stat: FileStat | undefined): Promise<void> {
    const over = this.#limits(entry.size);
    if (over !== undefined) {
      if (this.options.verbose > 1) await this.voice.say(`${entry.name} is ${over}`);
      return;
    }
    const there = stat?.type === 'file' ? stat : undefined;
    if (stat !== undefined && there === undefined && !(await this.#clear(path, entry, stat))) return;
    if (there !== undefined && this.#upToDate(entry, { path, stat: there })) {
      await this.#item(index, entry, differences(this.process, entry, there, this.options));
      await this.#settle(path, entry);
      return;
    }
    const stand = there === undefined ? this.#basis.find(entry, (each) => this.#upToDate(entry, each)) : undefined;
    if (stand !== undefined && (await this.#standIn(index, entry, path, stand))) return;
    const changes = CHANGE.transfer | this.#fileChanges(entry, there, path);
    if (this.options.has('n')) await this.#item(index, entry, changes);
    else
      this.#decided.push(async () => {
        const stored = await this.#store.take({ index, changes, entry, path, old: there });
        if (stored === 'failed') this.outcome.failed = true;
        return stored !== 'closed';
      });
  }

  /** A file of --link-dest and its like in place of a transfer; false where its attributes are others. */
  async #standIn(index: number, entry: ListEntry, path: string, { path: from, stat }: Stand): Promise<boolean> {
    const { process, options } = this;
    if (differences(process, entry, stat, options) !== 0) return false;
    const { kind } = this.#basis;
    const placed = options.has('n') || kind !== 'link-dest' ? undefined : process.link(from, path);
    if (failed(placed)) return false;
    if (kind === 'copy-dest' && !options.has('n')) {
      const content = entry.type === 'file' ? process.readFile(from) : undefined;
      const made = content === undefined ? process.symlink(entry.target, path) : undefined;
      const written = content === undefined || failed(content) ? content : process.writeFile(path, content);
      if (failed(made) || failed(written)) return false;
      await this.#settle(path, entry);
    }
    const how = kind === 'link-dest' ? CHANGE.linked : kind === 'copy-dest' ? CHANGE.local : 0;
    await this.#item(index, entry, how);
    return true;
  }

  /** By size and time, or what options ask for; -u keeps what is newer here. */
  #upToDate(entry: ListEntry, { path, stat }: Stand): boolean {
    if (this.options.has('u') && Math.floor(stat.modifiedMs / 1_000) > Math.floor(entry.modifiedMs / 1_000))
      return true;
    if (stat.size !== entry.size) return false;
    if (this.options.has('size-only')) return true;
    if (this.options.has('c')) return digestOf(this.process, path) === entry.digest;
    return !this.options.has('I') && sameTime(stat, entry);
  }

  #fileChanges(entry: ListEntry, stat: FileStat | undefined, path: string): Changes {
    if (stat === undefined) return CHANGE.created;
    const content = this.options.has('c') && digestOf(this.process, path) !== entry.digest ? CHANGE.content : 0;
    const size = stat.size === entry.size ? 0 : CHANGE.size;
    const time = this.options.has('t') || sameTime(stat, entry) ? 0 : CHANGE.time;
    return content | size | time | differences(this.process, entry, stat, this.options);
  }
}
