/**
 * losetup (util-linux 2.39): files behind the kernel's loop devices.
 * Leaves out: partitions on them (-P), direct I/O, other sector sizes, looking for overlaps (-L), JSON.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { smartTable, type SmartColumn } from '../smart-table.ts';
import { notSimulated } from '../plain-program.ts';
import { sizeOf } from './iec-size.ts';
import { attachLoop, loopDevices, loopNumber, loopRequest, wakeBlockLayer, type LoopDevice } from './loop-table.ts';

interface Column extends SmartColumn {
  value(device: LoopDevice): string;
}
/** What the kernel keeps the major number of a device in. */
const majorOf = (device: number): string => String(Math.floor(device / 256));
const minorOf = (device: number): string => String(device % 256);

const COLUMNS: readonly Column[] = [
  { title: 'NAME', value: ({ name }) => name },
  { title: 'SIZELIMIT', right: true, value: ({ sizeLimit }) => String(sizeLimit) },
  { title: 'OFFSET', right: true, value: ({ offset }) => String(offset) },
  { title: 'AUTOCLEAR', right: true, value: ({ autoclear }) => (autoclear ? '1' : '0') },
  { title: 'RO', right: true, value: ({ readOnly }) => (readOnly ? '1' : '0') },
  { title: 'BACK-FILE', value: ({ path }) => path },
  { title: 'DIO', right: true, value: () => '0' },
  { title: 'LOG-SEC', right: true, value: () => '512' },
  { title: 'BACK-INO', right: true, value: ({ inode }) => String(inode) },
  { title: 'BACK-MAJ:MIN', value: ({ device }) => `${majorOf(device)}:${minorOf(device)}` },
  { title: 'MAJ:MIN', value: ({ number }) => `7:${String(number)}` },
  { title: 'PARTSCAN', right: true, value: () => '0' },
];
const DEFAULT_COLUMNS = 8;

export const losetup = command(
  {
    name: 'losetup',
    calls: 'short',
    short: 'ac:d:Dfj:Jlo:O:PrvLnb:',
    long: {
      all: 'a',
      'set-capacity': 'c',
      detach: 'd',
      'detach-all': 'D',
      find: 'f',
      associated: 'j',
      json: 'J',
      list: 'l',
      offset: 'o',
      output: 'O',
      partscan: 'P',
      'read-only': 'r',
      verbose: 'v',
      nooverlap: 'L',
      noheadings: 'n',
      'sector-size': 'b',
      sizelimit: 'sizelimit:',
      show: 'show',
      raw: 'raw',
      'direct-io': 'direct-io::',
    },
    absent: [...'PJLb', 'direct-io'],
    absentLong: 'output-all loop-ref=',
    helpOption: '-h',
    usage: '[options] [<loopdev>] [<file>]',
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const numbers = await sizes(call);
    if (numbers === undefined) return 1;
    const isSetUp = operands.length > (options.has('f') ? 0 : 1) && !options.has('d') && !options.has('c');
    if (!isSetUp && ['sizelimit', 'r', 'show'].some((name) => options.has(name))) {
      await io.warn('the options --{sizelimit,partscan,read-only,show} are allowed during loop device setup only');
      return 1;
    }
    if (options.has('d')) return await each(call, 'detach', [...options.values('d'), ...operands]);
    if (options.has('c')) return await each(call, 'resize', options.values('c'));
    if (options.has('D')) {
      for (const { number } of loopDevices(process)) loopRequest(process, 'detach', number);
      return await io.end(0);
    }
    if (isSetUp) return await setUp(call, numbers);
    if (options.has('f')) return await showFree(call);
    return await show(call);
  },
);

/** The numbers of -o and --sizelimit; undefined after a complaint. */
async function sizes({
  io,
  options,
}: Invocation): Promise<{ readonly offset: number; readonly sizeLimit: number } | undefined> {
  const found = { offset: 0, sizeLimit: 0 };
  for (const [letter, name, word] of [
    ['o', 'offset', 'offset'],
    ['sizelimit', 'sizeLimit', 'size'],
  ] as const) {
    const text = options.value(letter);
    const value = text === undefined ? 0 : sizeOf(text);
    if (value === undefined) {
      await io.warn(`failed to parse ${word}: '${text ?? ''}': ${strerror('EINVAL')}`);
      return undefined;
    }
    found[name] = value;
  }
  return found;
}

async function each({ io, process }: Invocation, op: 'detach' | 'resize', names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const number = loopNumber(name);
    const path = name.startsWith('/') ? name : `/dev/${name}`;
    if (number === undefined || failed(process.stat(path))) {
      await io.warn(`${name}: failed to use device: ${strerror('ENODEV')}`);
      status = 1;
      continue;
    }
    const done = loopRequest(process, op, number);
    if (!failed(done)) continue;
    await io.warn(`${path}: ${op === 'detach' ? 'detach' : 'set capacity'} failed: ${strerror(done)}`);
    status = 1;
  }
  return await io.end(status);
}

