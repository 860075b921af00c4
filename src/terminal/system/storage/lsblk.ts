/**
 * lsblk (util-linux 2.39): block devices with what is on them.
 * Leaves out: what /sys tells of a disk's hardware, queues and topology, trees the other way round, zones.
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { smartPairs, smartSize, smartTable, type SmartColumn } from '../smart-table.ts';
import { readDevices, refuseColumn, type Device } from './block-devices.ts';

interface Column extends SmartColumn {
  value(device: Device, call: Invocation): string;
}
const COLUMNS: Readonly<Record<string, Column>> = {
  NAME: { title: 'NAME', value: ({ name }) => name },
  KNAME: { title: 'KNAME', value: ({ name }) => name },
  PATH: { title: 'PATH', value: ({ name }) => `/dev/${name}` },
  'MAJ:MIN': {
    title: 'MAJ:MIN',
    value: ({ number }, { options }) =>
      options.has('r') || options.has('P') || options.has('J')
        ? number
        : number.replace(/^\d+/, (major) => major.padStart(3)).padEnd(7),
  },
  RM: { title: 'RM', right: true, value: () => '0' },
  SIZE: {
    title: 'SIZE',
    right: true,
    value: ({ bytes }, { options }) => (options.has('b') ? String(bytes) : smartSize(bytes)),
  },
  RO: { title: 'RO', right: true, value: ({ loop }) => (loop?.readOnly === true ? '1' : '0') },
  TYPE: {
    title: 'TYPE',
    value: ({ parent, loop }) => (loop !== undefined ? 'loop' : parent === undefined ? 'disk' : 'part'),
  },
  MOUNTPOINT: { title: 'MOUNTPOINT', value: ({ mountPoints }) => mountPoints[0] ?? '' },
  MOUNTPOINTS: { title: 'MOUNTPOINTS', value: ({ mountPoints }) => mountPoints.join('\n') },
  FSTYPE: { title: 'FSTYPE', value: ({ fileSystem }) => fileSystem },
  FSVER: { title: 'FSVER', value: ({ fileSystem }) => (fileSystem === 'ext4' ? '1.0' : '') },
  LABEL: { title: 'LABEL', value: ({ label }) => label },
  UUID: { title: 'UUID', value: ({ uuid }) => uuid },
  PARTUUID: { title: 'PARTUUID', value: ({ partUuid }) => partUuid },
  PARTN: { title: 'PARTN', right: true, value: ({ name }) => /\d+$/.exec(name)?.[0] ?? '' },
  OWNER: { title: 'OWNER', value: ({ name }, { process }) => owner(process, name)[0] },
  GROUP: { title: 'GROUP', value: ({ name }, { process }) => owner(process, name)[1] },
  MODE: { title: 'MODE', value: ({ name }, { process }) => owner(process, name)[2] },
  MAJ: { title: 'MAJ', right: true, value: ({ number }) => number.split(':')[0] ?? '' },
  MIN: { title: 'MIN', right: true, value: ({ number }) => number.split(':')[1] ?? '' },
  FSSIZE: { title: 'FSSIZE', right: true, value: ({ mountPoints }, call) => room(call, mountPoints[0], 'size') },
  FSUSED: { title: 'FSUSED', right: true, value: ({ mountPoints }, call) => room(call, mountPoints[0], 'used') },
  FSAVAIL: {
    title: 'FSAVAIL',
    right: true,
    value: ({ mountPoints }, { process }) => usage(process, mountPoints[0])[0],
  },
  'FSUSE%': {
    title: 'FSUSE%',
    right: true,
    value: ({ mountPoints }, { process }) => usage(process, mountPoints[0])[1],
  },
  PKNAME: { title: 'PKNAME', value: ({ parent }) => parent ?? '' },
  MODEL: { title: 'MODEL', value: () => '' },
};

/** Columns that the real one has and this one has not. */
const LSBLK_COLUMNS =
  'ALIGNMENT DAX DISC-ALN DISC-GRAN DISC-MAX DISC-ZERO DISK-SEQ FSROOTS HCTL HOTPLUG ID ID-LINK LOG-SEC MIN-IO MQ OPT-IO PARTFLAGS PARTLABEL PARTTYPE PARTTYPENAME PHY-SEC PTTYPE PTUUID RA RAND REV ROTA RQ-SIZE SCHED SERIAL START STATE SUBSYSTEMS TRAN VENDOR WSAME WWN ZONED';
