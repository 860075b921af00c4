/** Resources that scheduler, kubelet, proxy, DNS or the API server itself act on. */
export const ACTED_ELSEWHERE: readonly string[] = [
  'pods',
  'nodes',
  'services',
  'endpointslices.discovery.k8s.io',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'namespaces',
  'events',
  'leases.coordination.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'bindings',
];
