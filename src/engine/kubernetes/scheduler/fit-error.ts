/** The message of a pod that no node will take (kubernetes pkg/scheduler/framework FitError). */
import type { Refusal } from './framework.ts';

/** `0/3 nodes are available: 1 node(s) …, 2 Too many pods. no new claims to deallocate, preemption: 0/3 …` */
export function fitErrorMessage(total: number, refusals: ReadonlyMap<string, Refusal>, preemption: string): string {
  if (total === 0) return 'no nodes available to schedule pods';
  return `${histogram(
    total,
    [...refusals.values()].map(({ reasons }) => reasons),
  )} no new claims to deallocate, preemption: ${preemption}`;
}

const NO_VICTIMS = ['No preemption victims found for incoming pod'];
const NOT_HELPFUL = ['Preemption is not helpful for scheduling'];

/** What the preemption plugin says after it found nobody to end. */
export function preemptionMessage(
  total: number,
  refusals: ReadonlyMap<string, Refusal>,
  preemptionPolicy: string | undefined,
): string {
  if (preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  return histogram(
    total,
    [...refusals.values()].map(({ resolvable }) => (resolvable ? NO_VICTIMS : NOT_HELPFUL)),
  );
}

/** Counted reasons, in the order of their texts. */
function histogram(total: number, reasonLists: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>();
  for (const reasons of reasonLists) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const texts = [...counts].map(([reason, count]) => `${String(count)} ${reason}`).toSorted();
  const head = `0/${String(total)} nodes are available`;
  return texts.length === 0 ? head : `${head}: ${texts.join(', ')}.`;
}
