/** namei (util-linux 2.39): every step of a path, with the links that it goes through. */
import { helpHint } from '../coreutils/help-hint.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat, Process } from '../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../accounts.ts';
import { command, type Options } from '../coreutils/command.ts';
import { modeText } from '../coreutils/files/mode-text.ts';
import type { Io } from '../io.ts';

const KINDS = { file: '-', directory: 'd', symlink: 'l', char: 'c', block: 'b', fifo: 'p', socket: 's' } as const;
/** How many links a path may lead through. */
const MOST_LINKS = 20;

interface Row {
  readonly depth: number;
  readonly name: string;
  readonly stat: FileStat | undefined;
  readonly target?: string;
  readonly problem?: string;
}

export const namei = command(
  {
    name: 'namei',
    calls: 'short',
    short: 'xmolnvhVZ',
    long: {
      mountpoints: 'x',
      modes: 'm',
      owners: 'o',
      long: 'l',
      nosymlinks: 'n',
      vertical: 'v',
      help: 'h',
      version: 'V',
      context: 'Z',
    },
    absent: ['Z', 'x'],
    helpOption: '-h',
    usage: '[options] <pathname>...',
  },
  async ({ process, io, options, operands }) => {
    if (operands.length === 0) {
      await io.raw(`${io.name}: pathname argument is missing\n${helpHint(io)}\n`);
      return 1;
    }
    let status = 0;
    for (const path of operands) {
      const walk = new Walk(process, options.has('n'));
      walk.path(path, path.startsWith('/') ? '/' : '', 0);
      io.line(`f: ${path}`);
      show(process, io, options, walk.rows);
      if (walk.tooMany) await io.warn(`${path}: exceeded limit of symlinks`);
      if (walk.tooMany || walk.rows.some(({ stat }) => stat === undefined)) status = 1;
    }
    return await io.end(status);
  },
);

class Walk {
  readonly rows: Row[] = [];
  tooMany = false;
  #links = 0;

  constructor(
    private readonly process: Process,
    private readonly plain: boolean,
  ) {}

  /** Answers whether all steps are there. */
  path(path: string, from: string, depth: number): boolean {
    let place = from;
    if (path.startsWith('/')) {
      place = '/';
      if (!this.#step('/', '/', depth)) return false;
    }
    for (const name of path.split('/').filter((part) => part !== '')) {
      const next = place === '' || place.endsWith('/') ? `${place}${name}` : `${place}/${name}`;
      if (!this.#step(next, name, depth)) return false;
      const target = this.rows.at(-1)?.target;
      if (target !== undefined && !this.#follow(target, place, depth)) return false;
      place = next;
    }
    return true;
  }

  #follow(target: string, directory: string, depth: number): boolean {
    if (this.plain) return true;
    this.#links += 1;
    this.tooMany ||= this.#links > MOST_LINKS;
    return !this.tooMany && this.path(target, directory, depth + 1);
  }

  #step(path: string, name: string, depth: number): boolean {
    const stat = this.process.lstat(path);
    if (failed(stat)) {
      this.rows.push({ depth, name, stat: undefined, problem: strerror(stat) });
      return false;
    }
    const target = stat.type === 'symlink' ? this.process.readlink(path) : undefined;
    this.rows.push({ depth, name, stat, ...(target === undefined || failed(target) ? {} : { target }) });
    return true;
  }
}

function show(process: Process, io: Io, options: Options, rows: readonly Row[]): void {
  const long = options.has('l');
  const modes = long || options.has('m');
  const owners = long || options.has('o');
  const vertical = long || options.has('v');
  const owner = ({ uid, gid }: FileStat): readonly [string, string] => [
    userNameOf(process, uid) ?? String(uid),
    groupNameOf(process, gid) ?? String(gid),
  ];
  const found = rows.flatMap(({ stat }) => (stat === undefined ? [] : [owner(stat)]));
  const [users, groups] = [0, 1].map((at) => Math.max(0, ...found.map((names) => names[at]?.length ?? 0)));
  const blank = (modes ? 9 : 0) + (owners ? (users ?? 0) + (groups ?? 0) + 2 : 0) + 1;
  for (const { depth, name, stat, target, problem } of rows) {
    const indent = '  '.repeat(depth);
    if (stat === undefined) {
      io.line(
        `${vertical ? '' : ' '}${vertical ? ' '.repeat(blank) : indent + ' '.repeat(blank)} ${vertical ? indent : ''}${name} - ${problem ?? ''}`,
      );
      continue;
    }
    const kind = modes ? modeText(stat) : KINDS[stat.type];
    const [user, group] = owner(stat);
    const owned = owners ? ` ${user.padEnd(users ?? 0)} ${group.padEnd(groups ?? 0)}` : '';
    const link = target === undefined ? '' : ` -> ${target}`;
    io.line(vertical ? `${kind}${owned} ${indent}${name}${link}` : ` ${indent}${kind}${owned} ${name}${link}`);
  }
}
