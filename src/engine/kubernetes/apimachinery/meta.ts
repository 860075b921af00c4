/** Keys, owners and conditions of stored objects. */
import type { ApiObject, Condition, DraftMeta, OwnerReference } from './types-meta.ts';

type Named = { readonly metadata: { readonly name?: string; readonly namespace?: string } };

/** `namespace/name`, or `name` for cluster-scoped objects. */
export const keyOf = ({ metadata }: Named): string =>
  metadata.namespace === undefined || metadata.namespace === ''
    ? (metadata.name ?? '')
    : `${metadata.namespace}/${metadata.name ?? ''}`;

/** Splits a key; namespace is '' for cluster-scoped objects. */
export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** The namespace, '' for cluster-scoped objects. */
export const namespaceOf = ({ metadata }: Named): string => metadata.namespace ?? '';

/** The one owner that manages the object. */
export const controllerOf = ({ metadata }: { readonly metadata: DraftMeta }): OwnerReference | undefined =>
  metadata.ownerReferences?.find((owner) => owner.controller === true);

/** True when `owner` (by uid) is the object's managing owner. */
export const isControlledBy = (
  object: { readonly metadata: DraftMeta },
  owner: { readonly metadata: { readonly uid?: string } },
): boolean => {
  const controller = controllerOf(object);
  return controller !== undefined && controller.uid === owner.metadata.uid;
};

/** A managing owner reference to an object. */
export const controllerReference = (owner: ApiObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

export const conditionOf = (conditions: readonly Condition[] | undefined, type: string): Condition | undefined =>
  conditions?.find((condition) => condition.type === type);

export const isConditionTrue = (conditions: readonly Condition[] | undefined, type: string): boolean =>
  conditionOf(conditions, type)?.status === 'True';

/** The list with a condition put in place of its type's last; lastTransitionTime stays unless the status changed. */
export function withCondition(conditions: readonly Condition[] | undefined, next: Condition): readonly Condition[] {
  const all = conditions ?? [];
  const old = conditionOf(all, next.type);
  if (old === undefined) return [...all, next];
  const kept =
    old.status === next.status && old.lastTransitionTime !== undefined
      ? { ...next, lastTransitionTime: old.lastTransitionTime }
      : next;
  return all.map((condition) => (condition === old ? kept : condition));
}
