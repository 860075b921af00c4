/** kubectl get --sort-by. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { compileJsonPath, relaxJsonPath } from '../../../formats/jsonpath.ts';
import { compareQuantities, parseQuantity } from '../../../formats/quantity.ts';
import type { Context } from './context.ts';
import { fatal } from './fatal.ts';

/** Puts objects in order; a string says why they have none. */
export type Sorter = <T>(items: readonly T[], objectOf: (item: T) => JsonObject) => T[] | string;

/** The order that --sort-by asks for; undefined if it does not ask. */
export function sorterOf(context: Context): Sorter | undefined {
  const field = context.flags.string('sort-by');
  if (field === '') return undefined;
  const relaxed = relaxJsonPath(field);
  if (!relaxed.ok) return fatal(relaxed.message);
  const path = compileJsonPath(relaxed.value, { allowMissingKeys: true });
  if (!path.ok) return fatal(path.message);
  const keyOf = (object: JsonObject): unknown => {
    const found = path.value.find(object);
    return found.ok ? found.value.flat()[0] : undefined;
  };
  return (items, objectOf) => {
    const keyed = items.map((item) => ({ item, key: keyOf(objectOf(item)) }));
    if (keyed.length > 0 && keyed.every(({ key }) => key === undefined))
      return `couldn't find any field with path "${relaxed.value}" in the list of objects`;
    return keyed.toSorted((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
  };
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
  if (b === undefined || b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  const x = parseQuantity(left);
  const y = parseQuantity(right);
  if (x.ok && y.ok) return compareQuantities(x.quantity, y.quantity);
  return left < right ? -1 : left > right ? 1 : 0;
}
