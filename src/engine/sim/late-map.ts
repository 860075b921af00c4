/**
 * Maps and sets for the many things of a world that mostly hold nothing, or one thing: signal handlers of a process,
 * children of a directory, neighbours of a network namespace. They behave as Map and Set do, order included, and have no
 * table before they hold two entries or somebody iterates: a table of its own costs more than most of what is in them.
 */

/** A Map that begins without a table. */
export class LateMap<K, V> implements Map<K, V> {
  #table: Map<K, V> | undefined;
  /** The only entry, where there is no table. */
  #only: { readonly key: K; value: V } | undefined;

  constructor(entries: Iterable<readonly [K, V]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#table?.size ?? (this.#only === undefined ? 0 : 1);
  }

  get(key: K): V | undefined {
    if (this.#table !== undefined) return this.#table.get(key);
    return this.#only?.key === key ? this.#only.value : undefined;
  }

  has(key: K): boolean {
    return this.#table?.has(key) ?? (this.#only !== undefined && this.#only.key === key);
  }

  set(key: K, value: V): this {
    if (this.#table !== undefined) this.#table.set(key, value);
    else if (this.#only === undefined) this.#only = { key, value };
    else if (this.#only.key === key) this.#only.value = value;
    else this.#whole().set(key, value);
    return this;
  }

  delete(key: K): boolean {
    if (this.#table !== undefined) return this.#table.delete(key);
    if (this.#only === undefined || this.#only.key !== key) return false;
    this.#only = undefined;
    return true;
  }

  clear(): void {
    // An iteration that is under way has the table in hand.
    this.#table?.clear();
    this.#only = undefined;
  }

  forEach(callback: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  keys(): MapIterator<K> {
    return (this.size === 0 ? new Map<K, V>() : this.#whole()).keys();
  }

  values(): MapIterator<V> {
    return (this.size === 0 ? new Map<K, V>() : this.#whole()).values();
  }

  entries(): MapIterator<[K, V]> {
    return (this.size === 0 ? new Map<K, V>() : this.#whole()).entries();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  /** Its table, from now on. */
  #whole(): Map<K, V> {
    this.#table ??= new Map(this.#only === undefined ? [] : [[this.#only.key, this.#only.value]]);
    this.#only = undefined;
    return this.#table;
  }
}

/** A Set that begins without a table. */
export class LateSet<T> implements Set<T> {
  readonly #members: LateMap<T, T>;

  constructor(members: Iterable<T> = []) {
    this.#members = new LateMap();
    for (const member of members) this.add(member);
  }

  get size(): number {
    return this.#members.size;
  }

  add(member: T): this {
    this.#members.set(member, member);
    return this;
  }

  has(member: T): boolean {
    return this.#members.has(member);
  }

  delete(member: T): boolean {
    return this.#members.delete(member);
  }

  clear(): void {
    this.#members.clear();
  }

  forEach(callback: (member: T, again: T, set: Set<T>) => void): void {
    for (const member of this) callback(member, member, this);
  }

  keys(): SetIterator<T> {
    return new Set(this.#members.keys()).keys();
  }

  values(): SetIterator<T> {
    return this.keys();
  }

  entries(): SetIterator<[T, T]> {
    return new Set(this.#members.keys()).entries();
  }

  [Symbol.iterator](): SetIterator<T> {
    return this.keys();
  }

  get [Symbol.toStringTag](): string {
    return 'Set';
  }
}
