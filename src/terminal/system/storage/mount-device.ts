/** What mount(8) does before mount(2): a loop device for a file, and the type of what is on a device (libmount, libblkid). */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { notSimulated } from '../plain-program.ts';
import { superblockOf } from './ext4-superblock.ts';
import { sizeOf } from './iec-size.ts';
import { attachLoop, loopDevices, loopNumber, wakeBlockLayer } from './loop-table.ts';
import { standsBehind } from './losetup.ts';

export interface MountDevice {
  readonly path: string;
  readonly flags: readonly string[];
  /** The type of the file system. */
  readonly found: string;
  /** A loop device that was made for this mount. */
  readonly made: boolean;
}

/** Types that Linux has and that no device here holds. */
const OTHER_TYPES = new Set(['ext2', 'ext3', 'xfs', 'btrfs', 'vfat', 'ntfs', 'iso9660', 'squashfs', 'f2fs', 'exfat']);
const FAILED_STATUS = 32;
const LOOP_OPTION = /^(?:loop(?:=|$)|offset=|sizelimit=)/;

export async function deviceFor(
  { io, process, options }: Invocation,
  source: string,
  type: string,
  given: readonly string[],
): Promise<MountDevice | number> {
  const plain = { path: source, flags: given, found: type, made: false };
  const isOther = ['bind', 'rbind', 'remount', 'move'].some((flag) => given.includes(flag));
  if (isOther || !['auto', 'ext4', ...OTHER_TYPES].includes(type)) return plain;
  const wantsLoop = given.some((flag) => LOOP_OPTION.test(flag));
  const stat = process.stat(source);
  if (failed(stat) || (stat.type !== 'file' && stat.type !== 'block')) return plain;
  if (OTHER_TYPES.has(type)) return await notSimulated(io, `mount -t ${type}`);
  await wakeBlockLayer(process);
  const flags = given.filter((flag) => !LOOP_OPTION.test(flag));
  if (stat.type === 'block' && !wantsLoop)
    return {
      path: source,
      flags,
      found: type === 'auto' ? await typeOf(process, source, stat.rdev) : type,
      made: false,
    };
  const size = (name: string): number =>
    sizeOf(given.find((flag) => flag.startsWith(name))?.slice(name.length) ?? '') ?? 0;
  const wanted = given.find((flag) => flag.startsWith('loop='))?.slice(5);
  const settings = { offset: size('offset='), sizeLimit: size('sizelimit=') };
  const known = loopDevices(process).find(
    (device) =>
      standsBehind(process, source, device) &&
      device.offset === settings.offset &&
      device.sizeLimit === settings.sizeLimit,
  );
  // A file that stands behind a device already is not put behind a second one.
  if (known !== undefined && wanted === undefined)
    return { path: known.name, flags, found: await typeOf(process, known.name), made: false };
  const number = wanted === undefined ? undefined : loopNumber(wanted);
  const readOnly = flags.includes('ro');
  const made = options.has('f')
    ? source
    : attachLoop(process, source, { ...settings, readOnly, autoclear: true }, number);
  if (typeof made !== 'string') {
    await io.warn(`${source}: failed to setup loop device: ${strerror(made)}.`.replace(/\.$/, ''));
    return FAILED_STATUS;
  }
  return { path: made, flags, found: type === 'auto' ? await typeOf(process, made) : type, made: true };
}

async function typeOf(process: Invocation['process'], path: string, rdev?: readonly [number, number]): Promise<string> {
  if (rdev?.[0] === 8) return 'ext4';
  return (await superblockOf(process, path)) === undefined ? 'auto' : 'ext4';
}
