/** Environment variables of containers, as `kubectl set env` changes and lists them. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, mapAt, objectAt, objectsAt, textAt } from '../fields.ts';

export interface EnvChanges {
  readonly set: readonly JsonObject[];
  readonly remove: readonly string[];
}

const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const NAME_RULE =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** Reads `A=b`, `A-` and --from. */
export async function parseEnv(context: Context, words: readonly string[]): Promise<EnvChanges> {
  const set: JsonObject[] = [];
  const remove: string[] = [];
  for (const word of words) {
    const at = word.indexOf('=');
    if (at >= 0) {
      const name = word.slice(0, at);
      if (!NAME.test(name)) fatal(`${JSON.stringify(name)} is not a valid key name: ${NAME_RULE}`);
      set.push({ name, value: word.slice(at + 1) });
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else fatal(`unknown argument ${word}`);
  }
  set.push(...(await fromSource(context)));
  const both = set.find((item) => remove.includes(textAt(item, 'name')));
  if (both !== undefined) fatal(`environment variable ${textAt(both, 'name')} can not be both set and removed`);
  return { set, remove };
}

async function fromSource(context: Context): Promise<JsonObject[]> {
  const { flags } = context;
  const from = flags.string('from');
  if (from === '') return [];
  const [kind = '', name = ''] = from.split('/');
  const type = await context.discovery.find(kind);
  if (type.kind !== 'ConfigMap' && type.kind !== 'Secret') fatal(`unsupported resource specified in --from`);
  const object = await context.api.get(resourcePath(type, context.namespace, name));
  const keys = flags.list('keys');
  const prefix = flags.string('prefix');
  return Object.keys(mapAt(object, 'data'))
    .sort()
    .filter((key) => keys.length === 0 || keys.includes(key))
    .map((key) => ({
      name: `${prefix}${key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')}`,
      valueFrom: { [type.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef']: { key, name } },
    }));
}

/** A container with its variables changed. */
export function changeEnv(container: JsonObject, changes: EnvChanges, overwrite: boolean): JsonObject {
  const old = objectsAt(container, 'env');
  if (!overwrite) {
    const clash = changes.set.find((item) => old.some((known) => textAt(known, 'name') === textAt(item, 'name')));
    if (clash !== undefined)
      fatal(
        `'${textAt(clash, 'name')}' already has a value (${textAt(
          old.find((known) => textAt(known, 'name') === textAt(clash, 'name')),
          'value',
        )}), and --overwrite is false`,
      );
  }
  const kept = old
    .filter((item) => !changes.remove.includes(textAt(item, 'name')))
    .map((item) => changes.set.find((other) => textAt(other, 'name') === textAt(item, 'name')) ?? item);
  const added = changes.set.filter((item) => !old.some((known) => textAt(known, 'name') === textAt(item, 'name')));
  const env = [...kept, ...added];
  const { env: _env, ...rest } = container;
  return env.length === 0 ? rest : { ...container, env };
}

/** The variables of a container, for --list. */
export function listEnv(owner: string, container: JsonObject): string {
  const lines = objectsAt(container, 'env').map((item) => {
    const name = textAt(item, 'name');
    if (fieldAt(item, 'valueFrom') === undefined) return `${name}=${textAt(item, 'value')}`;
    return `# ${name} from ${describeSource(objectAt(item, 'valueFrom'))}`;
  });
  return `${[`# ${owner}, container ${textAt(container, 'name')}`, ...lines].join('\n')}\n`;
}

function describeSource(source: JsonObject): string {
  if (fieldAt(source, 'fieldRef') !== undefined) return `field path ${textAt(source, 'fieldRef', 'fieldPath')}`;
  if (fieldAt(source, 'configMapKeyRef') !== undefined)
    return `configmap ${textAt(source, 'configMapKeyRef', 'name')}, key ${textAt(source, 'configMapKeyRef', 'key')}`;
  if (fieldAt(source, 'secretKeyRef') !== undefined)
    return `secret ${textAt(source, 'secretKeyRef', 'name')}, key ${textAt(source, 'secretKeyRef', 'key')}`;
  return 'resource field';
}
