/**
 * The kubelet of one node.
 * Models: node registration, leases and status; pods from the API server and from files; probes, hooks, restarts, logs.
 * Leaves out: eviction by pressure, image garbage collection, volumes of claims, device plugins, checkpoints.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import type { Component } from '../../sim/component.ts';
import type { Notify } from '../../sim/notify.ts';
import type { Pod, Service } from '../apimachinery/types.ts';
import type { Informer, InformerEvent } from '../client/interface.ts';
import type { KubeletApi, KubeletOptions } from './interface.ts';
import { KubeletServer } from './node/kubelet-server.ts';
import { LogReader } from './node/log-reader.ts';
import { NodeKeeper } from './node/node-keeper.ts';
import { nodeAllocatable } from './node/node-status.ts';
import { StaticPodKeeper } from './node/static-pod-keeper.ts';
import { CONFIG_MIRROR, isMirror } from './node/static-pods.ts';
import { type SavedStatuses, StatusManager } from './node/status-manager.ts';
import { refuseSysctls } from './pod/sysctl-allowlist.ts';
import { PodWorker } from './pod/worker.ts';
import type { WorkerContext } from './pod/worker-context.ts';
import { copyPodWork, newContainerWork, newPodWork, type PodWork } from './pod/work-state.ts';
import { NetworkCalls } from './probes/network-calls.ts';

/** Volumes and mirror pods are looked at this often, µs. */
const RESYNC_US = 60_000_000;

export class Kubelet implements Component, WorkerContext {
  readonly target: string;
  readonly api: KubeletApi;
  readonly calls: NetworkCalls;
  readonly #workers = new Map<string, PodWorker>();
  readonly #byName = new Map<string, string>();
  readonly #pods: Informer<Pod>;
  readonly #services: Informer<Service>;
  readonly #keeper: NodeKeeper;
  readonly #logs: LogReader;
  readonly #statuses: StatusManager;
  readonly #static: StaticPodKeeper;
  readonly #syncs = new Map<string, { readonly seq: number; readonly dueUs: number }>();
  /** Recurring looks by type, so that a stopped kubelet leaves none behind. */
  readonly #timers = new Map<string, number>();
  #watch = 0;
  #running = false;
  #allocatable: Readonly<Record<string, string>> | undefined;

