/**
 * Writes a volume's files so that readers see all of the old or all of the new: a dated directory, the link `..data` to it,
 * and links to `..data/<name>` (kubernetes pkg/volume/util/atomic_writer).
 */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../../machine/files/interface.ts';
import { civilFromUnix } from '../../../sim/clock.ts';
import type { VolumeFile } from './payload.ts';

/** Puts the files there; answers whether anything changed. `stamp` makes the directory's name unique. */
export function writeAtomically(
  files: FileView,
  directory: string,
  wanted: readonly VolumeFile[],
  unixMs: number,
  stamp: () => string,
): boolean {
  const current = files.readlink(`${directory}/..data`);
  const before = failed(current) ? undefined : current;
  if (before !== undefined && isSame(files, `${directory}/${before}`, wanted)) return false;
  const dated = `..${timestamp(unixMs)}.${stamp()}`;
  if (before === undefined) files.mkdirp(directory, { mode: 0o777 });
  files.mkdirp(`${directory}/${dated}`);
  for (const file of wanted)
    files.write(`${directory}/${dated}/${file.path}`, file.bytes, {
      mode: file.mode,
      ...(file.uid === undefined ? {} : { uid: file.uid }),
      parents: file.path.includes('/'),
    });
  files.symlink(dated, `${directory}/..data_tmp`);
  files.rename(`${directory}/..data_tmp`, `${directory}/..data`);
  const tops = new Set(wanted.map((file) => file.path.split('/')[0] ?? ''));
  for (const top of tops)
    if (before === undefined || failed(files.lstat(`${directory}/${top}`)))
      files.symlink(`..data/${top}`, `${directory}/${top}`);
  if (before === undefined) return true;
  const entries = files.list(directory);
  for (const { name } of failed(entries) ? [] : entries) {
    if (!name.startsWith('..') && !tops.has(name)) files.remove(`${directory}/${name}`);
  }
  files.remove(`${directory}/${before}`, { recursive: true });
  return true;
}

function isSame(files: FileView, directory: string, wanted: readonly VolumeFile[]): boolean {
  for (const file of wanted) {
    const present = files.read(`${directory}/${file.path}`);
    if (failed(present) || present.length !== file.bytes.length || present.some((byte, at) => byte !== file.bytes[at]))
      return false;
  }
  return count(files, directory) === wanted.length;
}

function count(files: FileView, directory: string): number {
  const entries = files.list(directory);
  if (failed(entries)) return 0;
  return entries.reduce(
    (sum, entry) => sum + (entry.type === 'directory' ? count(files, `${directory}/${entry.name}`) : 1),
    0,
  );
}

/** `2026_03_02_00_00_01`. */
function timestamp(unixMs: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1000));
  return [year, month, day, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('_');
}
