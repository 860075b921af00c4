/**
 * Objects from files, directories and standard input (`-f`).
 * Facts: cli-runtime pkg/resource builder.go and visitor.go (order, error texts).
 */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isJsonObject, stringifyJson } from '../../../formats/json.ts';
import { parseJsonPrefix } from '../../../formats/json-parse.ts';
import { parseYaml, splitYamlDocuments } from '../../../formats/yaml.ts';
import { readAll, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Context } from './context.ts';
import { FileFault, fatal } from './fatal.ts';
import { objectsAt, textAt } from './fields.ts';
import { kustomize } from './kustomize/build.ts';

export interface Manifest {
  readonly object: JsonObject;
  /** File name as given, or `STDIN`. */
  readonly source: string;
}

/** A document, or what is wrong at its place. */
export type ManifestOrFault = Manifest | { readonly fault: FileFault };

/** Everything the -f flags name, in order. Faults stand where they were met. */
export async function readManifests(
  context: Context,
  options: { readonly validate: boolean },
): Promise<ManifestOrFault[]> {
  const { flags } = context;
  const names = flags.list('filename');
  const out: ManifestOrFault[] = [];
  const folder = flags.string('kustomize');
  if (folder !== '') {
    if (names.length > 0) fatal('only one of -f or -k can be specified');
    for (const object of await kustomize(context, folder)) out.push(...accept(object, folder, options.validate));
  }
  for (const name of names) {
    if (name === '-') out.push(...decode(await readStdin(context), 'STDIN', options.validate));
    else if (/^https?:\/\//.test(name)) context.notSimulated(`${context.path.join(' ')} -f ${name}`);
    else
      for (const path of filesOf(context, name))
        out.push(...decode(await readText(context, path), path, options.validate));
  }
  return out;
}

async function readStdin(context: Context): Promise<string> {
  const bytes = await readAll(context.process, 0);
  return failed(bytes) ? '' : bytesToText(bytes);
}

/** Pipes (`<(…)`) are read as well as files. */
async function readText(context: Context, path: string): Promise<string> {
  const bytes = await readOperand(context.process, path);
  if (!failed(bytes)) return bytesToText(bytes);
  return fatal(
    bytes.errno === 'EACCES'
      ? `open ${path}: permission denied`
      : `the path ${JSON.stringify(path)} cannot be accessed`,
  );
}

function filesOf(context: Context, name: string): string[] {
  const stat = context.process.stat(name);
  if (failed(stat)) {
    if (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR') fatal(`the path ${JSON.stringify(name)} does not exist`);
    fatal(`the path ${JSON.stringify(name)} cannot be accessed: stat ${name}: permission denied`);
  }
  if (stat.type !== 'directory') return [name];
  const files = walk(context, name.replace(/\/$/, ''), context.flags.bool('recursive'));
  if (files.length === 0) fatal(`error reading [${name}]: recognized file extensions are [.json .yaml .yml]`);
  return files;
}

function walk(context: Context, directory: string, recursive: boolean): string[] {
  const entries = context.process.readdir(directory);
  if (failed(entries)) return [];
  const out: string[] = [];
  for (const { name, type } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${directory}/${name}`;
    if (type === 'directory') {
      if (recursive) out.push(...walk(context, path, true));
    } else if (/\.(?:json|ya?ml)$/.test(name)) out.push(path);
  }
  return out;
}

/** The documents of one text. */
export function decode(text: string, source: string, validate: boolean): ManifestOrFault[] {
  const out: ManifestOrFault[] = [];
  const stop = (message: string): ManifestOrFault[] => {
    out.push({ fault: new FileFault(`error: ${message}`) });
    return out;
  };
  if (text.trimStart().startsWith('{')) return decodeJsonStream(text, source, validate);
  for (const chunk of splitYamlDocuments(text)) {
    if (!chunk.ok) return stop(`error parsing ${source}: ${chunk.message}`);
    const parsed = parseYaml(chunk.text);
    if (!parsed.ok) return stop(`error parsing ${source}: error converting YAML to JSON: ${parsed.error.message}`);
    if (parsed.value === null) continue;
    const added = accept(parsed.value, source, validate);
    out.push(...added);
    if (added.some((item) => 'fault' in item)) return out;
  }
  return out;
}

function decodeJsonStream(text: string, source: string, validate: boolean): ManifestOrFault[] {
  const out: ManifestOrFault[] = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    const parsed = parseJsonPrefix(text, position);
    if (!parsed.ok) {
      const message =
        parsed.message === 'unexpected end of JSON input'
          ? 'unexpected EOF'
          : `json: offset ${String(parsed.offset)}: ${parsed.message}`;
      out.push({ fault: new FileFault(`error: error parsing ${source}: ${message}`) });
      return out;
    }
    position = parsed.end;
    out.push(...accept(parsed.value, source, validate));
  }
  return out;
}

function accept(value: unknown, source: string, validate: boolean): ManifestOrFault[] {
  const fault = (message: string): ManifestOrFault[] => [{ fault: new FileFault(`error: ${message}`) }];
  if (!isJsonObject(value)) {
    return fault(
      `unable to decode ${JSON.stringify(source)}: json: cannot unmarshal ${jsonType(value)} into Go value of type unstructured.detector`,
    );
  }
  const object = value as JsonObject;
  const missing: string[] = [];
  if (textAt(object, 'apiVersion') === '') missing.push('apiVersion not set');
  if (textAt(object, 'kind') === '') missing.push('kind not set');
  if (missing.length > 0 && validate) {
    const list = missing.length === 1 ? (missing[0] ?? '') : `[${missing.join(', ')}]`;
    return fault(
      `error validating ${JSON.stringify(source)}: error validating data: ${list}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
  if (textAt(object, 'kind') === '') {
    return fault(`unable to decode ${JSON.stringify(source)}: Object 'Kind' is missing in '${stringifyJson(object)}'`);
  }
  if (textAt(object, 'kind').endsWith('List') && Array.isArray(object['items'])) {
    return objectsAt(object, 'items').flatMap((item) => accept(item as JsonValue, source, validate));
  }
  const wrong = wrongMetadata(object['metadata']);
  if (wrong !== undefined) return fault(`unable to decode ${JSON.stringify(source)}: json: cannot unmarshal ${wrong}`);
  return [{ object, source }];
}

/** Go types of ObjectMeta's members that every client decodes before it sends an object. */
const META_TYPES: Readonly<Record<string, 'string' | 'map[string]string'>> = {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  uid: 'string',
  resourceVersion: 'string',
  labels: 'map[string]string',
  annotations: 'map[string]string',
};

/** What the Go decoder says of metadata of the wrong type (runtime/serializer/json, metadataOnlyObject), or undefined. */
function wrongMetadata(metadata: unknown): string | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isJsonObject(metadata))
    return `${jsonType(metadata)} into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta`;
  for (const [name, value] of Object.entries(metadata)) {
    const type = META_TYPES[name];
    if (type === undefined || value === null || value === undefined) continue;
    if (type === 'string' && typeof value !== 'string')
      return `${jsonType(value)} into Go struct field ObjectMeta.metadata.${name} of type string`;
    if (type === 'string') continue;
    if (!isJsonObject(value))
      return `${jsonType(value)} into Go struct field ObjectMeta.metadata.${name} of type map[string]string`;
    const odd = Object.values(value).find((item) => typeof item !== 'string' && item !== null);
    if (odd !== undefined) return `${jsonType(odd)} into Go struct field ObjectMeta.metadata.${name} of type string`;
  }
  return undefined;
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? 'object' : typeof value;
}
