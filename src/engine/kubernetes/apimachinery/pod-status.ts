/** Small questions about pods and taints that several components ask. */
import { conditionOf, isConditionTrue } from './meta.ts';
import type { Pod, Taint, Toleration } from './types.ts';

/** Whether a pod's Ready condition is True. */
export const isPodReady = (pod: Pod): boolean => isConditionTrue(pod.status.conditions, 'Ready');

/** Whether a pod has ended for good. */
export const isPodTerminal = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Neither ended nor being deleted (upstream: IsPodActive). */
export const isPodActive = (pod: Pod): boolean => !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;

/** Ready, and since no later than an API time (`now - minReadySeconds`); such times order as text. */
export function isPodAvailable(pod: Pod, noLaterThan: string): boolean {
  return isPodReady(pod) && (conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? '') <= noLaterThan;
}

/** Whether one toleration answers one taint (upstream: Toleration.ToleratesTaint). */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  const key = toleration.key ?? '';
  if (key !== '' && key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return (
    (toleration.operator === undefined || toleration.operator === '' || toleration.operator === 'Equal') &&
    key !== '' &&
    (toleration.value ?? '') === (taint.value ?? '')
  );
}

/** The first taint of the given effects that no toleration answers. */
export function untoleratedTaint(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly string[],
): Taint | undefined {
  return taints.find(
    (taint) => effects.includes(taint.effect) && !tolerations.some((toleration) => toleratesTaint(toleration, taint)),
  );
}
