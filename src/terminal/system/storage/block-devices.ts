/** lsblk, blkid and findmnt (util-linux 2.39) over /sys/block, /proc/partitions and /proc/self/mountinfo. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { notSimulated } from '../plain-program.ts';
import { smartPairs, smartSize, smartTable, type SmartColumn } from '../smart-table.ts';

interface Device {
  readonly name: string;
  readonly parent: string | undefined;
  readonly number: string;
  readonly bytes: number;
  readonly mountPoints: readonly string[];
  readonly fileSystem: string;
}

interface MountEntry {
  readonly id: string;
  readonly parent: string;
  readonly target: string;
  readonly source: string;
  readonly type: string;
  readonly options: string;
  readonly root: string;
}

/** Mounts of the caller, as its mountinfo tells them. */
function readMounts(process: Process): readonly MountEntry[] {
  return (fileText(process, '/proc/self/mountinfo') ?? '').split('\n').flatMap((line) => {
    const [head = '', tail = ''] = line.split(' - ');
    const [id = '', parent = '', , root = '', target = '', options = ''] = head.split(' ');
    const [type = '', source = '', superOptions = ''] = tail.split(' ');
    if (id === '') return [];
    return [
      {
        id,
        parent,
        root,
        target,
        source: root === '/' ? source : `${source}[${root}]`,
        type,
        options: [...new Set([...options.split(','), ...superOptions.split(',')])]
          .filter((each) => each !== '')
          .join(','),
      },
    ];
  });
}

export function readDevices(process: Process): readonly Device[] {
  const mounts = readMounts(process);
  const swaps = (fileText(process, '/proc/swaps') ?? '').split('\n').map((line) => line.split(/\s+/)[0]);
  return (fileText(process, '/proc/partitions') ?? '')
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [major, minor, blocks, name] = line.trim().split(/\s+/);
      if (name === undefined) return [];
      const disk = name.replace(/\d+$/, '');
      const path = `/dev/${name}`;
      const own = mounts.filter(({ source }) => source === path);
      return [
        {
          name,
          parent: disk === name ? undefined : disk,
          number: `${major ?? ''}:${minor ?? ''}`,
          bytes: Number(blocks) * 1_024,
          mountPoints: [...own.map(({ target }) => target), ...(swaps.includes(path) ? ['[SWAP]'] : [])],
          fileSystem: own[0]?.type ?? '',
        },
      ];
    });
}

