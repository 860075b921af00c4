/**
 * Scheduler plugin InterPodAffinity.
 * Models: required and preferred pod affinity and anti-affinity, of the incoming pod and of those already placed, with
 * namespaces and namespace selectors.
 * Leaves out: matchLabelKeys and mismatchLabelKeys.
 */
import { matcherOf } from '../../apimachinery/label-selector.ts';
import type { Pod, PodAffinityTerm } from '../../apimachinery/types.ts';
import {
  MAX_NODE_SCORE,
  type ClusterView,
  type FilterPlugin,
  type NodeFilter,
  type Refusal,
  type ScorePlugin,
} from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

const NAME = 'InterPodAffinity';
const AFFINITY: Refusal = { plugin: NAME, reasons: ["node(s) didn't match pod affinity rules"], resolvable: false };
const ANTI: Refusal = { plugin: NAME, reasons: ["node(s) didn't match pod anti-affinity rules"], resolvable: true };
const EXISTING_ANTI: Refusal = {
  plugin: NAME,
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  resolvable: true,
};
/** Weight of a placed pod's required affinity in the score of newcomers it would welcome. */
const HARD_POD_AFFINITY_WEIGHT = 1;

type Term = (pod: Pod, cluster: ClusterView) => boolean;

/** A term as a question about another pod. */
function compile(term: PodAffinityTerm, owner: Pod): Term {
  const matcher = matcherOf(term.labelSelector);
  const namespaces = term.namespaces ?? [];
  const byLabels = term.namespaceSelector === undefined ? undefined : matcherOf(term.namespaceSelector);
  const own = namespaces.length === 0 && byLabels === undefined ? (owner.metadata.namespace ?? '') : undefined;
  return (pod, cluster) => {
    const namespace = pod.metadata.namespace ?? '';
    const inScope =
      own === undefined
        ? namespaces.includes(namespace) || byLabels?.matches(cluster.namespaceLabels(namespace)) === true
        : namespace === own;
    return inScope && matcher.matches(pod.metadata.labels);
  };
}

const required = (
  terms: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] } | undefined,
): readonly PodAffinityTerm[] => terms?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

const pair = (term: PodAffinityTerm, node: NodeInfo): string | undefined => {
  const value = node.labels[term.topologyKey];
  return value === undefined ? undefined : `${term.topologyKey}=${value}`;
};

export const interPodAffinity: FilterPlugin & ScorePlugin = {
  name: NAME,
  weight: 2,
  prepareFilter(info, cluster) {
    const { pod } = info;
    const affinity = required(pod.spec.affinity?.podAffinity);
    const anti = required(pod.spec.affinity?.podAntiAffinity);
    if (affinity.length === 0 && anti.length === 0 && cluster.nodesWithAffinity.size === 0) return undefined;
    const refusedBy = pairsRefusedByPlaced(pod, cluster);
    if (affinity.length === 0 && anti.length === 0 && refusedBy.size === 0) return undefined;
    return filterWith(pod, affinity, anti, refusedBy, cluster);
  },
  prepareScore(info, cluster, feasible) {
    const preferred = info.pod.spec.affinity;
    const own =
      (preferred?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).length +
      (preferred?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).length;
    if (own === 0 && cluster.nodesWithAffinity.size === 0) return undefined;
    const weights = scoreWeights(info, cluster);
    if (weights.size === 0 || feasible.length === 0) return undefined;
    return {
      score: (node) => {
        let sum = 0;
        for (const [key, values] of weights) sum += values.get(node.labels[key] ?? '\u0000') ?? 0;
        return sum;
      },
      normalize: (scores) => {
        const min = Math.min(...scores);
        const max = Math.max(...scores);
        for (let i = 0; i < scores.length; i += 1) {
          scores[i] = max === min ? 0 : Math.floor((MAX_NODE_SCORE * ((scores[i] ?? 0) - min)) / (max - min));
        }
      },
    };
  },
};

