/**
 * top (procps 4.0).
 * Models: the summary, tasks sorted by processor, memory, time or number, as a tree (V), of a user (u) or the first ones (n);
 * keys q M P T N R 1 c i k r d l; -b -n -d -p -u -o -c -i.
 * Leaves out: other windows, fields and colours, graphs (t, m), ~/.toprc, threads.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { userIdOf } from '../../accounts.ts';
import type { Flavour } from '../../coreutils/command.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { baseName, Io, LineReader } from '../../io.ts';
import { signalByName } from '../../signal-names.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { readProcesses } from '../process-list.ts';
import { readUsage, summaryLines, type Usage } from './top-summary.ts';
import { forestOf } from '../ps/ps-forest.ts';
import { HEADING, taskLine, taskRows, type SortKey, type TaskRow } from './top-tasks.ts';
import { versioned } from '../../versioned.ts';

const SPEC = {
  name: 'top',
  short: 'bn:d:cHiSu:U:p:o:w::1E:e:sVh',
  long: { batch: 'b', iterations: 'n', delay: 'd', pid: 'p', 'filter-any-user': 'U', 'filter-only-euser': 'u' },
};
const SORT_FIELDS: Readonly<Record<string, SortKey>> = {
  '%CPU': 'cpu',
  '%MEM': 'memory',
  PID: 'pid',
  'TIME+': 'time',
  TIME: 'time',
  RES: 'memory',
};

interface Settings {
  readonly batch: boolean;
  readonly rounds: number;
  readonly delayUs: number;
  readonly pids: readonly number[];
  readonly uid: number | undefined;
  readonly sort: SortKey;
  readonly reversed: boolean;
  readonly commandLines: boolean;
  readonly hidesIdle: boolean;
  readonly eachProcessor: boolean;
  readonly hidesUptime: boolean;
  readonly forest: boolean;
  /** Most tasks that are shown; 0 for all. */
  readonly most: number;
}

async function run(process: Process, _flavour: Flavour, argv: readonly string[]): Promise<number> {
  const io = new Io(process, baseName(argv[0] ?? 'top'));
  const settings = await settingsOf(process, io, argv.slice(1));
  return typeof settings === 'number' ? settings : await watch(process, settings);
}

async function settingsOf(process: Process, io: Io, args: readonly string[]): Promise<Settings | number> {
  const options = parseOptions(args, SPEC);
  if ('problem' in options) {
    await io.raw(`top: ${options.problem}\n`);
    return 1;
  }
  const missing = ['H', 'S', 'E', 'e', 's'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `top -${missing}`);
  const order = options.value('o')?.replace(/^[-+]/, '') ?? '%CPU';
  const sort = SORT_FIELDS[order];
  if (sort === undefined) {
    await io.raw(`top: unrecognized field name '${order}'\n`);
    return 1;
  }
  const user = options.value('u') ?? options.value('U');
  const uid = user === undefined ? undefined : userIdOf(process, user);
  if (user !== undefined && uid === undefined) {
    await io.raw('top: Invalid user\n');
    return 1;
  }
  if (!options.has('b') && !process.isatty(1)) {
    await io.raw('top: failed tty get\n');
    return 1;
  }
  return {
    batch: options.has('b'),
    rounds: Number(options.value('n') ?? 'Infinity'),
    delayUs: Math.max(0.1, Number(options.value('d') ?? '3')) * 1e6,
    pids: options.values('p').flatMap((list) => list.split(',').map(Number)),
    uid,
    sort,
    reversed: options.value('o')?.startsWith('+') === true,
    commandLines: options.has('c'),
    hidesIdle: options.has('i'),
    eachProcessor: options.has('1'),
    hidesUptime: false,
    forest: false,
    most: 0,
  };
}

const RAW = { canonical: false, echo: false };
const COOKED = { canonical: true, echo: true };

/** Frames until the rounds are over or q is typed. */
async function watch(process: Process, given: Settings): Promise<number> {
  let settings: Settings | undefined = given;
  let before: Usage | undefined;
  let left = given.rounds;
  if (!given.batch) process.setTermios(0, RAW);
  const io = new Io(process, 'top');
  while (settings !== undefined) {
    process.checkpoint(saved(settings, left));
    const usage = readUsage(process);
    io.out(frame(process, settings, usage, before));
    await io.flush();
    before = usage;
    left -= 1;
    if (left <= 0 || io.broken) break;
    settings = settings.batch ? await rest(process, settings) : await keys(process, io, settings);
    if (settings?.batch === true) io.line('');
  }
  if (!given.batch) {
    process.setTermios(0, COOKED);
    io.out('\x1b[?25h\n');
  }
  return await io.end(0);
}

