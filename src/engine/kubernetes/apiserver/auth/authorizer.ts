/**
 * RBAC (kubernetes plugin/pkg/auth/authorizer/rbac). Models: Roles and ClusterRoles with their bindings, resource names,
 * subresources, non-resource paths, system:masters; nodes by the Node authorizer's resources without its graph.
 * Leaves out: aggregation of ClusterRoles, escalation checks.
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { type FailureStatus, forbidden, failure } from '../../apimachinery/status.ts';
import type { UserInfo } from '../../client/interface.ts';
import type { PolicyRule, Role, RoleBinding, Subject } from '../../resources/rbac/index.ts';
import type { Storage } from '../storage.ts';

export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  /** Plural, with `/subresource`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

interface Grant {
  /** '' grants everywhere. */
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

/** What a user may do with the objects of a resource: with all of them, or with some by name. */
interface Decision {
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
}

const MASTERS = 'system:masters';
const MAX_DECISIONS = 50_000;
const PREFIX = '/registry/';

export class Authorizer {
  readonly #grants = new Map<string, readonly Grant[]>();
  readonly #decisions = new Map<string, Decision>();

  constructor(private readonly storage: Storage) {}

  /** Hears of a write: RBAC objects make everything remembered invalid. */
  changed(key: string): void {
    if (!/^\/registry\/(cluster)?role(binding)?s\//.test(key)) return;
    this.#grants.clear();
    this.#decisions.clear();
  }

  allows(user: UserInfo, attributes: ResourceAttributes): boolean {
    if (user.groups.includes(MASTERS)) return true;
    const { verb, group, resource, namespace, name } = attributes;
    const key = `${user.name}|${verb}|${group}|${resource}|${namespace}`;
    let decision = this.#decisions.get(key);
    if (decision === undefined) {
      decision = this.#decide(user, attributes);
      if (this.#decisions.size >= MAX_DECISIONS) this.#decisions.clear();
      this.#decisions.set(key, decision);
    }
    return decision.all || decision.names.has(name);
  }

  #decide(user: UserInfo, attributes: ResourceAttributes): Decision {
    const rules = this.#grantsOf(user)
      .filter((grant) => grant.namespace === '' || grant.namespace === attributes.namespace)
      .flatMap((grant) => grant.rules.filter((rule) => covers(rule, attributes)));
    return {
      all: nodeAllows(user, attributes) || rules.some(({ resourceNames = [] }) => resourceNames.length === 0),
      names: new Set(rules.flatMap(({ resourceNames = [] }) => resourceNames)),
    };
  }

  allowsPath(user: UserInfo, verb: string, path: string): boolean {
    if (user.groups.includes(MASTERS)) return true;
    return this.#grantsOf(user).some(
      (grant) =>
        grant.namespace === '' &&
        grant.rules.some(
          (rule) =>
            has(rule.verbs, verb) &&
            (rule.nonResourceURLs ?? []).some(
              (url) => url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1))),
            ),
        ),
    );
  }

  /** Rules that hold for a user in a namespace, for `auth can-i --list`. */
  rulesFor(user: UserInfo, namespace: string): readonly PolicyRule[] {
    const everything: PolicyRule[] = user.groups.includes(MASTERS)
      ? [
          { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
          { verbs: ['*'], nonResourceURLs: ['*'] },
        ]
      : [];
    return [
      ...everything,
      ...this.#grantsOf(user).flatMap((grant) =>
        grant.namespace === '' || grant.namespace === namespace ? grant.rules : [],
      ),
    ];
  }

  #grantsOf(user: UserInfo): readonly Grant[] {
    const key = `${user.name}|${user.groups.join(',')}`;
    const known = this.#grants.get(key);
    if (known !== undefined) return known;
    const grants: Grant[] = [];
    for (const binding of this.#list<RoleBinding>('clusterrolebindings/')) {
      if (!binding.subjects?.some((subject) => isSubject(subject, user))) continue;
      const role = this.#get<Role>(`clusterroles/${binding.roleRef.name}`);
      if (role?.rules !== undefined) grants.push({ namespace: '', rules: role.rules });
    }
    for (const binding of this.#list<RoleBinding>('rolebindings/')) {
      if (!binding.subjects?.some((subject) => isSubject(subject, user))) continue;
      const namespace = binding.metadata.namespace ?? '';
      const { kind, name } = binding.roleRef;
      const role = this.#get<Role>(kind === 'ClusterRole' ? `clusterroles/${name}` : `roles/${namespace}/${name}`);
      if (role?.rules !== undefined) grants.push({ namespace, rules: role.rules });
    }
    this.#grants.set(key, grants);
    return grants;
  }

  #list<T>(path: string): readonly T[] {
    const store = this.storage.store();
    const range = 'kind' in store ? undefined : store.range(PREFIX + path);
    return range === undefined || 'error' in range ? [] : range.entries.map(({ value }) => viewAs<T>(value));
  }

  #get<T>(path: string): T | undefined {
    const store = this.storage.store();
    const value = 'kind' in store ? undefined : store.get(PREFIX + path)?.value;
    return value === undefined ? undefined : viewAs<T>(value);
  }
}

