/** The value with every part that equals its counterpart in `known` replaced by it; `known` itself where all is equal. */
export function shareParts<T>(value: T, known: unknown): T {
  return share(value, known) as T;
}

type Members = { readonly [key: string]: unknown };

function share(value: unknown, known: unknown): unknown {
  if (value === known || typeof value !== 'object' || value === null) return value;
  if (typeof known !== 'object' || known === null || Array.isArray(known) !== Array.isArray(value)) return value;
  return Array.isArray(value)
    ? shareItems(value as readonly unknown[], known as readonly unknown[])
    : shareMembers(value as Members, known as Members);
}

function shareItems(list: readonly unknown[], known: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  let same = list.length === known.length;
  for (let at = 0; at < list.length; at += 1) {
    const item = list[at];
    const shared = share(item, known[at]);
    if (shared !== item) {
      copy ??= [...list];
      copy[at] = shared;
    }
    if (shared !== known[at]) same = false;
  }
  return same ? known : (copy ?? list);
}

function shareMembers(object: Members, known: Members): Members {
  let copy: { [key: string]: unknown } | undefined;
  let same = true;
  // Plain data only: there are no inherited members. Absent and undefined members are equal.
  for (const key in object) {
    const member = object[key];
    const shared = share(member, known[key]);
    if (shared !== member) {
      copy ??= { ...object };
      copy[key] = shared;
    }
    if (shared !== known[key]) same = false;
  }
  if (same) for (const key in known) if (known[key] !== undefined && object[key] === undefined) same = false;
  return same ? known : (copy ?? object);
}