function frame(process: Process, settings: Settings, usage: Usage, before: Usage | undefined): string {
  const size = settings.batch ? undefined : process.windowSize(1);
  const screen = size === undefined || failed(size) ? { columns: 512, rows: Infinity } : size;
  const entries = readProcesses(process).filter(
    ({ pid, uid }) =>
      (settings.pids.length === 0 || settings.pids.includes(pid)) &&
      (settings.uid === undefined || uid === settings.uid),
  );
  const summary = summaryLines(process, usage, before, entries, settings.eachProcessor);
  const head = settings.hidesUptime ? summary.slice(1) : summary;
  const rows = taskRows(process, entries, usage, before)
    .filter(({ cpu }) => !settings.hidesIdle || cpu > 0)
    .toSorted(
      (a, b) => (settings.reversed ? -1 : 1) * (b[settings.sort] - a[settings.sort] || a.entry.pid - b.entry.pid),
    );
  const room = screen.rows - head.length - 2;
  const shown = settings.forest ? asForest(rows) : rows.map((row) => ({ row, branch: '' }));
  const body = shown
    .slice(0, settings.most === 0 ? room : Math.min(room, settings.most))
    .map(({ row, branch }) => taskLine(row, settings.commandLines, branch).slice(0, screen.columns));
  if (settings.batch) return [...head, '', HEADING, ...body].map((line) => `${line}\n`).join('');
  const title = `\x1b[7m${HEADING.padEnd(screen.columns)}\x1b[m`;
  return `\x1b[?25l\x1b[H${[...head, '', title, ...body].map((line) => `${line.trimEnd()}\x1b[K`).join('\r\n')}\x1b[J`;
}

/** Children below their parents, in the order that the tasks have anyway. */
function asForest(rows: readonly TaskRow[]): readonly { readonly row: TaskRow; readonly branch: string }[] {
  const byPid = new Map(rows.map((row) => [row.entry.pid, row]));
  return forestOf(
    rows.map(({ entry }) => entry).toSorted((a, b) => a.pid - b.pid),
    'top',
  ).flatMap(({ entry, branch }) => {
    const row = byPid.get(entry.pid);
    return row === undefined ? [] : [{ row, branch }];
  });
}

async function rest(process: Process, settings: Settings): Promise<Settings> {
  await process.sleepUntil(process.time().realtimeUs + settings.delayUs);
  return settings;
}

/** Waits for a key or for the next frame; undefined after q. */
async function keys(process: Process, io: Io, settings: Settings): Promise<Settings | undefined> {
  const ready = await process.poll([{ fd: 0, read: true }], settings.delayUs);
  if (failed(ready)) return undefined;
  if (ready.length === 0) return settings;
  const bytes = await process.read(0, 1);
  if (failed(bytes) || bytes.length === 0) return undefined;
  const key = bytesToText(bytes);
  switch (key) {
    case 'q':
      return undefined;
    case 'M':
      return { ...settings, sort: 'memory' };
    case 'P':
      return { ...settings, sort: 'cpu' };
    case 'T':
      return { ...settings, sort: 'time' };
    case 'N':
      return { ...settings, sort: 'pid' };
    case 'R':
      return { ...settings, reversed: !settings.reversed };
    case '1':
      return { ...settings, eachProcessor: !settings.eachProcessor };
    case 'c':
      return { ...settings, commandLines: !settings.commandLines };
    case 'i':
      return { ...settings, hidesIdle: !settings.hidesIdle };
    case 'l':
      return { ...settings, hidesUptime: !settings.hidesUptime };
    case 'V':
      return { ...settings, forest: !settings.forest };
    case 'k':
      await killByHand(process, io, settings);
      return settings;
    case 'r':
      await reniceByHand(process, io);
      return settings;
    case 'u':
    case 'U':
    case 'd':
    case 's':
    case 'n':
    case '#':
      return await askedSetting(process, io, settings, key);
    case ' ':
    case '\r':
    case '\n':
      return settings;
    default:
      await message(process, io, ` drydock: '${key}' in top is not simulated `);
      return settings;
  }
}

/** The line between the summary and the tasks, where top asks and complains. */
const MESSAGE_ROW = '\x1b[6;1H\x1b[K';

async function message(process: Process, io: Io, text: string): Promise<void> {
  io.out(`${MESSAGE_ROW}\x1b[7m${text}\x1b[m`);
  await io.flush();
  await process.sleepUntil(process.time().realtimeUs + 1_500_000);
}

async function ask(process: Process, io: Io, question: string): Promise<string> {
  io.out(`${MESSAGE_ROW}\x1b[?25h${question}`);
  await io.flush();
  process.setTermios(0, COOKED);
  const answer = await new LineReader(process, 0).nextText();
  process.setTermios(0, RAW);
  return (answer ?? '').trim();
}

/** What a user, a delay or a number of tasks is asked for. */
async function askedSetting(process: Process, io: Io, settings: Settings, key: string): Promise<Settings> {
  if (key === 'u' || key === 'U') {
    const name = await ask(process, io, 'Which user (blank for all) ');
    if (name === '') return { ...settings, uid: undefined };
    const uid = userIdOf(process, name);
    if (uid !== undefined) return { ...settings, uid };
    await message(process, io, ' Invalid user ');
    return settings;
  }
  if (key === 'd' || key === 's') {
    const text = await ask(process, io, `Change delay from ${(settings.delayUs / 1e6).toFixed(1)} to `);
    const seconds = Number(text);
    if (text === '') return settings;
    if (seconds >= 0) return { ...settings, delayUs: Math.max(0.1, seconds) * 1e6 };
    await message(process, io, ' Unacceptable floating point ');
    return settings;
  }
  const text = await ask(process, io, `Maximum tasks = ${String(settings.most)}, change to (0 is unlimited) `);
  if (text === '') return settings;
  if (/^\d+$/.test(text)) return { ...settings, most: Number(text) };
  await message(process, io, ' Unacceptable integer ');
  return settings;
}

async function reniceByHand(process: Process, io: Io): Promise<void> {
  const first = readProcesses(process).toSorted((a, b) => b.ticks - a.ticks)[0];
  const pid = await ask(process, io, `PID to renice [default pid = ${String(first?.pid ?? 1)}] `);
  const target = pid === '' ? (first?.pid ?? 1) : Number(pid);
  if (!Number.isInteger(target)) {
    await message(process, io, ' Unacceptable integer ');
    return;
  }
  const text = await ask(process, io, `Renice PID ${String(target)} to value `);
  if (text === '') return;
  if (!/^[-+]?\d+$/.test(text)) {
    await message(process, io, ' Unacceptable integer ');
    return;
  }
  const done = process.setPriority(target, Number(text));
  if (failed(done))
    await message(process, io, ` Failed renice of PID ${String(target)} to ${text}: ${strerror(done)} `);
}

async function killByHand(process: Process, io: Io, settings: Settings): Promise<void> {
  const first = readProcesses(process).toSorted((a, b) => b.ticks - a.ticks)[0];
  const standing = settings.sort === 'cpu' ? first : undefined;
  const pid = await ask(process, io, `PID to signal/kill [default pid = ${String(standing?.pid ?? 1)}] `);
  const target = pid === '' ? (standing?.pid ?? 1) : Number(pid);
  if (!Number.isInteger(target)) {
    await message(process, io, ' Unacceptable integer ');
    return;
  }
  const text = await ask(process, io, `Send pid ${String(target)} signal [15/sigterm] `);
  const signal = signalByName(text === '' ? 'TERM' : text);
  if (signal === undefined) {
    await message(process, io, ' Invalid signal ');
    return;
  }
  const done = process.kill(target, signal);
  if (failed(done))
    await message(
      process,
      io,
      ` Failed signal pid '${String(target)}' with '${text === '' ? '15' : text}': ${strerror(done)} `,
    );
}

const saved = (settings: Settings, left: number): Plain => ({
  ...settings,
  uid: settings.uid ?? -1,
  rounds: Number.isFinite(left) ? left : -1,
});

/** What `saved` made; anything else starts with the usual settings. */
function restored(state: Plain): Settings {
  const held = state as unknown as Settings & { readonly uid: number };
  return { ...held, uid: held.uid < 0 ? undefined : held.uid, rounds: held.rounds < 0 ? Infinity : held.rounds };
}

export const top = versioned({
  name: 'top',
  memoryBytes: 1_800_000,
  run: (process) => run(process, 'gnu', process.argv),
  resume: (process, state) => watch(process, restored(state)),
  applet: run,
});
