/**
 * tree 2.1: directories as indented lists.
 * Models: -a -d -f -i -l -x -L -P -I -s -h -p -u -g -D -F -Q -r -t -U, --inodes, --timefmt, --dirsfirst, --filesfirst,
 * --prune, --filelimit, --noreport and --charset.
 * Leaves out: colours, JSON, XML and HTML, .gitignore files, sums of sizes: it says so.
 */
import { isUtf8 } from '../../locale-name.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { Io } from '../../io.ts';
import { patternRegExp } from '../../shell/expand/pattern.ts';
import { strftime } from '../../strftime.ts';
import { absentOption, type CommandSpec, type Options, parseOptions } from '../command.ts';
import { modeText } from '../files/mode-text.ts';
import { joinPath } from '../paths/paths.ts';

const USAGE = `usage: tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level [-R]] [-H  baseHREF]
	[-T title] [-o filename] [-P pattern] [-I pattern] [--gitignore]
	[--gitfile[=]file] [--matchdirs] [--metafirst] [--ignore-case]
	[--nolinks] [--hintro[=]file] [--houtro[=]file] [--inodes] [--device]
	[--sort[=]<name>] [--dirsfirst] [--filesfirst] [--filelimit #] [--si]
	[--du] [--prune] [--charset[=]X] [--timefmt[=]format] [--fromfile]
	[--fflinks] [--info] [--infofile[=]file] [--noreport] [--version]
	[--help] [--] [directory ...]
`;

const spec: CommandSpec = {
  name: 'tree',
  short: 'acdfghilnpqrstuvxACDFJQNSUXRL:H:T:o:P:I:',
  long: {
    charset: 'charset:',
    dirsfirst: 'dirsfirst',
    filelimit: 'filelimit:',
    filesfirst: 'filesfirst',
    help: 'help',
    'ignore-case': 'ignore-case',
    inodes: 'inodes',
    noreport: 'noreport',
    prune: 'prune',
    timefmt: 'timefmt:',
    version: 'version',
  },
  absent: ['A', 'C', 'H', 'J', 'N', 'R', 'S', 'T', 'X', 'c', 'o', 'q', 'v'],
};

export const tree = { name: 'tree', memoryBytes: 1_200_000, run };

async function run(process: Process): Promise<number> {
  const io = new Io(process, 'tree');
  const options = parseOptions(process.argv.slice(1), spec);
  if ('problem' in options) return await complain(io, options.problem);
  if (options.has('help') || options.has('version')) {
    io.out(options.has('help') ? USAGE : 'tree v2.1.1\n');
    return await io.end(0);
  }
  const absent = absentOption(spec, options);
  if (absent !== undefined) {
    await io.raw(`drydock: 'tree ${absent}' is not simulated\n`);
    return 1;
  }
  const level = options.value('L');
  if (level !== undefined && !/^0*[1-9]\d*$/.test(level)) {
    await io.raw('tree: Invalid level, must be greater than 0.\n');
    return 1;
  }
  const lister = new Lister(io, options);
  const roots = options.operands.length === 0 ? ['.'] : options.operands;
  for (const root of roots) await lister.root(root);
  if (!options.has('noreport')) io.line(lister.report());
  return await io.end(lister.status);
}

/** tree has no getopt, and words its complaints differently. */
async function complain(io: Io, problem: string): Promise<number> {
  const letter = /^invalid option -- '(.)'$/.exec(problem)?.[1];
  const missing = /^option requires an argument -- '(.)'$/.exec(problem)?.[1];
  const name = /'--([^']*)'/.exec(problem)?.[1] ?? '';
  if (missing !== undefined) await io.raw(`tree: Missing argument to -${missing} option.\n`);
  else if (letter !== undefined) await io.raw(`tree: Invalid argument -\`${letter}'.\n${USAGE}`);
  else await io.raw(`tree: Invalid argument \`--${name}'.\n${USAGE}`);
  return 1;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
  /** Of a symbolic link. */
  readonly target?: string;
  /** What it is, or what its link leads to. */
  readonly real: FileStat;
}

interface Branches {
  readonly through: string;
  readonly past: string;
  readonly middle: string;
  readonly last: string;
}
const LINES: Branches = { through: '│\u00a0\u00a0 ', past: '    ', middle: '├── ', last: '└── ' };
const ASCII: Branches = { through: '|   ', past: '    ', middle: '|-- ', last: '`-- ' };

