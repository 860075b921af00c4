/**
 * Decisions of the node lifecycle and taint eviction controllers (kubernetes pkg/controller/nodelifecycle, tainteviction).
 * Models: conditions that go Unknown without a lease, taints by condition, eviction by tolerationSeconds.
 * Leaves out: zones and their eviction rates.
 */
import { toleratesTaint } from '../../apimachinery/pod-status.ts';
import { conditionOf, isConditionTrue } from '../../apimachinery/meta.ts';
import type { Condition, Node, Taint, Toleration } from '../../apimachinery/types.ts';

export const MONITOR_PERIOD_US = 5_000_000;
/** Without a sign of life for this long a node's state is Unknown. */
export const MONITOR_GRACE_MS = 50_000;

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const PRESSURE: readonly (readonly [type: string, key: string])[] = [
  ['MemoryPressure', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'node.kubernetes.io/disk-pressure'],
  ['PIDPressure', 'node.kubernetes.io/pid-pressure'],
  ['NetworkUnavailable', 'node.kubernetes.io/network-unavailable'],
];
const OWNED = new Set([NOT_READY, UNREACHABLE, UNSCHEDULABLE, ...PRESSURE.map(([, key]) => key)]);

/** Conditions of a node that has not been heard of; undefined where they say so already. */
export function planUnknown(node: Node, now: string): readonly Condition[] | undefined {
  const conditions = node.status.conditions ?? [];
  const types = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];
  if (types.every((type) => conditionOf(conditions, type)?.status === 'Unknown')) return undefined;
  const unknown = (type: string): Condition => {
    const current = conditionOf(conditions, type);
    const posted = current !== undefined;
    return {
      ...current,
      type,
      status: 'Unknown',
      reason: posted ? 'NodeStatusUnknown' : 'NodeStatusNeverUpdated',
      message: posted ? 'Kubelet stopped posting node status.' : 'Kubelet never posted node status.',
      lastTransitionTime: current?.status === 'Unknown' ? (current.lastTransitionTime ?? now) : now,
    };
  };
  return [
    ...conditions.filter((condition) => !types.includes(condition.type)),
    ...['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(unknown),
  ];
}

/** The taints a node shall have by its conditions; undefined where it has them. */
export function planTaints(node: Node, now: string): readonly Taint[] | undefined {
  const conditions = node.status.conditions ?? [];
  const wanted: { readonly key: string; readonly effect: string }[] = [];
  const ready = conditionOf(conditions, 'Ready');
  if (ready?.status === 'False')
    wanted.push({ key: NOT_READY, effect: 'NoSchedule' }, { key: NOT_READY, effect: 'NoExecute' });
  if (ready?.status === 'Unknown')
    wanted.push({ key: UNREACHABLE, effect: 'NoSchedule' }, { key: UNREACHABLE, effect: 'NoExecute' });
  if (ready === undefined) wanted.push({ key: NOT_READY, effect: 'NoSchedule' });
  for (const [type, key] of PRESSURE) if (isConditionTrue(conditions, type)) wanted.push({ key, effect: 'NoSchedule' });
  if (node.spec.unschedulable === true) wanted.push({ key: UNSCHEDULABLE, effect: 'NoSchedule' });
  const current = node.spec.taints ?? [];
  const same = (a: { key: string; effect: string }, b: { key: string; effect: string }): boolean =>
    a.key === b.key && a.effect === b.effect;
  const kept = current.filter((taint) => !OWNED.has(taint.key) || wanted.some((want) => same(want, taint)));
  const added = wanted.filter((want) => !current.some((taint) => same(want, taint)));
  if (kept.length === current.length && added.length === 0) return undefined;
  return [...kept, ...added.map((taint): Taint => ({ ...taint, timeAdded: now }))];
}

/** When a pod has to leave, in seconds from now: 0 at once, undefined never. */
export function planEviction(taints: readonly Taint[], tolerations: readonly Toleration[]): number | undefined {
  const executing = taints.filter((taint) => taint.effect === 'NoExecute');
  if (executing.length === 0) return undefined;
  let least: number | undefined;
  for (const taint of executing) {
    const answering = tolerations.filter((toleration) => toleratesTaint(toleration, taint));
    if (answering.length === 0) return 0;
    for (const { tolerationSeconds } of answering) {
      if (tolerationSeconds !== undefined) least = Math.min(least ?? Infinity, Math.max(0, tolerationSeconds));
    }
  }
  return least;
}
