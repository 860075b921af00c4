import { named } from './arithmetic.ts';
import { isArray, isObject } from './compare.ts';
import type { Json } from './json.ts';
import type { Path } from './paths.ts';
import { fail } from './paths.ts';

/** A result, with the path it was found at where paths are asked for. */
export interface Found {
  readonly value: Json;
  readonly path: Path | undefined;
}
export type Results = Generator<Found, void>;

export const isTrue = (value: Json): boolean => value !== null && value !== false;
export const child = ({ path }: Found, key: Json, value: Json): Found => ({
  value,
  path: path === undefined ? undefined : [...path, key],
});

/** `.[]`. */
export function* children(of: Found): Results {
  const { value } = of;
  if (isArray(value)) for (const [at, item] of value.entries()) yield child(of, at, item);
  else if (isObject(value)) for (const [key, item] of value) yield child(of, key, item);
  else fail(`Cannot iterate over ${value === null ? 'null' : named(value)}`);
}
