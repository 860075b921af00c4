/** ConfigMaps and Secrets that a kustomization makes, and the hash of their content (kustomize api/hasher). */
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeUtf8, encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { stringifyJson } from '../../../../formats/json.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, mapAt, textAt, textsAt } from '../fields.ts';
import { resourceOf, type Resource } from './resource.ts';

/** Digits that could make a word are replaced by letters. */
const HASH_LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
const HASH_LENGTH = 10;

/** What kustomize appends to the name of a generated object. */
export function contentHash(object: JsonObject): string {
  const kind = textAt(object, 'kind');
  const content = {
    data: object['data'] ?? '',
    kind,
    name: '',
    ...(kind === 'Secret' ? { type: textAt(object, 'type') } : {}),
  };
  const hex = [...sha256(encodeUtf8(stringifyJson(content)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [...hex.slice(0, HASH_LENGTH)].map((digit) => HASH_LETTERS[digit] ?? digit).join('');
}

/** One entry of configMapGenerator or secretGenerator. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  entry: JsonObject,
  common: JsonValue,
  readFile: (path: string) => Uint8Array,
): Resource {
  const behavior = textAt(entry, 'behavior');
  if (behavior !== '' && behavior !== 'create') fatal(`drydock: kustomize's behavior: ${behavior} is not simulated`);
  const data: Record<string, string> = {};
  const add = (key: string, bytes: Uint8Array): void => {
    data[key] = kind === 'Secret' ? encodeBase64(bytes) : decodeUtf8(bytes);
  };
  for (const literal of textsAt(entry, 'literals')) {
    const at = literal.indexOf('=');
    if (at <= 0) fatal(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, at), encodeUtf8(literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2')));
  }
  for (const source of textsAt(entry, 'files')) {
    const at = source.indexOf('=');
    const path = source.slice(at + 1);
    add(at > 0 ? source.slice(0, at) : (path.split('/').at(-1) ?? path), readFile(path));
  }
  const single = textAt(entry, 'env');
  for (const path of [...textsAt(entry, 'envs'), ...(single === '' ? [] : [single])])
    for (const line of decodeUtf8(readFile(path)).split('\n')) {
      const at = line.indexOf('=');
      if (line.trim() !== '' && !line.startsWith('#')) add(line.slice(0, at), encodeUtf8(line.slice(at + 1)));
    }
  const of = (member: 'labels' | 'annotations'): JsonObject => ({
    ...mapAt(common, member),
    ...mapAt(entry, 'options', member),
  });
  const namespace = textAt(entry, 'namespace');
  const type = textAt(entry, 'type');
  const object = {
    apiVersion: 'v1',
    ...(Object.keys(data).length === 0 ? {} : { data }),
    kind,
    metadata: {
      name: textAt(entry, 'name'),
      ...(namespace === '' ? {} : { namespace }),
      ...nonEmpty('labels', of('labels')),
      ...nonEmpty('annotations', of('annotations')),
    },
    ...(kind === 'Secret' ? { type: type === '' ? 'Opaque' : type } : {}),
  };
  const plain = [fieldAt(common, 'disableNameSuffixHash'), fieldAt(entry, 'options', 'disableNameSuffixHash')];
  return resourceOf(object, !plain.includes(true));
}

const nonEmpty = (name: string, map: JsonObject): JsonObject => (Object.keys(map).length === 0 ? {} : { [name]: map });