function usage(process: Process, target: string | undefined): readonly [string, string] {
  const found = target === undefined ? undefined : process.statfs(target);
  if (found === undefined || failed(found) || found.totalBytes === 0) return ['', ''];
  return [
    smartSize(found.availableBytes),
    `${String(Math.ceil(((found.totalBytes - found.freeBytes) / found.totalBytes) * 100))}%`,
  ];
}

export const lsblk = command(
  {
    name: 'lsblk',
    calls: 'short',
    // -a adds empty devices, of which a machine has none.
    short: 'abdfo:nplrJPiste:I:mOSx:MADzNvcyE:w:T::',
    long: {
      all: 'a',
      bytes: 'b',
      nodeps: 'd',
      fs: 'f',
      output: 'o',
      noheadings: 'n',
      paths: 'p',
      list: 'l',
      raw: 'r',
      json: 'J',
      pairs: 'P',
      ascii: 'i',
      perms: 'm',
      exclude: 'e',
      include: 'I',
      sort: 'x',
    },
    absent: [...'stOSMADzNvcyEwT'],
    absentLong:
      'discard dedup= inverse merge noempty output-all scsi nvme virtio shell sysroot= topology tree width= zoned ct=',
    helpOption: '-h',
    usage: '[options] [<device> ...]',
  },
  async (call) => {
    const columns = await chosenColumns(call);
    if (typeof columns === 'number') return columns;
    const devices = await chosenDevices(call);
    return typeof devices === 'number' ? devices : await show(call, columns, devices);
  },
);

const DEFAULT_COLUMNS = ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS'];

/** The columns of -o, -f, -m; a status after a complaint. */
async function chosenColumns(call: Invocation): Promise<readonly Column[] | number> {
  const { options } = call;
  const names =
    options.value('o')?.split(',') ??
    (options.has('f')
      ? ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS']
      : options.has('m')
        ? ['NAME', 'SIZE', 'OWNER', 'GROUP', 'MODE']
        : DEFAULT_COLUMNS);
  const unknown = names.find((name) => COLUMNS[name.toUpperCase()] === undefined);
  if (unknown !== undefined) return await refuseColumn(call, LSBLK_COLUMNS, unknown);
  return names.flatMap((name) => COLUMNS[name.toUpperCase()] ?? []);
}

