/**
 * A snapshot as text: JSON in which an object or array met more than once stands once and is referred to afterwards, so that
 * sharing between versions and replicas survives, and bytes, undefined members and every number are kept. Objects with the
 * same keys in the same order share one list of keys.
 */
import { decodeBase64, encodeBase64 } from '../../protocol/bytes.ts';
import type { Plain } from '../../protocol/plain.ts';

/** `[shape, …values]` for an object, `['a', …items]`, `['b', base64]`; a child is a scalar, `[cell]`, `['u']` or `['n', text]`. */
type Cell = unknown[];

interface Encoded {
  readonly shapes: readonly (readonly string[])[];
  readonly cells: readonly Cell[];
  readonly root: unknown;
}

/** Encodes any plain graph without cycles. Throws where something in it is not data. */
export function encodePlain(value: Plain): string {
  const encoder = new Encoder();
  try {
    const root = encoder.child(value);
    return JSON.stringify({ shapes: encoder.shapes, cells: encoder.cells, root } satisfies Encoded);
  } catch (error) {
    const path = error instanceof NotPlain ? pathTo(value, error.item) : undefined;
    throw path === undefined
      ? error
      : new Error(`a snapshot cannot hold ${nameOf(error instanceof NotPlain ? error.item : value)} at ${path}`);
  }
}

class Encoder {
  readonly cells: Cell[] = [];
  readonly shapes: string[][] = [];
  readonly #known = new Map<object, number>();
  readonly #shapeOf = new Map<string, number>();

  child(item: unknown): unknown {
    if (typeof item === 'string' || typeof item === 'boolean' || item === null) return item;
    if (item === undefined) return ['u'];
    if (typeof item === 'number')
      return Number.isFinite(item) && !Object.is(item, -0) ? item : ['n', Object.is(item, -0) ? '-0' : String(item)];
    if (typeof item !== 'object') throw new NotPlain(item);
    const known = this.#known.get(item);
    if (known !== undefined) return [known];
    const cell = this.#cell(item);
    const index = this.cells.length;
    this.cells.push(cell);
    this.#known.set(item, index);
    return [index];
  }

  #cell(item: object): Cell {
    if (item instanceof Uint8Array) return ['b', encodeBase64(item)];
    if (Array.isArray(item)) {
      const cell: Cell = ['a'];
      for (const member of item as readonly unknown[]) cell.push(this.child(member));
      return cell;
    }
    const prototype: unknown = Object.getPrototypeOf(item);
    if (prototype !== Object.prototype && prototype !== null) throw new NotPlain(item);
    const keys = Object.keys(item);
    const cell: Cell = [this.#shape(keys)];
    const members = item as { readonly [key: string]: unknown };
    for (const key of keys) cell.push(this.child(members[key]));
    return cell;
  }

  #shape(keys: string[]): number {
    const name = keys.join('\u0000');
    const known = this.#shapeOf.get(name);
    if (known !== undefined && this.shapes[known]?.length === keys.length) return known;
    this.#shapeOf.set(name, this.shapes.length);
    return this.shapes.push(keys) - 1;
  }
}

/** The graph of `encodePlain`'s text. Throws on text that it did not write. */
export function decodePlain(text: string): Plain {
  const { shapes, cells, root } = JSON.parse(text) as Encoded;
  const built: Plain[] = [];
  const valueOf = (item: unknown): Plain => {
    if (!Array.isArray(item)) return item as Plain;
    if (item[0] === 'u') return undefined;
    if (item[0] === 'n') return Number(item[1]);
    const at = item[0] as number;
    if (at >= built.length) throw new Error('a snapshot refers to a later cell');
    return built[at];
  };
  for (const cell of cells) built.push(decodeCell(cell, shapes, valueOf));
  return valueOf(root);
}

function decodeCell(cell: Cell, shapes: Encoded['shapes'], valueOf: (item: unknown) => Plain): Plain {
  const [kind] = cell;
  if (kind === 'b') {
    const bytes = decodeBase64(cell[1] as string);
    if (bytes === undefined) throw new Error('a snapshot holds malformed bytes');
    return bytes;
  }
  if (kind === 'a') {
    const items: Plain[] = [];
    for (let i = 1; i < cell.length; i += 1) items.push(valueOf(cell[i]));
    return items;
  }
  const keys = shapes[kind as number];
  if (keys?.length !== cell.length - 1) throw new Error('a snapshot holds an object without its keys');
  const object: { [key: string]: Plain } = {};
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? '';
    const value = valueOf(cell[i + 1]);
    if (key === '__proto__')
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
    else object[key] = value;
  }
  return object;
}

class NotPlain extends Error {
  constructor(readonly item: unknown) {
    super(`a snapshot cannot hold ${nameOf(item)}`);
  }
}

function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return `a ${typeof item}`;
  const prototype = Object.getPrototypeOf(item) as { readonly constructor?: { readonly name?: string } } | null;
  return `a ${prototype?.constructor?.name ?? 'object'}`;
}

/** Where in a graph an item stands, for the message of a failure. */
function pathTo(value: unknown, item: unknown, seen = new Set<unknown>()): string | undefined {
  if (value === item) return '';
  if (typeof value !== 'object' || value === null || seen.has(value)) return undefined;
  seen.add(value);
  for (const [key, member] of Object.entries(value)) {
    const path = pathTo(member, item, seen);
    if (path !== undefined) return `/${key}${path}`;
  }
  return undefined;
}
