/** Protobuf's wire format: the fields of one message. */
export type WireValue =
  { readonly type: 'number'; readonly value: bigint } | { readonly type: 'bytes'; readonly bytes: Uint8Array };
export interface WireField {
  readonly number: number;
  readonly value: WireValue;
}

/** The fields in order, or undefined where the bytes are no message. */
export function readFields(bytes: Uint8Array): readonly WireField[] | undefined {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint | undefined => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) return undefined;
      at += 1;
      result |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, result);
    }
    return undefined;
  };
  const take = (length: number): Uint8Array | undefined => {
    if (at + length > bytes.length) return undefined;
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    if (key === undefined) return undefined;
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (wire === 0) {
      const value = varint();
      if (value === undefined) return undefined;
      fields.push({ number, value: { type: 'number', value } });
      continue;
    }
    const length = wire === 1 ? 8n : wire === 5 ? 4n : wire === 2 ? varint() : undefined;
    const piece = length === undefined || length > BigInt(bytes.length) ? undefined : take(Number(length));
    if (piece === undefined) return undefined;
    fields.push({ number, value: { type: 'bytes', bytes: piece } });
  }
  return fields;
}

const text = new TextDecoder();
export const textOf = (value: WireValue): string =>
  value.type === 'bytes' ? text.decode(value.bytes) : String(value.value);
/** int32 and int64 are two's complement. */
export const numberOf = (value: WireValue): number =>
  value.type === 'number' ? Number(BigInt.asIntN(64, value.value)) : 0;
export const bytesOf = (value: WireValue): Uint8Array => (value.type === 'bytes' ? value.bytes : new Uint8Array(0));
