import type { LabelMatcher } from '../apimachinery/label-selector.ts';
import { keyOf, namespaceOf } from '../apimachinery/meta.ts';
import type { ApiObject } from '../apimachinery/types.ts';
import type { Key, Lister } from './interface.ts';

type Index<T> = Map<string, Map<Key, T>>;

/** Objects by key with indexes; an update keeps the key's place in the order. */
export class ObjectCache<T extends ApiObject> implements Lister<T> {
  readonly #objects = new Map<Key, T>();
  readonly #byNamespace: Index<T> = new Map();
  readonly #indexes = new Map<
    string,
    { readonly values: (object: T) => readonly string[]; readonly entries: Index<T> }
  >();

  get size(): number {
    return this.#objects.size;
  }

  addIndex(name: string, values: (object: T) => readonly string[]): void {
    if (this.#indexes.has(name)) return;
    const entries: Index<T> = new Map();
    this.#indexes.set(name, { values, entries });
    for (const [key, object] of this.#objects) for (const value of values(object)) into(entries, value, key, object);
  }

  get(key: Key): T | undefined {
    return this.#objects.get(key);
  }

  list(namespace?: string): readonly T[] {
    if (namespace === undefined || namespace === '') return [...this.#objects.values()];
    return [...(this.#byNamespace.get(namespace)?.values() ?? [])];
  }

  byIndex(index: string, value: string): readonly T[] {
    const known = this.#indexes.get(index);
    if (known === undefined) throw new Error(`no index ${index}`);
    return [...(known.entries.get(value)?.values() ?? [])];
  }

  select(matcher: LabelMatcher, namespace?: string): readonly T[] {
    return this.list(namespace).filter((object) => matcher.matches(object.metadata.labels));
  }

  /** Puts an object; answers what was there. */
  set(object: T): T | undefined {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    this.#objects.set(key, object);
    into(this.#byNamespace, namespaceOf(object), key, object);
    for (const { values, entries } of this.#indexes.values()) {
      const next = values(object);
      if (old !== undefined) for (const value of values(old)) if (!next.includes(value)) outOf(entries, value, key);
      for (const value of next) into(entries, value, key, object);
    }
    return old;
  }

  delete(key: Key): T | undefined {
    const old = this.#objects.get(key);
    if (old === undefined) return undefined;
    this.#objects.delete(key);
    outOf(this.#byNamespace, namespaceOf(old), key);
    for (const { values, entries } of this.#indexes.values())
      for (const value of values(old)) outOf(entries, value, key);
    return old;
  }

  keys(): readonly Key[] {
    return [...this.#objects.keys()];
  }

  clear(): void {
    this.#objects.clear();
    this.#byNamespace.clear();
    for (const { entries } of this.#indexes.values()) entries.clear();
  }
}

function into<T>(index: Index<T>, value: string, key: Key, object: T): void {
  const known = index.get(value);
  if (known === undefined) index.set(value, new Map([[key, object]]));
  else known.set(key, object);
}

function outOf<T>(index: Index<T>, value: string, key: Key): void {
  const known = index.get(value);
  known?.delete(key);
  if (known?.size === 0) index.delete(value);
}
