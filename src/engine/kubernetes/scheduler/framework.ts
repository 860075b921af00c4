/**
 * The scheduling framework: what plugins see and answer (kubernetes pkg/scheduler/framework).
 * A plugin is prepared once per pod and then asked per node, so that nothing is computed twice in a cycle.
 */
import type { Pod } from '../apimachinery/types.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** Why a node was refused. `resolvable`: ending other pods could help (upstream: Unschedulable, not UnschedulableAndUnresolvable). */
export interface Refusal {
  readonly plugin: string;
  readonly reasons: readonly string[];
  readonly resolvable: boolean;
}

/** What plugins may look at beyond the one node: the cluster as of this cycle. */
export interface ClusterView {
  readonly nodes: readonly NodeInfo[];
  node(name: string): NodeInfo | undefined;
  namespaceLabels(namespace: string): Readonly<Record<string, string>>;
  /** Selector of the services and the owner that a pod belongs to, as label sets that all have to match; undefined: none. */
  defaultSelector(pod: Pod): ((labels: Readonly<Record<string, string>>) => boolean) | undefined;
  /** A name under which pods of one workload share their spread counts. */
  workloadKey(pod: Pod): string;
  /** Number of nodes that have any pod with required anti-affinity or affinity; lets plugins skip quickly. */
  readonly nodesWithAffinity: ReadonlySet<NodeInfo>;
}

/** A filter prepared for one pod; undefined: the node will do. */
export type NodeFilter = (node: NodeInfo) => Refusal | undefined;

export interface FilterPlugin {
  readonly name: string;
  /** Undefined: this plugin has nothing to say about the pod. */
  prepareFilter(pod: PodInfo, cluster: ClusterView): NodeFilter | PreFiltered | undefined;
}

/** Only these nodes come into question; upstream's PreFilterResult. */
export interface PreFiltered {
  readonly onlyNodes: ReadonlySet<string>;
  readonly filter: NodeFilter;
}

export interface Scorer {
  /** Raw score of a node that passed the filters. */
  score(node: NodeInfo): number;
  /** Turns raw scores (in the order of `nodes`) into 0…100 in place. Absent: they are already. */
  normalize?(scores: number[], nodes: readonly NodeInfo[]): void;
}

export interface ScorePlugin {
  readonly name: string;
  readonly weight: number;
  /** Undefined: skipped for this pod; it counts 0 for every node. */
  prepareScore(pod: PodInfo, cluster: ClusterView, feasible: readonly NodeInfo[]): Scorer | undefined;
}

export const MAX_NODE_SCORE = 100;

/** Scales to 0…100 by the largest; `reverse` makes the smallest best. */
export function defaultNormalize(scores: number[], reverse: boolean): void {
  let max = 0;
  for (const score of scores) if (score > max) max = score;
  for (let i = 0; i < scores.length; i += 1) {
    if (max === 0) {
      scores[i] = reverse ? MAX_NODE_SCORE : (scores[i] ?? 0);
      continue;
    }
    const scaled = Math.floor(((scores[i] ?? 0) * MAX_NODE_SCORE) / max);
    scores[i] = reverse ? MAX_NODE_SCORE - scaled : scaled;
  }
}
