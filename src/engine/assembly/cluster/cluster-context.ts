/** What every part of a cluster is made from. */
import type { Topology, TopologyCluster } from '../../../protocol/host.ts';
import { ClientEventRecorder, type RecorderOptions } from '../../kubernetes/client/event-recorder.ts';
import { SharedInformers } from '../../kubernetes/client/informers.ts';
import type { Transport, UserInfo } from '../../kubernetes/client/interface.ts';
import type { Network } from '../../machine/net/interface.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { ClusterPki } from '../kubeadm/pki.ts';
import type { LabHost } from '../lab-hosts.ts';
import type { RunningProcesses } from './running-processes.ts';

export interface ClusterOptions {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly topology: Topology;
  readonly cluster: TopologyCluster;
  readonly pki: ClusterPki;
  hosts(): ReadonlyMap<string, LabHost>;
}

export interface ClusterContext extends ClusterOptions {
  /** Name and address of the host of the API server. */
  readonly controlPlane: string;
  readonly apiIp: string;
  readonly running: RunningProcesses;
  /** A connection from a host to the API server, over the path that packets take. */
  transport(host: string): Transport;
}

/** A recorder of events whose counts are part of the world's state. */
export function recorderOf(target: string, options: RecorderOptions): ClientEventRecorder {
  const recorder = new ClientEventRecorder(options);
  options.simulation.loop.register(`${target}/events/${options.component}`, recorder);
  return recorder;
}

/** Informers of one process; registered with the loop. */
export function informersOf(context: ClusterContext, target: string, user: UserInfo, host: string): SharedInformers {
  const { simulation } = context;
  const informers = new SharedInformers({ simulation, target, user, transport: context.transport(host) });
  simulation.loop.register(target, informers);
  return informers;
}
