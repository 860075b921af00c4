/** Which units are enabled by default: /etc and /usr/lib/systemd/system-preset/*.preset (systemd.preset(5)). */
import { fnmatchRegExp } from '../../../../formats/glob.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { UnitFiles } from './unit-paths.ts';

/** The first line that names the unit decides; without one it is enabled. */
export function isPreset(unitFiles: UnitFiles, unit: string): boolean {
  for (const path of presetFiles(unitFiles)) {
    const text = unitFiles.root.readText(path);
    for (const line of failed(text) ? [] : text.split('\n')) {
      const match = /^\s*(enable|disable)\s+(\S+)/.exec(line);
      if (match !== null && fnmatchRegExp(match[2] ?? '').test(unit)) return match[1] === 'enable';
    }
  }
  return true;
}

/** By their names; of two of a name the first directory's counts. */
function presetFiles({ root, paths }: UnitFiles): readonly string[] {
  const found = new Map<string, string>();
  for (const directory of paths.presets) {
    const entries = root.list(directory);
    for (const { name } of failed(entries) ? [] : entries)
      if (name.endsWith('.preset') && !found.has(name)) found.set(name, `${directory}/${name}`);
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}
