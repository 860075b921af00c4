import { deepEqual } from '../../apimachinery/equality.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ApiObject } from '../../apimachinery/types.ts';
import { AGE, CREATED_AT, NAME, age, text } from '../common/columns.ts';
import { each, fill, over } from '../fill.ts';
import { type ResourceEntry, entry } from '../strategy.ts';

export type PolicyRule = {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
};
export type Role = ApiObject & { readonly rules?: readonly PolicyRule[] };
export type Subject = {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
};
export type RoleBinding = ApiObject & {
  readonly subjects?: readonly Subject[];
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
};

const GROUP = 'rbac.authorization.k8s.io';
const anyName = (): readonly string[] => [];

const role = (resource: string): ResourceEntry =>
  entry<Role>(resource, {
    columns: [NAME, CREATED_AT],
    row: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
    validateName: anyName,
  });

const binding = (resource: string): ResourceEntry =>
  entry<RoleBinding>(resource, {
    columns: [NAME, text('Role'), AGE, text('Users', 1), text('Groups', 1), text('ServiceAccounts', 1)],
    row: (object, context) => {
      const named = (kind: string): string =>
        (object.subjects ?? [])
          .filter((subject) => subject.kind === kind)
          .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
          .join(', ');
      return [
        object.metadata.name,
        `${object.roleRef.kind}/${object.roleRef.name}`,
        age(object, context),
        named('User'),
        named('Group'),
        named('ServiceAccount'),
      ];
    },
    defaults: (object) =>
      over(
        over(object, 'roleRef', (ref) => fill(ref, { apiGroup: GROUP })),
        'subjects',
        each((subject) => (subject.kind === 'ServiceAccount' ? subject : fill(subject, { apiGroup: GROUP }))),
      ),
    validateName: anyName,
    validate: ({ roleRef, subjects }) => [
      ...(roleRef?.name === undefined || roleRef.name === '' ? [required('roleRef.name')] : []),
      ...(roleRef !== undefined && !['Role', 'ClusterRole'].includes(roleRef.kind)
        ? [notSupported('roleRef.kind', roleRef.kind, ['ClusterRole', 'Role'])]
        : []),
      ...(subjects ?? []).flatMap((subject, index) =>
        ['User', 'Group', 'ServiceAccount'].includes(subject.kind)
          ? []
          : [notSupported(`subjects[${String(index)}].kind`, subject.kind, ['Group', 'ServiceAccount', 'User'])],
      ),
    ],
    validateUpdate: (object, old) =>
      deepEqual(object.roleRef, old.roleRef) ? [] : [invalid('roleRef', object.roleRef, 'cannot change roleRef')],
  });

export const rbac: readonly ResourceEntry[] = [
  role(`roles.${GROUP}`),
  role(`clusterroles.${GROUP}`),
  binding(`rolebindings.${GROUP}`),
  binding(`clusterrolebindings.${GROUP}`),
];
