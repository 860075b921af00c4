import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation, Options } from '../command.ts';
import { command, humanSize, parseSize, usageError } from '../command.ts';
import { type Mount, mountsOf, mountUnder } from './mounted.ts';

type StatFs = Exclude<ReturnType<Process['statfs']>, SysFailure>;
interface Column {
  readonly title: string;
  readonly left?: boolean;
  readonly minimum: number;
  readonly cell: (mount: Mount, space: StatFs) => string;
}

export const df = command(
  {
    name: 'df',
    short: 'hHTaikmPlt:x:B:',
    long: {
      'human-readable': 'h',
      si: 'H',
      'print-type': 'T',
      all: 'a',
      inodes: 'i',
      local: 'l',
      portability: 'P',
      type: 't',
      'exclude-type': 'x',
      output: 'output::',
      total: 'total',
      'block-size': 'B',
      sync: 'sync',
      'no-sync': 'no-sync',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const columns = wantedColumns(options);
    if (typeof columns === 'string') return await usageError(call, `option --output: field '${columns}' unknown`);
    const { mounts, status } = await wantedMounts(call);
    const rows: string[][] = [];
    for (const mount of mounts) {
      const space = process.statfs(mount.target);
      if (!failed(space)) rows.push(columns.map(({ cell }) => cell(mount, space)));
    }
    if (rows.length > 0) for (const line of layOut(columns, rows)) io.line(line);
    return await io.end(status);
  },
);

const available = (space: StatFs): number => space.availableBytes;

const percent = (used: number, total: number): string =>
  total === 0 ? '-' : `${String(Math.ceil((used / total) * 100))}%`;

/** The columns that the options ask for, or the name of one that there is not. */
function wantedColumns(options: Options): readonly Column[] | string {
  const all = columnsOf(options);
  const output = options.value('output');
  if (output !== undefined) {
    const names = output === '' ? Object.keys(all) : output.split(',');
    const unknown = names.find((name) => all[name] === undefined);
    if (unknown !== undefined) return unknown;
    return names.flatMap((name) => all[name] ?? []);
  }
  const space = options.has('i') ? ['itotal', 'iused', 'iavail', 'ipcent'] : ['size', 'used', 'avail', 'pcent'];
  const names = ['source', ...(options.has('T') ? ['fstype'] : []), ...space, 'target'];
  return names.flatMap((name) => all[name] ?? []);
}

/** The unit of -B, -k and -m: a letter alone is written after each number. */
function unitOf(options: Options): { readonly bytes: number; readonly title: string; readonly suffix: string } {
  const [letter, value = ''] = options.order.findLast(([name]) => 'Bkm'.includes(name)) ?? [];
  if (letter === 'B') {
    const bare = !/^\d/.test(value);
    const bytes = parseSize(bare ? `1${value}` : value) ?? 1_024;
    return {
      bytes,
      title: `${bare ? '1' : ''}${value}${/^\d+$/.test(value) ? 'B' : ''}-blocks`,
      suffix: bare ? value : '',
    };
  }
  if (letter === 'm') return { bytes: 1_048_576, title: '1M-blocks', suffix: '' };
  return { bytes: 1_024, title: options.has('P') ? '1024-blocks' : '1K-blocks', suffix: '' };
}

function columnsOf(options: Options): Readonly<Record<string, Column>> {
  const human = options.has('h') || options.has('H');
  const unit = unitOf(options);
  const show = (bytes: number): string =>
    human
      ? humanSize(bytes, options.has('H') ? 1_000 : 1_024)
      : `${String(Math.ceil(bytes / unit.bytes))}${unit.suffix}`;
  const blocks = unit.title;
  return {
    source: { title: 'Filesystem', left: true, minimum: 14, cell: ({ source }) => source },
    fstype: { title: 'Type', left: true, minimum: 4, cell: ({ type }) => type },
    size: { title: human ? 'Size' : blocks, minimum: 5, cell: (_, space) => show(space.totalBytes) },
    used: { title: 'Used', minimum: 5, cell: (_, space) => show(space.totalBytes - space.freeBytes) },
    avail: {
      title: human || options.has('output') ? 'Avail' : 'Available',
      minimum: 5,
      cell: (_, space) => show(available(space)),
    },
    pcent: {
      title: options.has('P') ? 'Capacity' : 'Use%',
      minimum: 4,
      cell: (_, space) =>
        percent(space.totalBytes - space.freeBytes, space.totalBytes - space.freeBytes + available(space)),
    },
    itotal: { title: 'Inodes', minimum: 5, cell: (_, space) => String(space.inodes) },
    iused: { title: 'IUsed', minimum: 5, cell: (_, space) => String(space.inodes - space.freeInodes) },
    iavail: { title: 'IFree', minimum: 5, cell: (_, space) => String(space.freeInodes) },
    ipcent: { title: 'IUse%', minimum: 5, cell: (_, space) => percent(space.inodes - space.freeInodes, space.inodes) },
    target: { title: 'Mounted on', left: true, minimum: 0, cell: ({ target }) => target },
  };
}

/** The file systems that the operands lie on; all that hold something where there are none. */
async function wantedMounts(call: Invocation): Promise<{ readonly mounts: readonly Mount[]; readonly status: number }> {
  const { process, io, flavour } = call;
  const all = mountsOf(process);
  if (call.operands.length === 0)
    return { mounts: all.filter((mount, at) => isShown(call, all, mount, at)), status: 0 };
  const mounts: Mount[] = [];
  let status = 0;
  for (const path of call.operands) {
    const real = process.realpath(path);
    if (failed(real)) {
      const why = strerror(real);
      await io.warn(flavour === 'busybox' ? `${path}: can't find mount point: ${why}` : `${path}: ${why}`);
      status = 1;
      continue;
    }
    const best = mountUnder(all, real);
    if (best !== undefined) mounts.push(best);
  }
  return { mounts, status };
}

function isShown({ process, options }: Invocation, all: readonly Mount[], mount: Mount, at: number): boolean {
  const space = process.statfs(mount.target);
  if (failed(space) || (space.totalBytes === 0 && !options.has('a'))) return false;
  if (all.findIndex(({ target }) => target === mount.target) !== at) return false;
  if (options.has('t') && !options.values('t').includes(mount.type)) return false;
  return !options.values('x').includes(mount.type);
}

function layOut(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const table = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map(({ minimum }, at) => Math.max(minimum, ...table.map((row) => row[at]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, at) => {
        const left = columns[at]?.left === true;
        if (left && at === row.length - 1) return cell;
        return left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
      })
      .join(' '),
  );
}
