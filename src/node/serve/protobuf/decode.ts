/**
 * Protobuf bodies of requests as the JSON that they stand for: kubectl's generators send `k8s\0` and a runtime.Unknown.
 * Leaves out protobuf in answers: clients take JSON where they accept both.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { MESSAGE_FIELDS } from './message-fields.ts';
import type { WireField, WireValue } from './wire.ts';
import { bytesOf, numberOf, readFields, textOf } from './wire.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const MAGIC = [0x6b, 0x38, 0x73, 0];

interface Field {
  readonly name: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly inline: boolean;
  readonly keepsZero: boolean;
  readonly type: string;
}
type Message = ReadonlyMap<number, Field>;
type Decoded = { readonly value: JsonObject } | { readonly error: string };

const messages = new Map<string, Message>();

function message(name: string): Message | undefined {
  if (messages.size === 0) {
    for (const line of MESSAGE_FIELDS.split('\n')) {
      const [title = '', ...fields] = line.split(' ');
      if (title !== '') messages.set(title, new Map(fields.map(parseField)));
    }
  }
  return messages.get(name);
}

function parseField(text: string): readonly [number, Field] {
  const [, number = '', flags = '', name = '', type = ''] = /^(\d+)([*%^?!]*)([^:]+):(.+)$/.exec(text) ?? [];
  const has = (flag: string): boolean => flags.includes(flag);
  return [
    Number(number),
    { name, type, repeated: has('*'), map: has('%'), inline: has('^'), keepsZero: has('?') || has('!') },
  ];
}

/** The object in a Kubernetes protobuf body. */
export function decodeProtobufBody(bytes: Uint8Array): Decoded {
  if (!MAGIC.every((byte, index) => bytes[index] === byte))
    return { error: 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]' };
  const unknown = readFields(bytes.subarray(MAGIC.length));
  const part = (number: number): Uint8Array => bytesIn(unknown, number);
  const typeMeta = readFields(part(1));
  const apiVersion = textIn(typeMeta, 1);
  const kind = textIn(typeMeta, 2);
  const name = messageName(apiVersion, kind);
  const shape = message(name);
  if (unknown === undefined || typeMeta === undefined) return { error: 'unexpected EOF' };
  if (shape === undefined)
    return { error: `drydock: a protobuf body of kind '${kind}' in '${apiVersion}' is not simulated` };
  const object = decodeMessage(shape, part(2));
  return object === undefined
    ? { error: `proto: ${kind}: illegal wire data` }
    : { value: { kind, apiVersion, ...object } };
}

/** `apps/v1` and Deployment is apps.v1.Deployment; options belong to every group. */
function messageName(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.v1.DeleteOptions';
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? `core.${group}.${kind}` : `${group.split('.')[0] ?? ''}.${version}.${kind}`;
}

const bytesIn = (fields: readonly WireField[] | undefined, number: number): Uint8Array => {
  const found = fields?.findLast((field) => field.number === number);
  return found === undefined ? new Uint8Array(0) : bytesOf(found.value);
};
const textIn = (fields: readonly WireField[] | undefined, number: number): string =>
  new TextDecoder().decode(bytesIn(fields, number));

function decodeMessage(shape: Message, bytes: Uint8Array): JsonObject | undefined {
  const fields = readFields(bytes);
  if (fields === undefined) return undefined;
  const object: Record<string, JsonValue> = {};
  for (const { number, value } of fields) {
    const field = shape.get(number);
    // A newer client's field that this server does not know is dropped, as the real one does.
    if (field === undefined) continue;
    if (field.map) {
      const entry = readFields(bytesOf(value));
      const item = entry?.findLast((one) => one.number === 2)?.value ?? { type: 'bytes', bytes: new Uint8Array(0) };
      const decoded = decodeValue(field.type, item);
      if (entry === undefined || decoded === undefined) return undefined;
      object[field.name] = { ...(object[field.name] as JsonObject | undefined), [textIn(entry, 1)]: decoded };
      continue;
    }
    const decoded = decodeValue(field.type, value);
    if (decoded === undefined) return undefined;
    if (field.inline) Object.assign(object, decoded);
    else if (field.repeated)
      object[field.name] = [...((object[field.name] as readonly JsonValue[] | undefined) ?? []), decoded];
    else if (field.keepsZero || !isZero(decoded)) object[field.name] = decoded;
  }
  return object;
}

/** What Go's omitempty leaves out of a field that is no pointer; empty structures stay. */
const isZero = (value: JsonValue): boolean => value === '' || value === 0 || value === false || value === null;

function decodeValue(type: string, value: WireValue): JsonValue | undefined {
  switch (type) {
    case 's':
      return textOf(value);
    case 'b':
      return numberOf(value) !== 0;
    case 'i':
      return numberOf(value);
    case 'd':
      return value.type === 'bytes' && value.bytes.length === 8
        ? new DataView(value.bytes.buffer, value.bytes.byteOffset).getFloat64(0, true)
        : undefined;
    case 'B':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'e':
      return readFields(bytesOf(value))
        ?.filter(({ number }) => number === 1)
        .map((item) => textOf(item.value));
    case 'q':
      return textIn(readFields(bytesOf(value)), 1);
    case 'x':
      return intOrString(readFields(bytesOf(value)));
    case 't':
    case 'u':
      return instant(readFields(bytesOf(value)), type === 'u');
    case 'D':
      return `${String(integerIn(readFields(bytesOf(value)), 1) / 1e9)}s`;
    case 'r':
    case 'f':
      return embeddedJson(bytesIn(readFields(bytesOf(value)), 1));
    default: {
      const shape = message(type);
      return shape === undefined ? undefined : decodeMessage(shape, bytesOf(value));
    }
  }
}

const integerIn = (fields: readonly WireField[] | undefined, number: number): number => {
  const found = fields?.findLast((field) => field.number === number);
  return found === undefined ? 0 : numberOf(found.value);
};

const intOrString = (fields: readonly WireField[] | undefined): JsonValue =>
  integerIn(fields, 1) === 1 ? textIn(fields, 3) : integerIn(fields, 2);

/** A missing time is an empty message; JSON says null. */
function instant(fields: readonly WireField[] | undefined, micro: boolean): JsonValue {
  if (fields === undefined || fields.length === 0) return null;
  const seconds = integerIn(fields, 1);
  const iso = new Date(seconds * 1000).toISOString();
  return micro
    ? `${iso.slice(0, 19)}.${String(Math.floor(integerIn(fields, 2) / 1000)).padStart(6, '0')}Z`
    : `${iso.slice(0, 19)}Z`;
}

function embeddedJson(bytes: Uint8Array): JsonValue {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue;
  } catch {
    return null;
  }
}
