import { decodeUtf8, encodeBase64 } from '../../../../../protocol/bytes.ts';
import { createGenerated, GENERATOR_FLAGS, nameArgument } from '../../create-object.ts';
import type { Verb } from '../../verb.ts';
import { readSources } from './data-sources.ts';

/** Text if the bytes are valid UTF-8, else undefined. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text.includes('\ufffd') ? undefined : text;
}

export const createConfigmap: Verb = {
  path: 'create configmap',
  short: 'Create a config map from a local file, directory or literal value',
  aliases: ['cm'],
  examples: [
    'kubectl create configmap my-config --from-file=path/to/bar',
    'kubectl create configmap my-config --from-literal=key1=config1',
  ],
  flags: [...GENERATOR_FLAGS, 'from-file', 'from-literal', 'from-env-file'],
  run: (context) => {
    const name = nameArgument(context);
    const data: Record<string, string> = {};
    const binaryData: Record<string, string> = {};
    for (const [key, bytes] of readSources(context, 'configmap')) {
      const text = utf8Text(bytes);
      if (text === undefined) binaryData[key] = encodeBase64(bytes);
      else data[key] = text;
    }
    return createGenerated(
      context,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        ...(Object.keys(data).length === 0 ? {} : { data }),
        ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
      },
      { what: 'configmap' },
    );
  },
};
