/** find: names, types, sizes, times, -exec (both forms), -delete, -prune, boolean operators. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import { groupIdOf, userIdOf } from '../accounts.ts';
import { Io } from '../io.ts';
import { posixRegExp } from '../posix-regex.ts';
import { runAndWait } from '../run-child.ts';
import { matches } from '../shell/expand/pattern.ts';
import type { Process } from '../../protocol/program.ts';
import type { Applet } from './command.ts';
import { modeText } from './ls.ts';
import { strftime } from '../strftime.ts';

interface Here {
  readonly path: string;
  readonly name: string;
  readonly stat: FileStat;
  readonly depth: number;
  prune: boolean;
  quit: boolean;
}
type Test = (here: Here) => boolean | Promise<boolean>;

class Usage extends Error {}

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'find');
  const args = argv.slice(1).filter((arg) => !/^-[HLP]$/.test(arg));
  const split = args.findIndex((arg) => arg.startsWith('-') || arg === '(' || arg === '!');
  const starts = split < 0 ? args : args.slice(0, split);
  const finder = new Finder(process, io, split < 0 ? [] : args.slice(split));
  try {
    const test = finder.parse();
    let status = 0;
    for (const start of starts.length === 0 ? ['.'] : starts)
      status = Math.max(status, await finder.walk(start, 0, test));
    await finder.finish();
    return await io.end(Math.max(status, finder.status));
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    await io.warn(error.message);
    return 1;
  }
};
export const find: Applet = { name: 'find', run: (process) => applet(process, 'gnu', process.argv), applet };

class Finder {
  readonly #process: Process;
  readonly #io: Io;
  readonly #args: readonly string[];
  #at = 0;
  #acted = false;
  #maxDepth = Infinity;
  #minDepth = 0;
  #depthFirst = false;
  #quit = false;
  status = 0;
  readonly #batches: { readonly argv: readonly string[]; readonly paths: string[] }[] = [];

  constructor(process: Process, io: Io, args: readonly string[]) {
    this.#process = process;
    this.#io = io;
    this.#args = args;
  }

  parse(): Test {
    const test = this.#args.length === 0 ? (): boolean => true : this.#or();
    if (this.#at < this.#args.length) throw new Usage(`unexpected argument '${this.#args[this.#at] ?? ''}'`);
    if (this.#acted) return test;
    return async (here) => {
      if (await test(here)) this.#io.line(here.path);
      return true;
    };
  }

  #or(): Test {
    let left = this.#and();
    while (this.#args[this.#at] === '-o' || this.#args[this.#at] === '-or') {
      this.#at += 1;
      const a = left;
      const b = this.#and();
      left = async (here) => (await a(here)) || (await b(here));
    }
    return left;
  }
  #and(): Test {
    let left = this.#not();
    for (;;) {
      const next = this.#args[this.#at];
      if (next === undefined || next === '-o' || next === '-or' || next === ')') return left;
      if (next === '-a' || next === '-and') this.#at += 1;
      const a = left;
      const b = this.#not();
      left = async (here) => (await a(here)) && (await b(here));
    }
  }
  #not(): Test {
    if (this.#args[this.#at] === '!' || this.#args[this.#at] === '-not') {
      this.#at += 1;
      const inner = this.#not();
      return async (here) => !(await inner(here));
    }
    if (this.#args[this.#at] === '(') {
      this.#at += 1;
      const inner = this.#or();
      if (this.#args[this.#at] !== ')')
        throw new Usage(
          "invalid expression; expected to find a ')' but didn't see one.  Perhaps you need an extra predicate after '('".split(
            '.  ',
          )[0] ?? '',
        );
      this.#at += 1;
      return inner;
    }
    return this.#primary();
  }

  #value(name: string): string {
    const value = this.#args[this.#at];
    if (value === undefined) throw new Usage(`missing argument to \`${name}'`);
    this.#at += 1;
    return value;
  }

  #number(name: string): (value: number) => boolean {
    const text = this.#value(name);
    const match = /^([-+]?)(\d+)$/.exec(text);
    if (match === null) throw new Usage(`invalid argument \`${text}' to \`${name}'`);
    const wanted = Number(match[2]);
    return (value) => (match[1] === '+' ? value > wanted : match[1] === '-' ? value < wanted : value === wanted);
  }

  #primary(): Test {
    const name = this.#args[this.#at] ?? '';
    this.#at += 1;
    const now = this.#process.time().realtimeUs / 1_000;
    switch (name) {
      case '-name':
      case '-iname': {
        const pattern = this.#value(name);
        return (here) => matches(pattern, here.name, { ignoreCase: name === '-iname' });
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = this.#value(name);
        return (here) => matches(pattern, here.path, { ignoreCase: name === '-ipath' });
      }
      case '-regex': {
        const regex = posixRegExp(`^(${this.#value(name)})$`, { extended: true });
        return (here) => regex?.test(here.path) === true;
      }
      case '-type': {
        const types = this.#value(name).split(',');
        const bad = types.find((type) => !'fdlpsbc'.includes(type));
        if (bad !== undefined) throw new Usage(`Unknown argument to -type: ${bad}`);
        const letter = {
          file: 'f',
          directory: 'd',
          symlink: 'l',
          fifo: 'p',
          socket: 's',
          block: 'b',
          char: 'c',
        } as const;
        return (here) => types.includes(letter[here.stat.type]);
      }
      case '-size': {
        const text = this.#value(name);
        const match = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(text);
        if (match === null) throw new Usage(`invalid argument \`${text}' to \`-size'`);
        const unit = { c: 1, w: 2, b: 512, k: 1_024, M: 1_048_576, G: 1_073_741_824, '': 512 }[match[3] ?? ''] ?? 512;
        const wanted = Number(match[2]);
        return ({ stat }) => {
          const size = Math.ceil(stat.size / unit);
          return match[1] === '+' ? size > wanted : match[1] === '-' ? size < wanted : size === wanted;
        };
      }
      case '-mtime':
      case '-mmin':
      case '-ctime':
      case '-atime': {
        const fits = this.#number(name);
        const unit = name === '-mmin' ? 60_000 : 86_400_000;
        return ({ stat }) => fits(Math.floor((now - stat.modifiedMs) / unit));
      }
      case '-newer': {
        const reference = this.#process.stat(this.#value(name));
        return ({ stat }) => !failed(reference) && stat.modifiedMs > reference.modifiedMs;
      }
      case '-perm': {
        const text = this.#value(name);
        const bits = Number.parseInt(text.replace(/^[-/]/, ''), 8);
        return ({ stat }) =>
          text.startsWith('-')
            ? (stat.mode & bits) === bits
            : text.startsWith('/')
              ? (stat.mode & bits) !== 0
              : stat.mode === bits;
      }
      case '-user': {
        const uid = userIdOf(this.#process, this.#value(name));
        return ({ stat }) => stat.uid === uid;
      }
      case '-group': {
        const gid = groupIdOf(this.#process, this.#value(name));
        return ({ stat }) => stat.gid === gid;
      }
      case '-empty':
        return ({ path, stat }) => {
          if (stat.type === 'file') return stat.size === 0;
          const entries = stat.type === 'directory' ? this.#process.readdir(path) : undefined;
          return entries !== undefined && !failed(entries) && entries.length === 0;
        };
      case '-links': {
        const fits = this.#number(name);
        return ({ stat }) => fits(stat.links);
      }
      case '-inum': {
        const fits = this.#number(name);
        return ({ stat }) => fits(stat.inode);
      }
      case '-true':
        return () => true;
      case '-false':
        return () => false;
      case '-readable':
        return ({ path }) => !failed(this.#process.access(path, { read: true }));
      case '-writable':
        return ({ path }) => !failed(this.#process.access(path, { write: true }));
      case '-executable':
        return ({ path }) => !failed(this.#process.access(path, { execute: true }));
      case '-maxdepth':
        this.#maxDepth = Number(this.#value(name));
        return () => true;
      case '-mindepth':
        this.#minDepth = Number(this.#value(name));
        return () => true;
      case '-depth':
        this.#depthFirst = true;
        return () => true;
      case '-xdev':
      case '-mount':
      case '-follow':
      case '-noleaf':
        return () => true;
      default:
        return this.#action(name);
    }
  }

  #action(name: string): Test {
    switch (name) {
      case '-print':
      case '-print0':
        this.#acted = true;
        return ({ path }) => {
          this.#io.out(path + (name === '-print' ? '\n' : '\0'));
          return true;
        };
      case '-printf': {
        this.#acted = true;
        const format = this.#value(name);
        return (here) => {
          this.#io.out(printf(format, here));
          return true;
        };
      }
      case '-ls':
        this.#acted = true;
        return ({ path, stat }) => {
          this.#io.line(
            `${String(stat.inode).padStart(9)} ${String(Math.ceil(stat.size / 1_024)).padStart(6)} ${modeText(stat)} ${String(stat.links).padStart(3)} ${String(stat.uid).padEnd(8)} ${String(stat.gid).padEnd(8)} ${String(stat.size).padStart(8)} ${strftime('%b %e %H:%M', stat.modifiedMs * 1_000)} ${path}`,
          );
          return true;
        };
      case '-prune':
        return (here) => {
          here.prune = true;
          return true;
        };
      case '-quit':
        this.#acted = true;
        return () => {
          this.#quit = true;
          return true;
        };
      case '-delete':
        this.#acted = true;
        this.#depthFirst = true;
        return async ({ path, stat }) => {
          if (path === '.') return true;
          const done = stat.type === 'directory' ? this.#process.rmdir(path) : this.#process.unlink(path);
          if (!failed(done)) return true;
          await this.#io.warn(`cannot delete '${path}': ${strerror(done)}`);
          this.status = 1;
          return false;
        };
      case '-exec':
      case '-ok':
      case '-execdir':
        return this.#exec(name);
      default:
        throw new Usage(
          name.startsWith('-') ? `unknown predicate \`${name}'` : `paths must precede expression: \`${name}'`,
        );
    }
  }

  #exec(name: string): Test {
    this.#acted = true;
    const argv: string[] = [];
    for (;;) {
      const arg = this.#args[this.#at];
      if (arg === undefined) throw new Usage(`missing argument to \`${name}'`);
      this.#at += 1;
      if (arg === ';') break;
      if (arg === '+' && argv.at(-1) === '{}') {
        const batch = { argv: argv.slice(0, -1), paths: [] as string[] };
        this.#batches.push(batch);
        return ({ path }) => {
          batch.paths.push(path);
          return true;
        };
      }
      argv.push(arg);
    }
    return async ({ path }) => {
      await this.#io.flush();
      const result = await runAndWait(
        this.#process,
        argv.map((arg) => arg.replaceAll('{}', path)),
      );
      if (result.type === 'missing') await this.#io.warn(`'${argv[0] ?? ''}': ${result.message}`);
      return result.type === 'done' && result.code === 0;
    };
  }

  async finish(): Promise<void> {
    for (const { argv, paths } of this.#batches) {
      if (paths.length === 0) continue;
      await this.#io.flush();
      const result = await runAndWait(this.#process, [...argv, ...paths]);
      if (result.type === 'missing') await this.#io.warn(`'${argv[0] ?? ''}': ${result.message}`);
      if (result.type !== 'done' || result.code !== 0) this.status = 1;
    }
  }

  async walk(path: string, depth: number, test: Test): Promise<number> {
    if (this.#quit) return 0;
    const stat = this.#process.lstat(path);
    if (failed(stat)) {
      await this.#io.warn(`'${path}': ${strerror(stat)}`.replace(/^'(.*)'/, '\u2018$1\u2019'));
      return 1;
    }
    const trimmed = path.replace(/(.)\/+$/, '$1');
    const here: Here = {
      path,
      name: trimmed === '/' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1),
      stat,
      depth,
      prune: false,
      quit: false,
    };
    const visit = async (): Promise<void> => {
      if (depth >= this.#minDepth) await test(here);
      if (this.#io.full) await this.#io.flush();
    };
    let status = 0;
    if (!this.#depthFirst) await visit();
    if (stat.type === 'directory' && depth < this.#maxDepth && !(here.prune && !this.#depthFirst)) {
      const entries = this.#process.readdir(path);
      if (failed(entries)) {
        await this.#io.warn(`'${path}': ${strerror(entries)}`);
        status = 1;
      } else {
        for (const { name } of entries) {
          status = Math.max(
            status,
            await this.walk(path.endsWith('/') ? path + name : `${path}/${name}`, depth + 1, test),
          );
          if (this.#quit) break;
        }
      }
    }
    if (this.#depthFirst) await visit();
    return status;
  }
}

function printf(format: string, { path, name, stat, depth }: Here): string {
  const letter = { file: 'f', directory: 'd', symlink: 'l', fifo: 'p', socket: 's', block: 'b', char: 'c' } as const;
  return format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/%(T[@+A-Za-z]|[a-zA-Z%])/g, (whole, code: string) => {
      switch (code) {
        case 'p':
          return path;
        case 'f':
          return name;
        case 'h':
          return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
        case 's':
          return String(stat.size);
        case 'm':
          return stat.mode.toString(8);
        case 'M':
          return modeText(stat);
        case 'y':
          return letter[stat.type];
        case 'd':
          return String(depth);
        case 'u':
          return String(stat.uid);
        case 'g':
          return String(stat.gid);
        case 'i':
          return String(stat.inode);
        case 'T@':
          return (stat.modifiedMs / 1_000).toFixed(10);
        case '%':
          return '%';
        default:
          return code.startsWith('T') ? strftime(`%${code.charAt(1)}`, stat.modifiedMs * 1_000) : whole;
      }
    });
}
