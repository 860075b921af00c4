/** Addresses and names of the API server, as kubeadm puts them in its certificate. */
import type { TopologyCluster } from '../../../protocol/host.ts';

/** The first usable address of a range: where the `kubernetes` Service lives. */
export function firstAddress(cidr: string): string {
  const [base = ''] = cidr.split('/');
  const octets = base.split('.').map(Number);
  return [...octets.slice(0, 3), (octets[3] ?? 0) + 1].join('.');
}

export interface ServingNames {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

export const apiServerNames = (cluster: TopologyCluster, host: string, ip: string): ServingNames => ({
  commonName: 'kube-apiserver',
  dnsNames: [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${cluster.domain}`,
    host,
  ],
  ipAddresses: [firstAddress(cluster.serviceCidr), ip],
});
