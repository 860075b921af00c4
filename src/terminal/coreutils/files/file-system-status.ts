/** What stat -f tells of a file system. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

const BLOCK = 4_096;
const NAME_BYTES = 255;

/** The kernel's numbers for types of file systems, and how stat calls them. */
const TYPES: Readonly<Record<string, readonly [magic: number, name: string]>> = {
  btrfs: [0x91_23_68_3e, 'btrfs'],
  cgroup: [0x27_e0_eb, 'cgroupfs'],
  cgroup2: [0x63_67_72_70, 'cgroup2fs'],
  devpts: [0x1c_d1, 'devpts'],
  devtmpfs: [0x1_02_19_94, 'tmpfs'],
  ext2: [0xef_53, 'ext2/ext3'],
  ext3: [0xef_53, 'ext2/ext3'],
  ext4: [0xef_53, 'ext2/ext3'],
  mqueue: [0x19_80_02_02, 'mqueue'],
  nfs: [0x69_69, 'nfs'],
  nfs4: [0x69_69, 'nfs'],
  nsfs: [0x6e_73_66_73, 'nsfs'],
  overlay: [0x79_4c_76_30, 'overlayfs'],
  proc: [0x9f_a0, 'proc'],
  ramfs: [0x85_84_58_f6, 'ramfs'],
  squashfs: [0x73_71_73_68, 'squashfs'],
  sysfs: [0x62_65_65_72, 'sysfs'],
  tmpfs: [0x1_02_19_94, 'tmpfs'],
  vfat: [0x4d_44, 'msdos'],
  xfs: [0x58_46_53_42, 'xfs'],
};

export const FILE_SYSTEM_PAGE = `  File: "%n"
    ID: %-8i Namelen: %-7l Type: %T
Block size: %-10s Fundamental block size: %S
Blocks: Total: %-10b Free: %-10f Available: %a
Inodes: Total: %-10c Free: %d`;
export const FILE_SYSTEM_TERSE = '%n %i %l %t %s %S %b %f %a %c %d';

/** The values of the format's letters for the file system that `path` lies on. */
export function fileSystemFields(
  process: Process,
  path: string,
  device: number,
): Readonly<Record<string, string>> | undefined {
  const space = process.statfs(path);
  if (failed(space)) return undefined;
  const [magic, name] = TYPES[space.type] ?? [0, 'UNKNOWN'];
  const free = String(Math.floor(space.freeBytes / BLOCK));
  return {
    n: path,
    // A file system without a UUID of its own is known by its device.
    i: device.toString(16),
    l: String(NAME_BYTES),
    t: magic.toString(16),
    T: name,
    s: String(BLOCK),
    S: String(BLOCK),
    b: String(Math.ceil(space.totalBytes / BLOCK)),
    f: free,
    a: free,
    c: String(space.inodes),
    d: String(space.freeInodes),
    '%': '%',
  };
}
