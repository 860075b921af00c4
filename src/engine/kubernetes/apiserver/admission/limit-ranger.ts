/**
 * Admission plugin LimitRanger. Models: default requests and limits of containers, minimum and maximum per container.
 * Leaves out: limits of pods as a whole, of claims, and ratios.
 */
import { compareQuantities, parseQuantity } from '../../../../formats/quantity.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { type FailureStatus, forbidden } from '../../apimachinery/status.ts';
import type { ApiObject, Container, Pod, StringMap } from '../../apimachinery/types.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../core.ts';
import type { Registry } from '../registry.ts';
import { asJson } from '../selection.ts';
import type { Storage } from '../storage.ts';
import { asPod } from '../subresources.ts';

type Limit = {
  readonly type: string;
  readonly default?: StringMap;
  readonly defaultRequest?: StringMap;
  readonly min?: StringMap;
  readonly max?: StringMap;
};
type LimitRange = ApiObject & { readonly spec?: { readonly limits?: readonly Limit[] } };

export class LimitRanger implements AdmissionPlugin {
  readonly name = 'LimitRanger';
  readonly resource = 'pods';
  constructor(
    private readonly registry: Registry,
    private readonly storage: Storage,
  ) {}

  admit(request: AdmissionRequest): JsonObject | FailureStatus {
    if (request.operation !== 'CREATE') return request.object;
    const limits = this.#limits(request.namespace);
    if (limits.length === 0) return request.object;
    const pod = asPod(request.object);
    if (pod.spec?.containers === undefined) return request.object;
    const next: Pod = {
      ...pod,
      spec: { ...pod.spec, containers: pod.spec.containers.map((container) => limits.reduce(withDefaults, container)) },
    };
    const problems = next.spec.containers.flatMap((container) =>
      limits.flatMap((limit) => violations(container, limit)),
    );
    if (problems.length === 0) return asJson(next);
    return forbidden(
      'pods',
      request.name,
      '',
      problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`,
    );
  }

  #limits(namespace: string): readonly Limit[] {
    const info = this.registry.find('limitranges');
    const store = this.storage.store();
    const range = info === undefined || 'kind' in store ? undefined : store.range(`${info.prefix}${namespace}/`);
    if (range === undefined || 'error' in range) return [];
    return range.entries
      .flatMap(({ value }) => (value as unknown as LimitRange).spec?.limits ?? [])
      .filter(({ type }) => type === 'Container');
  }
}

function withDefaults(container: Container, limit: Limit): Container {
  const { resources = {} } = container;
  const limits = { ...(limit.default ?? limit.max), ...resources.limits };
  // A request defaults to the container's own limit before the range's default.
  const requests = {
    ...limit.min,
    ...(limit.default ?? limit.max),
    ...limit.defaultRequest,
    ...resources.limits,
    ...resources.requests,
  };
  return {
    ...container,
    resources: {
      ...(Object.keys(limits).length === 0 ? {} : { limits }),
      ...(Object.keys(requests).length === 0 ? {} : { requests }),
    },
  };
}

function violations({ resources = {} }: Container, { min = {}, max = {} }: Limit): string[] {
  const problems: string[] = [];
  for (const [name, bound] of Object.entries(min)) {
    const request = resources.requests?.[name];
    if (request === undefined)
      problems.push(`minimum ${name} usage per Container is ${bound}.  No request is specified`);
    else if (less(request, bound))
      problems.push(`minimum ${name} usage per Container is ${bound}, but request is ${request}`);
  }
  for (const [name, bound] of Object.entries(max)) {
    const limit = resources.limits?.[name];
    if (limit === undefined) problems.push(`maximum ${name} usage per Container is ${bound}.  No limit is specified`);
    else if (less(bound, limit))
      problems.push(`maximum ${name} usage per Container is ${bound}, but limit is ${limit}`);
  }
  return problems;
}

function less(a: string, b: string): boolean {
  const [x, y] = [parseQuantity(a), parseQuantity(b)];
  return x.ok && y.ok && compareQuantities(x.quantity, y.quantity) < 0;
}
