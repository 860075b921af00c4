/** kubectl set subject: who a role binding binds. */
import { deepEqual } from '../../../../engine/kubernetes/apimachinery/equality.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { fatal } from '../fatal.ts';
import { objectsAt, textAt } from '../fields.ts';
import type { Context } from '../context.ts';
import type { Verb } from '../verb.ts';
import { changeAll, SET_FLAGS } from './set-change.ts';

const GROUP = 'rbac.authorization.k8s.io';

export const subject: Verb = {
  path: 'set subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  examples: [
    'kubectl set subject clusterrolebinding admin --serviceaccount=namespace:serviceaccount1',
    'kubectl set subject rolebinding admin --user=user1 --user=user2 --group=group1',
  ],
  flags: [...SET_FLAGS, 'group', 'local', 'serviceaccount', 'user'],
  run: (context) => {
    const added = subjects(context);
    if (added.length === 0) fatal('you must specify at least one value of user, group or serviceaccount');
    return changeAll(context, context.flags.args, 'kubectl-set', 'subjects updated', (object) => {
      const kind = textAt(object, 'kind');
      if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')
        fatal('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
      const before = objectsAt(object, 'subjects');
      const missing = added.filter((one) => !before.some((other) => deepEqual(one, other)));
      return missing.length === 0 ? undefined : { ...object, subjects: [...before, ...missing] };
    });
  },
};

function subjects({ flags }: Context): JsonObject[] {
  const unique = (name: string): string[] => [...new Set(flags.list(name))].toSorted();
  return [
    ...unique('user').map((name) => ({ kind: 'User', apiGroup: GROUP, name })),
    ...unique('group').map((name) => ({ kind: 'Group', apiGroup: GROUP, name })),
    ...unique('serviceaccount').map((text) => {
      const [namespace = '', name = '', more] = text.split(':');
      if (namespace === '' || name === '' || more !== undefined) fatal('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', namespace, name };
    }),
  ];
}
