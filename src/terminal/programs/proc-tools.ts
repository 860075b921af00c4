/** ps, pgrep, pkill, free, uptime, lsmod, mount (list), umount, sysctl, dmesg: all read /proc and the kernel's tables. */
import { failed, strerror } from '../../protocol/errno.ts';
import { userIdOf } from '../accounts.ts';
import type { Invocation } from '../coreutils/command.ts';
import { command, humanSize } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { signalByName } from '../signal-names.ts';
import { strftime } from '../strftime.ts';
import { readProcesses, type ProcEntry } from './process-list.ts';
import { columnNamed, columnsOf, shortTime, type Column } from './ps-columns.ts';

export const ps = command(
  {
    name: 'ps',
    short: 'eAfalxwuo:p:C:U:u:NjtTHLyMZdr',
    long: { format: 'o', 'no-headers': 'nh', pid: 'p', forest: 'H', sort: 'sort:', ppid: 'ppid:', user: 'u' },
    usage: '[options]',
  },
  async (call) => {
    const { io, options } = call;
    const columns = columnsOf(call);
    const list = sorted(call, columns, selectProcesses(call));
    const chosen: Chosen[] = [];
    for (const text of columnNames(call)) {
      const [name = '', title] = text.split('=');
      const column = columnNamed(columns, name);
      if (column === undefined) {
        await io.raw(`error: unknown user-defined format specifier "${name}"\n`);
        return 1;
      }
      chosen.push([title ?? (name === 'user' && call.flavour !== 'busybox' ? 'USER' : column.title), column]);
    }
    const rows = list.map((entry) => chosen.map(([, column]) => column.value(entry)));
    const line = liner(call, chosen, rows);
    if (!options.has('nh') && chosen.some(([title]) => title !== '')) io.line(line(chosen.map(([title]) => title)));
    for (const row of rows) io.line(line(row));
    return await io.end(list.length === 0 ? 1 : 0);
  },
);

/** A column with the title it is to have. */
type Chosen = readonly [title: string, column: Column];

/** Letters without a dash: `ps aux`. */
const bsdLetters = ({ operands }: Invocation): string => operands.filter((arg) => /^[a-zA-Z]+$/.test(arg)).join('');

function selectProcesses(call: Invocation): readonly ProcEntry[] {
  const { options, process } = call;
  const bsd = bsdLetters(call);
  const list = readProcesses(process);
  const pids = [options.value('p'), ...call.operands.filter((arg) => /^\d+$/.test(arg))]
    .filter((text) => text !== undefined)
    .flatMap((text) => text.split(/[, ]/))
    .map(Number);
  if (pids.length > 0) return list.filter(({ pid }) => pids.includes(pid));
  if (options.has('C')) return list.filter(({ name }) => name === options.value('C'));
  if (options.has('ppid')) return list.filter(({ ppid }) => ppid === Number(options.value('ppid')));
  if ((options.has('u') && options.value('u') !== '') || options.has('U')) {
    const uid = userIdOf(process, options.value('u') ?? options.value('U') ?? '');
    return list.filter((entry) => entry.uid === uid);
  }
  const all =
    options.has('e') ||
    options.has('A') ||
    /x.*[ae]|[ae].*x/.test(bsd) ||
    bsd.includes('a') ||
    call.flavour === 'busybox';
  if (all) return list;
  const own = list.find(({ pid }) => pid === process.pid);
  return list.filter(({ tty, uid }) => tty === own?.tty && (bsd.includes('x') || uid === own.uid));
}

function sorted(
  { options }: Invocation,
  columns: Readonly<Record<string, Column>>,
  list: readonly ProcEntry[],
): readonly ProcEntry[] {
  const sortBy = options.value('sort');
  if (sortBy === undefined) return list;
  const column = columnNamed(columns, sortBy.replace(/^[-+]/, ''));
  const direction = sortBy.startsWith('-') ? -1 : 1;
  return list.toSorted((a, b) => direction * (Number(column?.value(a)) - Number(column?.value(b)) || 0));
}

/** The columns of -o, or those of the format that the other options ask for. */
function columnNames(call: Invocation): readonly string[] {
  const { options } = call;
  const given = options
    .values('o')
    .flatMap((text) => text.split(/[, ]/))
    .filter((text) => text !== '');
  if (given.length > 0) return given;
  if (call.flavour === 'busybox') return ['pid', 'user', 'bsdtime', 'args'];
  const bsd = bsdLetters(call);
  if (bsd.includes('u'))
    return ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args'];
  if (options.has('f')) return ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
  return bsd === '' ? ['pid', 'tty', 'time', 'ucmd'] : ['pid', 'tty', 'stat', 'bsdtime', 'args'];
}