  constructor(readonly options: KubeletOptions) {
    const { config, informers } = options;
    this.target = `kubelet/${config.nodeName}`;
    this.#keeper = new NodeKeeper(options, this.target, (type, delayUs) => {
      this.#timer(type, delayUs);
    });
    this.#logs = new LogReader(options, this.target);
    const workerNamed = (namespace: string, name: string): PodWorker | undefined =>
      this.#workers.get(this.#byName.get(`${namespace}/${name}`) ?? '');
    this.api = new KubeletServer(options, this.#logs, workerNamed);
    const pods = {
      worker: (uid: string) => this.#workers.get(uid),
      mirror: ({ work }: PodWorker) => this.#pods.get(`${work.namespace}/${work.name}`),
    };
    this.#statuses = new StatusManager(options, pods, this.target);
    this.#static = new StaticPodKeeper({
      options,
      target: this.target,
      workers: () => this.#workers.values(),
      workerNamed,
      addWorker: (pod, uid, isStatic) => {
        this.#addWorker(pod, uid, isStatic);
      },
      statusChanged: (uid) => {
        this.statusChanged(uid);
      },
      confirmDeletion: (pod) => {
        this.#confirmDeletion(pod);
      },
      node: () => this.#keeper.node,
    });
    this.#pods = informers.informer('pods', { fieldSelector: `spec.nodeName=${config.nodeName}` });
    this.#services = informers.informer('services');
    this.#pods.addHandler((event) => {
      if (this.#running) this.#onPod(event);
    });
    this.calls = new NetworkCalls(options, this.target, (uid, container, purpose, error) => {
      const worker = this.#workers.get(uid);
      const own = worker?.workOf(container);
      if (worker !== undefined && own !== undefined) worker.prober.answered(own, purpose, error);
    });
  }

  get nodeAllocatable(): Readonly<Record<string, string>> {
    this.#allocatable ??= nodeAllocatable(this.#keeper.facts(), this.options.config.maxPods);
    return this.#allocatable;
  }

  /** The process is up: registers, reads manifests, takes over what runs. */
  start(): void {
    this.#running = true;
    this.#allocatable = undefined;
    const { host, config, informers } = this.options;
    for (const path of [
      '/kubepods.slice',
      '/kubepods.slice/kubepods-burstable.slice',
      '/kubepods.slice/kubepods-besteffort.slice',
    ])
      host.kernel.cgroups.create(path);
    informers.start();
    this.#keeper.start();
    host.files.root.mkdirp(config.staticPodPath);
    this.#watch = host.files.watch(config.staticPodPath, { target: this.target, type: 'manifests' });
    this.#timer('resync', RESYNC_US);
    for (const worker of this.#workers.values()) worker.reconcileWithRuntime();
    this.#static.readManifests();
  }

  /** The process has died; containers go on without it. */
  stop(): void {
    this.#running = false;
    this.options.informers.stop();
    this.#statuses.reset();
    for (const { seq } of this.#syncs.values()) this.options.simulation.loop.cancel(seq);
    this.#syncs.clear();
    for (const seq of this.#timers.values()) this.options.simulation.loop.cancel(seq);
    this.#timers.clear();
    this.options.host.files.unwatch(this.#watch);
    for (const worker of this.#workers.values()) worker.prober.stopAll();
  }

  #timer(type: string, delayUs: number): void {
    this.#timers.set(type, this.options.simulation.loop.schedule(delayUs, this.target, type));
  }

  handle(type: string, payload: Plain): void {
    const data = (payload ?? {}) as { readonly [key: string]: Plain };
    if (!this.#running) return;
    switch (type) {
      case 'node-check':
        this.#keeper.check();
        break;
      case 'lease':
        this.#keeper.renewLease();
        break;
      case 'flush':
        this.#statuses.flush();
        break;
      case 'resync':
        this.#resync();
        break;
      case 'manifests':
        this.#static.readManifests();
        break;
      case 'mirrors':
        this.#static.keepMirrors();
        break;
      case 'call-timeout':
        this.calls.timedOut(data['socket'] as number);
        break;
      case 'log-changed':
        this.#logs.changed(data['follow'] as number, false);
        break;
      default:
        this.#toWorker(type, data);
    }
  }

  #toWorker(type: string, data: { readonly [key: string]: Plain }): void {
    const uid = data['uid'] as string;
    const worker = this.#workers.get(uid);
    if (worker === undefined) return;
    if (type === 'sync') {
      this.#syncs.delete(uid);
      worker.sync();
      return;
    }
    if (type === 'exited') this.#logs.containerEnded(data['containerId'] as string);
    worker.handle(type, data['container'] as string | undefined, data);
  }

  #onPod(event: InformerEvent<Pod>): void {
    const { object: pod } = event;
    if (isMirror(pod)) {
      this.#static.onMirror(event.type, pod);
      return;
    }
    const { uid } = pod.metadata;
    const worker = this.#workers.get(uid);
    if (event.type === 'deleted') {
      worker?.terminate(1);
      return;
    }
    if (worker === undefined) this.#admit(pod);
    else if (pod.metadata.deletionTimestamp === undefined) worker.update(pod);
    else {
      worker.learn(pod);
      worker.terminate(pod.metadata.deletionGracePeriodSeconds ?? 30);
    }
  }

  #admit(pod: Pod): void {
    const over = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (pod.metadata.deletionTimestamp !== undefined) {
      // Nothing of it is here (any more): the deletion only has to be confirmed.
      this.#confirmDeletion(pod);
      return;
    }
    if (over) return;
    const refused = refuseSysctls(pod.spec);
    if (refused === undefined) this.#addWorker(pod, pod.metadata.uid, false);
    else this.#reject(pod, 'SysctlForbidden', refused);
  }

  /** The pod does not come in; nothing tries again. */
  #reject(pod: Pod, reason: string, message: string): void {
    const { client, recorder, simulation } = this.options;
    const { name, namespace = '', uid } = pod.metadata;
    recorder.event(pod, 'Warning', reason, message);
    client.patchStatus(
      'pods',
      { name, namespace },
      {
        metadata: { uid },
        status: {
          phase: 'Failed',
          reason,
          message: `Pod was rejected: ${message}`,
          startTime: formatRfc3339(simulation.clock.unixMs),
        },
      },
    );
  }

  #addWorker(pod: Pod, uid: string, isStatic: boolean): void {
    const { namespace = '', name } = pod.metadata;
    const containers = [
      ...(pod.spec.initContainers ?? []).map((item) =>
        newContainerWork(item.name, item.restartPolicy === 'Always' ? 'sidecar' : 'init'),
      ),
      ...pod.spec.containers.map((item) => newContainerWork(item.name, 'app')),
    ];
    const now = formatRfc3339(this.options.simulation.clock.unixMs);
    const worker = new PodWorker(pod, newPodWork({ uid, namespace, name, isStatic }, now, containers), this);
    this.#workers.set(uid, worker);
    this.#byName.set(`${namespace}/${name}`, uid);
    worker.sync();
  }

  #confirmDeletion(pod: Pod): void {
    const { name, namespace = '', uid } = pod.metadata;
    this.options.client.delete('pods', { name, namespace }, { gracePeriodSeconds: 0, preconditions: { uid } });
  }

  servicesFor(namespace: string): readonly Service[] {
    const own = this.#services.list(namespace);
    const kubernetes = namespace === 'default' ? undefined : this.#services.get('default/kubernetes');
    return kubernetes === undefined ? own : [kubernetes, ...own];
  }

  notify(type: string, uid: string, container?: string): Notify {
    return { target: this.target, type, payload: container === undefined ? { uid } : { uid, container } };
  }

  syncAfter(uid: string, delayUs: number): void {
    const { loop, clock } = this.options.simulation;
    const dueUs = clock.nowUs + delayUs;
    const known = this.#syncs.get(uid);
    if (known !== undefined && known.dueUs <= dueUs) return;
    if (known !== undefined) loop.cancel(known.seq);
    this.#syncs.set(uid, { seq: loop.schedule(delayUs, this.target, 'sync', { uid }), dueUs });
  }

  statusChanged(uid: string): void {
    this.#statuses.changed(uid);
  }

  podGone(uid: string): void {
    const worker = this.#workers.get(uid);
    if (worker === undefined) return;
    this.#statuses.finish(worker);
    this.#workers.delete(uid);
    const sync = this.#syncs.get(uid);
    if (sync !== undefined) this.options.simulation.loop.cancel(sync.seq);
    this.#syncs.delete(uid);
    const { namespace, name, isStatic } = worker.work;
    if (this.#byName.get(`${namespace}/${name}`) === uid) this.#byName.delete(`${namespace}/${name}`);
    if (isStatic) {
      const mirror = this.#pods.get(`${namespace}/${name}`);
      if (mirror?.metadata.annotations?.[CONFIG_MIRROR] === uid) this.#confirmDeletion(mirror);
      this.#static.sync();
    } else this.#confirmDeletion(worker.latest);
  }

  #resync(): void {
    this.#timer('resync', RESYNC_US);
    for (const worker of this.#workers.values()) {
      if (worker.work.volumes === 'mounted' && worker.work.terminating === undefined && worker.work.ended === undefined)
        worker.volumes.refresh(worker.pod, worker.work);
    }
    this.#static.keepMirrors();
  }

  snapshot(): Plain {
    return {
      running: this.#running,
      statuses: this.#statuses.snapshot() as unknown as Plain,
      syncs: [...this.#syncs].map(([uid, sync]) => ({ uid, ...sync })),
      timers: [...this.#timers],
      watch: this.#watch,
      keeper: this.#keeper.snapshot(),
      logs: this.#logs.snapshot(),
      calls: this.calls.snapshot(),
      static: this.#static.snapshot() as unknown as Plain,
      workers: [...this.#workers.values()].map((worker) => ({
        pod: worker.pod,
        ...(worker.latest === worker.pod ? {} : { latest: worker.latest }),
        work: copyPodWork(worker.work) as unknown as Plain,
        volumes: worker.volumes.snapshot(),
        prober: worker.prober.snapshot(),
      })),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      running: boolean;
      statuses: SavedStatuses;
      timers: [string, number][];
      watch: number;
      syncs: { uid: string; seq: number; dueUs: number }[];
      keeper: Plain;
      logs: Plain;
      calls: Plain;
      static: Pod[];
      workers: { pod: Pod; latest?: Pod; work: PodWork; volumes: Plain; prober: Plain }[];
    };
    this.#running = saved.running;
    this.#statuses.restore(saved.statuses);
    this.#watch = saved.watch;
    this.#timers.clear();
    for (const [type, seq] of saved.timers) this.#timers.set(type, seq);
    this.#syncs.clear();
    for (const { uid, seq, dueUs } of saved.syncs) this.#syncs.set(uid, { seq, dueUs });
    this.#keeper.restore(saved.keeper);
    this.#logs.restore(saved.logs);
    this.calls.restore(saved.calls);
    this.#static.restore(saved.static);
    this.#workers.clear();
    this.#byName.clear();
    for (const { pod, latest, work, volumes, prober } of saved.workers) {
      const worker = new PodWorker(pod, copyPodWork(work), this, latest);
      worker.volumes.restore(volumes);
      worker.prober.restore(prober);
      this.#workers.set(work.uid, worker);
      this.#byName.set(`${work.namespace}/${work.name}`, work.uid);
    }
  }
}
