/**
 * Scheduler plugin DefaultPreemption.
 * Models: the fewest and least important victims on one node.
 * Leaves out: disruption budgets, and nominated pods' claims against each other.
 */
import type { Pod } from '../apimachinery/types.ts';
import type { ClusterView, FilterPlugin, Refusal } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

export interface PreemptionPlan {
  readonly node: string;
  readonly victims: readonly Pod[];
}

const priorityOf = (pod: Pod): number => pod.spec.priority ?? 0;

/** Where ending whom makes room for the pod; undefined where it cannot. Changes node accounts while trying, and puts them back. */
export function planPreemption(
  pod: PodInfo,
  refusals: ReadonlyMap<string, Refusal>,
  cluster: ClusterView,
  filters: readonly FilterPlugin[],
): PreemptionPlan | undefined {
  const priority = priorityOf(pod.pod);
  const candidates: { readonly node: string; readonly victims: readonly PodInfo[] }[] = [];
  for (const [name, refusal] of refusals) {
    const node = refusal.resolvable ? cluster.node(name) : undefined;
    if (node === undefined) continue;
    const victims = victimsOn(node, pod, priority, cluster, filters);
    if (victims !== undefined && victims.length > 0) candidates.push({ node: name, victims });
  }
  const [best] = candidates.toSorted((a, b) => rank(a.victims, b.victims));
  return best === undefined ? undefined : { node: best.node, victims: best.victims.map((victim) => victim.pod) };
}

/** Lowest highest priority, then lowest sum, then fewest, then youngest. */
function rank(a: readonly PodInfo[], b: readonly PodInfo[]): number {
  const highest = (victims: readonly PodInfo[]): number => Math.max(...victims.map((victim) => priorityOf(victim.pod)));
  const sum = (victims: readonly PodInfo[]): number =>
    victims.reduce((total, victim) => total + priorityOf(victim.pod) + 2 ** 31, 0);
  const oldest = (victims: readonly PodInfo[]): string =>
    victims.map((victim) => victim.pod.status.startTime ?? '').toSorted()[0] ?? '';
  return (
    highest(a) - highest(b) ||
    sum(a) - sum(b) ||
    a.length - b.length ||
    (oldest(a) > oldest(b) ? -1 : oldest(a) < oldest(b) ? 1 : 0)
  );
}

function victimsOn(
  node: NodeInfo,
  pod: PodInfo,
  priority: number,
  cluster: ClusterView,
  filters: readonly FilterPlugin[],
): readonly PodInfo[] | undefined {
  const lower = [...node.pods.values()].filter((placed) => priorityOf(placed.pod) < priority);
  if (lower.length === 0) return undefined;
  const fits = (): boolean =>
    filters.every((plugin) => {
      const prepared = plugin.prepareFilter(pod, cluster);
      if (prepared === undefined) return true;
      return (typeof prepared === 'function' ? prepared : prepared.filter)(node) === undefined;
    });
  for (const victim of lower) node.remove(victim.key);
  const victims: PodInfo[] = [];
  let possible = false;
  if (fits()) {
    possible = true;
    // The most important are let off first.
    for (const spared of lower.toSorted((a, b) => priorityOf(b.pod) - priorityOf(a.pod) || (a.key < b.key ? -1 : 1))) {
      node.add(spared);
      if (fits()) continue;
      node.remove(spared.key);
      victims.push(spared);
    }
  }
  for (const victim of lower) if (!node.pods.has(victim.key)) node.add(victim);
  return possible ? victims : undefined;
}
