/**
 * systemd-cgtop (systemd 255).
 * Models: tasks, processor time and memory of control groups; -p -t -c -m -i -r -d -n -1 -b --cpu --order --depth; keys
 * space q p t c m i % r + - h. Leaves out: input and output (groups do not count it), -P, -k, --recursive, machines.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { systemdSpanUs } from '../../../formats/systemd-span.ts';
import { parseOptions, type Flavour } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { versioned } from '../../versioned.ts';
import { bytesText } from '../bytes.ts';
import { readGroups, sortGroups, type GroupUsage, type Order, type Reading } from './cgtop-usage.ts';
import { span } from '../time-words.ts';

const SPEC = {
  name: 'systemd-cgtop',
  short: 'hptcmin:brd:kPM:1',
  long: {
    delay: 'd',
    iterations: 'n',
    batch: 'b',
    raw: 'r',
    depth: 'depth:',
    cpu: 'cpu::',
    order: 'order:',
    recursive: 'recursive:',
    machine: 'M',
  },
};
const ORDERS: Readonly<Record<string, Order>> = { p: 'path', t: 'tasks', c: 'cpu', m: 'memory', i: 'io' };
const isOrder = (text: string): text is Order => Object.values(ORDERS).some((order) => order === text);

interface Settings {
  readonly group: string;
  readonly order: Order;
  readonly byTime: boolean;
  readonly raw: boolean;
  readonly batch: boolean;
  readonly delayUs: number;
  readonly depth: number;
}

async function run(process: Process, _flavour: Flavour, argv: readonly string[]): Promise<number> {
  const io = new Io(process, 'systemd-cgtop');
  const options = parseOptions(argv.slice(1), SPEC);
  if ('problem' in options) {
    await io.raw(`${argv[0] ?? 'systemd-cgtop'}: ${options.problem}\n`);
    return 1;
  }
  const missing = ['k', 'P', 'M', 'recursive'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `systemd-cgtop -${missing.length > 1 ? '-' : ''}${missing}`);
  const named =
    options.order
      .map(([letter, value]) => (letter === 'order' ? (value ?? '') : ORDERS[letter]))
      .findLast((each) => each !== undefined) ?? 'cpu';
  if (!isOrder(named)) {
    await io.raw(`Invalid argument to --order=: ${named}\n`);
    return 1;
  }
  const delay = options.value('d') ?? '1s';
  const delayUs = systemdSpanUs(delay);
  if (delayUs === undefined || delayUs <= 0) {
    await io.raw(
      delayUs === undefined
        ? `Failed to parse delay parameter '${delay}': Invalid argument\n`
        : `Invalid delay parameter '${delay}'\n`,
    );
    return 1;
  }
  const given = options.has('1') ? '1' : options.value('n');
  const rounds = given === undefined ? (process.isatty(1) ? Infinity : 1) : Number(given);
  if (!Number.isInteger(rounds) && rounds !== Infinity) {
    await io.raw(`Failed to parse iterations parameter '${given ?? ''}': Invalid argument\n`);
    return 1;
  }
  const settings: Settings = {
    group: options.operands[0]?.replace(/^\/(?:sys\/fs\/cgroup\/)?/, '') || '/',
    order: named,
    byTime: options.has('cpu') && options.value('cpu') !== 'percentage',
    raw: options.has('r'),
    batch: options.has('b') || !process.isatty(1),
    delayUs,
    depth: Number(options.value('depth') ?? '3'),
  };
  return await watch(process, settings, rounds === 0 ? Infinity : rounds);
}

async function watch(process: Process, given: Settings, rounds: number, earlier?: Reading): Promise<number> {
  const io = new Io(process, 'systemd-cgtop');
  const onTerminal = process.isatty(1);
  let settings: Settings | undefined = given;
  let before = earlier;
  if (!given.batch) process.setTermios(0, { canonical: false, echo: false });
  for (let left = rounds; settings !== undefined;) {
    const reading = readGroups(process, settings.group, settings.depth, before);
    io.out(frame(process, settings, reading.groups, onTerminal));
    await io.flush();
    before = reading;
    left -= 1;
    if (left <= 0 || io.broken) break;
    if (!onTerminal) io.out('\n');
    process.checkpoint(saved(settings, left, before));
    settings = await pause(process, io, settings);
  }
  if (!given.batch) process.setTermios(0, { canonical: true, echo: true });
  return await io.end(0);
}

function frame(process: Process, settings: Settings, groups: readonly GroupUsage[], onTerminal: boolean): string {
  const { order, byTime, raw } = settings;
  const shown = sortGroups(groups, order, byTime);
  const timeWidth = Math.max('CPU Time'.length, ...shown.map(({ cpuUs }) => span(cpuUs).length));
  const title = byTime ? 'CPU Time'.padStart(timeWidth) : '  %CPU';
  const size = onTerminal ? process.windowSize(1) : undefined;
  const screen = size === undefined || failed(size) ? undefined : size;
  const width =
    screen === undefined
      ? Math.max(3, ...shown.map(({ path }) => path.length))
      : Math.max(10, screen.columns - 36 - title.length);
  const bytes = (value: number | undefined): string =>
    value === undefined ? '-' : raw ? String(value) : bytesText(value);
  const rows = shown.map(({ path, tasks, cpuUs, cpuShare, memoryBytes }) => {
    const cpu = byTime
      ? span(cpuUs).padStart(timeWidth)
      : (cpuShare === undefined ? '-' : (cpuShare * 100).toFixed(1)).padStart(6);
    const count = tasks === undefined ? '-' : String(tasks);
    return `${shortened(path, width).padEnd(width)} ${count.padStart(7)} ${cpu} ${bytes(memoryBytes).padStart(8)} ${'-'.padStart(8)} ${'-'.padStart(8)}`;
  });
  if (screen === undefined) return rows.map((row) => `${row}\n`).join('');
  const head = `\x1b[4m${'CGroup'.padEnd(width)}   Tasks ${title}   Memory  Input/s Output/s\x1b[0m`;
  return `\x1b[H\x1b[2J${[head, ...rows.slice(0, Math.max(10, screen.rows) - 5)].map((row) => `${row}\n`).join('')}`;
}

/** A third of what is left stands before the ellipsis. */
function shortened(path: string, width: number): string {
  if (path.length <= width) return path;
  const start = Math.floor(((width - 1) * 33 + 50) / 100);
  return `${path.slice(0, start)}…${path.slice(path.length - (width - start - 1))}`;
}

