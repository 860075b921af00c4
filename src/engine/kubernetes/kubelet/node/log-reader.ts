/** Answers `logs`: reads the files of a container's attempts, and follows them. */
import { failed } from '../../../../protocol/errno.ts';
import { EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { tell, type Notify } from '../../../sim/notify.ts';
import type { KubeletFailure, KubeletOptions, LogOptions } from '../interface.ts';
import { logPath } from '../pod/container-spec.ts';
import type { PodWorker } from '../pod/worker.ts';
import { selectLog } from './container-log.ts';

interface Following {
  readonly uid: string;
  readonly container: string;
  readonly id: string;
  readonly path: string;
  readonly options: LogOptions;
  readonly notify: Notify;
  readonly subscription: number;
  /** Bytes of the file that were sent. */
  offset: number;
}

export class LogReader {
  readonly #following = new Map<number, Following>();
  #next = 1;

  constructor(
    private readonly options: KubeletOptions,
    private readonly target: string,
  ) {}

  read(
    worker: PodWorker | undefined,
    namespace: string,
    pod: string,
    container: string,
    log: LogOptions,
  ): { readonly bytes: Uint8Array } | KubeletFailure {
    const found = this.#locate(worker, namespace, pod, container, log.previous === true);
    if ('code' in found) return found;
    this.options.runtime.awaken();
    const content = this.options.host.files.root.read(found.path);
    return { bytes: failed(content) ? EMPTY_BYTES : selectLog(content, log, this.options.simulation.clock.unixMs) };
  }

  #locate(
    worker: PodWorker | undefined,
    namespace: string,
    pod: string,
    container: string,
    previous: boolean,
  ): { readonly path: string; readonly id: string; readonly live: boolean } | KubeletFailure {
    if (worker === undefined) return { code: 404, message: `pod "${pod}" not found in namespace "${namespace}"` };
    const own = worker.workOf(container);
    if (own === undefined) return { code: 400, message: `container ${container} not found in pod ${pod}_${namespace}` };
    if (previous) {
      if (own.lastId === undefined && !(own.step === 'waiting' && own.last !== undefined)) {
        return { code: 400, message: `previous terminated container "${container}" in pod "${pod}" not found` };
      }
      const attempt = own.step === 'waiting' ? own.restarts : own.restarts - 1;
      return { path: logPath(worker.pod, worker.uid, container, attempt), id: own.lastId ?? own.id ?? '', live: false };
    }
    if (own.id === undefined) {
      const reason = own.step === 'pulling' ? 'ContainerCreating' : own.waitingReason;
      const why =
        reason === 'ErrImagePull' || reason === 'ImagePullBackOff' ? `trying and failing to pull image` : reason;
      return { code: 400, message: `container "${container}" in pod "${pod}" is waiting to start: ${why}` };
    }
    return {
      path: logPath(worker.pod, worker.uid, container, own.restarts),
      id: own.id,
      live: own.step === 'running' || own.step === 'starting',
    };
  }

  follow(
    worker: PodWorker | undefined,
    namespace: string,
    pod: string,
    container: string,
    log: LogOptions,
    notify: Notify,
  ): { readonly follow: number; readonly bytes: Uint8Array } | KubeletFailure {
    const found = this.#locate(worker, namespace, pod, container, log.previous === true);
    if ('code' in found) return found;
    const { files } = this.options.host;
    this.options.runtime.awaken();
    const content = files.root.read(found.path);
    const whole = failed(content) ? EMPTY_BYTES : content;
    const follow = this.#next;
    this.#next += 1;
    const bytes = selectLog(whole, log, this.options.simulation.clock.unixMs);
    if (!found.live) {
      tell(this.options.simulation.loop, notify, { bytes: EMPTY_BYTES, end: true });
      return { follow, bytes };
    }
    const subscription = this.options.runtime.watchLog(found.id, {
      target: this.target,
      type: 'log-changed',
      payload: { follow },
    });
    this.#following.set(follow, {
      uid: worker?.uid ?? '',
      container,
      id: found.id,
      path: found.path,
      options: log,
      notify,
      subscription,
      offset: lastLineEnd(whole),
    });
    return { follow, bytes };
  }

  stop(follow: number): void {
    const entry = this.#following.get(follow);
    if (entry === undefined) return;
    this.options.runtime.unwatchLog(entry.subscription);
    this.#following.delete(follow);
  }

  /** Something was written. */
  changed(follow: number, end: boolean): void {
    const entry = this.#following.get(follow);
    if (entry === undefined) return;
    const content = this.options.host.files.root.read(entry.path);
    const whole = failed(content) ? EMPTY_BYTES : content;
    const fresh = whole.subarray(entry.offset, lastLineEnd(whole));
    entry.offset += fresh.length;
    const { timestamps, stream } = entry.options;
    const bytes = selectLog(
      fresh,
      { ...(timestamps === undefined ? {} : { timestamps }), ...(stream === undefined ? {} : { stream }) },
      this.options.simulation.clock.unixMs,
    );
    if (bytes.length > 0 || end) tell(this.options.simulation.loop, entry.notify, { bytes, end });
    if (end) this.stop(follow);
  }

  /** A container has ended: its followers get the rest and the end. */
  containerEnded(id: string): void {
    for (const [follow, entry] of [...this.#following]) if (entry.id === id) this.changed(follow, true);
  }

  snapshot(): Plain {
    return {
      next: this.#next,
      following: [...this.#following].map(([follow, entry]) => ({ follow, entry: { ...entry } as unknown as Plain })),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { next: number; following: { follow: number; entry: Following }[] };
    this.#next = saved.next;
    this.#following.clear();
    for (const { follow, entry } of saved.following) this.#following.set(follow, { ...entry });
  }
}

const lastLineEnd = (bytes: Uint8Array): number => bytes.lastIndexOf(10) + 1;
