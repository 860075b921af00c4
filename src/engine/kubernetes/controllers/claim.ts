/**
 * Adoption and release by selector (kubernetes pkg/controller/controller_ref_manager): orphans that match are taken in, owned
 * objects that no longer match are let go.
 */
import type { LabelMatcher } from '../apimachinery/label-selector.ts';
import { controllerReference } from '../apimachinery/meta.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { ApiObject, GroupResource, ObjectOf, OwnerReference } from '../apimachinery/types.ts';
import type { Client, Informer } from '../client/interface.ts';
import { orphansIn, ownedBy } from './context.ts';

export interface Claims<T> {
  readonly keep: readonly T[];
  readonly adopt: readonly T[];
  readonly release: readonly T[];
}

/** Decides; `owned` are those that name the owner's uid. */
export function planClaims<T extends ApiObject>(
  owner: ApiObject,
  matcher: LabelMatcher,
  owned: readonly T[],
  orphans: readonly T[],
): Claims<T> {
  const keep: T[] = [];
  const release: T[] = [];
  for (const object of owned) (matcher.matches(object.metadata.labels) ? keep : release).push(object);
  if (owner.metadata.deletionTimestamp !== undefined || matcher.empty) return { keep, adopt: [], release: [] };
  const adopt = orphans.filter(
    (object) => object.metadata.deletionTimestamp === undefined && matcher.matches(object.metadata.labels),
  );
  return { keep, adopt, release };
}

/** Plans and executes; answers what the owner has now. */
export function claim<R extends GroupResource>(
  client: Client,
  resource: R,
  informer: Informer<ObjectOf<R>>,
  owner: ApiObject,
  matcher: LabelMatcher,
): readonly ObjectOf<R>[] {
  const claims = planClaims<ObjectOf<R>>(
    owner,
    matcher,
    ownedBy(informer, owner.metadata.uid),
    orphansIn(informer, owner.metadata.namespace ?? ''),
  );
  const result: ObjectOf<R>[] = [...claims.keep];
  for (const object of claims.adopt) {
    const references: readonly OwnerReference[] = [
      ...(object.metadata.ownerReferences ?? []),
      controllerReference(owner),
    ];
    const adopted = client.patch(resource, object.metadata, 'merge', {
      metadata: { uid: object.metadata.uid, ownerReferences: references },
    });
    if (!isFailure(adopted)) result.push(adopted);
  }
  for (const object of claims.release) {
    const references = (object.metadata.ownerReferences ?? []).filter(
      (reference) => reference.uid !== owner.metadata.uid,
    );
    client.patch(resource, object.metadata, 'merge', {
      metadata: { uid: object.metadata.uid, ownerReferences: references.length === 0 ? null : references },
    });
  }
  return result;
}
