/**
 * ps (procps 4.0), and busybox' of the same name.
 * Models: SysV, BSD and GNU options, selection, -o, --sort, trees, columns that give way to wide neighbours.
 * Leaves out: threads (a process here has one), -O, m, c and n.
 */
import type { Process } from '../../../protocol/program.ts';
import { accountOf } from '../../accounts.ts';
import type { Flavour } from '../../coreutils/command.ts';
import { baseName, Io } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { busyboxPs } from './busybox-ps.ts';
import type { ProcEntry } from '../process-list.ts';
import { columnsOf, shortName, type Columns } from './ps-columns.ts';
import { forestOf, type Leaf } from './ps-forest.ts';
import { chooseColumns, type Chosen } from './ps-formats.ts';
import { parsePs, type PsComplaint, type PsOptions } from './ps-options.ts';
import { selectProcesses } from './ps-selection.ts';
import { versioned } from '../../versioned.ts';

const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;
const COMMANDS = new Set(['args', 'command', 'cmd', 'comm', 'ucomm', 'ucmd']);

async function run(process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> {
  const io = new Io(process, baseName(argv[0] ?? 'ps'));
  if (flavour === 'busybox') return await busyboxPs(process, io, argv.slice(1));
  const options = parsePs(argv.slice(1), (name) => accountOf(process, name) !== undefined);
  if ('complaint' in options) return await complain(io, options);
  const missing = ['m', 'c', 'n', 'X', 'e', 'L'].find((letter) => options.bsd.has(letter));
  if (missing !== undefined) return await notSimulated(io, `ps ${missing}`);
  const columns = columnsOf(process);
  const chosen = chooseColumns(columns, options);
  if ('complaint' in chosen) return await complain(io, chosen);
  const selected = selectProcesses(process, options);
  if ('complaint' in selected) return await complain(io, selected);
  const sorted = sortedBy(columns, options.sort, selected);
  if ('complaint' in sorted) return await complain(io, sorted);
  const leaves =
    options.forest === 'none' ? sorted.map((entry) => ({ entry, branch: '' })) : forestOf(sorted, options.forest);
  const cut = screenWidth(process, options);
  const print = (cells: readonly string[]): void => {
    io.line(lineOf(chosen, cells).slice(0, cut));
  };
  if (options.headers && chosen.some(({ title }) => title !== '')) print(chosen.map(({ title }) => title));
  for (const leaf of leaves) print(chosen.map((column) => cellOf(column, leaf)));
  return await io.end(selected.length === 0 ? 1 : 0);
}

async function complain(io: Io, { complaint, absent }: PsComplaint): Promise<number> {
  if (absent !== undefined) return await notSimulated(io, `ps ${absent}`);
  await io.raw(`error: ${complaint}\n${USAGE}`);
  return 1;
}

function cellOf(column: Chosen, { entry, branch }: Leaf): string {
  const value = column.value(entry);
  if (COMMANDS.has(column.name)) return `${branch}${value}`;
  return column.left === true && column.title !== 'STAT' && NAMES.has(column.name)
    ? shortName(value, column.width)
    : value;
}
const NAMES = new Set(['user', 'uname', 'uid_hack', 'euser', 'ruser', 'group', 'egroup', 'rgroup']);

/** Unlimited where nobody looks at a screen. */
function screenWidth(process: Process, { columns, wide }: PsOptions): number | undefined {
  if (columns !== undefined) return columns;
  const size = process.windowSize(1);
  if (wide > 1 || failed(size)) return undefined;
  return wide === 1 ? Math.max(132, size.columns) : size.columns;
}

function sortedBy(
  columns: Columns,
  sort: string | undefined,
  list: readonly ProcEntry[],
): readonly ProcEntry[] | PsComplaint {
  const keys = (sort ?? '').split(',').filter((key) => key !== '');
  const compares: ((a: ProcEntry, b: ProcEntry) => number)[] = [];
  for (const key of keys) {
    const column = columns.get(key.replace(/^[-+]/, ''));
    if (column === undefined) return { complaint: 'unknown sort specifier' };
    const sign = key.startsWith('-') ? -1 : 1;
    const rank = (entry: ProcEntry): number => column.order?.(entry) ?? Number(column.value(entry));
    compares.push((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
      const [s, t] = [column.value(a), column.value(b)];
      return s === t ? 0 : s < t ? -sign : sign;
    });
  }
  return list.toSorted((a, b) => compares.map((compare) => compare(a, b)).find((order) => order !== 0) ?? 0);
}

/** Cells under each other; one that is too wide pushes its neighbours only as far as their blanks do not give way. */
function lineOf(chosen: readonly Chosen[], cells: readonly string[]): string {
  let line = '';
  let start = 0;
  for (const [at, cell] of cells.entries()) {
    const column = chosen[at];
    const width = column?.width ?? 0;
    const lead = column?.left === true ? 0 : Math.max(0, width - cell.length);
    const blanks = Math.max(start - line.length + lead, at === 0 ? 0 : 1);
    line += ' '.repeat(blanks) + cell;
    start += width + 1;
  }
  return line.trimEnd();
}

export const ps = versioned({
  name: 'ps',
  memoryBytes: 1_200_000,
  run: (process) => run(process, 'gnu', process.argv),
  applet: run,
});
