import type { TopologyCluster } from '../../../protocol/host.ts';

/** /var/lib/kubelet/config.yaml and the kubelet-config ConfigMap. */
export function kubeletConfiguration(cluster: TopologyCluster): string {
  return [
    'apiVersion: kubelet.config.k8s.io/v1beta1',
    'authentication:',
    '  anonymous:',
    '    enabled: false',
    '  webhook:',
    '    cacheTTL: 0s',
    '    enabled: true',
    '  x509:',
    '    clientCAFile: /etc/kubernetes/pki/ca.crt',
    'authorization:',
    '  mode: Webhook',
    'cgroupDriver: systemd',
    'clusterDNS:',
    `- ${cluster.dnsIp}`,
    `clusterDomain: ${cluster.domain}`,
    'containerRuntimeEndpoint: unix:///run/containerd/containerd.sock',
    'healthzBindAddress: 127.0.0.1',
    'healthzPort: 10248',
    'kind: KubeletConfiguration',
    'rotateCertificates: true',
    'staticPodPath: /etc/kubernetes/manifests',
    '',
  ].join('\n');
}
