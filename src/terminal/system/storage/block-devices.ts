/** Block devices as lsblk and blkid find them, and findmnt (util-linux 2.39), over /proc and /dev. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { notSimulated } from '../plain-program.ts';
import { superblockOf, uuidText } from './ext4-superblock.ts';
import { loopDevices, type LoopDevice } from './loop-table.ts';
import { smartPairs, smartTable } from '../smart-table.ts';

export interface Device {
  readonly name: string;
  readonly parent: string | undefined;
  readonly number: string;
  readonly bytes: number;
  readonly mountPoints: readonly string[];
  readonly fileSystem: string;
  /** Of the file system, as udev links it. */
  readonly uuid: string;
  readonly partUuid: string;
  readonly label: string;
  readonly blockBytes: number;
  /** Where a file stands behind it. */
  readonly loop: LoopDevice | undefined;
}

interface MountEntry {
  readonly id: string;
  /** Of the device. */
  readonly number: string;
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
    const [id = '', parent = '', number = '', root = '', target = '', options = ''] = head.split(' ');
    const [type = '', source = '', superOptions = ''] = tail.split(' ');
    if (id === '') return [];
    return [
      {
        id,
        parent,
        number,
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

/** The name under which udev links a device in a directory of /dev/disk. */
function linkTo(process: Process, directory: string, device: string): string {
  const names = process.readdir(directory);
  if (failed(names)) return '';
  return names.find(({ name }) => process.readlink(`${directory}/${name}`) === `../../${device}`)?.name ?? '';
}

export async function readDevices(process: Process): Promise<readonly Device[]> {
  const loops = loopDevices(process);
  const mounts = readMounts(process);
  const swaps = (fileText(process, '/proc/swaps') ?? '').split('\n').map((line) => line.split(/\s+/)[0]);
  const devices = (fileText(process, '/proc/partitions') ?? '')
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [major, minor, blocks, name] = line.trim().split(/\s+/);
      if (name === undefined) return [];
      const loop = loops.find((each) => each.name === `/dev/${name}`);
      const disk = loop === undefined ? name.replace(/\d+$/, '') : name;
      const path = `/dev/${name}`;
      const number = `${major ?? ''}:${minor ?? ''}`;
      // Wherever a part of it is mounted; the latest first.
      const own = mounts.filter((mount) => mount.number === number).toReversed();
      return [
        {
          name,
          parent: disk === name ? undefined : disk,
          number,
          bytes: loop?.bytes ?? Number(blocks) * 1_024,
          mountPoints: [...own.map(({ target }) => target), ...(swaps.includes(path) ? ['[SWAP]'] : [])],
          fileSystem: own[0]?.type ?? '',
          uuid: linkTo(process, '/dev/disk/by-uuid', name),
          partUuid: linkTo(process, '/dev/disk/by-partuuid', name),
          label: '',
          blockBytes: 4_096,
          loop,
        },
      ];
    });
  // What is on a loop device stands in its superblock.
  return await Promise.all(
    devices.map(async (device): Promise<Device> => {
      const found = device.loop === undefined ? undefined : await superblockOf(process, `/dev/${device.name}`);
      if (found === undefined) return device;
      return {
        ...device,
        fileSystem: 'ext4',
        uuid: uuidText(found.uuid),
        label: found.label,
        blockBytes: found.geometry.blockBytes,
      };
    }),
  );
}

/** Columns that the real one has and this one has not. */
const FINDMNT_COLUMNS =
  'ACTION AVAIL DELETED FREQ FS-OPTIONS LABEL MAJ:MIN OLD-OPTIONS OLD-TARGET OPT-FIELDS PARTLABEL PARTUUID PASSNO PROPAGATION SIZE SOURCES TID USE% USED UUID VFS-OPTIONS ALL';

export async function refuseColumn({ io }: Pick<Invocation, 'io'>, others: string, name: string): Promise<number> {
  if (others.split(' ').includes(name.toUpperCase())) return await notSimulated(io, `${io.name} -o ${name}`);
  await io.warn(`unknown column: ${name}`);
  return 1;
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
    calls: 'short',
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
    // A directory is known by its real path, as the kernel lists it.
    const real = (path: string): string => {
      const found = process.realpath(path);
      return failed(found) ? path : found;
    };
    const [operand] = call.operands;
    const inside = (path: string): string | undefined =>
      all
        .filter(({ target }) => path === target || path.startsWith(target === '/' ? '/' : `${target}/`))
        .toSorted((a, b) => b.target.length - a.target.length)[0]?.target;
    const wanted = options.value('T') === undefined ? undefined : inside(real(options.value('T') ?? ''));
    const types = options.value('t')?.split(',');
    const filtered = all.filter(
      (mount) =>
        (operand === undefined ||
          mount.target === real(operand) ||
          mount.source === operand ||
          mount.source === real(operand)) &&
        (types === undefined || types.includes(mount.type)) &&
        (!options.has('T') || mount.target === wanted) &&
        (!options.has('S') || mount.source === options.value('S')) &&
        (!options.has('M') || mount.target === real(options.value('M') ?? '')),
    );
    const tree = filtered.length === all.length && !options.has('l') && !options.has('r') && !options.has('P');
    const rows = tree
      ? treeRows(filtered)
      : filtered.map((mount): readonly [MountEntry, string] => [mount, mount.target]);
    const cells = (options.has('f') ? rows.slice(0, 1) : rows).map(([mount, target]) =>
      names.map((name) => (name === 'TARGET' ? target : (FINDMNT[name]?.(mount) ?? ''))),
    );
    const columns = names.map((title) => ({ title }));
    if (filtered.length === 0) return await io.end(1);
    for (const line of options.has('P')
      ? smartPairs(columns, cells)
      : smartTable(columns, cells, { noHeadings: options.has('n'), raw: options.has('r') }))
      io.line(line);
    return await io.end(0);
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