/** The store holds only objects that passed their kind's schema. */
const viewAs = <T>(value: JsonObject): T => value as unknown as T;

function isSubject(subject: Subject, user: UserInfo): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    default:
      return user.name === `system:serviceaccount:${subject.namespace ?? ''}:${subject.name}`;
  }
}

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list !== undefined && (list.includes(value) || list.includes('*'));

/** Whether a rule is about this verb and resource; it may still be about some names only. */
function covers(rule: PolicyRule, { verb, group, resource }: ResourceAttributes): boolean {
  if (!has(rule.verbs, verb) || !has(rule.apiGroups, group)) return false;
  const slash = resource.indexOf('/');
  const wild = slash > 0 && rule.resources?.includes(`*${resource.slice(slash)}`) === true;
  return wild || has(rule.resources, resource);
}

/** What kubelets may touch (upstream's Node authorizer and system:node). */
const NODE_RULES: readonly PolicyRule[] = [
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: [''],
    resources: [
      'services',
      'nodes',
      'pods',
      'configmaps',
      'secrets',
      'persistentvolumeclaims',
      'persistentvolumes',
      'endpoints',
    ],
  },
  {
    verbs: ['create', 'update', 'patch'],
    apiGroups: [''],
    resources: ['nodes', 'nodes/status', 'pods/status', 'events'],
  },
  { verbs: ['create', 'delete'], apiGroups: [''], resources: ['pods', 'pods/eviction', 'serviceaccounts/token'] },
  { verbs: ['get', 'create', 'update', 'patch', 'delete'], apiGroups: ['coordination.k8s.io'], resources: ['leases'] },
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: ['storage.k8s.io', 'node.k8s.io', 'resource.k8s.io', 'certificates.k8s.io'],
    resources: ['*'],
  },
  {
    verbs: ['create', 'update', 'patch'],
    apiGroups: ['storage.k8s.io', 'certificates.k8s.io'],
    resources: ['csinodes', 'certificatesigningrequests'],
  },
  {
    verbs: ['create'],
    apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'],
    resources: ['tokenreviews', 'subjectaccessreviews', 'localsubjectaccessreviews'],
  },
];
const nodeAllows = (user: UserInfo, attributes: ResourceAttributes): boolean =>
  user.groups.includes('system:nodes') &&
  user.name.startsWith('system:node:') &&
  NODE_RULES.some((rule) => covers(rule, attributes));

/** 403 with upstream's sentence. */
export function accessDenied(
  user: UserInfo,
  { verb, group, resource, namespace, name }: ResourceAttributes,
): FailureStatus {
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return forbidden(
    resource.split('/')[0] ?? resource,
    name,
    group,
    `User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
  );
}
export const pathDenied = (user: UserInfo, verb: string, path: string): FailureStatus =>
  failure('Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});
