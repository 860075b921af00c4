import type { JsonValue } from '../../protocol/plain.ts';
import type { Judgement } from '../interface.ts';

/** Whether an observed value is what was expected. */
export function judge(observed: JsonValue, expected: Judgement): boolean {
  if ('is' in expected) return same(observed, expected.is);
  if ('not' in expected) return !same(observed, expected.not);
  if ('in' in expected) return expected.in.some((candidate) => same(observed, candidate));
  if ('contains' in expected) return contains(observed, expected.contains);
  if ('atLeast' in expected) return typeof observed === 'number' && observed >= expected.atLeast;
  if ('atMost' in expected) return typeof observed === 'number' && observed <= expected.atMost;
  return (observed !== undefined && observed !== null) === expected.exists;
}

/** The value at `spec.ports[0].port`; a key with dots is written in quotes: `labels["a.b/c"]`. */
export function valueAt(object: JsonValue, path: string): JsonValue {
  let value: JsonValue = object;
  for (const [, quoted, index, key] of path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (value === null || typeof value !== 'object') return undefined;
    const name = quoted ?? index ?? key ?? '';
    if (isList(value)) value = value[Number(name)];
    else value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** The items of the list at a path; none where there is no list. */
export function itemsAt(object: JsonValue, path: string): readonly JsonValue[] {
  const value = valueAt(object, path);
  return isList(value) ? value : [];
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

function contains(observed: JsonValue, part: string): boolean {
  if (typeof observed === 'string') return observed.includes(part);
  return isList(observed) && observed.some((item) => item === part);
}
