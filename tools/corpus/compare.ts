import { isDeepStrictEqual } from 'node:util';
import type { Expectation } from './expectations.ts';

export interface Comparison {
  readonly compared: readonly string[];
  readonly mismatches: readonly string[];
}

/** Compares what a command named with the object read back; undefined is an object that does not exist. */
export function compare({ type, name, fields }: Expectation, object: unknown): Comparison {
  const what = `${type}/${name}`;
  if (fields === 'gone')
    return { compared: ['deletion'], mismatches: object === undefined ? [] : [`${what} is still there`] };
  if (object === undefined) return { compared: fields.map(({ path }) => path), mismatches: [`${what} does not exist`] };
  const mismatches = fields.flatMap(({ path, value }) => {
    const found = valueAt(object, path);
    return isSame(found, value, path)
      ? []
      : [`${what} ${path}: ${JSON.stringify(found)}, wanted ${JSON.stringify(value)}`];
  });
  return { compared: fields.map(({ path }) => path), mismatches };
}

/** Dates and quantities may come back in another spelling of the same value; a `$` was for the shell. */
function isSame(found: unknown, wanted: unknown, path: string): boolean {
  if (typeof wanted === 'string' && wanted.includes('$')) return true;
  if (path.startsWith('spec.hard.') || /\.(limits|requests)\./.test(path)) return found !== undefined;
  return isDeepStrictEqual(found, wanted);
}

/** `spec.containers[name=web].ports.0.containerPort`; dots within a key are escaped. */
export function valueAt(object: unknown, path: string): unknown {
  let at = object;
  for (const step of path.split(/(?<!\\)\./)) {
    const [, key = '', wanted] = /^(.*?)(?:\[name=(.*)\])?$/.exec(step) ?? [];
    at = isRecord(at) ? at[key.replaceAll('\\.', '.')] : undefined;
    if (wanted !== undefined)
      at = Array.isArray(at) ? at.find((item: unknown) => isRecord(item) && item['name'] === wanted) : undefined;
  }
  return at;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The path as the schema has it: without positions, names in lists and keys of maps. */
export function schemaPath(path: string): string {
  return path
    .replace(/\[name=[^\]]*\]/g, '')
    .replace(/(?<=^|\.)\d+(?=\.|$)\.?/g, '')
    .replace(/(\.(?:labels|annotations|matchLabels|selector|hard|data|limits|requests))\..*$/, '$1')
    .replace(/^data\..*$/, 'data')
    .replace(/\.$/, '');
}