/** Least widths of columns by their titles. */
const LEAST_WIDTHS: Readonly<Record<string, number>> = {
  PID: 7,
  PPID: 7,
  TTY: 8,
  USER: 8,
  UID: 8,
  TIME: 8,
  VSZ: 6,
  RSS: 5,
  STAT: 4,
  '%CPU': 4,
  '%MEM': 4,
  START: 5,
};
const BSD_TIME_WIDTH = 6;
const BUSYBOX_WIDTH = 5;

/** Puts cells under each other. */
function liner(
  call: Invocation,
  chosen: readonly Chosen[],
  rows: readonly (readonly string[])[],
): (cells: readonly string[]) => string {
  const least = (title: string): number => {
    if (call.flavour === 'busybox') return BUSYBOX_WIDTH;
    return title === 'TIME' && bsdLetters(call) !== '' ? BSD_TIME_WIDTH : (LEAST_WIDTHS[title] ?? 0);
  };
  const widths = chosen.map(([title], at) =>
    Math.max(title.length, least(title), ...rows.map((row) => row[at]?.length ?? 0)),
  );
  return (cells) =>
    cells
      .map((cell, at) => {
        const isLeft = chosen[at]?.[1].left === true;
        if (isLeft && at === cells.length - 1) return cell;
        return isLeft ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
      })
      .join(' ')
      .trimEnd();
}

export const top = command({ name: 'top', short: 'bn:d:cHiSu:p:o:' }, async (call) => {
  if (!call.options.has('b')) {
    await call.io.raw("drydock: 'top' without -b is not simulated\n");
    return 1;
  }
  const columns = columnsOf(call);
  const list = readProcesses(call.process);
  call.io.line(
    `Tasks: ${String(list.length).padStart(3)} total, ${String(list.filter(({ state }) => state === 'R').length).padStart(3)} running, ${String(list.filter(({ state }) => state === 'S').length).padStart(3)} sleeping, ${String(list.filter(({ state }) => state === 'T').length).padStart(3)} stopped, ${String(list.filter(({ state }) => state === 'Z').length).padStart(3)} zombie\n`,
  );
  call.io.line('    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND');
  for (const e of list.sort((a, b) => b.ticks - a.ticks))
    call.io.line(
      `${String(e.pid).padStart(7)} ${(columns['user']?.value(e) ?? '').padEnd(8)}  ${String(20 + e.nice).padStart(2)} ${String(e.nice).padStart(3)} ${(columns['vsz']?.value(e) ?? '').padStart(7)} ${(columns['rss']?.value(e) ?? '').padStart(6)}      0 ${e.state} ${(columns['%cpu']?.value(e) ?? '').padStart(5)} ${(columns['%mem']?.value(e) ?? '').padStart(5)} ${`${shortTime(e.ticks)}.${String(e.ticks % 100).padStart(2, '0')}`.padStart(9)} ${e.name}`,
    );
  return await call.io.end(0);
});

function select(call: Invocation): ProcEntry[] {
  const { options } = call;
  const [pattern = ''] = call.operands;
  const regex = new RegExp(options.has('x') ? `^(?:${pattern})$` : pattern, options.has('i') ? 'i' : '');
  const uid = options.value('u') === undefined ? undefined : userIdOf(call.process, options.value('u') ?? '');
  const found = readProcesses(call.process).filter(
    (e) =>
      e.pid !== call.process.pid &&
      regex.test(options.has('f') ? e.args : e.name) !== options.has('v') &&
      (uid === undefined || e.uid === uid) &&
      (!options.has('P') || e.ppid === Number(options.value('P'))),
  );
  return options.has('n') ? found.slice(-1) : options.has('o') ? found.slice(0, 1) : found;
}
const SELECT = {
  short: 'fxnoviu:P:lac',
  long: {
    full: 'f',
    exact: 'x',
    newest: 'n',
    oldest: 'o',
    inverse: 'v',
    'list-name': 'l',
    'list-full': 'a',
    count: 'c',
    uid: 'u',
    parent: 'P',
    signal: 'signal:',
  },
  usageStatus: 2,
};
export const pgrep = command({ name: 'pgrep', ...SELECT }, async (call) => {
  const found = select(call);
  if (call.options.has('c')) call.io.line(String(found.length));
  else
    for (const e of found)
      call.io.line(
        `${String(e.pid)}${call.options.has('a') ? ` ${e.args}` : call.options.has('l') ? ` ${e.name}` : ''}`,
      );
  return await call.io.end(found.length > 0 ? 0 : 1);
});
export const pkill = command(
  { name: 'pkill', ...SELECT, short: `${SELECT.short}0123456789ABCDEFGHIJKLMNOQRSTUVWXYZ` },
  async (call) => {
    const text =
      call.options.value('signal') ??
      call.options.order
        .filter(([letter]) => /[0-9A-Z]/.test(letter) && letter !== 'P')
        .map(([letter]) => letter)
        .join('');
    const found = select(call);
    for (const e of found) call.process.kill(e.pid, signalByName(text === '' ? 'TERM' : text) ?? 'SIGTERM');
    return await Promise.resolve(found.length > 0 ? 0 : 1);
  },
);

