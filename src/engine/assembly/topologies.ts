/** The worlds that exist by name; each is data. */
import type { Topology, TopologyCluster, TopologyHost } from '../../protocol/host.ts';
import { DEFAULT_START_MS } from '../sim/default-start.ts';

const GIB = 1024 * 1024 * 1024;
/** The documented limit of Kubernetes. */
export const MAX_NODES = 5000;

const CLUSTER: TopologyCluster = {
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  dnsIp: '10.96.0.10',
  domain: 'cluster.local',
  nodes: true,
};

function host(name: string, role: TopologyHost['role'], index: number, docker = true): TopologyHost {
  return { name, role, ip: labAddress(index), cpus: 2, memoryBytes: 4 * GIB, docker };
}

/** Addresses of the lab network 192.168.56.0/21 from .56.10 on; beyond it 172.20.0.0/16 for the largest worlds. */
function labAddress(index: number): string {
  const at = index + 10;
  return `192.168.${String(56 + Math.floor(at / 250))}.${String(at % 250)}`;
}

const worker = (index: number): TopologyHost => host(`worker-${String(index)}`, 'worker', index);

function kubeadm(name: string, workers: number): Topology {
  const hosts = [
    host('control-plane', 'control-plane', 0),
    ...Array.from({ length: workers }, (_, i) => worker(i + 1)),
  ];
  const podCidr = workers > 250 ? '10.0.0.0/9' : CLUSTER.podCidr;
  const serviceCidr = workers > 250 ? '10.128.0.0/12' : CLUSTER.serviceCidr;
  const dnsIp = workers > 250 ? '10.128.0.10' : CLUSTER.dnsIp;
  return { name, startMs: DEFAULT_START_MS, hosts, cluster: { ...CLUSTER, podCidr, serviceCidr, dnsIp } };
}

/** What `topologyOf` knows, for messages. */
export const TOPOLOGY_NAMES = `kubeadm-3, docker-1, machines-3, api-only, scale-1 … scale-${String(MAX_NODES)}`;

/** The topology of a name, or undefined where no such world exists. */
export function topologyOf(name: string): Topology | undefined {
  const scale = /^scale-([1-9]\d{0,3})$/.exec(name);
  if (scale !== null) {
    const workers = Number(scale[1]);
    return workers <= MAX_NODES ? kubeadm(name, workers) : undefined;
  }
  switch (name) {
    case 'kubeadm-3':
      return kubeadm(name, 2);
    case 'docker-1':
      return { name, startMs: DEFAULT_START_MS, hosts: [host('docker-1', 'docker', 0)] };
    case 'api-only':
      return {
        name,
        startMs: DEFAULT_START_MS,
        hosts: [host('control-plane', 'control-plane', 0, false)],
        cluster: { ...CLUSTER, nodes: false },
      };
    case 'machines-3':
      return {
        name,
        startMs: DEFAULT_START_MS,
        hosts: [1, 2, 3].map((n) => host(`machine-${String(n)}`, 'machine', n - 1)),
      };
    default:
      return undefined;
  }
}