const COLUMNS: Readonly<Record<string, SmartColumn & { value(device: Device, call: Invocation): string }>> = {
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
  RO: { title: 'RO', right: true, value: () => '0' },
  TYPE: { title: 'TYPE', value: ({ parent }) => (parent === undefined ? 'disk' : 'part') },
  MOUNTPOINT: { title: 'MOUNTPOINT', value: ({ mountPoints }) => mountPoints[0] ?? '' },
  MOUNTPOINTS: { title: 'MOUNTPOINTS', value: ({ mountPoints }) => mountPoints[0] ?? '' },
  FSTYPE: { title: 'FSTYPE', value: ({ fileSystem }) => fileSystem },
  FSVER: { title: 'FSVER', value: ({ fileSystem }) => (fileSystem === 'ext4' ? '1.0' : '') },
  LABEL: { title: 'LABEL', value: () => '' },
  UUID: { title: 'UUID', value: () => '' },
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

/** Columns that the real ones have and these have not. */
const LSBLK_COLUMNS =
  'ALIGNMENT DAX DISC-ALN DISC-GRAN DISC-MAX DISC-ZERO DISK-SEQ FSROOTS FSSIZE FSUSED GROUP HCTL HOTPLUG ID ID-LINK LOG-SEC MAJ MIN MIN-IO MODE MQ OPT-IO OWNER PARTFLAGS PARTLABEL PARTN PARTTYPE PARTTYPENAME PARTUUID PHY-SEC PTTYPE PTUUID RA RAND REV ROTA RQ-SIZE SCHED SERIAL START STATE SUBSYSTEMS TRAN VENDOR WSAME WWN ZONED';
const FINDMNT_COLUMNS =
  'ACTION AVAIL DELETED FREQ FS-OPTIONS LABEL MAJ:MIN OLD-OPTIONS OLD-TARGET OPT-FIELDS PARTLABEL PARTUUID PASSNO PROPAGATION SIZE SOURCES TID USE% USED UUID VFS-OPTIONS ALL';

async function refuseColumn({ io }: Pick<Invocation, 'io'>, others: string, name: string): Promise<number> {
  if (others.split(' ').includes(name.toUpperCase())) return await notSimulated(io, `${io.name} -o ${name}`);
  await io.warn(`unknown column: ${name}`);
  return 1;
}

function usage(process: Process, target: string | undefined): readonly [string, string] {
  const found = target === undefined ? undefined : process.statfs(target);
  if (found === undefined || failed(found) || found.totalBytes === 0) return ['', ''];
  return [
    smartSize(found.freeBytes),
    `${String(Math.ceil(((found.totalBytes - found.freeBytes) / found.totalBytes) * 100))}%`,
  ];
}

export const lsblk = command(
  {
    name: 'lsblk',
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
    },
    absent: [...'steImOSxMADzNvcyEwT'],
    absentLong:
      'discard dedup= exclude= include= inverse merge noempty output-all perms scsi nvme virtio shell sort= sysroot= topology tree width= zoned ct=',
    helpOption: '-h',
    usage: '[options] [<device> ...]',
  },
  async (call) => {
    const { io, options, process } = call;
    const names =
      options.value('o')?.split(',') ??
      (options.has('f')
        ? ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS']
        : ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS']);
    const unknown = names.find((name) => COLUMNS[name.toUpperCase()] === undefined);
    if (unknown !== undefined) {
      return await refuseColumn(call, LSBLK_COLUMNS, unknown);
    }
    const columns = names.flatMap((name) => COLUMNS[name.toUpperCase()] ?? []);
    const all = readDevices(process);
    const wanted = call.operands.map((path) => path.replace(/^\/dev\//, ''));
    const missing = wanted.find((name) => !all.some((device) => device.name === name));
    if (missing !== undefined) {
      await io.warn(`${missing.startsWith('/') ? missing : `/dev/${missing}`}: not a block device`);
      return 32;
    }
    const shown = all.filter(
      (device) =>
        (wanted.length === 0 ||
          wanted.includes(device.name) ||
          (device.parent !== undefined && wanted.includes(device.parent))) &&
        (!options.has('d') || device.parent === undefined || wanted.includes(device.name)),
    );
    const flat = options.has('l') || options.has('r') || options.has('P') || options.has('d');
    const prefix = options.has('p') ? '/dev/' : '';
    const cells = (device: Device, tree: string): readonly string[] =>
      columns.map((column) =>
        column.title === 'NAME' ? `${tree}${prefix}${device.name}` : column.value(device, call),
      );
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
    const lines = options.has('P')
      ? smartPairs(columns, rows)
      : smartTable(columns, rows, { noHeadings: options.has('n'), raw: options.has('r') });
    for (const line of lines) io.line(line);
    return await io.end(0);
  },
);

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
          ? `[\n${indent}          ${device.mountPoints.length === 0 ? 'null' : device.mountPoints.map((each) => JSON.stringify(each)).join(`,${indent}`)}\n${indent}      ]`
          : column.title === 'RM' || column.title === 'RO'
            ? String(value === '1')
            : value === ''
              ? 'null'
              : JSON.stringify(value);
      return `${indent}   ${JSON.stringify(column.title.toLowerCase())}: ${text}`;
    });
    const children = devices.filter(({ parent }) => parent === device.name);
    if (children.length > 0)
      members.push(
        `${indent}   "children": [\n${children.map((child) => `${indent}      {\n${one(child, `${indent}      `)}\n${indent}      }`).join(',\n')}\n${indent}   ]`,
      );
    return members.join(',\n');
  };
  const tops = devices.filter(({ parent }) => parent === undefined);
  call.io.line(
    `{\n   "blockdevices": [\n${tops.map((device) => `      {\n${one(device, '      ')}\n      }`).join(',\n')}\n   ]\n}`,
  );
  return await call.io.end(0);
}

const FINDMNT: Readonly<Record<string, (mount: MountEntry) => string>> = {
  TARGET: ({ target }) => target,
  SOURCE: ({ source }) => source,
  FSTYPE: ({ type }) => type,
  OPTIONS: ({ options }) => options,
  ID: ({ id }) => id,
  PARENT: ({ parent }) => parent,
  FSROOT: ({ root }) => root,
};

