/** How the kernel shows a mount's options: flags in its own order, then the file system's own (fs/proc_namespace.c). */
import { parseSize } from './mounting.ts';

const FLAGS = ['sync', 'dirsync', 'mand', 'nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime'];
/** Asked of mount(2), but never shown. */
const UNSHOWN = new Set(['ro', 'rw', 'strictatime', 'newinstance', 'atime', 'defaults']);
/** Values in the order in which each file system shows them. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['tmpfs', ['size', 'nr_inodes', 'mode', 'uid', 'gid']],
  ['devpts', ['gid', 'mode', 'ptmxmode']],
]);

export function shownOptions(type: string, options: readonly string[], memoryBytes: number): readonly string[] {
  const canonical = (option: string): string => canonicalOption(option, memoryBytes);
  const keepsTimes = options.includes('noatime') || options.includes('strictatime');
  const flags = FLAGS.filter((flag) => options.includes(flag) || (flag === 'relatime' && !keepsTimes));
  const order = VALUES.get(type);
  const rest = options.filter((option) => !FLAGS.includes(option) && !UNSHOWN.has(option));
  const own =
    order === undefined
      ? rest
      : [
          ...order.flatMap((name) => rest.filter((option) => option.startsWith(`${name}=`)).map(canonical)),
          ...rest.filter((option) => !option.includes('=')),
        ];
  return [
    options.includes('ro') ? 'ro' : 'rw',
    ...flags,
    ...own.filter((option) => type !== 'tmpfs' || option !== 'mode=1777'),
  ];
}

/** As the kernel prints numbers: sizes in KiB, octal modes without a zero in front. */
function canonicalOption(option: string, memoryBytes: number): string {
  const [name = '', value = ''] = option.split('=', 2);
  if (name === 'mode' || name === 'ptmxmode') return `${name}=${parseInt(value, 8).toString(8)}`;
  const bytes = name === 'size' ? parseSize(value, memoryBytes) : undefined;
  return bytes === undefined ? option : `size=${String(Math.ceil(bytes / 4096) * 4)}k`;
}
