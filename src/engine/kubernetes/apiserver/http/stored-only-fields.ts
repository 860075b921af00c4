import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { STORED_ONLY, type StoredOnly } from '../../resources/stored-only.ts';
import { type Field, typeOf } from '../../schema/index.ts';
import { isObject } from '../selection.ts';

/** What the server keeps for itself or reports; nobody writes it to have something done. */
const NOT_WISHES: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/**
 * A warning for each field of a written object, or of a patch in its shape, that nothing acts on:
 * `drydock: spec.template.spec.runtimeClassName is stored, nothing acts on it yet`.
 */
export function storedOnlyWarnings(model: string, written: JsonObject): readonly string[] {
  const wishes = Object.fromEntries(Object.entries(written).filter(([name]) => !NOT_WISHES.has(name)));
  return found(model, wishes, '').map((text) => `drydock: ${text}`);
}

function found(model: string, written: JsonObject, path: string): readonly string[] {
  const fields = typeOf(model)?.fields;
  if (fields === undefined) return [];
  return Object.entries(written).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (field === undefined || value === null || value === undefined) return [];
    const place = path === '' ? name : `${path}.${name}`;
    const entry = STORED_ONLY[model]?.get(name);
    return entry === undefined ? below(field, value, place) : told(entry, value, place);
  });
}

function told(entry: StoredOnly, value: JsonValue, place: string): readonly string[] {
  const nothing = 'is stored, nothing acts on it yet';
  if (Array.isArray(value) && value.length === 0) return [];
  switch (entry.effect) {
    case 'none':
      return [`${place} ${nothing}`];
    case 'partly':
      return [`${place} ${entry.missing}`];
    case 'usual':
      if (entry.values.some((usual) => deepEqual(usual, value))) return [];
      return [`${place}${typeof value === 'object' ? '' : `: ${String(value)}`} ${nothing}`];
  }
}

function below({ ref, array, map }: Field, value: JsonValue, place: string): readonly string[] {
  if (ref === undefined) return [];
  const inside = (item: JsonValue, itsPlace: string): readonly string[] =>
    isObject(item) ? found(ref, item, itsPlace) : [];
  if (array && Array.isArray(value))
    return value.flatMap((item: JsonValue, at) => inside(item, `${place}[${String(at)}]`));
  if (map && isObject(value)) return Object.entries(value).flatMap(([key, item]) => inside(item, `${place}[${key}]`));
  return inside(value, place);
}
