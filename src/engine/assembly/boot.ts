/** When a new world is ready, and what is on its disks before it starts. */
import type { Topology } from '../../protocol/host.ts';
import type { Node, Pod } from '../kubernetes/apimachinery/types.ts';
import {
  COREDNS_VERSION,
  ETCD_VERSION,
  FLANNEL_CNI_PLUGIN_VERSION,
  FLANNEL_VERSION,
  KUBERNETES_VERSION,
  PAUSE_VERSION,
} from '../versions.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { LabHost } from './lab-hosts.ts';

/** `kubeadm config images pull` and the first pulls of the add-ons are over when a learner comes. */
export function preloadImages(host: LabHost): void {
  const controlPlane = host.spec.role === 'control-plane';
  const images = [
    `registry.k8s.io/pause:${PAUSE_VERSION}`,
    `registry.k8s.io/kube-proxy:${KUBERNETES_VERSION}`,
    `registry.k8s.io/coredns/coredns:${COREDNS_VERSION}`,
    `ghcr.io/flannel-io/flannel:${FLANNEL_VERSION}`,
    `ghcr.io/flannel-io/flannel-cni-plugin:${FLANNEL_CNI_PLUGIN_VERSION}`,
    ...(controlPlane
      ? ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
          (name) => `registry.k8s.io/${name}:${KUBERNETES_VERSION}`,
        )
      : []),
    ...(controlPlane ? [`registry.k8s.io/etcd:${ETCD_VERSION}`] : []),
  ];
  for (const reference of images) {
    const failure = host.runtime.images('k8s.io').preload(reference);
    if (failure !== undefined) throw new Error(`${reference}: ${failure.message}`);
  }
}

const isTrue = (
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean => (conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');

/** Every node is Ready and every pod of the system's namespaces too. */
export function clusterReady(cluster: Cluster, topology: Topology): boolean {
  if (topology.cluster?.nodes === false) return hasDefaultAccount(cluster);
  const all = <T>(prefix: string): readonly T[] => {
    const range = cluster.store.range(prefix);
    return 'entries' in range ? range.entries.map(({ value }) => value as unknown as T) : [];
  };
  const nodes = all<Node>('/registry/minions/');
  if (nodes.length < topology.hosts.length || !nodes.every((node) => isTrue(node.status.conditions, 'Ready')))
    return false;
  const pods = [...all<Pod>('/registry/pods/kube-system/'), ...all<Pod>('/registry/pods/kube-flannel/')];
  // Control plane, two CoreDNS, and kube-proxy and flannel on each node.
  return (
    pods.length >= 6 + 2 * nodes.length &&
    pods.every((pod) => isTrue(pod.status?.conditions, 'Ready')) &&
    hasDefaultAccount(cluster)
  );
}

function hasDefaultAccount(cluster: Cluster): boolean {
  return cluster.store.get('/registry/serviceaccounts/default/default') !== undefined;
}
