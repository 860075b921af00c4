/**
 * kustomize (v5) as kubectl has it built in.
 * Models: resources (files and folders), namespace, namePrefix, nameSuffix, labels, commonLabels, commonAnnotations,
 * images, replicas, patches of both kinds, generators of ConfigMaps and Secrets with the hash in their names.
 * Leaves out: components, replacements, vars, helm, remote resources; a field of those is refused by name.
 */
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import type { Process } from '../../../../protocol/program.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseYaml, splitYamlDocuments } from '../../../../formats/yaml.ts';
import { bytesToText } from '../../../text.ts';
import type { Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, namespaceOf, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import { contentHash, generate } from './generators.ts';
import { patched, type Patch } from './patches.ts';
import { resolveReferences } from './references.ts';
import { renamed, resourceOf, type Resource } from './resource.ts';
import { transformersOf } from './transformers.ts';

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;
/** Folders in folders in folders. */
const MAX_DEPTH = 32;

const MODELLED: ReadonlySet<string> = new Set(
  'apiVersion kind metadata resources bases namespace namePrefix nameSuffix labels commonLabels commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions'.split(
    ' ',
  ),
);
const KNOWN: ReadonlySet<string> = new Set(
  'components replacements vars helmCharts helmGlobals helmChartInflationGenerator transformers generators validators configurations crds openapi sortOptions buildMetadata'.split(
    ' ',
  ),
);
/** Fields of old, with what has come in their place. */
const DEPRECATED: Readonly<Record<string, string>> = {
  bases: 'resources',
  commonLabels: 'labels',
  patchesStrategicMerge: 'patches',
  patchesJson6902: 'patches',
};

/** The objects that a folder with a kustomization makes, in the order in which they are to be created. */
export async function kustomize(context: Context, directory: string): Promise<readonly JsonObject[]> {
  const resources = await buildFolder(context, absolute(context.process, directory), directory, 0);
  const final = resources.map((resource) =>
    resource.hashed ? renamed(resource, `${nameOf(resource.object)}-${contentHash(resource.object)}`) : resource,
  );
  return inOrder(resolveReferences(final));
}

const absolute = (process: Process, path: string): string => {
  const parts = (path.startsWith('/') ? path : `${process.cwd()}/${path}`).split('/');
  const out: string[] = [];
  for (const part of parts) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
};

async function buildFolder(
  context: Context,
  path: string,
  asGiven: string,
  depth: number,
): Promise<readonly Resource[]> {
  if (depth > MAX_DEPTH) fatal(`drydock: kustomizations lie more than ${String(MAX_DEPTH)} deep in one another`);
  const { process } = context;
  const stat = process.stat(path);
  if (failed(stat) || stat.type !== 'directory')
    fatal(
      `must build at directory: not a valid directory: evalsymlink failure on '${asGiven}' : lstat ${path}: no such file or directory`,
    );
  const file = readKustomization(process, path);
  for (const field of Object.keys(file)) {
    if (KNOWN.has(field)) context.notSimulated(`kustomization ${field}`);
    if (!MODELLED.has(field)) fatal(`invalid Kustomization: json: unknown field ${JSON.stringify(field)}`);
    const instead = DEPRECATED[field];
    if (instead !== undefined)
      await context.error(
        `# Warning: '${field}' is deprecated. Please use '${instead}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.`,
      );
  }
  let resources: readonly Resource[] = [];
  for (const entry of [...textsAt(file, 'resources'), ...textsAt(file, 'bases')])
    resources = [...resources, ...(await accumulate(context, path, entry, depth))];
  resources = [...resources, ...generated(process, path, file)];
  for (const patch of patchesOf(process, path, file)) resources = patched(resources, patch);
  return transformersOf(file).reduce<readonly Resource[]>((all, change) => all.map(change), resources);
}

function readKustomization(process: Process, path: string): JsonObject {
  const found = FILE_NAMES.map((name) => `${path}/${name}`).filter((file) => !failed(process.stat(file)));
  const [only, second] = found;
  if (only === undefined)
    return fatal(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${path}'`,
    );
  if (second !== undefined) fatal(`Found multiple kustomization files: ${path}\n`);
  const [document] = documentsOf(readText(process, only), only);
  if (!isJsonObject(document)) return fatal('kustomization.yaml is empty');
  return document;
}

function readText(process: Process, path: string): string {
  return bytesToText(readBytes(process, path));
}

function readBytes(process: Process, path: string): Uint8Array {
  const bytes = process.readFile(path);
  return failed(bytes) ? fatal(`open ${path}: no such file or directory`) : bytes;
}

function documentsOf(text: string, path: string): readonly JsonValue[] {
  return splitYamlDocuments(text).flatMap((chunk) => {
    if (!chunk.ok) return fatal(`error parsing ${path}: ${chunk.message}`);
    const parsed = parseYaml(chunk.text);
    if (!parsed.ok) return fatal(`map[string]interface {}(nil): yaml: ${parsed.error.message}`);
    return parsed.value === null ? [] : [parsed.value];
  });
}

/** What one entry of `resources` brings: the documents of a file, or another kustomization. */
async function accumulate(context: Context, path: string, entry: string, depth: number): Promise<readonly Resource[]> {
  if (/^[a-z+]+:\/\/|^github\.com/.test(entry)) context.notSimulated(`kustomize resource ${entry}`);
  const target = absolute(context.process, `${path}/${entry}`);
  const stat = context.process.stat(target);
  if (failed(stat))
    fatal(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': evalsymlink failure on '${target}' : lstat ${target}: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '${target}' : lstat ${target}: no such file or directory`,
    );
  if (stat.type === 'directory') return buildFolder(context, target, entry, depth + 1);
  return documentsOf(readText(context.process, target), target).flatMap((document) => {
    if (!isJsonObject(document)) return [];
    const items = textAt(document, 'kind') === 'List' ? objectsAt(document, 'items') : [document as JsonObject];
    return items.map((object) => resourceOf(object));
  });
}

function generated(process: Process, path: string, file: JsonObject): readonly Resource[] {
  const read = (name: string): Uint8Array => readBytes(process, absolute(process, `${path}/${name}`));
  const options = objectAt(file, 'generatorOptions');
  return [
    ...objectsAt(file, 'configMapGenerator').map((entry) => generate('ConfigMap', entry, options, read)),
    ...objectsAt(file, 'secretGenerator').map((entry) => generate('Secret', entry, options, read)),
  ];
}

function patchesOf(process: Process, path: string, file: JsonObject): readonly Patch[] {
  const bodies = (text: string, name: string): readonly JsonValue[] => documentsOf(text, name);
  const textOf = (name: string): string => readText(process, absolute(process, `${path}/${name}`));
  const entries = [...objectsAt(file, 'patches'), ...objectsAt(file, 'patchesJson6902')].flatMap((entry) => {
    const name = textAt(entry, 'path');
    const target = entry['target'];
    return bodies(name === '' ? textAt(entry, 'patch') : textOf(name), name).map((body) => ({
      body,
      ...(isJsonObject(target) ? { target } : {}),
    }));
  });
  const merges = textsAt(file, 'patchesStrategicMerge').flatMap((item) =>
    bodies(item.includes('\n') ? item : textOf(item), item).map((body) => ({ body })),
  );
  return [...merges, ...entries];
}

/** What others need is created first, what watches over others last. */
const FIRST =
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget'.split(
    ' ',
  );
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

function inOrder(objects: readonly JsonObject[]): readonly JsonObject[] {
  const rank = (object: JsonObject): number => {
    const kind = textAt(object, 'kind');
    return FIRST.includes(kind) ? FIRST.indexOf(kind) - FIRST.length : LAST.includes(kind) ? LAST.indexOf(kind) + 1 : 0;
  };
  const key = (object: JsonObject): string => `${textAt(object, 'kind')}\0${namespaceOf(object)}\0${nameOf(object)}`;
  return objects.toSorted((a, b) => rank(a) - rank(b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
