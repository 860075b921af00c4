/** Sends pods' statuses to the API server, changes of a short time together (kubernetes pkg/kubelet/status). */
import { isFailure } from '../../apimachinery/status.ts';
import { shareParts } from '../../apimachinery/sharing.ts';
import type { Pod } from '../../apimachinery/types.ts';
import type { KubeletOptions } from '../interface.ts';
import { podStatus } from '../pod/status.ts';
import type { PodWorker } from '../pod/worker.ts';

/** Status changes within this time are sent together, µs. */
const STATUS_DELAY_US = 10_000;
const STATUS_RETRY_US = 10_000_000;

export interface SavedStatuses {
  readonly dirty: readonly string[];
  readonly flushPending: boolean;
}

export class StatusManager {
  readonly #dirty = new Set<string>();
  #flushPending = false;

  constructor(
    private readonly options: KubeletOptions,
    private readonly pods: {
      worker(uid: string): PodWorker | undefined;
      /** What the API server shows of a pod from a file. */
      mirror(worker: PodWorker): Pod | undefined;
    },
    /** Target of the kubelet's events; `flush` comes back to it. */
    private readonly target: string,
  ) {}

  /** The pod's status is to be sent. */
  changed(uid: string): void {
    this.#dirty.add(uid);
    this.#flushAfter(STATUS_DELAY_US);
  }

  flush(): void {
    this.#flushPending = false;
    let retry = false;
    for (const uid of [...this.#dirty]) {
      const worker = this.pods.worker(uid);
      if (worker !== undefined && !this.#send(worker)) retry = true;
      else this.#dirty.delete(uid);
    }
    if (retry) this.#flushAfter(STATUS_RETRY_US);
  }

  /** Sends the last status of a pod that goes. */
  finish(worker: PodWorker): void {
    this.#send(worker);
    this.#dirty.delete(worker.uid);
  }

  reset(): void {
    this.#dirty.clear();
    this.#flushPending = false;
  }

  snapshot(): SavedStatuses {
    return { dirty: [...this.#dirty], flushPending: this.#flushPending };
  }

  restore({ dirty, flushPending }: SavedStatuses): void {
    this.#dirty.clear();
    for (const uid of dirty) this.#dirty.add(uid);
    this.#flushPending = flushPending;
  }

  #flushAfter(delayUs: number): void {
    if (this.#flushPending) return;
    this.#flushPending = true;
    this.options.simulation.loop.schedule(delayUs, this.target, 'flush');
  }

  /** False where the server could not be asked. */
  #send(worker: PodWorker): boolean {
    const { client, config, simulation } = this.options;
    const { namespace, name, isStatic, uid } = worker.work;
    const shown = isStatic ? this.pods.mirror(worker) : worker.latest;
    if (shown === undefined) return true;
    // A status is of the version that is worked on, which may not be the latest.
    const pod =
      shown.spec === worker.pod.spec ? shown : { ...worker.pod, metadata: shown.metadata, status: shown.status };
    const context = { hostIp: config.nodeIp, nowMs: simulation.clock.unixMs };
    // What has not changed is sent, and stored, as the same parts.
    const status = shareParts(podStatus(pod, worker.work, context), shown.status);
    if (status === shown.status) return true;
    const answer = client.patchStatus(
      'pods',
      { namespace, name },
      isStatic ? { status } : { metadata: { uid }, status },
    );
    if (isFailure(answer)) return answer.reason === 'NotFound' || answer.reason === 'Conflict';
    if (!isStatic) worker.learn(answer);
    return true;
  }
}
