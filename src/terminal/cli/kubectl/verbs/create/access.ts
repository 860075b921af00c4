/** Generators of roles, bindings, service accounts and tokens. */
import type { JsonObject } from '../../../../../protocol/plain.ts';
import type { Context } from '../../context.ts';
import { createGenerated, GENERATOR_FLAGS, nameArgument } from '../../create-object.ts';
import { fatal, fatalText } from '../../fatal.ts';
import { textAt } from '../../fields.ts';
import { objectPrinter } from '../../print.ts';
import { pairsOf } from '../../selector-text.ts';
import type { Verb } from '../../verb.ts';

const RBAC = 'rbac.authorization.k8s.io';

const RESOURCE_VERBS: ReadonlySet<string> = new Set(
  '* get list watch create update patch delete deletecollection use bind approve sign escalate impersonate'.split(' '),
);

const PATH_VERBS: ReadonlySet<string> = new Set('* get put post head options delete patch'.split(' '));

async function rules(context: Context): Promise<JsonObject[]> {
  const { flags } = context;
  const verbs = [...new Set(flags.list('verb'))];
  const urls = flags.list('non-resource-url');
  const wanted = flags.list('resource');
  if (verbs.length === 0) fatal('at least one verb must be specified');
  if (wanted.length === 0 && urls.length === 0) fatal('at least one resource must be specified');
  return [...(await resourceRules(context, verbs)), ...pathRules(verbs, urls)];
}

function pathRules(verbs: readonly string[], urls: readonly string[]): readonly JsonObject[] {
  if (urls.length === 0) return [];
  const odd = verbs.find((verb) => !PATH_VERBS.has(verb));
  if (odd !== undefined) fatal(`invalid verb: '${odd}' for nonResourceURL`);
  return [{ nonResourceURLs: urls, verbs: verbs.includes('*') ? ['*'] : verbs }];
}

async function resourceRules(context: Context, verbs: readonly string[]): Promise<readonly JsonObject[]> {
  const wanted = context.flags.list('resource');
  const names = context.flags.list('resource-name');
  if (wanted.length === 0) return [];
  for (const verb of verbs)
    if (!RESOURCE_VERBS.has(verb)) await context.error(`Warning: '${verb}' is not a standard resource verb`);
  const byGroup = new Map<string, string[]>();
  for (const word of wanted) {
    const [path = '', subresource] = word.split('/');
    if (path === '*') {
      byGroup.set('*', ['*']);
      continue;
    }
    const type =
      (await context.discovery.lookup(path)) ??
      fatalText(`the server doesn't have a resource type ${JSON.stringify(path)}`);
    const list = byGroup.get(type.group) ?? [];
    const resource = subresource === undefined ? type.plural : `${type.plural}/${subresource}`;
    if (!list.includes(resource)) list.push(resource);
    byGroup.set(type.group, list);
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    ...(names.length === 0 ? {} : { resourceNames: names }),
    resources,
    verbs: verbs.includes('*') ? ['*'] : verbs,
  }));
}

const role = (kind: 'Role' | 'ClusterRole'): Verb => ({
  path: `create ${kind.toLowerCase()}`,
  short: kind === 'Role' ? 'Create a role with single rule' : 'Create a cluster role',
  flags: [
    ...GENERATOR_FLAGS,
    'verb',
    'resource',
    'resource-name',
    ...(kind === 'Role' ? [] : ['non-resource-url', 'aggregation-rule']),
  ],
  run: async (context) => {
    const name = nameArgument(context);
    const aggregation = context.flags.string('aggregation-rule');
    const body =
      aggregation === ''
        ? { rules: await rules(context) }
        : {
            aggregationRule: {
              clusterRoleSelectors: [
                {
                  matchLabels:
                    pairsOf(aggregation) ?? fatal(`aggregation rule is not in the form of key=value: ${aggregation}`),
                },
              ],
            },
            rules: [],
          };
    return createGenerated(
      context,
      { apiVersion: `${RBAC}/v1`, kind, metadata: { name }, ...body },
      { what: kind.toLowerCase() },
    );
  },
});

const binding = (kind: 'RoleBinding' | 'ClusterRoleBinding'): Verb => ({
  path: `create ${kind.toLowerCase()}`,
  short:
    kind === 'RoleBinding'
      ? 'Create a role binding for a particular role or cluster role'
      : 'Create a cluster role binding for a particular cluster role',
  flags: [...GENERATOR_FLAGS, 'clusterrole', 'role', 'user', 'group', 'serviceaccount'],
  ...(kind === 'ClusterRoleBinding' ? { required: ['clusterrole'] } : {}),
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const clusterRole = flags.string('clusterrole');
    const own = flags.string('role');
    if (kind === 'RoleBinding' && (clusterRole === '') === (own === ''))
      fatal('exactly one of clusterrole or role must be specified');
    const subjects: JsonObject[] = [
      ...flags.list('user').map((user) => ({ apiGroup: RBAC, kind: 'User', name: user })),
      ...flags.list('group').map((group) => ({ apiGroup: RBAC, kind: 'Group', name: group })),
      ...flags.list('serviceaccount').map((account) => {
        const [namespace = '', accountName = ''] = account.split(':');
        if (namespace === '' || accountName === '') fatal('serviceaccount must be <namespace>:<name>');
        return { kind: 'ServiceAccount', name: accountName, namespace };
      }),
    ];
    const roleRef = {
      apiGroup: RBAC,
      kind: clusterRole === '' ? 'Role' : 'ClusterRole',
      name: clusterRole === '' ? own : clusterRole,
    };
    const object = {
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata: { name },
      roleRef,
      ...(subjects.length === 0 ? {} : { subjects }),
    };
    return createGenerated(context, object, { what: kind.toLowerCase() });
  },
});

const serviceAccount: Verb = {
  path: 'create serviceaccount',
  short: 'Create a service account with the specified name',
  aliases: ['sa'],
  flags: GENERATOR_FLAGS,
  run: (context) =>
    createGenerated(
      context,
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameArgument(context) } },
      { what: 'serviceaccount' },
    ),
};

const token: Verb = {
  path: 'create token',
  short: 'Request a service account token',
  flags: ['output', 'template', 'allow-missing-template-keys', 'show-managed-fields', 'audience', 'duration'],
  run: async (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const seconds = flags.durationMs('duration') / 1000;
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: {},
      spec: {
        audiences: flags.list('audience').length === 0 ? null : flags.list('audience'),
        ...(seconds > 0 ? { expirationSeconds: seconds } : {}),
      },
    };
    const reply = await context.api.create(
      `/api/v1/namespaces/${context.namespace}/serviceaccounts/${name}/token`,
      body,
    );
    if (!reply.ok) fatal(`failed to create token: ${reply.failure.message}`);
    const printer = objectPrinter(context);
    // No line end: it is meant for $(…).
    if (printer === undefined) context.io.out(textAt(reply.object, 'status', 'token'));
    else context.io.out(printer(reply.object));
    return 0;
  },
};

export const ACCESS: readonly Verb[] = [
  role('Role'),
  role('ClusterRole'),
  binding('RoleBinding'),
  binding('ClusterRoleBinding'),
  serviceAccount,
  token,
];
