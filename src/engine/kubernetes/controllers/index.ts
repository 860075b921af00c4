/**
 * kube-controller-manager: all controllers of one process.
 * `sandbox.ts` makes one per control-plane host, registers `components()` with the loop and calls `start` when the process is up.
 */
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Client, EventRecorder, InformerFactory, Reconciler, WorkQueue } from '../client/interface.ts';
import { ControllerLoop } from '../client/controller-loop.ts';
import type { ControllerContext } from './context.ts';
import { CronJobController } from './cronjob/reconciler.ts';
import { DaemonSetController } from './daemonset/reconciler.ts';
import { DeploymentController } from './deployment/reconciler.ts';
import { EndpointsController } from './endpoints/reconciler.ts';
import { EndpointSliceController } from './endpointslice/reconciler.ts';
import { GarbageCollector } from './garbage-collector/reconciler.ts';
import { JobController } from './job/reconciler.ts';
import { NamespaceController } from './namespace/reconciler.ts';
import { NodeIpamController } from './nodeipam/reconciler.ts';
import { NodeLifecycleController } from './node-lifecycle/reconciler.ts';
import { ReplicaSetController } from './replicaset/reconciler.ts';
import { ResourceQuotaController } from './resourcequota/reconciler.ts';
import { ServiceAccountController } from './serviceaccount/reconciler.ts';
import { ServiceAccountTokenController } from './serviceaccount-token/reconciler.ts';
import { StatefulSetController } from './statefulset/reconciler.ts';
import { TtlAfterFinishedController } from './ttl-after-finished/reconciler.ts';

export interface ControllerManagerOptions {
  readonly simulation: Simulation;
  readonly client: Client;
  /** The process's own informers; started and stopped with it. */
  readonly informers: InformerFactory;
  /** Where its events go: `kube-controller-manager/control-plane`. */
  readonly target: string;
  recorder(component: string): EventRecorder;
  readonly podCidr: string;
  /** Bits of a node's range; 24. */
  readonly nodeCidrMaskSize?: number;
  rootCertificate(): string;
  /** Signs the token of a service account that a Secret holds (--service-account-private-key-file). */
  secretToken(namespace: string, account: { readonly name: string; readonly uid: string }, secret: string): string;
  /** Every namespaced resource that can be listed and deleted. */
  namespacedResources(): readonly string[];
  resourceOf(apiVersion: string, kind: string): { readonly resource: string; readonly namespaced: boolean } | undefined;
  /** Without nodes the controllers that look after them stay away. */
  readonly nodes?: boolean;
}

/**
 * What acts on which resources: kinds that appear nowhere here (nor with scheduler, kubelet, proxy, dns) are only stored.
 * A StatefulSet makes claims, but nobody acts on a claim.
 */
export const CONTROLLED_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  deployment: ['deployments.apps', 'replicasets.apps'],
  replicaset: ['replicasets.apps', 'pods'],
  daemonset: ['daemonsets.apps', 'pods', 'controllerrevisions.apps'],
  statefulset: ['statefulsets.apps', 'pods', 'controllerrevisions.apps'],
  job: ['jobs.batch', 'pods'],
  cronjob: ['cronjobs.batch', 'jobs.batch'],
  'ttl-after-finished': ['jobs.batch'],
  endpoints: ['services', 'endpoints'],
  endpointslice: ['services', 'endpointslices.discovery.k8s.io'],
  namespace: ['namespaces'],
  serviceaccount: ['serviceaccounts', 'configmaps'],
  'serviceaccount-token': ['serviceaccounts', 'secrets'],
  resourcequota: ['resourcequotas'],
  nodeipam: ['nodes'],
  nodelifecycle: ['nodes', 'pods', 'leases.coordination.k8s.io'],
  garbagecollector: ['*'],
};

export class ControllerManager {
  readonly #loops = new Map<string, ControllerLoop>();
  readonly #reconcilers: Reconciler[] = [];
  readonly #nodeLifecycle: NodeLifecycleController | undefined;
  #running = false;

  constructor(private readonly options: ControllerManagerOptions) {
    const context: ControllerContext = {
      simulation: options.simulation,
      client: options.client,
      informers: options.informers,
      recorder: (component) => options.recorder(component),
      queue: (reconciler) => this.#queue(reconciler),
      podCidr: options.podCidr,
      nodeCidrMaskSize: options.nodeCidrMaskSize ?? 24,
      rootCertificate: () => options.rootCertificate(),
      secretToken: (namespace, account, secret) => options.secretToken(namespace, account, secret),
      namespacedResources: () => options.namespacedResources(),
      resourceOf: (apiVersion, kind) => options.resourceOf(apiVersion, kind),
    };
    for (const Controller of [
      DeploymentController,
      ReplicaSetController,
      DaemonSetController,
      StatefulSetController,
      JobController,
      CronJobController,
      TtlAfterFinishedController,
      EndpointsController,
      EndpointSliceController,
      NamespaceController,
      ServiceAccountController,
      ServiceAccountTokenController,
      ResourceQuotaController,
      GarbageCollector,
    ]) {
      this.#reconcilers.push(new Controller(context));
    }
    if (options.nodes !== false) {
      this.#reconcilers.push(new NodeIpamController(context));
      this.#nodeLifecycle = new NodeLifecycleController(context, `${options.target}/node-lifecycle-monitor`);
    }
  }

  /** Everything to be registered with the event loop, by target. The informers are the owner's to register. */
  components(): readonly (readonly [target: string, component: Component])[] {
    const loops = [...this.#loops].map(([name, loop]) => [`${this.options.target}/${name}`, loop] as const);
    return this.#nodeLifecycle === undefined
      ? loops
      : [...loops, [this.#nodeLifecycle.target, this.#nodeLifecycle] as const];
  }

  start(): void {
    this.#running = true;
    this.options.informers.start();
    this.#nodeLifecycle?.start();
  }

  /** The process has died. */
  stop(): void {
    this.#running = false;
    this.options.informers.stop();
    for (const loop of this.#loops.values()) loop.stop();
    this.#nodeLifecycle?.stop();
  }

  /** Names of the controllers that run here. */
  get controllers(): readonly string[] {
    return this.#reconcilers.map(({ name }) => name);
  }

  get running(): boolean {
    return this.#running;
  }

  #queue(reconciler: Reconciler): WorkQueue {
    const target = `${this.options.target}/${reconciler.name}`;
    const loop = new ControllerLoop({
      simulation: this.options.simulation,
      target,
      ready: () => this.options.informers.synced,
    });
    loop.run(reconciler);
    this.#loops.set(reconciler.name, loop);
    return loop;
  }
}
