/** Copy-on-write building blocks for defaults. */

type Loose = { readonly [key: string]: unknown };

/** The object with missing members filled; the same object where none is missing. */
export function fill<T extends object>(object: T, defaults: Partial<T>): T {
  for (const key of Object.keys(defaults)) {
    const value = (defaults as Loose)[key];
    if (value !== undefined && (object as Loose)[key] === undefined) return { ...defaults, ...definedOf(object) };
  }
  return object;
}

const definedOf = <T extends object>(object: T): T => {
  for (const key of Object.keys(object)) {
    if ((object as Loose)[key] === undefined)
      return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
  }
  return object;
};

/** The object with one present member mapped; the same object where it stays. */
export function over<T extends object, K extends keyof T>(
  object: T,
  key: K,
  map: (value: NonNullable<T[K]>) => NonNullable<T[K]>,
): T {
  const value = object[key];
  if (value === undefined || value === null) return object;
  const next = map(value);
  return next === value ? object : { ...object, [key]: next };
}

/** Maps a list; the same list where no element changes. */
export function each<T>(map: (item: T) => T): (list: readonly T[]) => readonly T[] {
  return (list) => {
    const next = list.map(map);
    return next.every((item, index) => item === list[index]) ? list : next;
  };
}

/** The object without some members; the same object where they are absent. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): T {
  if (!keys.some((key) => object[key] !== undefined)) return object;
  const dropped: ReadonlySet<PropertyKey> = new Set(keys);
  return Object.fromEntries(Object.entries(object).filter(([key]) => !dropped.has(key))) as T;
}

/** Remembers per object what a pure function answered; results count as done themselves. */
export function once<T extends object>(map: (object: T) => T): (object: T) => T {
  const done = new WeakMap<T, T>();
  return (object) => {
    const known = done.get(object);
    if (known !== undefined) return known;
    const next = map(object);
    done.set(object, next);
    done.set(next, next);
    return next;
  };
}
