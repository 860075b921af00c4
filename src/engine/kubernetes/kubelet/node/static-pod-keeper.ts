/** Runs the pods of the manifest directory and keeps their mirrors at the API server (kubernetes pkg/kubelet/pod mirror client). */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Node, Pod } from '../../apimachinery/types.ts';
import type { InformerEvent } from '../../client/interface.ts';
import type { KubeletOptions } from '../interface.ts';
import type { PodWorker } from '../pod/worker.ts';
import { CONFIG_HASH, CONFIG_MIRROR, mirrorPod, readStaticPods } from './static-pods.ts';

const MIRROR_RETRY_US = 1_000_000;

/** What the keeper has of its kubelet. */
export interface StaticPodContext {
  readonly options: KubeletOptions;
  /** Target of the kubelet's events; `mirrors` comes back to it. */
  readonly target: string;
  /** All pods of this node, from files or not. */
  workers(): Iterable<PodWorker>;
  /** The worker whose pod has this name. */
  workerNamed(namespace: string, name: string): PodWorker | undefined;
  addWorker(pod: Pod, uid: string, isStatic: boolean): void;
  statusChanged(uid: string): void;
  /** Nothing of the pod is here any more: the API server may forget it. */
  confirmDeletion(pod: Pod): void;
  node(): Node | undefined;
}

export class StaticPodKeeper {
  /** As the files were last read. */
  #pods: readonly Pod[] = [];

  constructor(private readonly context: StaticPodContext) {}

  readManifests(): void {
    const { host, config, simulation } = this.context.options;
    const { pods, problems } = readStaticPods(
      host.files.root,
      config.staticPodPath,
      config.nodeName,
      formatRfc3339(simulation.clock.unixMs),
    );
    for (const problem of problems)
      simulation.trace.record(this.context.target, 'manifest.unreadable', `file/${problem}`);
    // A pod that was seen before keeps the object that it was made from.
    const known = new Map(this.#pods.map((pod) => [pod.metadata.uid, pod]));
    this.#pods = pods.map((pod) => known.get(pod.metadata.uid) ?? pod);
    this.sync();
  }

  /** Starts what the files name and stops the rest. */
  sync(): void {
    const wanted = new Set(this.#pods.map(({ metadata }) => metadata.uid));
    const running = new Set<string>();
    for (const worker of [...this.context.workers()]) {
      running.add(worker.uid);
      if (worker.work.isStatic && !wanted.has(worker.uid))
        worker.terminate(worker.pod.spec.terminationGracePeriodSeconds ?? 30);
    }
    for (const pod of this.#pods) {
      const { uid, namespace = '', name } = pod.metadata;
      // One that has the name still stops; its end brings us back here.
      if (!running.has(uid) && this.context.workerNamed(namespace, name) === undefined)
        this.context.addWorker(pod, uid, true);
    }
    this.keepMirrors();
  }

  keepMirrors(): void {
    const { client, simulation } = this.context.options;
    let failedOnce = false;
    for (const pod of this.#pods) {
      const { name, namespace = '', uid } = pod.metadata;
      const mirror = client.get('pods', name, namespace);
      if (!isFailure(mirror)) {
        if (mirror.metadata.annotations?.[CONFIG_MIRROR] === pod.metadata.annotations?.[CONFIG_HASH]) continue;
        client.delete('pods', { name, namespace }, { gracePeriodSeconds: 0 });
      }
      const node = this.context.node();
      // The mirror is the node's own: it waits for the node to be registered.
      if (node === undefined) {
        failedOnce = true;
        continue;
      }
      const created = client.create('pods', mirrorPod(pod, node));
      if (isFailure(created)) failedOnce = true;
      else this.context.statusChanged(uid);
    }
    if (failedOnce) simulation.loop.schedule(MIRROR_RETRY_US, this.context.target, 'mirrors');
  }

  /** A mirror has changed at the API server. */
  onMirror(type: InformerEvent<Pod>['type'], mirror: Pod): void {
    const { name, namespace = '', deletionTimestamp, annotations } = mirror.metadata;
    const known = this.#pods.some(({ metadata }) => metadata.uid === annotations?.[CONFIG_MIRROR]);
    if (type === 'deleted') this.keepMirrors();
    else if (deletionTimestamp !== undefined || (!known && this.context.workerNamed(namespace, name) === undefined))
      this.context.confirmDeletion(mirror);
  }

  snapshot(): readonly Pod[] {
    return this.#pods;
  }
  restore(pods: readonly Pod[]): void {
    this.#pods = pods;
  }
}
