import type { JsonObject } from '../../../protocol/plain.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { ApiRequest, UserInfo } from '../client/interface.ts';
import { bootstrapClusterRoleBindings, bootstrapClusterRoles } from './auth/bootstrap-policy.ts';

export const LOOPBACK_USER: UserInfo = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };

export interface BootstrapOptions {
  /** Address and port that the `kubernetes` Service leads to. */
  readonly advertiseAddress: string;
  readonly port: number;
  /** Address of the `kubernetes` Service. */
  readonly serviceAddress: string;
}

type Execute = (request: ApiRequest) => unknown;

/** What the server makes itself when it starts, where it is missing: namespaces, policy, priority classes, its own Service. */
export function bootstrap(execute: Execute, options: BootstrapOptions): void {
  const ensure = (resource: string, object: JsonObject, namespace?: string): void => {
    execute({ verb: 'create', resource, object, options: {}, ...(namespace === undefined ? {} : { namespace }) });
  };
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system'])
    ensure('namespaces', { metadata: { name } });
  for (const role of bootstrapClusterRoles()) ensure('clusterroles.rbac.authorization.k8s.io', role);
  for (const binding of bootstrapClusterRoleBindings())
    ensure('clusterrolebindings.rbac.authorization.k8s.io', binding);
  for (const [name, value, description] of [
    [
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ],
    [
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ],
  ] as const) {
    ensure('priorityclasses.scheduling.k8s.io', { metadata: { name }, value, description });
  }
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  ensure(
    'services',
    {
      metadata: { name: 'kubernetes', labels },
      spec: {
        clusterIP: options.serviceAddress,
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: options.port }],
        sessionAffinity: 'None',
        type: 'ClusterIP',
      },
    },
    'default',
  );
  publishEndpoints(execute, options);
}

/** Keeps the `kubernetes` Endpoints and EndpointSlice at this server's address; several servers share them. */
function publishEndpoints(execute: Execute, { advertiseAddress, port }: BootstrapOptions): void {
  const known = execute({ verb: 'get', resource: 'endpoints', name: 'kubernetes', namespace: 'default' });
  const present = isFailure(known) ? [] : addressesOf(known);
  if (present.includes(advertiseAddress)) return;
  const addresses = [...present, advertiseAddress].toSorted();
  const write = (resource: string, name: string, object: JsonObject): void => {
    execute(
      present.length === 0
        ? { verb: 'create', resource, namespace: 'default', object, options: {} }
        : { verb: 'update', resource, namespace: 'default', name, object, options: {} },
    );
  };
  write('endpoints', 'kubernetes', {
    metadata: { name: 'kubernetes', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [{ name: 'https', port, protocol: 'TCP' }] }],
  });
  write('endpointslices.discovery.k8s.io', 'kubernetes', {
    metadata: { name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    ports: [{ name: 'https', port, protocol: 'TCP' }],
  });
}

function addressesOf(outcome: unknown): readonly string[] {
  // What `get` answers for an Endpoints object.
  const { object } = outcome as { object: { subsets?: { addresses?: { ip: string }[] }[] } };
  return (object.subsets ?? []).flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip));
}
