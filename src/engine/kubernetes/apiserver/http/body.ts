import { isJsonObject } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { parseYaml } from '../../../../formats/yaml.ts';
import { concatBytes, decodeUtf8 } from '../../../../protocol/bytes.ts';
import type { BodyChunk } from '../../../../protocol/http.ts';
import type { JsonValue } from '../../../../protocol/plain.ts';
import { type FailureStatus, badRequest, unsupportedMediaType } from '../../apimachinery/status.ts';

/** Upstream's limit of a request body. */
export const MAX_BODY_BYTES = 3 * 1024 * 1024;
const READABLE = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** The value of a request's body; undefined for an empty one. */
export function readBody(
  chunks: readonly BodyChunk[],
  type: string,
): { readonly value: JsonValue | undefined } | FailureStatus {
  const [only] = chunks;
  if (only === undefined) return { value: undefined };
  if ('object' in only) return { value: only.object };
  const text = decodeUtf8(concatBytes(chunks.flatMap((chunk) => ('bytes' in chunk ? [chunk.bytes] : []))));
  if (text === '') return { value: undefined };
  if (type === 'application/yaml' || type === 'application/apply-patch+yaml') {
    const parsed = parseYaml(text);
    return parsed.ok
      ? { value: parsed.value as JsonValue }
      : badRequest(`error decoding YAML: ${parsed.error.message}`);
  }
  if (type !== '' && type !== '*/*' && !type.endsWith('json')) return unsupportedMediaType(type, READABLE);
  const parsed = parseJson(text);
  return parsed.ok
    ? { value: parsed.value as JsonValue }
    : badRequest(`couldn't get version/kind; json parse error: ${parsed.message}`);
}

export { isJsonObject };
