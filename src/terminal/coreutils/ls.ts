/** ls (GNU coreutils 9.4): -l -a -A -h -R -1 -d -t -S -r -i -n -F -C -x, columns on a terminal, colours there only. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../accounts.ts';
import { cellWidth } from '../../formats/cell-width.ts';
import { strftime } from '../strftime.ts';
import type { Invocation } from './command.ts';
import { command, humanSize } from './command.ts';
import { inColumns } from './columns.ts';
import { byteCompare } from './byte-order.ts';
import { versionCompare } from './version-order.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
  readonly target: string | undefined;
}

export const ls = command(
  {
    name: 'ls',
    short: 'alhRA1dtSrinFpCxsZLHGgoUXkmvQNucqbT:w:I:',
    long: {
      all: 'a',
      'almost-all': 'A',
      directory: 'd',
      'human-readable': 'h',
      inode: 'i',
      recursive: 'R',
      reverse: 'r',
      size: 's',
      color: 'color::',
      'time-style': 'time-style:',
      'full-time': 'full-time',
      'group-directories-first': 'dirs-first',
      classify: 'F',
      'numeric-uid-gid': 'n',
      'no-group': 'G',
      dereference: 'L',
      sort: 'sort:',
      time: 'time:',
      width: 'w',
      format: 'format:',
      context: 'Z',
      si: 'si',
    },
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const names = call.operands.length === 0 ? ['.'] : call.operands;
    const files: Entry[] = [];
    const directories: Entry[] = [];
    let status = 0;
    for (const name of names) {
      const long = isLong(call);
      const link = process.lstat(name);
      const followed = process.stat(name);
      const stat =
        failed(followed) ||
        (long &&
          !name.endsWith('/') &&
          !failed(link) &&
          link.type === 'symlink' &&
          !options.has('L') &&
          !options.has('H'))
          ? link
          : followed;
      if (failed(stat)) {
        await io.warn(
          call.flavour === 'busybox' ? `${name}: ${strerror(stat)}` : `cannot access '${name}': ${strerror(stat)}`,
        );
        status = 2;
        continue;
      }
      const entry = makeEntry(call, name, name, stat);
      if (stat.type === 'directory' && !options.has('d')) directories.push(entry);
      else files.push(entry);
    }
    let first = true;
    if (files.length > 0) {
      show(call, order(call, files), false);
      first = false;
    }
    for (const directory of order(call, directories)) {
      const code = await listDirectory(call, directory.path, names.length > 1 || options.has('R'), first);
      status = Math.max(status, code);
      first = false;
    }
    return await io.end(call.flavour === 'busybox' && status === 2 ? 1 : status);
  },
);

const isLong = ({ options }: Invocation): boolean =>
  ['l', 'n', 'g', 'o', 'full-time'].some((letter) => options.has(letter));

function makeEntry(call: Invocation, name: string, path: string, stat: FileStat): Entry {
  const target = stat.type === 'symlink' ? call.process.readlink(path) : undefined;
  return { name, path, stat, target: target === undefined || failed(target) ? undefined : target };
}

async function listDirectory(call: Invocation, path: string, titled: boolean, first: boolean): Promise<number> {
  const { io, process, options } = call;
  const entries = process.readdir(path);
  if (failed(entries)) {
    await io.warn(
      call.flavour === 'busybox'
        ? `can't open '${path}': ${strerror(entries)}`
        : `cannot open directory '${path}': ${strerror(entries)}`,
    );
    return 2;
  }
  if (titled) io.line(`${first ? '' : '\n'}${path}:`);
  const names = entries
    .map(({ name }) => name)
    .filter((name) => options.has('a') || options.has('A') || !name.startsWith('.'));
  if (options.has('a')) names.push('.', '..');
  const found: Entry[] = [];
  for (const name of names) {
    const full = path.endsWith('/') ? path + name : `${path}/${name}`;
    const stat = options.has('L') ? process.stat(full) : process.lstat(full);
    if (!failed(stat)) found.push(makeEntry(call, name, full, stat));
  }
  const sorted = order(call, found);
  show(call, sorted, true);
  await io.flush();
  let status = 0;
  if (options.has('R')) {
    for (const entry of sorted) {
      if (entry.stat.type !== 'directory' || entry.name === '.' || entry.name === '..') continue;
      status = Math.max(status, await listDirectory(call, entry.path, true, false));
    }
  }
  return status;
}

function order(call: Invocation, entries: readonly Entry[]): Entry[] {
  const { options } = call;
  if (options.has('U')) return [...entries];
  const by = options.value('sort');
  const compare = (a: Entry, b: Entry): number => {
    if (options.has('dirs-first')) {
      const kinds = Number(b.stat.type === 'directory') - Number(a.stat.type === 'directory');
      if (kinds !== 0) return kinds;
    }
    let result = 0;
    if (options.has('t') || by === 'time') result = b.stat.modifiedMs - a.stat.modifiedMs;
    else if (options.has('S') || by === 'size') result = b.stat.size - a.stat.size;
    else if (options.has('v') || by === 'version') result = versionCompare(a.name, b.name);
    else if (options.has('X') || by === 'extension')
      result = byteCompare(/\.[^.]*$/.exec(a.name)?.[0] ?? '', /\.[^.]*$/.exec(b.name)?.[0] ?? '');
    if (result === 0) result = byteCompare(a.name, b.name);
    return options.has('r') ? -result : result;
  };
  return [...entries].sort(compare);
}

function show(call: Invocation, entries: readonly Entry[], total: boolean): void {
  const { io, options, process } = call;
  if (isLong(call)) {
    longList(call, entries, total);
    return;
  }
  if (options.has('s') && total) io.line(`total ${String(entries.reduce((sum, { stat }) => sum + blocks(stat), 0))}`);
  const cells = entries.map((entry) => ({
    text:
      (options.has('i') ? `${String(entry.stat.inode)} ` : '') +
      (options.has('s') ? `${String(blocks(entry.stat))} ` : '') +
      paint(call, entry) +
      mark(call, entry),
    width: cellWidth(
      (options.has('i') ? `${String(entry.stat.inode)} ` : '') +
        (options.has('s') ? `${String(blocks(entry.stat))} ` : '') +
        entry.name +
        mark(call, entry),
    ),
  }));
  if (options.has('m')) {
    io.line(cells.map(({ text }) => text).join(', '));
    return;
  }
  const tty = process.isatty(1);
  if (options.has('1') || (!tty && !options.has('C') && !options.has('x'))) {
    for (const { text } of cells) io.line(text);
    return;
  }
  const size = process.windowSize(1);
  const columns = Number(options.value('w') ?? (failed(size) ? (process.env['COLUMNS'] ?? '80') : size.columns)) || 80;
  io.out(inColumns(cells, columns, options.has('x')));
}

function mark(call: Invocation, { stat }: Entry): string {
  const { options } = call;
  if (stat.type === 'directory' && (options.has('F') || options.has('p'))) return '/';
  if (!options.has('F')) return '';
  if (stat.type === 'symlink') return isLong(call) ? '' : '@';
  if (stat.type === 'fifo') return '|';
  if (stat.type === 'socket') return '=';
  return stat.type === 'file' && (stat.mode & 0o111) !== 0 ? '*' : '';
}

function paint(call: Invocation, entry: Entry): string {
  const when = call.options.value('color');
  const on = call.options.has('color') && when !== 'never' && (when !== 'auto' || call.process.isatty(1));
  const busybox = call.flavour === 'busybox' && call.process.isatty(1) && !call.options.has('color');
  if (!on && !busybox) return entry.name;
  const { stat } = entry;
  const code =
    stat.type === 'directory'
      ? (stat.mode & 0o1002) === 0o1002
        ? '30;42'
        : '01;34'
      : stat.type === 'symlink'
        ? '01;36'
        : stat.type === 'fifo'
          ? '40;33'
          : stat.type === 'socket'
            ? '01;35'
            : stat.type === 'block' || stat.type === 'char'
              ? '40;33;01'
              : (stat.mode & 0o111) !== 0
                ? '01;32'
                : '';
  return code === '' ? entry.name : `\x1b[${code}m${entry.name}\x1b[0m`;
}

/** Blocks of 1 KiB, in units of 4. */
const blocks = (stat: FileStat): number =>
  stat.type === 'file' || stat.type === 'directory'
    ? Math.ceil(Math.max(stat.size, stat.type === 'directory' ? 4_096 : 0) / 4_096) * 4
    : 0;