export const findmnt = command(
  {
    name: 'findmnt',
    // No column is cut short (-u), the kernel's table is what is read anyway (-k), and nothing of a boot is configured in /etc/mtab.
    short: 'nlo:t:rJPT:S:M:fiDkmsauUARbyvp::w:xcCdeF:O:N:',
    long: {
      noheadings: 'n',
      list: 'l',
      output: 'o',
      types: 't',
      raw: 'r',
      json: 'J',
      pairs: 'P',
      target: 'T',
      source: 'S',
      mountpoint: 'M',
      'first-only': 'f',
      ascii: 'a',
      submounts: 'R',
      df: 'D',
      fstab: 's',
      kernel: 'k',
      mtab: 'm',
      invert: 'i',
      uniq: 'U',
      all: 'A',
      bytes: 'b',
      verify: 'x',
      poll: 'p::',
      options: 'O:',
    },
    absent: [...'JDsmRiaUAbyvpwxcCdeFON'],
    absentLong:
      'canonicalize nocanonicalize evaluate direction= nofsroot output-all pseudo real shadowed shell tab-file= task= timeout= tree verbose vfs-all deleted dfi hyperlink=',
    helpOption: '-h',
    usage: '[options] [<device>|<mountpoint>]',
  },
  async (call) => {
    const { io, options, process } = call;
    const all = readMounts(process);
    const given = options.value('o')?.split(',') ?? ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'];
    const unknown = given.find((name) => FINDMNT[name.toUpperCase()] === undefined);
    if (unknown !== undefined) {
      return await refuseColumn(call, FINDMNT_COLUMNS, unknown);
    }
    const names = given.map((name) => name.toUpperCase());
    const [operand] = call.operands;
    const inside = (path: string): string | undefined =>
      all
        .filter(({ target }) => path === target || path.startsWith(target === '/' ? '/' : `${target}/`))
        .toSorted((a, b) => b.target.length - a.target.length)[0]?.target;
    const wanted = options.value('T') === undefined ? undefined : inside(options.value('T') ?? '');
    const types = options.value('t')?.split(',');
    const filtered = all.filter(
      (mount) =>
        (operand === undefined || mount.target === operand.replace(/(.)\/$/, '$1') || mount.source === operand) &&
        (types === undefined || types.includes(mount.type)) &&
        (!options.has('T') || mount.target === wanted) &&
        (!options.has('S') || mount.source === options.value('S')) &&
        (!options.has('M') || mount.target === options.value('M')),
    );
    const tree = filtered.length === all.length && !options.has('l') && !options.has('r') && !options.has('P');
    const rows = tree
      ? treeRows(filtered)
      : filtered.map((mount): readonly [MountEntry, string] => [mount, mount.target]);
    const cells = (options.has('f') ? rows.slice(0, 1) : rows).map(([mount, target]) =>
      names.map((name) => (name === 'TARGET' ? target : (FINDMNT[name]?.(mount) ?? ''))),
    );
    const columns = names.map((title) => ({ title }));
    for (const line of options.has('P')
      ? smartPairs(columns, cells)
      : smartTable(columns, cells, { noHeadings: options.has('n'), raw: options.has('r') }))
      io.line(line);
    return await io.end(filtered.length === 0 ? 1 : 0);
  },
);

/** Mounts below their parents, with branches drawn. */
function treeRows(mounts: readonly MountEntry[]): readonly (readonly [MountEntry, string])[] {
  const rows: (readonly [MountEntry, string])[] = [];
  const walk = (mount: MountEntry, branch: string, below: string): void => {
    rows.push([mount, branch + mount.target]);
    const children = mounts.filter(({ parent, id }) => parent === mount.id && id !== mount.id);
    children.forEach((child, at) => {
      const last = at === children.length - 1;
      walk(child, `${below}${last ? '\u2514\u2500' : '\u251c\u2500'}`, `${below}${last ? '  ' : '\u2502 '}`);
    });
  };
  for (const root of mounts.filter(({ parent, id }) => parent === id || !mounts.some((other) => other.id === parent)))
    walk(root, '', '');
  return rows;
}
