/** The node object that a kubelet registers and keeps (kubernetes pkg/kubelet/nodestatus). Decides; never acts. */
import type { ImageRecord } from '../../../machine/container/interface.ts';
import { conditionOf } from '../../apimachinery/meta.ts';
import type { Condition, Draft, Node } from '../../apimachinery/types.ts';
import type { KubeletConfig } from '../interface.ts';

const KIB = 1024;
/** evictionHard memory.available and nodefs.available. */
const RESERVED_MEMORY_KIB = 100 * 1024;
const RESERVED_DISK_SHARE = 0.1;
/** Images named in the status: the largest so many. */
const MAX_IMAGES = 50;
const MAX_NAMES = 5;

export interface NodeFacts {
  readonly processors: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly machineId: string;
  readonly systemUuid: string;
  readonly bootId: string;
  readonly images: readonly ImageRecord[];
  /** Why the container network is not ready, or undefined. */
  readonly networkProblem: string | undefined;
  readonly memoryPressure: boolean;
}

type Amounts = { readonly [name: string]: string };

export function nodeCapacity(facts: NodeFacts, maxPods: number): Amounts {
  return {
    cpu: String(facts.processors),
    'ephemeral-storage': `${String(Math.floor(facts.diskBytes / KIB))}Ki`,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: `${String(Math.floor(facts.memoryBytes / KIB))}Ki`,
    pods: String(maxPods),
  };
}

export function nodeAllocatable(facts: NodeFacts, maxPods: number): Amounts {
  return {
    ...nodeCapacity(facts, maxPods),
    'ephemeral-storage': String(Math.floor(facts.diskBytes * (1 - RESERVED_DISK_SHARE))),
    memory: `${String(Math.floor(facts.memoryBytes / KIB) - RESERVED_MEMORY_KIB)}Ki`,
  };
}

/** The node as it is first created. */
export function initialNode(config: KubeletConfig, facts: NodeFacts, now: string): Draft<Node> {
  const { nodeName } = config;
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': nodeName,
    'kubernetes.io/os': 'linux',
    ...config.labels,
  };
  return {
    metadata: {
      name: nodeName,
      labels,
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: config.taints.length === 0 ? {} : { taints: config.taints },
    status: nodeStatus(config, facts, [], now),
  };
}

export function nodeStatus(
  config: KubeletConfig,
  facts: NodeFacts,
  before: readonly Condition[],
  now: string,
): Node['status'] {
  return {
    capacity: nodeCapacity(facts, config.maxPods),
    allocatable: nodeAllocatable(facts, config.maxPods),
    conditions: nodeConditions(facts, before, now),
    addresses: [
      { type: 'InternalIP', address: config.nodeIp },
      { type: 'Hostname', address: config.nodeName },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
    nodeInfo: {
      machineID: facts.machineId,
      systemUUID: facts.systemUuid,
      bootID: facts.bootId,
      kernelVersion: config.versions.kernel,
      osImage: config.versions.osImage,
      containerRuntimeVersion: `containerd://${config.versions.containerd}`,
      kubeletVersion: config.versions.kubernetes,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    images: facts.images
      .toSorted((a, b) => b.contentBytes - a.contentBytes)
      .slice(0, MAX_IMAGES)
      .map((image) => ({
        names: [...image.repoDigests, ...image.repoTags].slice(0, MAX_NAMES),
        sizeBytes: image.contentBytes,
      })),
  };
}

/** Own conditions with their transition times kept; those of others (NetworkUnavailable) stay first, as upstream appends its own. */
export function nodeConditions(facts: NodeFacts, before: readonly Condition[], now: string): readonly Condition[] {
  const make = (type: string, status: string, reason: string, message: string): Condition => {
    const current = conditionOf(before, type);
    const kept =
      current?.status === status && current.lastTransitionTime !== undefined ? current.lastTransitionTime : now;
    return { type, status, lastHeartbeatTime: now, lastTransitionTime: kept, reason, message };
  };
  const own = [
    facts.memoryPressure
      ? make('MemoryPressure', 'True', 'KubeletHasInsufficientMemory', 'kubelet has insufficient memory available')
      : make('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    make('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    make('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    facts.networkProblem === undefined
      ? make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status')
      : make(
          'Ready',
          'False',
          'KubeletNotReady',
          `container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:${facts.networkProblem}`,
        ),
  ];
  const types = new Set(own.map(({ type }) => type));
  return [...before.filter(({ type }) => !types.has(type)), ...own];
}
