/** How the sender makes the list: what its arguments name, without what filters hide. */
import { md5 } from '@noble/hashes/legacy.js';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { hex } from '../../coreutils/digests/digests.ts';
import { baseName } from '../../io.ts';
import { chmodOf } from './chmod.ts';
import type { SourceEntry } from './file-list.ts';
import { hidingPattern, type FilterRule } from './filters.ts';
import { callFailed, fullName } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import type { Voice } from './voice.ts';

/** The sorted order of a list: the top, and in each directory its files before its directories. */
export function compareEntries(a: SourceEntry, b: SourceEntry): number {
  if (a.name === '.' || b.name === '.') return a.name === b.name ? 0 : a.name === '.' ? -1 : 1;
  const [left, right] = [a.name.split('/'), b.name.split('/')];
  const at = left.findIndex((part, index) => part !== right[index]);
  if (at < 0 || at >= right.length) return left.length - right.length;
  const isDirectory = (entry: SourceEntry, parts: readonly string[]): boolean =>
    at < parts.length - 1 || entry.type === 'directory';
  const [first, second] = [isDirectory(a, left), isDirectory(b, right)];
  if (first !== second) return first ? 1 : -1;
  return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}

export class ListBuilder {
  readonly #entries = new Map<string, SourceEntry>();
  /** Something could not be looked at. */
  incomplete = false;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly rules: readonly FilterRule[],
    private readonly voice: Voice,
  ) {}

  /** `names` are those of --files-from, which lie below the only path. */
  async build(paths: readonly string[], names?: readonly string[]): Promise<readonly SourceEntry[]> {
    if (names !== undefined) for (const name of names) await this.#relative(paths[0] ?? '.', name);
    else for (const path of paths) await this.#argument(path);
    const sorted = [...this.#entries.values()].sort(compareEntries);
    return this.options.has('m') ? withoutEmptyDirectories(sorted) : sorted;
  }

  async #argument(path: string): Promise<void> {
    if (this.options.has('R')) {
      const [, before, after] = /^(.*?)\/\.\/(.*)$/s.exec(path) ?? [undefined, '', path];
      await this.#relative(before === '' ? (path.startsWith('/') ? '/' : '.') : (before ?? '.'), after ?? '');
      return;
    }
    const contents = /(^|\/)(\.{1,2})?$/.test(path);
    const entry = await this.#look(path, contents ? '.' : baseName(path));
    if (entry !== undefined) await this.#take(entry, contents);
  }

  /** -R: a name with all the directories on its way. */
  async #relative(base: string, name: string): Promise<void> {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const below = (upTo: number): string => parts.slice(0, upTo).join('/');
    const place = (upTo: number): string => (base === '.' ? below(upTo) : `${base.replace(/\/$/, '')}/${below(upTo)}`);
    const last = await this.#look(
      name.endsWith('/') ? `${place(parts.length)}/` : place(parts.length),
      below(parts.length),
    );
    if (last === undefined) return;
    for (let upTo = 1; upTo < parts.length; upTo += 1) {
      const entry = await this.#look(place(upTo), below(upTo));
      if (entry !== undefined) this.#put(entry);
    }
    await this.#take(last, name.endsWith('/'));
  }

  #put(entry: SourceEntry): void {
    if (!this.#entries.has(entry.name)) this.#entries.set(entry.name, entry);
  }

  /** An argument's entry; `contents` asks for what is in a directory where it is not descended into anyhow. */
  async #take(entry: SourceEntry, contents: boolean): Promise<void> {
    if (entry.type !== 'directory') {
      this.#put(entry);
      return;
    }
    const whole = this.options.has('r') && !this.options.has('files-from');
    if (!whole && !this.options.has('d') && !this.options.has('files-from')) {
      await this.voice.say(`skipping directory ${entry.name}`);
      return;
    }
    this.#put(entry);
    if (whole) await this.#descend(entry, entry.device);
    else if (contents) for (const child of await this.#children(entry)) this.#put(child);
  }

  async #descend(directory: SourceEntry, device: number): Promise<void> {
    for (const child of await this.#children(directory)) {
      this.#put(child);
      if (child.type === 'directory' && !(this.options.has('x') && child.device !== device))
        await this.#descend(child, device);
    }
  }

  async #children(directory: SourceEntry): Promise<readonly SourceEntry[]> {
    const found = this.process.readdir(directory.path);
    if (failed(found)) {
      this.incomplete = true;
      await this.voice.complain(callFailed('sender', `opendir ${fullName(this.process, directory.path)}`, found));
      return [];
    }
    const children: SourceEntry[] = [];
    for (const { name } of found) {
      const entry = await this.#look(
        `${directory.path.replace(/\/$/, '')}/${name}`,
        directory.name === '.' ? name : `${directory.name}/${name}`,
      );
      if (entry !== undefined) children.push(entry);
    }
    return children;
  }

  async #look(path: string, name: string): Promise<SourceEntry | undefined> {
    const place = path === '' ? '.' : path;
    const follow = this.options.has('L') || place.endsWith('/');
    const stat = follow ? this.process.stat(place) : this.process.lstat(place);
    if (failed(stat)) {
      if (stat.errno === 'ENOENT' && this.options.has('ignore-missing-args')) return undefined;
      this.incomplete = true;
      const call = place.endsWith('/') ? 'change_dir' : 'link_stat';
      const shown = fullName(this.process, place.replace(/(.)\/+$/, '$1'));
      await this.voice.complain(callFailed('sender', `${call} ${shown}`, stat));
      return undefined;
    }
    const directory = stat.type === 'directory';
    const pattern = name === '.' ? undefined : hidingPattern(this.rules, name, directory);
    if (pattern === undefined) return this.#entry(place, name, stat);
    if (this.options.verbose > 1)
      await this.voice.say(`[sender] hiding ${directory ? 'directory' : 'file'} ${name} because of pattern ${pattern}`);
    return undefined;
  }

  #entry(path: string, name: string, stat: FileStat): SourceEntry {
    const { type, modifiedMs, uid, gid, size, device, rdev = [0, 0] } = stat;
    const target = type === 'symlink' ? this.process.readlink(path) : '';
    const linked = failed(target) ? '' : target;
    const mode = type === 'symlink' ? stat.mode : chmodOf(this.options.value('chmod'), stat, this.process.umask());
    const digest = type === 'file' && this.options.has('c') ? digestOf(this.process, path) : '';
    return { path, name, type, mode, size, modifiedMs, uid, gid, target: linked, rdev, digest, device };
  }
}

/** What --checksum compares files by. */
export function digestOf(process: Process, path: string): string {
  const content = process.readFile(path);
  return failed(content) ? '' : hex(md5(content));
}

/** -m: directories without a file anywhere below them are left out. */
function withoutEmptyDirectories(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const used = new Set<string>(['.']);
  for (const { name, type } of entries) {
    if (type === 'directory') continue;
    for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) used.add(name.slice(0, at));
  }
  return entries.filter(({ name, type }) => type !== 'directory' || used.has(name));
}
