/** Data that survives a snapshot: JSON types, bytes and undefined members. Shared references are kept shared. */
export type Plain =
  null | undefined | boolean | number | string | Uint8Array | readonly Plain[] | { readonly [key: string]: Plain };

/** A JSON object as it travels on the wire: immutable, possibly shared between many owners. */
export type JsonObject = { readonly [key: string]: JsonValue };
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject | undefined;

/** Closes a union: the compiler proves that no variant is left. */
export function assertNever(value: never): never {
  throw new Error(`unexpected variant ${JSON.stringify(value)}`);
}
