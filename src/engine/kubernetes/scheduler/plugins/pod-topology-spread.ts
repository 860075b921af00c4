/**
 * Scheduler plugin PodTopologySpread.
 * Models: DoNotSchedule and ScheduleAnyway constraints with minDomains, and the system defaults (hostname skew 3, zone skew 5)
 * for pods of a service or a workload.
 * Leaves out: matchLabelKeys; node inclusion policies other than the default (affinity honoured, taints ignored).
 */
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { matchesPodNodeAffinity } from '../../apimachinery/node-affinity.ts';
import type { Pod, TopologySpreadConstraint } from '../../apimachinery/types.ts';
import { log } from '../../../sim/math.ts';
import { MAX_NODE_SCORE, type ClusterView, type FilterPlugin, type Refusal, type ScorePlugin } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { SpreadCounts } from '../spread-counts.ts';

const NAME = 'PodTopologySpread';
const HOSTNAME = 'kubernetes.io/hostname';
const SKEW: Refusal = {
  plugin: NAME,
  reasons: ["node(s) didn't match pod topology spread constraints"],
  resolvable: true,
};
const NO_LABEL: Refusal = {
  plugin: NAME,
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  resolvable: false,
};
const SYSTEM_DEFAULTS = [
  { topologyKey: HOSTNAME, maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
];

interface Soft {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly question: string;
  readonly matches: (pod: Pod) => boolean;
}

/** The plugin over the counts that its scheduler keeps. */
export function podTopologySpread(kept: SpreadCounts): FilterPlugin & ScorePlugin {
  return {
    name: NAME,
    weight: 2,
    prepareFilter({ pod }, cluster) {
      const hard = (pod.spec.topologySpreadConstraints ?? []).filter(
        (item) => item.whenUnsatisfiable === 'DoNotSchedule',
      );
      if (hard.length === 0) return undefined;
      const checks = hard.map((constraint) => hardCheck(constraint, hard, pod, cluster, kept));
      return (node) => {
        for (const check of checks) {
          const refusal = check(node);
          if (refusal !== undefined) return refusal;
        }
        return undefined;
      };
    },
    prepareScore({ pod }, cluster, feasible) {
      const own = pod.spec.topologySpreadConstraints ?? [];
      const soft =
        own.length > 0
          ? own.filter((item) => item.whenUnsatisfiable === 'ScheduleAnyway').map((item) => ownSoft(item, pod))
          : systemSoft(pod, cluster);
      if (soft.length === 0) return undefined;
      return softScorer(soft, own.length > 0, feasible, cluster, kept);
    },
  };
}

function sameNamespace(constraint: TopologySpreadConstraint, pod: Pod): (other: Pod) => boolean {
  const matcher = matcherOf(constraint.labelSelector);
  return (other) => other.metadata.namespace === pod.metadata.namespace && matcher.matches(other.metadata.labels);
}

const questionOf = (constraint: TopologySpreadConstraint, pod: Pod): string =>
  `${pod.metadata.namespace ?? ''}?${matcherOf(constraint.labelSelector).text}`;

function hardCheck(
  constraint: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
  pod: Pod,
  cluster: ClusterView,
  kept: SpreadCounts,
): (node: NodeInfo) => Refusal | undefined {
  const matches = sameNamespace(constraint, pod);
  const byNode = kept.counts(questionOf(constraint, pod), matches, cluster.nodes);
  const domains = new Map<string, number>();
  for (const node of cluster.nodes) {
    if (all.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) continue;
    if (!matchesPodNodeAffinity(pod.spec, node.name, node.labels)) continue;
    const value = node.labels[constraint.topologyKey] ?? '';
    domains.set(value, (domains.get(value) ?? 0) + (byNode.get(node.name) ?? 0));
  }
  let least = domains.size === 0 ? 0 : Math.min(...domains.values());
  if (constraint.minDomains !== undefined && domains.size < constraint.minDomains) least = 0;
  const self = matches(pod) ? 1 : 0;
  return (node) => {
    const value = node.labels[constraint.topologyKey];
    if (value === undefined) return NO_LABEL;
    return (domains.get(value) ?? 0) + self - least > constraint.maxSkew ? SKEW : undefined;
  };
}

const ownSoft = (constraint: TopologySpreadConstraint, pod: Pod): Soft => ({
  topologyKey: constraint.topologyKey,
  maxSkew: constraint.maxSkew,
  question: questionOf(constraint, pod),
  matches: sameNamespace(constraint, pod),
});

function systemSoft(pod: Pod, cluster: ClusterView): readonly Soft[] {
  const selector = cluster.defaultSelector(pod);
  if (selector === undefined) return [];
  const { namespace } = pod.metadata;
  const matches = (other: Pod): boolean =>
    other.metadata.namespace === namespace && selector(other.metadata.labels ?? {});
  return SYSTEM_DEFAULTS.map((item) => ({ ...item, question: cluster.workloadKey(pod), matches }));
}

function softScorer(
  soft: readonly Soft[],
  requireAllKeys: boolean,
  feasible: readonly NodeInfo[],
  cluster: ClusterView,
  kept: SpreadCounts,
): ReturnType<ScorePlugin['prepareScore']> {
  const ignored = new Set<NodeInfo>();
  if (requireAllKeys)
    for (const node of feasible)
      if (soft.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) ignored.add(node);
  const parts = soft.map((constraint) => {
    const byNode = kept.counts(constraint.question, constraint.matches, cluster.nodes);
    if (constraint.topologyKey === HOSTNAME) {
      return {
        ...constraint,
        weight: log(feasible.length - ignored.size + 2),
        count: (node: NodeInfo) => byNode.get(node.name) ?? 0,
      };
    }
    const values = new Map<string, number>();
    for (const node of feasible) {
      const value = node.labels[constraint.topologyKey];
      if (value !== undefined && !ignored.has(node)) values.set(value, 0);
    }
    if (values.size > 0) {
      for (const node of cluster.nodes) {
        const value = node.labels[constraint.topologyKey];
        if (value !== undefined && values.has(value))
          values.set(value, (values.get(value) ?? 0) + (byNode.get(node.name) ?? 0));
      }
    }
    return {
      ...constraint,
      weight: log(values.size + 2),
      count: (node: NodeInfo) => values.get(node.labels[constraint.topologyKey] ?? '') ?? 0,
    };
  });
  return {
    score: (node) => {
      if (ignored.has(node)) return 0;
      let sum = 0;
      for (const part of parts) {
        if (node.labels[part.topologyKey] !== undefined) sum += part.count(node) * part.weight + (part.maxSkew - 1);
      }
      return Math.round(sum);
    },
    normalize: (scores, nodes) => {
      normalizeSpread(scores, (at) => nodes[at] !== undefined && ignored.has(nodes[at]));
    },
  };
}

/** Fewer is better: the emptiest domain gets 100. */
function normalizeSpread(scores: number[], isIgnored: (at: number) => boolean): void {
  let min = Infinity;
  let max = 0;
  scores.forEach((score, at) => {
    if (isIgnored(at)) return;
    min = Math.min(min, score);
    max = Math.max(max, score);
  });
  for (let at = 0; at < scores.length; at += 1) {
    if (isIgnored(at)) scores[at] = 0;
    else scores[at] = max === 0 ? MAX_NODE_SCORE : Math.floor((MAX_NODE_SCORE * (max + min - (scores[at] ?? 0))) / max);
  }
}
