/**
 * Scheduler plugin NodeResourcesFit.
 * Models: pod count, cpu, memory, ephemeral storage and extended resources; LeastAllocated over cpu and memory.
 * Leaves out: the other scoring strategies, which a scheduler configuration would choose.
 */
import { MAX_NODE_SCORE, type FilterPlugin, type Refusal, type ScorePlugin } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

export const nodeResourcesFit: FilterPlugin & ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  prepareFilter: (pod) => (node) => (fits(pod, node) ? undefined : explain(pod, node)),
  prepareScore: (pod) => ({
    score: (node) => {
      const cpu = leastRequested(node.scoreMilliCpu + pod.scoreMilliCpu, node.allocatable.milliCpu);
      const memory = leastRequested(node.scoreMemory + pod.scoreMemory, node.allocatable.memory);
      return Math.floor((cpu + memory) / 2);
    },
  }),
};

function leastRequested(requested: number, capacity: number): number {
  if (capacity === 0 || requested > capacity) return 0;
  return Math.floor(((capacity - requested) * MAX_NODE_SCORE) / capacity);
}

function fits({ requests }: PodInfo, node: NodeInfo): boolean {
  const { allocatable } = node;
  if (node.pods.size + 1 > node.allowedPods) return false;
  if (requests.milliCpu > 0 && requests.milliCpu > allocatable.milliCpu - node.milliCpu) return false;
  if (requests.memory > 0 && requests.memory > allocatable.memory - node.memory) return false;
  if (requests.ephemeralStorage > 0 && requests.ephemeralStorage > allocatable.ephemeralStorage - node.ephemeralStorage)
    return false;
  for (const [name, value] of requests.extended) {
    if (value > (allocatable.extended.get(name) ?? 0) - (node.extended.get(name) ?? 0)) return false;
  }
  return true;
}

function explain({ requests }: PodInfo, node: NodeInfo): Refusal {
  const { allocatable } = node;
  const reasons: string[] = [];
  // Ending other pods cannot help where even an empty node is too small.
  let resolvable = true;
  const check = (name: string, want: number, used: number, capacity: number): void => {
    if (want === 0 || want <= capacity - used) return;
    reasons.push(`Insufficient ${name}`);
    if (want > capacity) resolvable = false;
  };
  if (node.pods.size + 1 > node.allowedPods) reasons.push('Too many pods');
  check('cpu', requests.milliCpu, node.milliCpu, allocatable.milliCpu);
  check('memory', requests.memory, node.memory, allocatable.memory);
  check('ephemeral-storage', requests.ephemeralStorage, node.ephemeralStorage, allocatable.ephemeralStorage);
  for (const [name, value] of requests.extended)
    check(name, value, node.extended.get(name) ?? 0, allocatable.extended.get(name) ?? 0);
  return { plugin: 'NodeResourcesFit', reasons, resolvable };
}