async function setUp(
  { io, options, process, operands }: Invocation,
  sized: { readonly offset: number; readonly sizeLimit: number },
): Promise<number> {
  const [first = '', second] = operands;
  const device = options.has('f') ? undefined : first;
  const file = options.has('f') ? first : (second ?? '');
  const number = device === undefined ? undefined : loopNumber(device);
  if (device !== undefined && number === undefined) {
    await io.warn(`/dev/${device.replace(/^\/dev\//, '')}: failed to set up loop device: ${strerror('ENOENT')}`);
    return 1;
  }
  const stat = process.stat(file);
  if (failed(stat)) {
    await io.warn(`${file}: failed to set up loop device: ${strerror(stat)}`);
    return 1;
  }
  await wakeBlockLayer(process);
  const done = attachLoop(process, file, { ...sized, readOnly: options.has('r') }, number);
  if (typeof done !== 'string') {
    await io.warn(
      'free' in done
        ? `cannot find an unused loop device: ${strerror(done)}`
        : `${file}: failed to set up loop device: ${strerror(done)}`,
    );
    return 1;
  }
  if (stat.type === 'file' && stat.size < 512)
    await io.warn(
      `${file}: Warning: file is smaller than 512 bytes; the loop device may be useless or invisible for system tools.`,
    );
  else if (stat.type === 'file' && stat.size % 512 !== 0)
    await io.warn(`${file}: Warning: file does not fit into a 512-byte sector; the end of the file will be ignored.`);
  if (options.has('show')) io.line(done);
  return await io.end(0);
}

async function showFree({ io, process }: Invocation): Promise<number> {
  await wakeBlockLayer(process);
  const number = process.kernel({ subsystem: 'block', op: 'free' });
  if (typeof number !== 'number') {
    await io.warn(`cannot find an unused loop device: ${strerror(failed(number) ? number : 'ENODEV')}`);
    return 1;
  }
  io.line(`/dev/loop${String(number)}`);
  return await io.end(0);
}

/** Devices of -j, or the one that is named. */
async function chosen({ io, options, process, operands }: Invocation): Promise<readonly LoopDevice[] | number> {
  const all = loopDevices(process);
  const file = options.value('j');
  if (file !== undefined) {
    const offset = options.value('o');
    return all.filter(
      (device) => standsBehind(process, file, device) && (offset === undefined || device.offset === sizeOf(offset)),
    );
  }
  const [name] = operands;
  if (name === undefined) return all;
  const number = loopNumber(name);
  if (number === undefined || failed(process.stat(`/dev/loop${String(number)}`))) {
    await io.warn(`${name}: failed to use device: ${strerror('ENODEV')}`);
    return 1;
  }
  const found = all.filter((device) => device.number === number);
  if (found.length > 0) return found;
  await io.warn(`/dev/loop${String(number)}: ${strerror('ENXIO')}`);
  return 1;
}

/** By inode: the file may have another name now. */
export function standsBehind(process: Process, path: string, device: LoopDevice): boolean {
  const stat = process.stat(path);
  return failed(stat) ? device.path === path : stat.inode === device.inode && stat.device === device.device;
}

async function show(call: Invocation): Promise<number> {
  const { io, options, operands } = call;
  const names = options.value('O')?.split(',');
  const unknown = names?.find((name) => !COLUMNS.some(({ title }) => title === name.toUpperCase()));
  if (unknown !== undefined) {
    if (/^(?:ID|MAJ|MIN|DIO|REF)$/i.test(unknown)) return await notSimulated(io, `losetup -O ${unknown}`);
    await io.warn(`unknown column: ${unknown}`);
    return 1;
  }
  const devices = await chosen(call);
  if (typeof devices === 'number') return devices;
  const isTable =
    options.has('l') || options.has('O') || (operands.length === 0 && !options.has('a') && !options.has('j'));
  if (!isTable) {
    for (const { name, device, inode, path, offset, sizeLimit } of devices)
      io.line(
        `${name}: [${String(device).padStart(4, '0')}]:${String(inode)} (${path})${offset > 0 ? `, offset ${String(offset)}` : ''}${sizeLimit > 0 ? `, sizelimit ${String(sizeLimit)}` : ''}`,
      );
    return await io.end(0);
  }
  const columns =
    names === undefined
      ? COLUMNS.slice(0, DEFAULT_COLUMNS)
      : names.flatMap((name) => COLUMNS.filter(({ title }) => title === name.toUpperCase()));
  const rows = devices.map((device) => columns.map((column) => column.value(device)));
  if (rows.length > 0)
    for (const line of smartTable(columns, rows, { noHeadings: options.has('n'), raw: options.has('raw') }))
      io.line(line);
  return await io.end(0);
}
