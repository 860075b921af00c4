/** Who each component of a cluster is to the API server; the bootstrap policy and kubeadm's bindings say what it may do. */
import { serviceAccountUser } from '../../kubernetes/apiserver/auth/tokens.ts';
import type { UserInfo } from '../../kubernetes/client/interface.ts';

const authenticated = (name: string, ...groups: readonly string[]): UserInfo => ({
  name,
  groups: [...groups, 'system:authenticated'],
});

/** The subjects of the client certificates in /etc/kubernetes/*.conf. */
export const CONTROLLER_MANAGER = authenticated('system:kube-controller-manager');
export const SCHEDULER = authenticated('system:kube-scheduler');
export const kubeletUser = (node: string): UserInfo => authenticated(`system:node:${node}`, 'system:nodes');

/** The service accounts of the add-ons' pods. */
export const KUBE_PROXY = serviceAccountUser('kube-system', 'kube-proxy');
export const CORE_DNS = serviceAccountUser('kube-system', 'coredns');
export const FLANNEL = serviceAccountUser('kube-flannel', 'flannel');
