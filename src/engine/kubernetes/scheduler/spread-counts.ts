/**
 * How many pods of a workload each node has, kept while pods come and go, so that spreading does not count every pod of
 * every node for each newcomer.
 */
import type { Pod } from '../apimachinery/types.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

export type Matches = (pod: Pod) => boolean;
interface Entry {
  readonly matches: Matches;
  readonly counts: Map<string, number>;
}
/** Workloads whose counts are kept; the one asked for longest ago is dropped. */
const MAX_WORKLOADS = 256;

export class SpreadCounts {
  readonly #entries = new Map<string, Entry>();

  /** Counts by node name of pods that match; `key` names the question. */
  counts(key: string, matches: Matches, nodes: readonly NodeInfo[]): ReadonlyMap<string, number> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.counts;
    }
    const counts = new Map<string, number>();
    for (const node of nodes) {
      let count = 0;
      for (const { pod } of node.pods.values())
        if (pod.metadata.deletionTimestamp === undefined && matches(pod)) count += 1;
      if (count > 0) counts.set(node.name, count);
    }
    this.#entries.set(key, { matches, counts });
    if (this.#entries.size > MAX_WORKLOADS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return counts;
  }

  placed(node: string, { pod }: PodInfo): void {
    this.#change(node, pod, 1);
  }

  left(node: string, { pod }: PodInfo): void {
    this.#change(node, pod, -1);
  }

  /** Selectors have changed (services, replica sets): every count is asked anew. */
  clear(): void {
    this.#entries.clear();
  }

  #change(node: string, pod: Pod, by: 1 | -1): void {
    if (pod.metadata.deletionTimestamp !== undefined) return;
    for (const { matches, counts } of this.#entries.values()) {
      if (matches(pod)) counts.set(node, (counts.get(node) ?? 0) + by);
    }
  }
}
