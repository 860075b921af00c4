/** The list of files that the sender makes and both ends then speak of by number. */
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, FileType, Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { WireReader, WireWriter } from './channel.ts';
import { isExcluded, type FilterRule } from './filters.ts';
import { callFailed, fullName } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import type { Voice } from './voice.ts';

export interface ListEntry {
  /** Within the transfer; `.` is the top itself. */
  readonly name: string;
  readonly type: FileType;
  readonly mode: number;
  readonly size: number;
  readonly modifiedMs: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a symbolic link. */
  readonly target: string;
  /** Of a device. */
  readonly rdev: readonly [number, number];
}

/** An entry and where the sender has it. */
export interface SourceEntry extends ListEntry {
  readonly path: string;
}

const TYPES: readonly FileType[] = ['file', 'directory', 'symlink', 'char', 'block', 'fifo', 'socket'];
const ENTRIES_PER_FRAME = 100;

/** The list in as many pieces as frames are to carry. */
export function encodeList(entries: readonly ListEntry[]): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < entries.length; at += ENTRIES_PER_FRAME) {
    const writer = new WireWriter();
    for (const entry of entries.slice(at, at + ENTRIES_PER_FRAME)) {
      writer.text(entry.name).number(entry.mode * TYPES.length + TYPES.indexOf(entry.type));
      writer.number(entry.size).number(entry.modifiedMs).number(entry.uid).number(entry.gid);
      if (entry.type === 'symlink') writer.text(entry.target);
      if (entry.type === 'char' || entry.type === 'block') writer.number(entry.rdev[0]).number(entry.rdev[1]);
    }
    frames.push(writer.bytes());
  }
  return frames;
}

export function decodeList(frame: Uint8Array): readonly ListEntry[] {
  const reader = new WireReader(frame);
  const entries: ListEntry[] = [];
  while (!reader.ended) {
    const name = reader.text();
    const kind = reader.number();
    const type = TYPES[kind % TYPES.length] ?? 'file';
    entries.push({
      name,
      type,
      mode: Math.floor(kind / TYPES.length),
      size: reader.number(),
      modifiedMs: reader.number(),
      uid: reader.number(),
      gid: reader.number(),
      target: type === 'symlink' ? reader.text() : '',
      rdev: type === 'char' || type === 'block' ? [reader.number(), reader.number()] : [0, 0],
    });
  }
  return entries;
}

const compare = (a: SourceEntry, b: SourceEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

export class ListBuilder {
  readonly #entries: SourceEntry[] = [];
  /** Something could not be looked at. */
  incomplete = false;

  constructor(
    private readonly process: Process,
    private readonly options: RsyncOptions,
    private readonly rules: readonly FilterRule[],
    private readonly voice: Voice,
  ) {}

  async build(paths: readonly string[]): Promise<readonly SourceEntry[]> {
    const top = new Map<string, SourceEntry>();
    let whole: SourceEntry | undefined;
    for (const path of paths) {
      const contents = /(^|\/)(\.{1,2})?$/.test(path);
      const entry = await this.#look(path, contents ? '.' : baseName(path));
      if (entry === undefined) continue;
      if (!contents || entry.type !== 'directory') top.set(entry.name, top.get(entry.name) ?? entry);
      else if (!this.options.has('r')) await this.voice.say('skipping directory .');
      else {
        whole ??= entry;
        for (const child of await this.#children(entry)) top.set(child.name, top.get(child.name) ?? child);
      }
    }
    if (whole !== undefined) this.#entries.push(whole);
    await this.#add([...top.values()]);
    return this.#entries;
  }

  /** Files first, then each directory with what is in it. */
  async #add(siblings: readonly SourceEntry[]): Promise<void> {
    const sorted = [...siblings].sort(compare);
    this.#entries.push(...sorted.filter(({ type }) => type !== 'directory'));
    for (const directory of sorted.filter(({ type }) => type === 'directory')) {
      if (!this.options.has('r')) {
        await this.voice.say(`skipping directory ${directory.name}`);
        continue;
      }
      this.#entries.push(directory);
      await this.#add(await this.#children(directory));
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
      this.incomplete = true;
      await this.voice.complain(callFailed('sender', `link_stat ${fullName(this.process, place)}`, stat));
      return undefined;
    }
    if (name !== '.' && isExcluded(this.rules, name, stat.type === 'directory')) return undefined;
    return this.#entry(place, name, stat);
  }

  #entry(path: string, name: string, stat: FileStat): SourceEntry {
    const { type, mode, modifiedMs, uid, gid, rdev = [0, 0] } = stat;
    const target = type === 'symlink' ? this.process.readlink(path) : '';
    const linked = failed(target) ? '' : target;
    return { path, name, type, mode, size: stat.size, modifiedMs, uid, gid, target: linked, rdev };
  }
}
