/**
 * What objects use of a quota (kubernetes pkg/quota/v1/evaluator/core). Models: pods with requests and limits, services by
 * type, claims by size, counts of everything. Leaves out: scopes, storage classes, extended resources.
 */
import { isPodTerminal } from '../../apimachinery/pod-status.ts';
import { formatBytes, formatMilli, milliOf, wholeOf } from '../../apimachinery/resource-amounts.ts';
import type { ApiObject, Container, Pod, PodSpec, Service } from '../../apimachinery/types.ts';

/** By the names that quotas use. CPU is in millicores, everything else in whole units. */
export type Usage = Readonly<Record<string, number>>;

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'] as const;
/** Kinds whose plain name counts them too, beside `count/<name>`. */
const COUNTED: ReadonlySet<string> = new Set([
  'pods',
  'services',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
]);

const isCpu = (name: string): boolean => name === 'cpu' || name.endsWith('.cpu');
/** A quantity of a quota as a number. */
export const amountOf = (name: string, quantity: string | undefined): number =>
  isCpu(name) ? milliOf(quantity) : wholeOf(quantity);
export const formatAmount = (name: string, amount: number): string =>
  isCpu(name) ? formatMilli(amount) : /memory|storage/.test(name) ? formatBytes(amount) : String(amount);

/** The resource (`pods`, `deployments.apps`) whose objects a name in a quota is about; undefined for names that are not known. */
export function resourceOfQuota(name: string): string | undefined {
  if (name.startsWith('count/')) return name.slice('count/'.length);
  if (COUNTED.has(name)) return name;
  if (name.startsWith('services.')) return 'services';
  if (name === 'requests.storage') return 'persistentvolumeclaims';
  return /^((requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.test(name) ? 'pods' : undefined;
}

/** Everything that an object of a resource uses. */
export function usageOf(resource: string, object: ApiObject): Usage {
  const count = { [`count/${resource}`]: 1, ...(COUNTED.has(resource) ? { [resource]: 1 } : {}) };
  // The object is one of the resource, whose schema it has passed.
  switch (resource) {
    case 'pods': {
      const pod = object as Pod;
      return isPodTerminal(pod) ? {} : { ...count, ...podUsage(pod.spec) };
    }
    case 'services':
      return { ...count, ...serviceUsage(object as Service) };
    case 'persistentvolumeclaims': {
      const { spec } = object as ApiObject & {
        readonly spec?: { readonly resources?: { readonly requests?: Readonly<Record<string, string>> } };
      };
      return { ...count, 'requests.storage': wholeOf(spec?.resources?.requests?.['storage']) };
    }
    default:
      return count;
  }
}

function podUsage(spec: PodSpec): Usage {
  const usage: Record<string, number> = {};
  for (const name of COMPUTE) {
    const requests = podAmount(spec, 'requests', name);
    usage[name] = requests;
    usage[`requests.${name}`] = requests;
    usage[`limits.${name}`] = podAmount(spec, 'limits', name);
  }
  return usage;
}

/** Containers run together, init containers before them and one at a time, sidecars with everything after them. */
function podAmount(spec: PodSpec, kind: 'requests' | 'limits', name: string): number {
  const own = ({ resources }: Container): number => amountOf(name, resources?.[kind]?.[name]);
  let sidecars = 0;
  let peak = 0;
  for (const init of spec.initContainers ?? []) {
    if (init.restartPolicy === 'Always') sidecars += own(init);
    else peak = Math.max(peak, sidecars + own(init));
  }
  return Math.max(peak, sidecars + spec.containers.reduce((sum, container) => sum + own(container), 0));
}

function serviceUsage({ spec }: Service): Usage {
  const ports = spec.ports ?? [];
  return {
    'services.nodeports': ports.filter(({ nodePort }) => nodePort !== undefined && nodePort !== 0).length,
    'services.loadbalancers': spec.type === 'LoadBalancer' ? 1 : 0,
  };
}

/** Containers by the quota's names for which they say nothing, as a quota on compute demands. */
export function unstated(spec: PodSpec, names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const missing = new Map<string, string[]>();
  for (const name of names.toSorted()) {
    const [, kind = 'requests', resource = ''] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
    if (resource === '') continue;
    const silent = [...spec.containers, ...(spec.initContainers ?? [])]
      .filter(({ resources }) => resources?.[kind === 'limits' ? 'limits' : 'requests']?.[resource] === undefined)
      .map((container) => container.name);
    if (silent.length > 0) missing.set(name, [...new Set(silent)].toSorted());
  }
  return missing;
}
