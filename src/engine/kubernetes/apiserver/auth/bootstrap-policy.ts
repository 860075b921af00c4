/**
 * Roles and bindings that the API server makes when it starts (kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy).
 * Models: the user-facing roles and those of the components that exist here. Leaves out: one role per controller.
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { PolicyRule, Subject } from '../../resources/rbac/index.ts';

const rule = (verbs: string, apiGroups: string, resources: string, resourceNames?: string): PolicyRule => ({
  verbs: verbs.split(','),
  apiGroups: apiGroups.split(',').map((group) => (group === 'core' ? '' : group)),
  resources: resources.split(','),
  ...(resourceNames === undefined ? {} : { resourceNames: resourceNames.split(',') }),
});
const urls = (...nonResourceURLs: readonly string[]): PolicyRule => ({ verbs: ['get'], nonResourceURLs });

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';
const NAMESPACED: readonly (readonly [group: string, resources: string])[] = [
  [
    'core',
    'configmaps,endpoints,persistentvolumeclaims,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services',
  ],
  ['apps', 'daemonsets,deployments,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale'],
  ['autoscaling', 'horizontalpodautoscalers'],
  ['batch', 'cronjobs,jobs'],
  ['networking.k8s.io', 'ingresses,networkpolicies'],
  ['policy', 'poddisruptionbudgets'],
];
const VIEW: readonly PolicyRule[] = [
  ...NAMESPACED.map(([group, resources]) => rule(READ, group, resources)),
  rule(
    READ,
    'core',
    'bindings,events,limitranges,namespaces,namespaces/status,pods/log,pods/status,resourcequotas,resourcequotas/status,services/status',
  ),
  rule(READ, 'apps', 'controllerrevisions,daemonsets/status,deployments/status,replicasets/status,statefulsets/status'),
  rule(READ, 'discovery.k8s.io', 'endpointslices'),
];
const EDIT: readonly PolicyRule[] = [
  ...VIEW,
  ...NAMESPACED.map(([group, resources]) => rule(WRITE, group, resources)),
  rule(`${READ},${WRITE}`, 'core', 'secrets,pods/attach,pods/exec,pods/portforward,pods/proxy,services/proxy'),
  rule('create', 'core', 'pods/eviction,serviceaccounts/token'),
  rule('impersonate', 'core', 'serviceaccounts'),
  rule(`${READ},${WRITE}`, 'apps', 'deployments/rollback'),
  rule(`${READ},${WRITE}`, 'coordination.k8s.io', 'leases'),
];
const ADMIN: readonly PolicyRule[] = [
  ...EDIT,
  rule(`${READ},${WRITE}`, 'rbac.authorization.k8s.io', 'roles,rolebindings'),
  rule('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
];

const CLUSTER_ROLES: readonly (readonly [name: string, rules: readonly PolicyRule[]])[] = [
  [
    'cluster-admin',
    [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ],
  ],
  ['admin', ADMIN],
  ['edit', EDIT],
  ['view', VIEW],
  [
    'system:basic-user',
    [
      rule('create', 'authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews'),
      rule('create', 'authentication.k8s.io', 'selfsubjectreviews'),
    ],
  ],
  [
    'system:discovery',
    [
      urls(
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/healthz',
        '/livez',
        '/openapi',
        '/openapi/*',
        '/readyz',
        '/version',
        '/version/',
      ),
    ],
  ],
  ['system:public-info-viewer', [urls('/healthz', '/livez', '/readyz', '/version', '/version/')]],
  [
    'system:service-account-issuer-discovery',
    [
      urls(
        '/.well-known/openid-configuration',
        '/.well-known/openid-configuration/',
        '/openid/v1/jwks',
        '/openid/v1/jwks/',
      ),
    ],
  ],
  [
    'system:monitoring',
    [urls('/healthz', '/healthz/*', '/livez', '/livez/*', '/metrics', '/metrics/slis', '/readyz', '/readyz/*')],
  ],
  [
    'system:auth-delegator',
    [
      rule('create', 'authentication.k8s.io', 'tokenreviews'),
      rule('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    ],
  ],
  ['system:node', [rule(READ, 'core', 'nodes,pods,services')]],
  [
    'system:node-proxier',
    [
      rule('list,watch', 'core', 'endpoints,services'),
      rule(READ, 'core', 'nodes'),
      rule('create,patch,update', 'core,events.k8s.io', 'events'),
      rule('list,watch', 'discovery.k8s.io', 'endpointslices'),
      rule('list,watch', 'networking.k8s.io', 'servicecidrs'),
    ],
  ],
  [
    'system:kube-scheduler',
    [
      rule('create,patch,update', 'core,events.k8s.io', 'events'),
      rule('create,get,update,list,watch', 'coordination.k8s.io', 'leases'),
      rule(
        'get,list,watch',
        'core',
        'nodes,namespaces,services,replicationcontrollers,persistentvolumeclaims,persistentvolumes',
      ),
      rule('delete,get,list,watch', 'core', 'pods'),
      rule('create', 'core', 'bindings,pods/binding'),
      rule('patch,update', 'core', 'pods/status'),
      rule(READ, 'apps', 'replicasets,statefulsets'),
      rule(READ, 'policy', 'poddisruptionbudgets'),
      rule(READ, 'storage.k8s.io', '*'),
      rule(READ, 'scheduling.k8s.io', 'priorityclasses'),
      rule('create', 'authentication.k8s.io', 'tokenreviews'),
      rule('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    ],
  ],
  [
    'system:kube-controller-manager',
    [
      rule(
        '*',
        'core,apps,batch,autoscaling,policy,coordination.k8s.io,discovery.k8s.io,events.k8s.io,networking.k8s.io,certificates.k8s.io,storage.k8s.io',
        '*',
      ),
      rule('*', '*', '*'),
    ],
  ],
];

const subject = (kind: string, name: string): Subject => ({ kind, name, apiGroup: 'rbac.authorization.k8s.io' });
const BINDINGS: readonly (readonly [name: string, role: string, subjects: readonly Subject[]])[] = [
  ['cluster-admin', 'cluster-admin', [subject('Group', 'system:masters')]],
  ['system:basic-user', 'system:basic-user', [subject('Group', 'system:authenticated')]],
  ['system:discovery', 'system:discovery', [subject('Group', 'system:authenticated')]],
  ['system:monitoring', 'system:monitoring', [subject('Group', 'system:monitoring')]],
  [
    'system:public-info-viewer',
    'system:public-info-viewer',
    [subject('Group', 'system:authenticated'), subject('Group', 'system:unauthenticated')],
  ],
  [
    'system:service-account-issuer-discovery',
    'system:service-account-issuer-discovery',
    [subject('Group', 'system:serviceaccounts')],
  ],
  ['system:node', 'system:node', []],
  ['system:node-proxier', 'system:node-proxier', [subject('User', 'system:kube-proxy')]],
  ['system:kube-scheduler', 'system:kube-scheduler', [subject('User', 'system:kube-scheduler')]],
  [
    'system:kube-controller-manager',
    'system:kube-controller-manager',
    [subject('User', 'system:kube-controller-manager')],
  ],
];

const metadata = (name: string): JsonObject => ({
  name,
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
});

export const bootstrapClusterRoles = (): readonly JsonObject[] =>
  CLUSTER_ROLES.map(([name, rules]) => ({ metadata: metadata(name), rules }));
export const bootstrapClusterRoleBindings = (): readonly JsonObject[] =>
  BINDINGS.map(([name, role, subjects]) => ({
    metadata: metadata(name),
    ...(subjects.length === 0 ? {} : { subjects }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  }));