/** Topology pairs in which a placed pod's anti-affinity forbids the newcomer. */
function pairsRefusedByPlaced(pod: Pod, cluster: ClusterView): ReadonlySet<string> {
  const refused = new Set<string>();
  for (const node of cluster.nodesWithAffinity) {
    for (const placed of node.withAntiAffinity.values()) {
      for (const term of required(placed.pod.spec.affinity?.podAntiAffinity)) {
        const key = pair(term, node);
        if (key !== undefined && compile(term, placed.pod)(pod, cluster)) refused.add(key);
      }
    }
  }
  return refused;
}

function filterWith(
  pod: Pod,
  affinity: readonly PodAffinityTerm[],
  anti: readonly PodAffinityTerm[],
  refused: ReadonlySet<string>,
  cluster: ClusterView,
): NodeFilter {
  const wanted = affinity.map((term) => compile(term, pod));
  const shunned = anti.map((term) => compile(term, pod));
  const attracting = new Set<string>();
  const repelling = new Set<string>();
  if (affinity.length > 0 || anti.length > 0) {
    for (const node of cluster.nodes) {
      for (const placed of node.pods.values()) {
        // A placed pod attracts only where it satisfies every term.
        if (wanted.length > 0 && wanted.every((matches) => matches(placed.pod, cluster)))
          affinity.forEach((term) => collect(attracting, term, node));
        shunned.forEach((matches, at) => {
          const term = anti[at];
          if (term !== undefined && matches(placed.pod, cluster)) collect(repelling, term, node);
        });
      }
    }
  }
  // The first pod of a group that wants its own company has to be let in somewhere.
  const first = attracting.size === 0 && wanted.length > 0 && wanted.every((matches) => matches(pod, cluster));
  return (node) => {
    for (const term of affinity) {
      const key = pair(term, node);
      if (key === undefined || (!attracting.has(key) && !first)) return AFFINITY;
    }
    for (const term of anti) {
      const key = pair(term, node);
      if (key !== undefined && repelling.has(key)) return ANTI;
    }
    if (refused.size > 0) {
      for (const [key, value] of Object.entries(node.labels)) if (refused.has(`${key}=${value}`)) return EXISTING_ANTI;
    }
    return undefined;
  };
}

function collect(into: Set<string>, term: PodAffinityTerm, node: NodeInfo): void {
  const key = pair(term, node);
  if (key !== undefined) into.add(key);
}

/** Topology key → value → sum of weights. */
function scoreWeights({ pod }: PodInfo, cluster: ClusterView): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const weights = new Map<string, Map<string, number>>();
  const add = (term: PodAffinityTerm, node: NodeInfo, weight: number): void => {
    const value = node.labels[term.topologyKey];
    if (value === undefined) return;
    const values = weights.get(term.topologyKey) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + weight);
    weights.set(term.topologyKey, values);
  };
  const mine = [
    ...(pod.spec.affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((item) => ({
      ...item,
      sign: 1,
    })),
    ...(pod.spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((item) => ({
      ...item,
      sign: -1,
    })),
  ].map((item) => ({ ...item, matches: compile(item.podAffinityTerm, pod) }));
  for (const node of mine.length > 0 ? cluster.nodes : cluster.nodesWithAffinity) {
    for (const placed of mine.length > 0 ? node.pods.values() : node.withAffinity.values()) {
      for (const { podAffinityTerm, weight, sign, matches } of mine)
        if (matches(placed.pod, cluster)) add(podAffinityTerm, node, sign * weight);
      if (!placed.hasAffinity) continue;
      const { podAffinity, podAntiAffinity } = placed.pod.spec.affinity ?? {};
      for (const term of required(podAffinity))
        if (compile(term, placed.pod)(pod, cluster)) add(term, node, HARD_POD_AFFINITY_WEIGHT);
      for (const item of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
        if (compile(item.podAffinityTerm, placed.pod)(pod, cluster)) add(item.podAffinityTerm, node, item.weight);
      }
      for (const item of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
        if (compile(item.podAffinityTerm, placed.pod)(pod, cluster)) add(item.podAffinityTerm, node, -item.weight);
      }
    }
  }
  return weights;
}
