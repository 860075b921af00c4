/** kubeadm's own ConfigMaps and the binding of its administrators. */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { KUBERNETES_VERSION } from '../../versions.ts';
import { type AddonFacts, roleRef } from './addon-objects.ts';
import { kubeletConfiguration } from './kubelet-configuration.ts';

export function kubeadmConfig(facts: AddonFacts): JsonObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
      data: { ClusterConfiguration: clusterConfiguration(facts) },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kubelet-config', namespace: 'kube-system' },
      data: { kubelet: kubeletConfiguration(facts.cluster) },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cluster-info', namespace: 'kube-public' },
      data: { kubeconfig: clusterInfo(facts) },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'kubeadm:cluster-admins' },
      roleRef: roleRef('ClusterRole', 'cluster-admin'),
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kubeadm:cluster-admins' }],
    },
  ];
}

const clusterConfiguration = ({ cluster }: AddonFacts): string =>
  [
    'apiServer: {}',
    'apiVersion: kubeadm.k8s.io/v1beta4',
    'caCertificateValidityPeriod: 87600h0m0s',
    'certificateValidityPeriod: 8760h0m0s',
    'certificatesDir: /etc/kubernetes/pki',
    'clusterName: kubernetes',
    'controllerManager: {}',
    'dns: {}',
    'encryptionAlgorithm: ECDSA-P256',
    'etcd:',
    '  local:',
    '    dataDir: /var/lib/etcd',
    'imageRepository: registry.k8s.io',
    'kind: ClusterConfiguration',
    `kubernetesVersion: ${KUBERNETES_VERSION}`,
    'networking:',
    `  dnsDomain: ${cluster.domain}`,
    `  podSubnet: ${cluster.podCidr}`,
    `  serviceSubnet: ${cluster.serviceCidr}`,
    'proxy: {}',
    'scheduler: {}',
    '',
  ].join('\n');

const clusterInfo = ({ server, authorityPem }: AddonFacts): string =>
  [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    `    certificate-authority-data: ${encodeBase64(encodeUtf8(authorityPem))}`,
    `    server: ${server}`,
    '  name: ""',
    'contexts: null',
    'current-context: ""',
    'kind: Config',
    'preferences: {}',
    'users: null',
    '',
  ].join('\n');
