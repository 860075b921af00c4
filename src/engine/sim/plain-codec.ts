/**
 * A snapshot as text: JSON in which an object or array met more than once stands once and is referred to afterwards, so that
 * sharing between versions and replicas survives, and bytes and undefined members are kept.
 */
import { decodeBase64, encodeBase64 } from '../../protocol/bytes.ts';
import type { Plain } from '../../protocol/plain.ts';

type Cell = null | boolean | number | string | readonly unknown[];

/** Encodes any plain graph without cycles. */
export function encodePlain(value: Plain): string {
  const cells: Cell[] = [];
  const known = new Map<object, number>();
  const cellOf = (item: Plain): unknown => {
    if (item === undefined) return ['u'];
    if (item === null || typeof item !== 'object') return item;
    const seen = known.get(item);
    if (seen !== undefined) return [seen];
    let cell: readonly unknown[];
    if (item instanceof Uint8Array) cell = ['b', encodeBase64(item)];
    else if (Array.isArray(item)) cell = ['a', ...(item as readonly Plain[]).map(cellOf)];
    else cell = ['o', ...Object.entries(item as { [key: string]: Plain }).flatMap(([key, member]) => [key, cellOf(member)])];
    const index = cells.length;
    cells.push(cell);
    known.set(item, index);
    return [index];
  };
  const root = cellOf(value);
  return JSON.stringify({ cells, root });
}

/** The graph of `encodePlain`'s text. Throws on text that it did not write. */
export function decodePlain(text: string): Plain {
  const { cells, root } = JSON.parse(text) as { cells: unknown[][]; root: unknown };
  const built: Plain[] = [];
  const valueOf = (item: unknown): Plain => {
    if (!Array.isArray(item)) return item as Plain;
    if (item[0] === 'u') return undefined;
    const at = item[0] as number;
    if (at >= built.length) throw new Error('a snapshot refers to a later cell');
    return built[at];
  };
  for (const cell of cells) {
    const [kind, ...rest] = cell;
    if (kind === 'b') {
      const bytes = decodeBase64(rest[0] as string);
      if (bytes === undefined) throw new Error('a snapshot holds malformed bytes');
      built.push(bytes);
    } else if (kind === 'a') built.push(rest.map(valueOf));
    else {
      const object: { [key: string]: Plain } = {};
      for (let i = 0; i < rest.length; i += 2) {
        Object.defineProperty(object, rest[i] as string, { value: valueOf(rest[i + 1]), enumerable: true, writable: true, configurable: true });
      }
      built.push(object);
    }
  }
  return valueOf(root);
}