/** The devices in their order: of all by -e, -I and -x, or the operands and what is below them; a status after a complaint. */
async function chosenDevices(call: Invocation): Promise<readonly Device[] | number> {
  const { io, options, process } = call;
  const byNumber = (letter: string): readonly string[] | undefined => options.value(letter)?.split(',');
  const [excluded, included] = [byNumber('e'), byNumber('I')];
  const wrong = [...(excluded ?? []), ...(included ?? [])].find((text) => !/^\d+$/.test(text));
  if (wrong !== undefined) {
    await io.warn(`failed to parse list '${wrong}'`);
    return 1;
  }
  if (excluded !== undefined && included !== undefined) {
    await io.warn('mutually exclusive arguments: --include --exclude');
    return 1;
  }
  const major = ({ number }: Device): string => number.split(':')[0] ?? '';
  const sorts = options.value('x');
  const sortColumn = sorts === undefined ? undefined : COLUMNS[sorts.toUpperCase()];
  if (sorts !== undefined && sortColumn === undefined) {
    const status = await refuseColumn(call, LSBLK_COLUMNS, sorts);
    if (!LSBLK_COLUMNS.split(' ').includes(sorts.toUpperCase())) await io.raw(`${helpHint(io)}\n`);
    return status;
  }
  const found = (await readDevices(process)).filter(
    (device) => excluded?.includes(major(device)) !== true && included?.includes(major(device)) !== false,
  );
  const order = (device: Device): string =>
    sortColumn?.title === 'SIZE' ? String(device.bytes).padStart(20) : (sortColumn?.value(device, call) ?? '');
  const all =
    sortColumn === undefined
      ? found
      : found.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  const wanted = call.operands.map((path) => path.replace(/^\/dev\//, ''));
  const missing = wanted.find((name) => !all.some((device) => device.name === name));
  if (missing !== undefined) {
    await io.warn(`${missing.startsWith('/') ? missing : `/dev/${missing}`}: not a block device`);
    return 32;
  }
  return all.filter(
    (device) =>
      (wanted.length === 0 ||
        wanted.includes(device.name) ||
        (device.parent !== undefined && wanted.includes(device.parent))) &&
      (!options.has('d') || device.parent === undefined || wanted.includes(device.name)),
  );
}

async function show(call: Invocation, columns: readonly Column[], shown: readonly Device[]): Promise<number> {
  const { io, options } = call;
  const flat = ['l', 'r', 'P', 'd', 'x'].some((option) => options.has(option));
  const prefix = options.has('p') ? '/dev/' : '';
  const cells = (device: Device, tree: string): readonly string[] =>
    columns.map((column) => (column.title === 'NAME' ? `${tree}${prefix}${device.name}` : column.value(device, call)));
  const rows = shown.map((device) => {
    const siblings = shown.filter(({ parent }) => parent !== undefined && parent === device.parent);
    const nested = !flat && device.parent !== undefined && shown.some(({ name }) => name === device.parent);
    const last = siblings.at(-1) === device;
    return cells(
      device,
      nested ? (options.has('i') ? (last ? '`-' : '|-') : last ? '\u2514\u2500' : '\u251c\u2500') : '',
    );
  });
  if (options.has('J')) return await json(call, columns, shown);
  const single = options.has('r') || options.has('P');
  const flatRows = single
    ? rows.map((row) => row.map((cell) => cell.replace(/\n/g, '\\x0a')))
    : rows.flatMap(lineByLine);
  const lines = options.has('P')
    ? smartPairs(columns, flatRows)
    : smartTable(columns, flatRows, { noHeadings: options.has('n'), raw: options.has('r') });
  if (shown.length > 0) for (const line of lines) io.line(line);
  return await io.end(0);
}

/** A cell of several lines goes on in rows below. */
function lineByLine(row: readonly string[]): readonly (readonly string[])[] {
  const cells = row.map((cell) => cell.split('\n'));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => cells.map((lines) => lines[at] ?? ''));
}

/** Owner, group and mode of a device file. */
function owner(process: Process, name: string): readonly [string, string, string] {
  const stat = process.stat(`/dev/${name}`);
  if (failed(stat)) return ['', '', ''];
  const letters = [...'rwxrwxrwx'].map((letter, at) => ((stat.mode >> (8 - at)) & 1 ? letter : '-')).join('');
  return [
    userNameOf(process, stat.uid) ?? String(stat.uid),
    groupNameOf(process, stat.gid) ?? String(stat.gid),
    `b${letters}`,
  ];
}

function room({ process, options }: Invocation, target: string | undefined, what: 'size' | 'used'): string {
  const found = target === undefined ? undefined : process.statfs(target);
  if (found === undefined || failed(found) || found.totalBytes === 0) return '';
  const bytes = what === 'size' ? found.totalBytes : found.totalBytes - found.freeBytes;
  return options.has('b') ? String(bytes) : smartSize(bytes);
}

async function json(
  call: Invocation,
  columns: readonly (SmartColumn & { value(device: Device, call: Invocation): string })[],
  devices: readonly Device[],
): Promise<number> {
  const one = (device: Device, indent: string): string => {
    const members = columns.map((column) => {
      const value = column.value(device, call);
      const text =
        column.title === 'MOUNTPOINTS'
          ? `[\n${indent}       ${device.mountPoints.length === 0 ? 'null' : device.mountPoints.map((each) => JSON.stringify(each)).join(', ')}\n${indent}   ]`
          : column.title === 'RM' || column.title === 'RO'
            ? String(value === '1')
            : column.title === 'SIZE' && call.options.has('b')
              ? value
              : value === ''
                ? 'null'
                : JSON.stringify(value);
      return `${indent}   ${JSON.stringify(column.title.toLowerCase())}: ${text}`;
    });
    const children = devices.filter(({ parent }) => parent === device.name);
    if (children.length > 0)
      members.push(
        `${indent}   "children": [\n${indent}      ${children.map((child) => `{\n${one(child, `${indent}      `)}\n${indent}      }`).join(',')}\n${indent}   ]`,
      );
    return members.join(',\n');
  };
  const tops = devices.filter(({ parent }) => parent === undefined);
  call.io.line(
    `{\n   "blockdevices": [\n      ${tops.map((device) => `{\n${one(device, '      ')}\n      }`).join(',')}\n   ]\n}`,
  );
  return await call.io.end(0);
}
