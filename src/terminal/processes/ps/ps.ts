/**
 * ps (procps 4.0), and busybox' of the same name.
 * Models: SysV, BSD and GNU options in both readings, selection, all formats, columns and macros of -o, AIX descriptors,
 * sorting, trees, widths, $PS_FORMAT, threads (a process here has one).
 * Leaves out: personalities, --info, topics of --help, input and output per process, shares of memory.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Flavour } from '../../coreutils/command.ts';
import { baseName, fileText, Io } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';
import { versionAsked } from '../../program-version.ts';
import { notSimulated } from '../../system/plain-program.ts';
import type { ProcEntry } from '../process-list.ts';
import { busyboxPs } from './busybox-ps.ts';
import { ABSENT_COLUMNS, PS_COLUMNS } from './ps-columns.ts';
import { PsFacts } from './ps-facts.ts';
import { forestOf } from './ps-forest.ts';
import { formatOf, type PsFormat, type SortKey } from './ps-formats.ts';
import { PsLines } from './ps-lines.ts';
import { readPsOptions, type PsOptions } from './ps-options.ts';
import { quickConflict, selectionConflict, selectProcesses } from './ps-selection.ts';

const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

interface Call {
  readonly options: PsOptions;
  readonly format: PsFormat;
}

async function run(process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> {
  const io = new Io(process, baseName(argv[0] ?? 'ps'));
  if (flavour === 'busybox') return await busyboxPs(process, io, argv.slice(1));
  const first = understand(process, argv.slice(1), false);
  const call = typeof first === 'string' ? understand(process, argv.slice(1), true) : first;
  if (typeof call === 'string') {
    await io.raw(`error: ${typeof first === 'string' ? first : call}\n${USAGE}`);
    return 1;
  }
  const { options, format } = call;
  const absent = options.absent ?? absentColumn(format);
  if (absent !== undefined) return await notSimulated(io, `ps ${absent}`);
  if (options.answer !== undefined) return await answer(io, options.answer);
  if (format.warning !== undefined) await io.raw(`warning: $PS_FORMAT ignored. (${format.warning})\n`);
  const conflict = quickConflict(options);
  if (conflict !== undefined) {
    await io.raw(`${conflict}\n`);
    return 1;
  }
  const screen = screenOf(process, options);
  // The size is looked at before the options are.
  if (screen.bogus !== undefined) await io.raw(`your ${screen.bogus} screen size is bogus. expect trouble\n`);
  return await io.end(show(process, io, call, screen));
}

/** One reading of the arguments as a whole; a text says what is wrong. */
function understand(process: Process, args: readonly string[], forcedBsd: boolean): Call | string {
  const options = readPsOptions(process, args, forcedBsd);
  if (typeof options === 'string') return options;
  const pidWidth = Math.max(
    1,
    String(Number((fileText(process, '/proc/sys/kernel/pid_max') ?? '32768').trim()) - 1).length,
  );
  const format = formatOf(options, pidWidth, process.env['PS_FORMAT']);
  return typeof format === 'string' ? format : (selectionConflict(options) ?? { options, format });
}

function absentColumn({ columns, sort }: PsFormat): string | undefined {
  const shown = columns.find(({ name }) => ABSENT_COLUMNS.has(name));
  if (shown !== undefined) return `-o ${shown.name}`;
  const sorted = sort.find(({ column }) => ABSENT_COLUMNS.has(column.name));
  return sorted === undefined ? undefined : `--sort ${sorted.column.name}`;
}

async function answer(io: Io, what: NonNullable<PsOptions['answer']>): Promise<number> {
  if (what === 'version') io.line(versionAsked('ps', ['--version']) ?? 'ps');
  else if (what === 'help') io.out(USAGE);
  else
    for (const { name, title, value } of [...PS_COLUMNS.values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (value !== undefined || ABSENT_COLUMNS.has(name)) io.line(`${name.padEnd(12)} ${title.slice(0, 8).padEnd(8)}`);
  return await io.end(0);
}

/** The status: 1 where nothing was found. */
function show(process: Process, io: Io, { options, format }: Call, screen: Screen): number {
  const facts = new PsFacts(process, options.deadChildren);
  const lines = new PsLines(format.columns, facts, options, screen.columns);
  const found = inOrder(selectProcesses(options, facts), format, options, facts);
  const leaves =
    options.forest === 'none' ? found.map((entry) => ({ entry, branch: '' })) : forestOf(found, options.forest);
  const hasTitles =
    options.header === 'pages' || format.columns.some(({ title, side }) => title !== '' && side !== 'text');
  const isTitled = options.header !== 'none' && hasTitles;
  const page = options.header === 'pages' ? Math.max(1, screen.rows - 1) : Infinity;
  const both = options.threads.has('Bm') || options.threads.has('Um');
  let left = 0;
  const print = (line: () => string): void => {
    if (isTitled && left === 0) {
      io.line(lines.titles());
      left = page;
    }
    io.line(line());
    left -= 1;
  };
  for (const { entry, branch } of leaves) {
    print(() => lines.row(entry, branch, both ? 'process' : 'both'));
    if (both) print(() => lines.row(entry, branch, 'thread'));
  }
  if (leaves.length === 0 && isTitled) io.line(lines.titles());
  return leaves.length === 0 ? 1 : 0;
}

/** By the keys; a tree by parents first, and where no keys are given by when the processes began. */
function inOrder(
  entries: readonly ProcEntry[],
  { sort }: PsFormat,
  { forest }: PsOptions,
  facts: PsFacts,
): readonly ProcEntry[] {
  const named = (name: string): readonly SortKey[] => {
    const column = PS_COLUMNS.get(name);
    return column === undefined ? [] : [{ column, descending: false }];
  };
  const keys = forest === 'none' ? sort : [...named('ppid'), ...(sort.length > 0 ? sort : named('start_time'))];
  const compare = (a: ProcEntry, b: ProcEntry, { column: { value }, descending }: SortKey): number => {
    if (value === undefined) return 0;
    const sign = descending ? -1 : 1;
    if (value.order !== undefined) return sign * (value.order(a, facts) - value.order(b, facts));
    const [one, other] = [value.show(a, facts), value.show(b, facts)];
    return one === other ? 0 : one < other ? -sign : sign;
  };
  return entries.toSorted((a, b) => keys.map((key) => compare(a, b, key)).find((order) => order !== 0) ?? 0);
}

interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** A size that no screen has, as the environment gives it. */
  readonly bogus: string | undefined;
}

/** Unlimited where nobody looks at a screen; $COLUMNS and $LINES come before its own size. */
function screenOf(process: Process, { columns, rows, wide }: PsOptions): Screen {
  const size = [1, 2, 0].map((fd) => process.windowSize(fd)).find((each) => !failed(each));
  const own = size === undefined || failed(size) ? { columns: 80, rows: 24 } : size;
  const positive = (text: string | undefined): number | undefined =>
    text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
  const given = positive(process.env['COLUMNS']);
  const found = { columns: given ?? own.columns, rows: positive(process.env['LINES']) ?? own.rows };
  const usual = given === undefined && !process.isatty(1) ? Infinity : found.columns;
  const chosen = columns ?? usual;
  return {
    columns: wide > 1 ? Infinity : wide === 1 ? Math.max(132, chosen) : chosen,
    rows: rows ?? found.rows,
    bogus: found.columns < 9 || found.rows < 2 ? `${String(found.columns)}x${String(found.rows)}` : undefined,
  };
}

export const ps = {
  name: 'ps',
  memoryBytes: 1_200_000,
  run: (process: Process): Promise<number> => run(process, 'gnu', process.argv),
  applet: run,
};
