/** How a controller of pods hears of them: what it expected is noted, and their owner is looked at again. */
import { controllerOf } from '../apimachinery/meta.ts';
import type { Pod } from '../apimachinery/types.ts';
import type { Informer, InformerEvent, WorkQueue } from '../client/interface.ts';
import type { Expectations } from './expectations.ts';

export interface OwnedPods {
  readonly pods: Informer<Pod>;
  /** Kind of the owners. */
  readonly kind: string;
  readonly expectations: Expectations;
  readonly queue: WorkQueue;
}

/** Calls `noticed` for each event of an owned pod, before anything else. */
export function followOwnedPods(
  { pods, kind, expectations, queue }: OwnedPods,
  noticed?: (event: InformerEvent<Pod>) => void,
): void {
  pods.addHandler((event) => {
    const { metadata } = event.object;
    const owner = controllerOf(event.object);
    if (owner?.kind !== kind) return;
    noticed?.(event);
    const isGoing = event.type === 'deleted' || metadata.deletionTimestamp !== undefined;
    expectations.observed(owner.uid, metadata.uid, isGoing);
    queue.add(`${metadata.namespace ?? ''}/${owner.name}`);
  });
}
