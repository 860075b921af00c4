/** What a world consists of before it starts: data, so that a lesson or a file can describe one. */

export type HostRole = 'control-plane' | 'worker' | 'docker' | 'machine';

export interface TopologyHost {
  readonly name: string;
  readonly role: HostRole;
  /** Address on the lab network. */
  readonly ip: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** The Docker Engine runs here. */
  readonly docker: boolean;
}

export interface TopologyCluster {
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly dnsIp: string;
  readonly domain: string;
  /** Without nodes there is neither scheduler nor kubelet: etcd, API server and controller manager only. */
  readonly nodes: boolean;
}

export interface Topology {
  readonly name: string;
  /** Unix ms at which virtual time starts. */
  readonly startMs: number;
  readonly hosts: readonly TopologyHost[];
  readonly cluster?: TopologyCluster;
}

export const TOPOLOGY_NAMES = [
  'kubeadm-3',
  'docker-1',
  'api-only',
  'scale-N',
  'machines-3',
  'swarm-3',
  'kubeadm-ha',
] as const;
