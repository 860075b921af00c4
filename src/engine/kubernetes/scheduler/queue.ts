/**
 * The scheduling queue (kubernetes pkg/scheduler/backend/queue).
 * Models: active queue by priority and age, back-off 1 s doubling to 10 s, unschedulable pods that wait for a cluster event
 * which could help the plugin that refused them, and are flushed after 5 minutes.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { pow } from '../../sim/math.ts';

export const INITIAL_BACKOFF_US = 1_000_000;
export const MAX_BACKOFF_US = 10_000_000;
export const UNSCHEDULABLE_FLUSH_US = 300_000_000;

export interface QueuedPod {
  readonly key: string;
  readonly priority: number;
  /** First seen, µs; older pods of one priority come first. */
  readonly sinceUs: number;
  readonly attempts: number;
  /** Plugins that refused it last time. */
  readonly refusedBy: readonly string[];
  /** When it was last tried, µs. */
  readonly triedUs: number;
}

/** What changed in the cluster; decides which pods are worth another try. */
export type ClusterChange = 'node' | 'pod-removed' | 'pod-placed' | 'other';

const HELPED_BY_REMOVED = ['NodeResourcesFit', 'NodePorts', 'InterPodAffinity', 'PodTopologySpread'];
const HELPED_BY_PLACED = ['InterPodAffinity', 'PodTopologySpread'];

export const backoffUs = (attempts: number): number =>
  Math.min(MAX_BACKOFF_US, INITIAL_BACKOFF_US * pow(2, Math.max(0, Math.min(attempts, 10) - 1)));

export class SchedulingQueue {
  #active: QueuedPod[] = [];
  /** Keys that are in the active heap with their current entry; older entries of the heap are skipped. */
  readonly #activeKeys = new Map<string, QueuedPod>();
  readonly #backoff = new Map<string, QueuedPod>();
  readonly #unschedulable = new Map<string, QueuedPod>();

  get activeCount(): number {
    return this.#activeKeys.size;
  }

  /** A new pod, or one whose spec changed. */
  add(key: string, priority: number, nowUs: number): void {
    const known = this.#activeKeys.get(key) ?? this.#backoff.get(key) ?? this.#unschedulable.get(key);
    this.#backoff.delete(key);
    this.#unschedulable.delete(key);
    if (this.#activeKeys.has(key)) return;
    this.#push(known ?? { key, priority, sinceUs: nowUs, attempts: 0, refusedBy: [], triedUs: nowUs });
  }

  remove(key: string): void {
    this.#activeKeys.delete(key);
    this.#backoff.delete(key);
    this.#unschedulable.delete(key);
  }

  has(key: string): boolean {
    return this.#activeKeys.has(key) || this.#backoff.has(key) || this.#unschedulable.has(key);
  }

  pop(): QueuedPod | undefined {
    for (;;) {
      const top = popHeap(this.#active);
      if (top === undefined) return undefined;
      if (this.#activeKeys.get(top.key) !== top) continue;
      this.#activeKeys.delete(top.key);
      return top;
    }
  }

  /** After a cycle that found no node. */
  addUnschedulable(pod: QueuedPod, refusedBy: readonly string[], nowUs: number): void {
    this.#unschedulable.set(pod.key, { ...pod, attempts: pod.attempts + 1, refusedBy, triedUs: nowUs });
  }

  /** After an error (a failed bind): again after its back-off. */
  addBackoff(pod: QueuedPod, nowUs: number): void {
    this.#backoff.set(pod.key, { ...pod, attempts: pod.attempts + 1, triedUs: nowUs });
  }

  /** Moves pods that the change may help. */
  moveOn(change: ClusterChange, nowUs: number): void {
    for (const pod of [...this.#unschedulable.values()]) {
      if (!helps(change, pod.refusedBy)) continue;
      this.#unschedulable.delete(pod.key);
      this.#toBackoffOrActive(pod, nowUs);
    }
  }

  /** Ends back-offs that are over and flushes the old; answers when to look again, µs. */
  tick(nowUs: number): number | undefined {
    let next: number | undefined;
    const soonest = (at: number): void => {
      next = next === undefined ? at : Math.min(next, at);
    };
    for (const pod of [...this.#backoff.values()]) {
      const at = pod.triedUs + backoffUs(pod.attempts);
      if (at > nowUs) soonest(at);
      else {
        this.#backoff.delete(pod.key);
        this.#push(pod);
      }
    }
    for (const pod of [...this.#unschedulable.values()]) {
      const at = pod.triedUs + UNSCHEDULABLE_FLUSH_US;
      if (at > nowUs) soonest(at);
      else {
        this.#unschedulable.delete(pod.key);
        this.#push(pod);
      }
    }
    return next;
  }

  clear(): void {
    this.#active = [];
    this.#activeKeys.clear();
    this.#backoff.clear();
    this.#unschedulable.clear();
  }

  snapshot(): Plain {
    const list = (pods: ReadonlyMap<string, QueuedPod>): Plain => [...pods.values()].map((pod) => ({ ...pod }));
    return { active: list(this.#activeKeys), backoff: list(this.#backoff), unschedulable: list(this.#unschedulable) };
  }

  restore(state: Plain): void {
    this.clear();
    const saved = state as unknown as { active: QueuedPod[]; backoff: QueuedPod[]; unschedulable: QueuedPod[] };
    for (const pod of saved.active) this.#push(pod);
    for (const pod of saved.backoff) this.#backoff.set(pod.key, pod);
    for (const pod of saved.unschedulable) this.#unschedulable.set(pod.key, pod);
  }

  #toBackoffOrActive(pod: QueuedPod, nowUs: number): void {
    if (pod.triedUs + backoffUs(pod.attempts) > nowUs) this.#backoff.set(pod.key, pod);
    else this.#push(pod);
  }

  #push(pod: QueuedPod): void {
    this.#activeKeys.set(pod.key, pod);
    pushHeap(this.#active, pod);
  }
}

function helps(change: ClusterChange, refusedBy: readonly string[]): boolean {
  if (change === 'node' || change === 'other' || refusedBy.length === 0) return true;
  const helped = change === 'pod-removed' ? HELPED_BY_REMOVED : HELPED_BY_PLACED;
  return refusedBy.some((plugin) => helped.includes(plugin));
}

const before = (a: QueuedPod, b: QueuedPod): boolean =>
  a.priority !== b.priority ? a.priority > b.priority : a.sinceUs !== b.sinceUs ? a.sinceUs < b.sinceUs : a.key < b.key;

function pushHeap(heap: QueuedPod[], pod: QueuedPod): void {
  let at = heap.length;
  heap.push(pod);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !before(pod, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = pod;
}

function popHeap(heap: QueuedPod[]): QueuedPod | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const useRight = right !== undefined && before(right, left);
    const child = useRight ? right : left;
    if (!before(child, last)) break;
    heap[at] = child;
    at = 2 * at + (useRight ? 2 : 1);
  }
  heap[at] = last;
  return top;
}
