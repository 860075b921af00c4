/** swapon and swapoff (util-linux 2.39): areas are the kernel's, what -a means is in /etc/fstab. */
import { helpHint } from '../../coreutils/help-hint.ts';
import { decodeSwapHeader, SWAP_PAGE_BYTES } from '../../../formats/swap-header.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { recordsOf } from '../kernel/kernel-data.ts';
import { readStart } from './read-start.ts';
import { smartSize, smartTable } from '../smart-table.ts';

const COLUMNS = [
  { title: 'NAME' },
  { title: 'TYPE' },
  { title: 'SIZE', right: true },
  { title: 'USED', right: true },
  { title: 'PRIO', right: true },
] as const;
/** Exit statuses of swapoff. */
const SWAPOFF_FAILURE = 4;
const SWAPOFF_USAGE = 16;

const areas = (process: Process): readonly (readonly string[])[] =>
  recordsOf(process.kernel({ subsystem: 'swap', op: 'list' })).map((area) => [
    area.text('path'),
    area.text('type'),
    String(area.number('sizeBytes')),
    String(area.number('usedBytes')),
    String(area.number('priority')),
  ]);

/** Swap lines of fstab that are not marked noauto. */
const listed = (process: Process): readonly string[] =>
  (fileText(process, '/etc/fstab') ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim().split(/\s+/))
    .filter(([, , type, options = '']) => type === 'swap' && !options.split(',').includes('noauto'))
    .map(([source = '']) => source);

export const swapon = command(
  {
    name: 'swapon',
    calls: 'short',
    short: 'asevp:fo:d::T:L:U:',
    helpOption: '-h',
    long: {
      all: 'a',
      summary: 's',
      ifexists: 'e',
      verbose: 'v',
      priority: 'p',
      show: 'show::',
      noheadings: 'noheadings',
      raw: 'raw',
      bytes: 'bytes',
      output: 'show:',
      fixpgsz: 'f',
      options: 'o',
      discard: 'd',
    },
    absent: [...'pfodTLU'],
    usage: '[options] [<spec>]',
  },
  async (call) => {
    const { process, io, options } = call;
    const { operands } = call;
    if (options.has('s')) {
      const text = fileText(process, '/proc/swaps') ?? '';
      if (areas(process).length > 0) io.out(text);
      return await io.end(0);
    }
    if (options.has('show') || (operands.length === 0 && !options.has('a'))) return await show(call);
    let status = 0;
    const active = areas(process).map(([path]) => path);
    const wanted = options.has('a') ? listed(process).filter((path) => !active.includes(path)) : operands;
    for (const named of wanted) {
      const found = process.realpath(named);
      const path = failed(found) ? named : found;
      const stat = process.stat(path);
      if (failed(stat)) {
        if (options.has('e')) continue;
        await io.warn(`cannot open ${path}: ${strerror(stat)}`);
        status = options.has('a') ? 1 : 255;
        continue;
      }
      if (!(await isUsable(call, path, stat))) {
        status = 255;
        continue;
      }
      if (options.has('v')) io.line(`swapon ${path}`);
      const done = process.kernel({ subsystem: 'swap', op: 'on', args: { path } });
      if (failed(done)) {
        await io.warn(`${path}: swapon failed: ${strerror(done)}`);
        status = 255;
      }
    }
    return await io.end(status);
  },
);

/** What swapon looks at itself, before the kernel does. */
async function isUsable({ process, io, options }: Invocation, path: string, stat: FileStat): Promise<boolean> {
  const mode = stat.mode & 0o7777;
  const bad = stat.type === 'block' ? 0o7007 : 0o7077;
  const octal = (bits: number): string => bits.toString(8).padStart(4, '0');
  if ((mode & bad) !== 0)
    await io.warn(`${path}: insecure permissions ${octal(mode)}, ${octal(~bad & 0o666)} suggested.`);
  if (stat.type === 'file' && stat.uid !== 0)
    await io.warn(`${path}: insecure file owner ${String(stat.uid)}, 0 (root) suggested.`);
  if (stat.type === 'file' && stat.blocks * 512 < stat.size) {
    await io.warn(`${path}: skipping - it appears to have holes.`);
    return false;
  }
  const page = await readStart(process, path, SWAP_PAGE_BYTES);
  const header = page === undefined ? undefined : decodeSwapHeader(page);
  if (header === undefined) {
    await io.warn(`${path}: read swap header failed`);
    return false;
  }
  if (options.has('v')) {
    const bytes = (header.lastPage + 1) * SWAP_PAGE_BYTES;
    await io.warn(`${path}: found signature [pagesize=4096, signature=swap]`);
    await io.warn(`${path}: pagesize=4096, swapsize=${String(bytes)}, devsize=${String(stat.size)}`);
  }
  return true;
}

async function show({ process, io, options }: Invocation): Promise<number> {
  const names = (options.value('show') ?? '')
    .split(',')
    .filter((name) => name !== '')
    .map((name) => name.toUpperCase());
  const unknown = names.find((name) => !COLUMNS.some(({ title }) => title === name));
  if (unknown !== undefined) {
    await io.warn(`unknown column: ${unknown.toLowerCase()}`);
    return 1;
  }
  const chosen =
    names.length === 0 ? [...COLUMNS] : names.flatMap((name) => COLUMNS.filter(({ title }) => title === name));
  const rows = areas(process).map((cells) =>
    chosen.map((column) => {
      const cell = cells[COLUMNS.indexOf(column)] ?? '';
      return (column.title === 'SIZE' || column.title === 'USED') && !options.has('bytes')
        ? smartSize(Number(cell))
        : cell;
    }),
  );
  if (rows.length > 0)
    for (const line of smartTable(chosen, rows, { noHeadings: options.has('noheadings'), raw: options.has('raw') }))
      io.line(line);
  return await io.end(0);
}

export const swapoff = command(
  {
    name: 'swapoff',
    calls: 'short',
    short: 'avL:U:',
    long: { all: 'a', verbose: 'v' },
    absent: [...'LU'],
    usageStatus: SWAPOFF_USAGE,
    helpOption: '-h',
    usage: '[options] [<spec>]',
  },
  async (call) => {
    const { process, io, options } = call;
    if (!options.has('a') && call.operands.length === 0) {
      await io.raw(`${io.name}: bad usage\n${helpHint(io)}\n`);
      return SWAPOFF_USAGE;
    }
    const active = areas(process).map(([path = '']) => path);
    let status = 0;
    for (const path of [...(options.has('a') ? active : []), ...call.operands]) {
      if (options.has('v')) io.line(`swapoff ${path}`);
      const stat = process.stat(path);
      const area = process.realpath(path);
      const done = process.kernel({ subsystem: 'swap', op: 'off', args: { path: failed(area) ? path : area } });
      if (!failed(done)) continue;
      if (done.errno === 'EPERM' && call.flavour === 'gnu') {
        await io.warn('Not superuser.');
        return SWAPOFF_USAGE;
      }
      await io.warn(
        failed(stat) ? `${path}: swapoff failed: ${strerror(stat)}` : `${path}: swapoff failed: ${strerror(done)}`,
      );
      status = call.flavour === 'busybox' ? 1 : SWAPOFF_FAILURE;
    }
    return await io.end(status);
  },
);
