/** What becomes of an object by the state of its owners (kubernetes pkg/controller/garbagecollector). Decides; never acts. */
import type { OwnerReference } from '../../apimachinery/types.ts';

export type OwnerState = 'solid' | 'dangling' | 'waiting';

export type Action =
  | { readonly type: 'keep' }
  /** Takes references out that no longer hold anything. */
  | { readonly type: 'drop-references'; readonly uids: readonly string[] }
  | { readonly type: 'delete'; readonly propagation: 'Background' | 'Foreground' | 'Orphan'; readonly because: string };

export function planDependent(
  owners: readonly OwnerReference[],
  stateOf: (owner: OwnerReference) => OwnerState,
  finalizers: readonly string[],
  hasDependents: boolean,
): Action {
  if (owners.length === 0) return { type: 'keep' };
  const states = owners.map((owner) => ({ owner, state: stateOf(owner) }));
  const gone = states.filter(({ state }) => state !== 'solid').map(({ owner }) => owner.uid);
  if (states.some(({ state }) => state === 'solid'))
    return gone.length === 0 ? { type: 'keep' } : { type: 'drop-references', uids: gone };
  const waiting = states.find(({ state }) => state === 'waiting');
  if (waiting !== undefined && hasDependents) {
    return {
      type: 'delete',
      propagation: 'Foreground',
      because: `${waiting.owner.kind} ${waiting.owner.name} waits for its dependents`,
    };
  }
  const because = `no owner is left`;
  if (finalizers.includes('orphan')) return { type: 'delete', propagation: 'Orphan', because };
  return {
    type: 'delete',
    propagation: finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background',
    because,
  };
}