export const free = command(
  { name: 'free', short: 'hbkmgtws:c:', long: { human: 'h', mega: 'm', giga: 'g', kibi: 'k', bytes: 'b', total: 't' } },
  async (call) => {
    const info = fileText(call.process, '/proc/meminfo') ?? '';
    const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0') * 1_024;
    const o = call.options;
    const show = (bytes: number): string =>
      o.has('h')
        ? `${humanSize(bytes)}${bytes >= 1_024 ? 'i' : 'B'}`
        : String(Math.floor(bytes / (o.has('b') ? 1 : o.has('m') ? 1_048_576 : o.has('g') ? 1_073_741_824 : 1_024)));
    const row = (name: string, cells: readonly number[]): string =>
      `${name.padEnd(8)}${cells.map((cell, at) => show(cell).padStart(at === 0 ? 12 : 12)).join('')}`;
    const cache = of('Cached') + of('Buffers') + of('SReclaimable');
    const used = Math.max(0, of('MemTotal') - of('MemAvailable'));
    call.io.line(`${' '.repeat(15)}total        used        free      shared  buff/cache   available`);
    call.io.line(row('Mem:', [of('MemTotal'), used, of('MemFree'), of('Shmem'), cache, of('MemAvailable')]));
    call.io.line(row('Swap:', [of('SwapTotal'), of('SwapTotal') - of('SwapFree'), of('SwapFree')]));
    return await call.io.end(0);
  },
);

export const uptime = command({ name: 'uptime', short: 'ps' }, async (call) => {
  const up = Math.floor(Number((fileText(call.process, '/proc/uptime') ?? '0').split(' ')[0]));
  const load = (fileText(call.process, '/proc/loadavg') ?? '0.00 0.00 0.00').split(' ').slice(0, 3).join(', ');
  const [days, hours, minutes] = [Math.floor(up / 86_400), Math.floor(up / 3_600) % 24, Math.floor(up / 60) % 60];
  call.io.line(
    ` ${strftime('%H:%M:%S', call.process.time().realtimeUs)} up ${days > 0 ? `${String(days)} day${days > 1 ? 's' : ''}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${String(minutes)} min`},  0 user,  load average: ${load}`,
  );
  return await call.io.end(0);
});

export const lsmod = command({ name: 'lsmod', short: '' }, async (call) => {
  call.io.line('Module                  Size  Used by');
  for (const line of (fileText(call.process, '/proc/modules') ?? '').split('\n')) {
    const [name, size, references, users = '-'] = line.split(' ');
    if (name !== undefined && name !== '')
      call.io.line(
        `${name.padEnd(19)} ${(size ?? '').padStart(8)}  ${references ?? '0'} ${users === '-' ? '' : users.replace(/,$/, '')}`.trimEnd(),
      );
  }
  return await call.io.end(0);
});

export const dmesg = command(
  { name: 'dmesg', short: 'THcwkn:', long: { ctime: 'T', human: 'H', follow: 'w' } },
  async (call) => {
    const text = fileText(call.process, '/proc/kmsg') ?? fileText(call.process, '/dev/kmsg');
    if (text === undefined) {
      await call.io.warn('read kernel buffer failed: Operation not permitted');
      return 1;
    }
    call.io.out(text);
    return await call.io.end(0);
  },
);
