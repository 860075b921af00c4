/** What a world with a cluster has beside its hosts: the cluster, its certificates, what kubeadm set up, and its picture. */
import type { Topology, TopologyCluster } from '../../../protocol/host.ts';
import type { Network } from '../../machine/net/interface.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { clusterReady, preloadImages } from '../boot.ts';
import { ClusterSetup } from '../kubeadm/cluster-setup.ts';
import { writeNodeFiles } from '../kubeadm/node-files.ts';
import { type ClusterPki, clusterPki } from '../kubeadm/pki.ts';
import type { LabHost } from '../lab-hosts.ts';
import { traceStore } from '../store-trace.ts';
import { type ClusterPicture, WorldProjection } from '../world-view.ts';
import { API_PORT } from './api-port.ts';
import { Cluster } from './cluster.ts';

export interface ClusterWorldOptions {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly topology: Topology;
  readonly facts: TopologyCluster;
  readonly seed: number;
  hosts(): ReadonlyMap<string, LabHost>;
}

export class ClusterWorld {
  readonly cluster: Cluster;
  readonly #pki: ClusterPki;
  readonly #projection: WorldProjection;
  #setup: ClusterSetup | undefined;

  constructor(private readonly options: ClusterWorldOptions) {
    const { simulation, network, topology, facts, seed } = options;
    this.#pki = clusterPki(seed, topology.startMs);
    this.cluster = new Cluster({
      simulation,
      network,
      topology,
      cluster: facts,
      pki: this.#pki,
      hosts: () => options.hosts(),
    });
    this.#projection = new WorldProjection(this.cluster.store);
  }

  /** Puts on the hosts' disks what kubeadm leaves there, and begins to follow the store. */
  prepare(): void {
    const { simulation, topology, facts } = this.options;
    const { cluster } = this;
    const pki = this.#pki;
    const server = `https://${topology.hosts.find(({ role }) => role === 'control-plane')?.ip ?? ''}:${String(API_PORT)}`;
    this.#setup = new ClusterSetup(
      simulation,
      () => ({ cluster: facts, server, authorityPem: pki.authority.certificatePem }),
      () => cluster.isRunning('kube-apiserver'),
      () => cluster.admin(),
      (apiVersion, kind) =>
        [...cluster.server.registry.all()].find((info) => info.apiVersion === apiVersion && info.kind === kind)
          ?.groupResource,
    );
    for (const host of this.options.hosts().values()) writeNodeFiles(host.files.root, host.spec, topology, facts, pki);
    traceStore(cluster.store, simulation.trace);
  }

  /** What is on a node's disk before it starts for the first time. */
  preloadImages(host: LabHost): void {
    if (this.options.facts.nodes) preloadImages(host);
  }

  /** Does what `kubeadm init` does to the API, from now on. */
  start(): void {
    if (!this.options.facts.nodes) this.#startApiOnly();
    this.#setup?.start();
  }

  isReady(): boolean {
    return this.#setup?.done === true && clusterReady(this.cluster, this.options.topology);
  }

  /** The certificate in an operator's kubeconfig. */
  administrator(): string {
    return this.#pki.client({ commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'] })
      .certificatePem;
  }

  picture(): ClusterPicture {
    return this.#projection.picture();
  }

  /** After a restore the picture is made anew. */
  restored(): void {
    this.#projection.invalidate();
  }

  /** Clients' own test suites expect a server without nodes: its processes are started by hand. */
  #startApiOnly(): void {
    const { cluster } = this;
    const host = this.options.hosts().get(cluster.controlPlane);
    if (host === undefined) return;
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager']) {
      const pid = host.kernel.spawnComponent({
        component: 'kubeadm',
        argv: [name],
        path: `/usr/local/bin/${name}`,
        env: {},
      });
      if (typeof pid === 'number') cluster.processStarted(name, host.name, pid);
    }
  }
}
