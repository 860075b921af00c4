/** The options that file systems take in mount(2), and what the kernel logs about others (fs/fs_parser.c, fs_parameter_spec of each). */
import { parseSize } from './mounting.ts';

type Value = 'none' | 'size' | 'number' | 'octal' | 'text';
type Parameters = Readonly<Record<string, Value>>;

/** Flags of the mount itself, whatever its type is. */
const FLAGS = new Set(
  `ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime nodiratime relatime
  norelatime strictatime nostrictatime lazytime nolazytime silent loud defaults`.split(/\s+/),
);

const OWNER: Parameters = { uid: 'number', gid: 'number', mode: 'octal' };
const TMPFS: Parameters = {
  ...OWNER,
  size: 'size',
  nr_blocks: 'size',
  nr_inodes: 'size',
  huge: 'text',
  mpol: 'text',
  inode32: 'none',
  inode64: 'none',
  noswap: 'none',
};
const OVERLAY: Parameters = {
  ...Object.fromEntries(
    'lowerdir upperdir workdir redirect_dir index uuid nfs_export xino metacopy'
      .split(' ')
      .map((name) => [name, 'text']),
  ),
  userxattr: 'none',
  volatile: 'none',
};

const TYPES: Readonly<Record<string, Parameters>> = {
  tmpfs: TMPFS,
  devtmpfs: TMPFS,
  ramfs: { mode: 'octal' },
  debugfs: OWNER,
  tracefs: OWNER,
  bpf: OWNER,
  proc: { hidepid: 'text', gid: 'number', subset: 'text' },
  sysfs: {},
  mqueue: {},
  devpts: { ...OWNER, ptmxmode: 'octal', newinstance: 'none', max: 'number' },
  cgroup2: { nsdelegate: 'none', favordynmods: 'none', memory_localevents: 'none', memory_recursiveprot: 'none' },
  overlay: OVERLAY,
};

/** What the kernel logs where an option is none of the type's, or its value is no good; such a mount fails with EINVAL. */
export function parameterProblem(type: string, options: readonly string[]): string | undefined {
  const known = TYPES[type];
  if (known === undefined) return undefined;
  for (const option of options.filter((each) => !FLAGS.has(each))) {
    const at = option.indexOf('=');
    const name = at < 0 ? option : option.slice(0, at);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) return `${type}: Unknown parameter '${name}'`;
    if (!fits(kind, at < 0 ? undefined : option.slice(at + 1))) return `${type}: Bad value for '${name}'`;
  }
  return undefined;
}

function fits(kind: Value, value: string | undefined): boolean {
  switch (kind) {
    case 'none':
      return value === undefined;
    case 'size':
      return value !== undefined && parseSize(value, 1) !== undefined;
    case 'number':
      return value !== undefined && /^\d+$/.test(value);
    case 'octal':
      return value !== undefined && /^[0-7]+$/.test(value);
    default:
      return value !== undefined;
  }
}
