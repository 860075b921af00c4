/** What a kustomization changes in every resource below it: namespace, names, labels, annotations, images, replicas. */
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { fieldAt, mapAt, nameOf, numberAt, objectsAt, textAt, withField } from '../fields.ts';
import { isNamespaced, kindText, rebuild, renamed, withMetadata, type Resource } from './resource.ts';

type Change = (resource: Resource) => Resource;

const changeObject =
  (change: (object: JsonObject) => JsonObject): Change =>
  (resource) => ({ ...resource, object: change(resource.object) });

/** The changes that a kustomization asks for, in kustomize's order. */
export function transformersOf(file: JsonObject): readonly Change[] {
  const namespace = textAt(file, 'namespace');
  const [prefix, suffix] = [textAt(file, 'namePrefix'), textAt(file, 'nameSuffix')];
  const common = mapAt(file, 'commonLabels');
  return [
    ...(namespace === '' ? [] : [(resource: Resource) => placed(resource, namespace)]),
    ...(prefix === '' && suffix === '' ? [] : [affix(prefix, suffix)]),
    ...objectsAt(file, 'labels').map((entry) =>
      changeObject(
        labelled(mapAt(entry, 'pairs'), {
          selectors: fieldAt(entry, 'includeSelectors') === true,
          templates: fieldAt(entry, 'includeSelectors') === true || fieldAt(entry, 'includeTemplates') === true,
        }),
      ),
    ),
    ...(Object.keys(common).length === 0 ? [] : [changeObject(labelled(common, { selectors: true, templates: true }))]),
    changeObject((object) => annotated(object, mapAt(file, 'commonAnnotations'))),
    ...objectsAt(file, 'replicas').map(replicated),
    ...objectsAt(file, 'images').map((entry) => changeObject((object) => withImage(object, entry))),
  ];
}

/** A Namespace is renamed; everything else that lives in one is put into it. */
function placed(resource: Resource, namespace: string): Resource {
  const { object } = resource;
  if (kindText(resource) === 'Namespace') return renamed(resource, namespace);
  const here = isNamespaced(object) ? withMetadata(object, { namespace }) : object;
  const subjects = objectsAt(here, 'subjects').map((subject) =>
    textAt(subject, 'kind') === 'ServiceAccount' ? { ...subject, namespace } : subject,
  );
  return { ...resource, object: subjects.length === 0 ? here : { ...here, subjects } };
}

const NEVER_RENAMED: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

const affix =
  (prefix: string, suffix: string): Change =>
  (resource) =>
    NEVER_RENAMED.has(kindText(resource))
      ? resource
      : renamed(resource, `${prefix}${nameOf(resource.object)}${suffix}`);

/** Where pod templates lie. */
const TEMPLATES: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];
/** Selectors that get labels even where they have none yet. */
const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec', 'selector'],
  ReplicationController: ['spec', 'selector'],
  Deployment: ['spec', 'selector', 'matchLabels'],
  ReplicaSet: ['spec', 'selector', 'matchLabels'],
  DaemonSet: ['spec', 'selector', 'matchLabels'],
  StatefulSet: ['spec', 'selector', 'matchLabels'],
};

function merged(object: JsonObject, path: readonly string[], pairs: JsonObject): JsonObject {
  return withField(object, path, { ...mapAt(object, ...path), ...pairs });
}

const labelled =
  (pairs: JsonObject, include: { readonly selectors: boolean; readonly templates: boolean }) =>
  (object: JsonObject): JsonObject => {
    let next = merged(object, ['metadata', 'labels'], pairs);
    const selector = SELECTORS[textAt(object, 'kind')];
    if (include.selectors && selector !== undefined) next = merged(next, selector, pairs);
    for (const path of include.templates ? TEMPLATES : [])
      if (fieldAt(next, ...path) !== undefined) next = merged(next, [...path, 'metadata', 'labels'], pairs);
    return next;
  };

function annotated(object: JsonObject, pairs: JsonObject): JsonObject {
  if (Object.keys(pairs).length === 0) return object;
  let next = merged(object, ['metadata', 'annotations'], pairs);
  for (const path of TEMPLATES)
    if (fieldAt(next, ...path) !== undefined) next = merged(next, [...path, 'metadata', 'annotations'], pairs);
  return next;
}

const replicated =
  (entry: JsonObject): Change =>
  (resource) =>
    resource.names.includes(textAt(entry, 'name')) && fieldAt(resource.object, 'spec', 'replicas') !== undefined
      ? { ...resource, object: withField(resource.object, ['spec', 'replicas'], numberAt(entry, 'count')) }
      : resource;

/** Containers of that image take its new name, tag or digest. */
function withImage(object: JsonObject, entry: JsonObject): JsonObject {
  const container = (item: JsonValue): JsonValue =>
    isJsonObject(item) && typeof item['image'] === 'string'
      ? { ...item, image: changedImage(item['image'], entry) }
      : item;
  return rebuild(object, (map) => {
    const lists = ['containers', 'initContainers'].filter((key) => Array.isArray(map[key]));
    return {
      ...map,
      ...Object.fromEntries(lists.map((key) => [key, (map[key] as readonly JsonValue[]).map(container)])),
    };
  }) as JsonObject;
}

function changedImage(image: string, entry: JsonObject): string {
  const match = /^(.*?)(:[^/:@]+)?(@.+)?$/.exec(image);
  if (match?.[1] !== textAt(entry, 'name')) return image;
  const name = textAt(entry, 'newName') === '' ? match[1] : textAt(entry, 'newName');
  const [tag, digest] = [textAt(entry, 'newTag'), textAt(entry, 'digest')];
  if (digest !== '') return `${name}${tag === '' ? '' : `:${tag}`}@${digest}`;
  return tag === '' ? `${name}${match[2] ?? ''}${match[3] ?? ''}` : `${name}:${tag}`;
}
