/** Which pod and container a command means. */
import { matcherOf } from '../../../engine/kubernetes/apimachinery/label-selector.ts';
import type { FailureStatus } from '../../../engine/kubernetes/apimachinery/status.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { fatal } from './fatal.ts';
import { refuse } from './server-error.ts';
import { fieldAt, nameOf, objectAt, objectsAt, textAt } from './fields.ts';

export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

const PODS: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'pods',
  singular: 'pod',
  kind: 'Pod',
  namespaced: true,
  verbs: [],
  shortNames: ['po'],
  categories: [],
  preferred: true,
};
export const POD_TYPE = PODS;

export const podPath = (namespace: string, name: string, subresource?: string): string =>
  resourcePath(PODS, namespace, name, subresource);

/** The label selector of what owns pods, as a query; undefined if it owns none. */
export function podSelector(object: JsonObject): string | undefined {
  const kind = textAt(object, 'kind');
  if (kind === 'Service' || kind === 'ReplicationController') {
    const selector = objectAt(object, 'spec', 'selector');
    if (Object.keys(selector).length === 0) return undefined;
    return Object.entries(selector)
      .map(([key, value]) => `${key}=${String(value)}`)
      .sort()
      .join(',');
  }
  const selector = fieldAt(object, 'spec', 'selector');
  if (selector === undefined) return undefined;
  const { matchLabels, matchExpressions } = selector as {
    matchLabels?: Record<string, string>;
    matchExpressions?: { key: string; operator: string; values?: string[] }[];
  };
  return matcherOf({
    ...(matchLabels === undefined ? {} : { matchLabels }),
    ...(matchExpressions === undefined ? {} : { matchExpressions }),
  }).text;
}

/** The pods behind `POD` or `TYPE/NAME`, best first; `refused` ends the command where the server has no such object. */
export async function podsOf(
  context: Context,
  word: string,
  refused: (failure: FailureStatus) => never = refuse,
): Promise<JsonObject[]> {
  const [typeWord = '', name = ''] = word.includes('/') ? word.split('/') : ['pod', word];
  const type = word.includes('/') ? await context.discovery.find(typeWord) : PODS;
  const reply = await context.api.ask({ path: resourcePath(type, context.namespace, name) });
  const owner = reply.ok ? reply.object : refused(reply.failure);
  if (type.kind === 'Pod') return [owner];
  const selector = podSelector({ kind: type.kind, ...owner });
  if (selector === undefined) return fatal(`cannot attach to *v1.${type.kind}: selector is empty`);
  return listPods(context, selector);
}

export async function listPods(context: Context, labelSelector: string): Promise<JsonObject[]> {
  const list = await context.api.get(resourcePath(PODS, context.namespace), { labelSelector, limit: 500 });
  return objectsAt(list, 'items')
    .map((item) => ({ apiVersion: 'v1', kind: 'Pod', ...item }))
    .toSorted(byUsefulness);
}

/** Scheduled before unscheduled, running before pending, ready before not ready, older first. */
function byUsefulness(a: JsonObject, b: JsonObject): number {
  const rank = (pod: JsonObject): string => {
    const phase = { Running: '0', Unknown: '1', Pending: '2' }[textAt(pod, 'status', 'phase')] ?? '3';
    const ready = isReady(pod) ? '0' : '1';
    return `${textAt(pod, 'spec', 'nodeName') === '' ? '1' : '0'}${phase}${ready}${textAt(pod, 'metadata', 'creationTimestamp')}`;
  };
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x < y ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

export const isReady = (pod: JsonObject): boolean =>
  objectsAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );

/** One pod of those; several are announced. */
export async function onePodOf(context: Context, word: string): Promise<JsonObject> {
  const pods = await podsOf(context, word);
  const [first] = pods;
  return first ?? fatal('timed out waiting for the condition');
}

/** The container to use: the one named (whether there is one says the server), the annotated one, or the first, which is then announced. */
export async function chooseContainer(
  context: Context,
  pod: JsonObject,
  named: string,
  options: { readonly announce: boolean },
): Promise<string> {
  const names = containerNames(pod);
  if (named !== '') return named;
  const noted = textAt(pod, 'metadata', 'annotations', DEFAULT_CONTAINER);
  if (noted !== '' && names.includes(noted)) return noted;
  const [first = ''] = names;
  if (
    options.announce &&
    names.length + textsOf(pod, 'initContainers').length + textsOf(pod, 'ephemeralContainers').length > 1
  ) {
    await context.error(`Defaulted container ${JSON.stringify(first)} out of: ${describeContainers(pod)}`);
  }
  return first;
}

function describeContainers(pod: JsonObject): string {
  return [
    ...containerNames(pod),
    ...textsOf(pod, 'ephemeralContainers').map((name) => `${name} (ephem)`),
    ...textsOf(pod, 'initContainers').map((name) => `${name} (init)`),
  ].join(', ');
}

const textsOf = (pod: JsonObject, member: string): string[] =>
  objectsAt(pod, 'spec', member).map((container) => textAt(container, 'name'));
export const containerNames = (pod: JsonObject): string[] => textsOf(pod, 'containers');
export const allContainers = (pod: JsonObject): string[] => [
  ...textsOf(pod, 'initContainers'),
  ...containerNames(pod),
  ...textsOf(pod, 'ephemeralContainers'),
];