/** Waits for a key or for the next frame; undefined after q. */
async function pause(process: Process, io: Io, settings: Settings): Promise<Settings | undefined> {
  if (settings.batch) {
    await process.sleepUntil(process.time().realtimeUs + settings.delayUs);
    return settings;
  }
  const ready = await process.poll([{ fd: 0, read: true }], settings.delayUs);
  if (failed(ready)) return undefined;
  if (ready.length === 0) return settings;
  const bytes = await process.read(0, 1);
  if (failed(bytes) || bytes.length === 0) return undefined;
  const key = bytesToText(bytes);
  const order = ORDERS[key];
  if (order !== undefined) return { ...settings, order };
  switch (key) {
    case 'q':
      return undefined;
    case '%':
      return { ...settings, byTime: !settings.byTime };
    case '+':
      return { ...settings, delayUs: settings.delayUs + (settings.delayUs < 1e6 ? 250_000 : 1e6) };
    case '-':
      return { ...settings, delayUs: Math.max(250_000, settings.delayUs - (settings.delayUs <= 1e6 ? 250_000 : 1e6)) };
    case ' ':
    case '\n':
      return settings;
    default:
      io.out(`\ndrydock: '${key}' in systemd-cgtop is not simulated\n`);
      await io.flush();
      await process.sleepUntil(process.time().realtimeUs + 1_500_000);
      return settings;
  }
}

const saved = (settings: Settings, left: number, before: Reading): Plain =>
  ({ settings, left: Number.isFinite(left) ? left : -1, before }) as unknown as Plain;

export const systemdCgtop = versioned({
  name: 'systemd-cgtop',
  memoryBytes: 1_800_000,
  run: (process) => run(process, 'gnu', process.argv),
  resume: async (process, state) => {
    // What `saved` made.
    const held = state as unknown as { readonly settings: Settings; readonly left: number; readonly before: Reading };
    return await watch(process, held.settings, held.left < 0 ? Infinity : held.left, held.before);
  },
  applet: run,
});