function longList(call: Invocation, entries: readonly Entry[], total: boolean): void {
  const { io, options, process } = call;
  const human = options.has('h');
  if (total) {
    const sum = entries.reduce((all, { stat }) => all + blocks(stat), 0);
    io.line(`total ${human ? humanSize(sum * 1_024) : String(sum)}`);
  }
  const rows = entries.map((entry) => {
    const { stat } = entry;
    const size =
      stat.type === 'char' || stat.type === 'block'
        ? `${String(stat.rdev?.[0] ?? 0)}, ${String(stat.rdev?.[1] ?? 0).padStart(3)}`
        : human
          ? humanSize(stat.size)
          : String(stat.size);
    return {
      inode: options.has('i') ? String(stat.inode) : '',
      blocks: options.has('s') ? String(blocks(stat)) : '',
      mode: modeText(stat),
      links: String(stat.links),
      owner: options.has('g')
        ? ''
        : options.has('n')
          ? String(stat.uid)
          : (userNameOf(process, stat.uid) ?? String(stat.uid)),
      group:
        options.has('o') || options.has('G')
          ? ''
          : options.has('n')
            ? String(stat.gid)
            : (groupNameOf(process, stat.gid) ?? String(stat.gid)),
      size,
      time: timeText(call, stat.modifiedMs),
      name: paint(call, entry) + (entry.target === undefined ? '' : ` -> ${entry.target}`) + mark(call, entry),
    };
  });
  const width = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => pick(row).length));
  const [inode, size1, links, owner, group, size] = [
    width((row) => row.inode),
    width((row) => row.blocks),
    width((row) => row.links),
    width((row) => row.owner),
    width((row) => row.group),
    width((row) => row.size),
  ];
  for (const row of rows) {
    const cells = [
      row.mode,
      row.links.padStart(links),
      row.owner.padEnd(owner),
      row.group.padEnd(group),
      row.size.padStart(size),
      row.time,
      row.name,
    ];
    if (row.owner === '') cells[2] = '';
    const head =
      (inode > 0 ? `${row.inode.padStart(inode)} ` : '') + (size1 > 0 ? `${row.blocks.padStart(size1)} ` : '');
    io.line(head + cells.filter((cell, at) => cell !== '' || at === 6).join(' '));
  }
}

function timeText(call: Invocation, ms: number): string {
  if (call.options.has('full-time')) return strftime('%Y-%m-%d %H:%M:%S.%N +0000', ms * 1_000);
  const style = call.options.value('time-style');
  if (style === 'long-iso') return strftime('%Y-%m-%d %H:%M', ms * 1_000);
  if (style?.startsWith('+') === true) return strftime(style.slice(1), ms * 1_000);
  const age = call.process.time().realtimeUs / 1_000 - ms;
  return strftime(age > 182.625 * 86_400_000 || age < -3_600_000 ? '%b %e  %Y' : '%b %e %H:%M', ms * 1_000);
}

const TYPE_LETTERS = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
} as const;

/** `-rwxr-xr-x`. */
export function modeText(stat: Pick<FileStat, 'type' | 'mode'>): string {
  const { mode } = stat;
  const three = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const x = (bits & 1) !== 0;
    return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${(mode & special) !== 0 ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-'}`;
  };
  return TYPE_LETTERS[stat.type] + three(6, 0o4000, 's') + three(3, 0o2000, 's') + three(0, 0o1000, 't');
}
