/** Small objects that several add-ons consist of. */
import type { TopologyCluster } from '../../../protocol/host.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';

export interface AddonFacts {
  readonly cluster: TopologyCluster;
  /** `https://IP:6443` */
  readonly server: string;
  readonly authorityPem: string;
}

export const CRITICAL_NODE = 'system-node-critical';
export const CRITICAL_CLUSTER = 'system-cluster-critical';

export const roleRef = (kind: string, name: string): JsonObject => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind,
  name,
});
export const account = (name: string, namespace: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});
export const clusterBinding = (name: string, role: string, subject: JsonObject): JsonObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: roleRef('ClusterRole', role),
  subjects: [subject],
});
export const clusterRole = (name: string, rules: JsonValue): JsonObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules,
});
