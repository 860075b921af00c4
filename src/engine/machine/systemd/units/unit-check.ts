/** What systemd says about a unit's files when it reads them, and whether they can be used at all. */
import { unitRemarks } from '../../../../formats/systemd-unit-remarks.ts';
import type { LoadedUnit } from './unit-loader.ts';

const FATAL = 'Unit configuration has fatal error, unit will not be started.';

export function checkUnit(
  name: string,
  unit: LoadedUnit,
): { readonly unit: LoadedUnit; readonly remarks: readonly string[] } {
  const paths = [...(unit.path === undefined ? [] : [unit.path]), ...unit.dropIns];
  const texts = unit.text.split('\0');
  const found = paths.flatMap((path, at) => unitRemarks(name, texts[at] ?? '').map((remark) => ({ ...remark, path })));
  const remarks = found.map(({ path, line, text }) => `${path}:${String(line)}: ${text}`);
  const fatal = found.find(({ isFatal }) => isFatal);
  if (fatal === undefined) return { unit, remarks };
  if (fatal.text.startsWith('Invalid section header')) {
    const { problem: _, ...rest } = unit;
    return { unit: { ...rest, load: 'error' }, remarks };
  }
  return { unit: { ...unit, load: 'bad-setting', problem: FATAL }, remarks };
}
