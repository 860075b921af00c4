/**
 * Answers for a reader's own eyes: indented, members in the order of the API's types.
 * Source: apiserver pkg/endpoints/handlers/negotiation isPrettyPrint; apimachinery pkg/apis/meta/v1 types.go (order).
 */
import { stringifyJson } from '../../../../formats/json.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { BodyChunk, RequestHead } from '../../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { first, parseTarget } from './routes.ts';

/** Tools that people read the output of. */
const READERS = ['curl', 'Wget', 'Mozilla/5.0'];
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];

const OBJECT = ['kind', 'apiVersion', 'metadata', 'items', 'spec', 'status'];
const STATUS = ['kind', 'apiVersion', 'metadata', 'items', 'status', 'message', 'reason', 'details', 'code'];
const METADATA = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** The body of an answer, as the client wants to see it. */
export function bodyFor({ target, headers }: RequestHead, object: JsonObject): BodyChunk {
  const asked = first(parseTarget(target), 'pretty');
  const pretty =
    asked === '' ? READERS.some((reader) => (headers['user-agent'] ?? '').startsWith(reader)) : TRUE.includes(asked);
  return pretty ? { bytes: encodeUtf8(stringifyJson(inOrder(object), { indent: '  ', sortKeys: false })) } : { object };
}

function inOrder(object: JsonObject): JsonObject {
  const { metadata, items } = object;
  return {
    ...sorted(object, object['kind'] === 'Status' ? STATUS : OBJECT),
    ...(isObject(metadata) ? { metadata: sorted(metadata, METADATA) } : {}),
    ...(Array.isArray(items)
      ? { items: (items as readonly JsonValue[]).map((item) => (isObject(item) ? inOrder(item) : item)) }
      : {}),
  };
}

function sorted(object: JsonObject, order: readonly string[]): JsonObject {
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.indexOf('items') + 0.5);
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => place(a) - place(b)));
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
