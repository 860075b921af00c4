/**
 * One cluster: etcd, API server, controller manager, scheduler, kubelets, kube-proxy, CoreDNS and flannel, each alive while its
 * process is.
 */
import type { JsonObject } from '../../../protocol/plain.ts';
import { type ResourceInfo, keyFor } from '../../kubernetes/apiserver/registry.ts';
import type { ApiServer } from '../../kubernetes/apiserver/server.ts';
import { LOOPBACK_USER } from '../../kubernetes/apiserver/bootstrap.ts';
import { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import type { Transport } from '../../kubernetes/client/interface.ts';
import { CONTROLLED_RESOURCES } from '../../kubernetes/controllers/index.ts';
import { Store } from '../../kubernetes/etcd/store.ts';
import type { ReactiveProgram } from '../../machine/kernel/reactive/reactive.ts';
import { type Role, roleProgram } from '../roles.ts';
import { ACTED_ELSEWHERE } from './acted-on.ts';
import { ApiServerProcess } from './api-server.ts';
import { API_PORT } from './api-port.ts';
import type { ClusterContext, ClusterOptions } from './cluster-context.ts';
import { makeControllerManager, makeScheduler } from './control-plane.ts';
import { componentRoles } from './component-roles.ts';
import { EtcdPort } from './etcd-port.ts';
import type { KubeletProcess } from './kubelet-process.ts';
import { makeKubelet } from './kubelets.ts';
import { NodeAgents } from './node-agents.ts';
import { RunningProcesses, type SavedProcesses } from './running-processes.ts';

export class Cluster {
  readonly store = new Store();
  readonly #context: ClusterContext;
  readonly #running = new RunningProcesses();
  readonly #api: ApiServerProcess;
  readonly #kubelets = new Map<string, KubeletProcess>();
  readonly #roles: ReadonlyMap<string, Role>;

  constructor(options: ClusterOptions) {
    const { topology } = options;
    const controlPlane = topology.hosts.find(({ role }) => role === 'control-plane');
    if (controlPlane === undefined) throw new Error(`topology ${topology.name} has a cluster and no control plane`);
    this.#context = {
      ...options,
      controlPlane: controlPlane.name,
      apiIp: controlPlane.ip,
      running: this.#running,
      transport: (host) => this.#transport(host),
    };
    this.#api = new ApiServerProcess(this.#context, this.store, (node) => this.#kubelets.get(node)?.kubelet?.api);
    this.#roles = componentRoles(this.#context, {
      etcd: new EtcdPort(this.#context, this.store),
      api: this.#api,
      controllers: makeControllerManager(this.#context, this.server),
      scheduler: makeScheduler(this.#context),
      agents: new NodeAgents(this.#context),
      kubelets: this.#kubelets,
    });
    const controlled = Object.values(CONTROLLED_RESOURCES).flat();
    this.server.actsOn(...new Set(controlled.filter((name) => name !== '*')), ...ACTED_ELSEWHERE);
  }

  get server(): ApiServer {
    return this.#api.server;
  }
  get controlPlane(): string {
    return this.#context.controlPlane;
  }

  /** Programs of the cluster's executables on one host. */
  programs(host: string): ReadonlyMap<string, ReactiveProgram> {
    return new Map([...this.#roles].map(([name, role]) => [name, roleProgram(name, host, role)]));
  }

  /** Once the hosts exist. */
  connectKubelets(): void {
    if (!this.#context.cluster.nodes) return;
    for (const host of this.#context.hosts().values()) this.#kubelets.set(host.name, makeKubelet(this.#context, host));
  }

  isRunning(component: string, host?: string): boolean {
    return this.#running.has(component, host);
  }

  /** A component whose process is not of an image (kubelet, api-only's control plane). */
  processStarted(component: string, host: string, pid: number): void {
    this.#roles.get(component)?.started({ host, pid });
  }
  processEnded(component: string, host: string, pid: number): void {
    this.#roles.get(component)?.ended(host, pid);
  }

  /** As an administrator on the server itself, past every connection: for the assembly and for reads. */
  admin(): InProcessClient {
    return new InProcessClient(LOOPBACK_USER, { connect: () => ({ server: this.server }) });
  }

  /** An object as it is stored. */
  stored(info: ResourceInfo, namespace: string, name: string): JsonObject | undefined {
    return this.store.get(keyFor(info, namespace, name))?.value;
  }

  #transport(host: string): Transport {
    const { network, apiIp } = this.#context;
    const to = { ip: apiIp, port: API_PORT };
    const broken = (errno: string): { readonly broken: string } => ({
      broken: `dial tcp ${to.ip}:${String(to.port)}: connect: ${errno}`,
    });
    return {
      connect: () => {
        const netns = network.host(host)?.netns;
        if (!this.isRunning('kube-apiserver') || netns === undefined) return broken('connection refused');
        const path = network.checkPath(netns, to);
        return path.connected ? { server: this.server } : broken(path.reason);
      },
    };
  }

  snapshotProcesses(): SavedProcesses {
    return this.#running.snapshot();
  }
  restoreProcesses(saved: SavedProcesses): void {
    this.#running.restore(saved);
  }
}