class Lister {
  readonly #io: Io;
  readonly #options: Options;
  readonly #branches: Branches;
  #directories = 0;
  #files = 0;
  #device = 0;
  /** Directories that were listed, which a followed link does not list again. */
  readonly #listed = new Set<number>();
  status = 0;

  constructor(io: Io, options: Options) {
    this.#io = io;
    this.#options = options;
    const asked = options.value('charset');
    this.#branches = (asked === undefined ? isUtf8(io.process) : /utf-?8/i.test(asked)) ? LINES : ASCII;
  }

  async root(path: string): Promise<void> {
    const { process } = this.#io;
    const [own, real] = [process.lstat(path), process.stat(path)];
    const isDirectory = !failed(real) && real.type === 'directory';
    if (failed(own) || failed(real) || !isDirectory || failed(process.readdir(path))) {
      this.#io.line(`${this.#shown(path)}  [error opening dir]`);
      if (failed(own)) this.status = 2;
      else if (!this.#options.has('d')) this.#files += 1;
      return;
    }
    this.#device = real.device;
    const entries = this.#entries(path, 1);
    const isOver = this.#isOverLimit(entries);
    const slash = this.#options.has('F') && !path.endsWith('/') ? '/' : '';
    this.#io.line(`${this.#facts(own)}${this.#shown(path)}${slash}${isOver ? `  ${this.#overLimit(entries)}` : ''}`);
    if (entries.length > 0) this.#directories += 1;
    this.#listed.add(real.inode);
    if (!isOver) await this.#list(entries, '', 1);
  }

  report(): string {
    const count = (number: number, one: string, many: string): string =>
      `${String(number)} ${number === 1 ? one : many}`;
    const directories = count(this.#directories, 'directory', 'directories');
    return this.#options.has('d') ? `\n${directories}` : `\n${directories}, ${count(this.#files, 'file', 'files')}`;
  }

  async #list(entries: readonly Entry[], indent: string, depth: number): Promise<void> {
    const flat = this.#options.has('i');
    for (const [at, entry] of entries.entries()) {
      const isLast = at === entries.length - 1;
      const isDirectory = entry.real.type === 'directory';
      const follows = entry.target === undefined || this.#options.has('l');
      const isLoop = entry.target !== undefined && this.#listed.has(entry.real.inode);
      if (isDirectory) this.#directories += 1;
      else this.#files += 1;
      const branch = flat ? '' : `${indent}${isLast ? this.#branches.last : this.#branches.middle}`;
      const loop = isDirectory && follows && isLoop ? '  [recursive, not followed]' : '';
      this.#io.out(`${branch}${this.#line(entry)}${loop}`);
      const deeper = isDirectory && follows && !isLoop && this.#mayEnter(entry, depth);
      if (deeper) this.#listed.add(entry.real.inode);
      const inner = deeper ? this.#entries(entry.path, depth + 1) : [];
      const isOver = this.#isOverLimit(inner);
      this.#io.line(isOver ? `  ${this.#overLimit(inner)}` : '');
      if (this.#io.full) await this.#io.flush();
      if (isOver) continue;
      const next = `${indent}${isLast ? this.#branches.past : this.#branches.through}`;
      await this.#list(inner, next, depth + 1);
    }
  }

  #mayEnter(entry: Entry, depth: number): boolean {
    const level = Number(this.#options.value('L') ?? Infinity);
    return depth < level && !(this.#options.has('x') && entry.real.device !== this.#device);
  }

  #isOverLimit(entries: readonly Entry[]): boolean {
    const limit = Number(this.#options.value('filelimit') ?? 0);
    return limit > 0 && entries.length > limit;
  }
  #overLimit(entries: readonly Entry[]): string {
    return `[${String(entries.length)} entries exceeds filelimit, not opening dir]`;
  }

  /** What of a directory is shown, in order. */
  #entries(directory: string, depth: number): readonly Entry[] {
    const { process } = this.#io;
    const found = process.readdir(directory);
    if (failed(found)) return [];
    const entries = found
      .map(({ name }) => this.#entry(joinPath(directory, name), name))
      .filter((entry) => entry !== undefined)
      .filter((entry) => this.#isWanted(entry));
    const kept = this.#options.has('prune') ? entries.filter((entry) => this.#isFull(entry, depth)) : entries;
    return this.#ordered(kept);
  }

  #entry(path: string, name: string): Entry | undefined {
    const { process } = this.#io;
    const stat = process.lstat(path);
    if (failed(stat)) return undefined;
    if (stat.type !== 'symlink') return { name, path, stat, real: stat };
    const [target, real] = [process.readlink(path), process.stat(path)];
    return { name, path, stat, target: failed(target) ? '' : target, real: failed(real) ? stat : real };
  }

  #isWanted({ name, real }: Entry): boolean {
    const isDirectory = real.type === 'directory';
    if (!this.#options.has('a') && name.startsWith('.')) return false;
    if (this.#options.has('d') && !isDirectory) return false;
    const wanted = this.#options.values('P');
    if (wanted.length > 0 && !isDirectory && !wanted.some((pattern) => this.#matches(pattern, name))) return false;
    return !this.#options.values('I').some((pattern) => this.#matches(pattern, name));
  }

  /** Patterns are the shell's, with `|` between alternatives. */
  #matches(pattern: string, name: string): boolean {
    const nocase = this.#options.has('ignore-case');
    const text = nocase ? name.toLowerCase() : name;
    return pattern.split('|').some((each) => patternRegExp(nocase ? each.toLowerCase() : each).test(text));
  }

  /** Whether anything is left of it where empty directories are cut off. */
  #isFull(entry: Entry, depth: number): boolean {
    if (entry.real.type !== 'directory') return true;
    if (entry.target !== undefined && !this.#options.has('l')) return false;
    return this.#mayEnter(entry, depth) && this.#entries(entry.path, depth + 1).length > 0;
  }

  #ordered(entries: readonly Entry[]): readonly Entry[] {
    if (this.#options.has('U')) return entries;
    const first = this.#options.has('dirsfirst') ? 1 : this.#options.has('filesfirst') ? -1 : 0;
    const sign = this.#options.has('r') ? -1 : 1;
    const rank = (entry: Entry): number => (entry.real.type === 'directory' ? 0 : 1) * first;
    const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    const byTime = (a: Entry, b: Entry): number => (this.#options.has('t') ? a.stat.modifiedMs - b.stat.modifiedMs : 0);
    return entries.toSorted((a, b) => rank(a) - rank(b) || sign * (byTime(a, b) || byName(a, b)));
  }

  #line({ name, path, stat, target, real }: Entry): string {
    const shown = this.#shown(this.#options.has('f') ? path : name);
    const link = target === undefined ? '' : ` -> ${this.#shown(target)}`;
    return `${this.#facts(stat)}${shown}${link}${this.#options.has('F') ? mark(real) : ''}`;
  }

  #shown(name: string): string {
    const plain = name.replace(/[\0-\x1f\x7f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
    return this.#options.has('Q') ? `"${plain.replace(/"/g, '\\"')}"` : plain;
  }

  /** The columns in brackets before a name. */
  #facts(stat: FileStat): string {
    const { process } = this.#io;
    const has = (letter: string): boolean => this.#options.has(letter);
    const columns: string[] = [];
    if (has('inodes')) columns.push(String(stat.inode).padStart(7));
    if (has('p')) columns.push(modeText(stat));
    if (has('u')) columns.push((userNameOf(process, stat.uid) ?? String(stat.uid)).padEnd(8));
    if (has('g')) columns.push((groupNameOf(process, stat.gid) ?? String(stat.gid)).padEnd(8));
    if (has('h')) columns.push(shortSize(stat.size));
    else if (has('s')) columns.push(String(stat.size).padStart(11));
    if (has('D') || has('timefmt')) columns.push(this.#time(stat.modifiedMs));
    return columns.length === 0 ? '' : `[${columns.join(' ')}]  `;
  }

  #time(modifiedMs: number): string {
    const now = this.#io.process.time().realtimeUs / 1_000;
    const halfYearMs = 15_778_476_000;
    const isRecent = modifiedMs > now - halfYearMs && modifiedMs <= now;
    const format = this.#options.value('timefmt') ?? (isRecent ? '%b %e %H:%M' : '%b %e  %Y');
    return strftime(format, modifiedMs * 1_000);
  }
}

/** At most four characters, rounded to the nearest. */
function shortSize(bytes: number): string {
  if (bytes < 1_024) return String(bytes).padStart(4);
  let [value, unit] = [bytes / 1_024, 0];
  for (; value >= 1_024; unit += 1) value /= 1_024;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0).padStart(3)}${'KMGTPE'.charAt(unit)}`;
}

/** The letter behind a name that tells its kind (-F). */
function mark({ type, mode }: FileStat): string {
  if (type === 'directory') return '/';
  if (type === 'fifo') return '|';
  if (type === 'socket') return '=';
  return type === 'file' && (mode & 0o111) !== 0 ? '*' : '';
}
