/** What the kubelet asks of others on its host, and what the API server asks of a kubelet. */
import type { Files } from '../../machine/files/interface.ts';
import type { Kernel } from '../../machine/kernel/interface.ts';
import type { ContainerRuntime, PullFailure } from '../../machine/container/interface.ts';
import type { HostNetwork, Network } from '../../machine/net/interface.ts';
import type { Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Client, EventRecorder, InformerFactory } from '../client/interface.ts';

/** A sandbox to be put on the pod network. */
export interface PodNetworkRequest {
  readonly sandboxId: string;
  readonly netns: number;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}
/** The CNI plugins of one host, as containerd's CRI plugin calls them. */
export interface PodNetwork {
  /** Why the network is not ready (`cni plugin not initialized`), or undefined. */
  notReady(): string | undefined;
  add(request: PodNetworkRequest): { readonly ips: readonly string[] } | { readonly error: string };
  /** Safe to repeat. */
  del(request: PodNetworkRequest): void;
}

/** Facts about the node that its flags and configuration file give. */
export interface KubeletConfig {
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly clusterDns: readonly string[];
  readonly clusterDomain: string;
  readonly maxPods: number;
  readonly staticPodPath: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What nodeInfo says; from `engine/versions.ts`. */
  readonly versions: {
    readonly kubernetes: string;
    readonly kernel: string;
    readonly osImage: string;
    readonly containerd: string;
  };
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** The machine that the kubelet runs on; a `Host` fits. */
export interface KubeletHost {
  readonly name: string;
  readonly kernel: Kernel;
  readonly files: Files;
  readonly net: HostNetwork;
}

export interface KubeletOptions {
  readonly simulation: Simulation;
  readonly host: KubeletHost;
  readonly network: Network;
  readonly runtime: ContainerRuntime;
  readonly podNetwork: PodNetwork;
  readonly client: Client;
  /** The kubelet's own connection; it asks for pods of its node, its node, services, ConfigMaps and Secrets. */
  readonly informers: InformerFactory;
  readonly recorder: EventRecorder;
  readonly config: KubeletConfig;
  /** How containerd words a failed pull: `containerdPullError` of machine/container/pull-error.ts. */
  pullError(failure: PullFailure): { readonly code: string; readonly message: string };
}

export interface LogOptions {
  readonly previous?: boolean;
  readonly follow?: boolean;
  readonly sinceSeconds?: number;
  /** RFC 3339. */
  readonly sinceTime?: string;
  readonly timestamps?: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly stream?: 'Stdout' | 'Stderr' | 'All';
}
export type KubeletFailure = { readonly code: number; readonly message: string };

/** The kubelet's API on port 10250, as the API server calls it. */
export interface KubeletApi {
  readonly nodeName: string;
  /** The text so far, or why there is none. */
  containerLog(
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
  ): { readonly bytes: Uint8Array } | KubeletFailure;
  /**
   * `follow`: told `{ bytes, end }` for what comes after `containerLog` was read; `end` once the container is gone. Answers a
   * number for `stopFollowing`.
   */
  followLog(
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
    notify: Notify,
  ): { readonly follow: number; readonly bytes: Uint8Array } | KubeletFailure;
  stopFollowing(follow: number): void;
  /** The runtime's id of a running container, for exec and attach through the runtime itself. */
  runningContainer(
    namespace: string,
    pod: string,
    container: string,
  ): { readonly id: string; readonly tty: boolean; readonly stdin: boolean } | KubeletFailure;
  /** Network namespace in which port-forward connects. */
  podNetns(namespace: string, pod: string): { readonly netns: number; readonly sandboxId: string } | KubeletFailure;
}
