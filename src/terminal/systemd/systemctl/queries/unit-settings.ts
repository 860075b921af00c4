/** The assignments of a unit's files, as `systemctl show` and `list-dependencies` read them. */
import type { Process } from '../../../../protocol/program.ts';
import { fileText } from '../../../io.ts';
import type { Unit } from '../../client.ts';

/** Values by key in the order in which they are written; an empty one takes back what came before. */
export function unitSettings(process: Process, unit: Unit): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const path of [...(unit.path === undefined ? [] : [unit.path]), ...unit.dropIns]) {
    const text = (fileText(process, path) ?? '').replace(/\\\n\s*/g, ' ');
    for (const [, key = '', value = ''] of text.matchAll(/^[ \t]*([A-Za-z]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$/gm))
      values.set(key, value === '' ? [] : [...(values.get(key) ?? []), value]);
  }
  return values;
}
