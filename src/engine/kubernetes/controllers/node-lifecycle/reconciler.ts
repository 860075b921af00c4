/** Node lifecycle: watches heartbeats, marks nodes and their pods, evicts by taint, collects pods of nodes that are gone. */
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339, parseRfc3339 } from '../../../sim/clock.ts';
import type { Component } from '../../../sim/component.ts';
import { conditionOf, withCondition } from '../../apimachinery/meta.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Lease, Node, Pod } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';
import { MONITOR_GRACE_MS, MONITOR_PERIOD_US, planEviction, planTaints, planUnknown } from './plan.ts';

const BY_NODE = 'node';
/** Pods of a node that no longer exists are collected after this. */
const ORPHAN_QUARANTINE_US = 40_000_000;

export class NodeLifecycleController implements Reconciler, Component {
  readonly name = 'nodelifecycle';
  readonly #nodes: Informer<Node>;
  readonly #leases: Informer<Lease>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  readonly #evictor: EventRecorder;
  /** Pods with a date to leave by: key → virtual µs. */
  readonly #evictions = new Map<string, number>();
  #running = false;
  #next = 0;

  constructor(
    private readonly context: ControllerContext,
    readonly target: string,
  ) {
    const { informers } = context;
    this.#nodes = informers.informer('nodes');
    this.#leases = informers.informer('leases.coordination.k8s.io', { namespace: 'kube-node-lease' });
    this.#pods = informers.informer('pods');
    this.#pods.addIndex(BY_NODE, (pod) =>
      pod.spec.nodeName === undefined || pod.spec.nodeName === '' ? [] : [pod.spec.nodeName],
    );
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('node-controller');
    this.#evictor = context.recorder('taint-eviction-controller');
    this.#nodes.addHandler((event) => {
      const { name } = event.object.metadata;
      if (event.type === 'deleted') this.#queue.addAfter(name, ORPHAN_QUARANTINE_US);
      else if (
        event.type === 'added' ||
        event.old.spec !== event.object.spec ||
        event.old.status.conditions !== event.object.status.conditions
      )
        this.#queue.add(name);
      if (event.type === 'added')
        this.#recorder.event(
          event.object,
          'Normal',
          'RegisteredNode',
          `Node ${name} event: Registered Node ${name} in Controller`,
        );
    });
    this.#pods.addHandler((event) => {
      if (event.type === 'deleted') this.#evictions.delete(event.key);
      else if (event.type === 'added' || event.old.spec.nodeName !== event.object.spec.nodeName)
        this.#onPodPlaced(event.key, event.object);
    });
  }

  start(): void {
    this.#running = true;
    this.#next = this.context.simulation.loop.schedule(MONITOR_PERIOD_US, this.target, 'monitor');
  }

  stop(): void {
    this.#running = false;
    this.context.simulation.loop.cancel(this.#next);
    this.#evictions.clear();
  }

  handle(type: string): void {
    if (type !== 'monitor' || !this.#running) return;
    this.#next = this.context.simulation.loop.schedule(MONITOR_PERIOD_US, this.target, 'monitor');
    if (!this.#nodes.synced || !this.#leases.synced) return;
    const { unixMs } = this.context.simulation.clock;
    for (const node of this.#nodes.list()) {
      const renewed =
        parseRfc3339(this.#leases.get(`kube-node-lease/${node.metadata.name}`)?.spec?.renewTime ?? '') ?? 0;
      const heartbeat =
        parseRfc3339(conditionOf(node.status.conditions, 'Ready')?.lastHeartbeatTime ?? '') ??
        parseRfc3339(node.metadata.creationTimestamp) ??
        0;
      if (unixMs - Math.max(renewed, heartbeat) > MONITOR_GRACE_MS) this.#markUnknown(node);
    }
  }

  #markUnknown(node: Node): void {
    const conditions = planUnknown(node, this.#now());
    if (conditions === undefined) return;
    this.context.client.patchStatus('nodes', { name: node.metadata.name }, { status: { conditions } });
  }

  /** By node: taints, the pods' readiness, evictions. Keys with a slash are pods whose time has come. */
  reconcile(key: string): ReconcileResult {
    if (key.includes('/')) return this.#evict(key);
    const node = this.#nodes.get(key);
    if (node === undefined) return this.#collectOrphans(key);
    const taints = planTaints(node, this.#now());
    if (taints !== undefined) {
      const answer = this.context.client.patch('nodes', { name: key }, 'merge', { spec: { taints } });
      if (isFailure(answer)) return { error: answer.message };
    }
    const ready = conditionOf(node.status.conditions, 'Ready');
    if (ready?.status === 'Unknown' || ready?.status === 'False') this.#markPodsNotReady(node, ready.status);
    this.#planEvictions(node, taints ?? node.spec.taints ?? []);
    return undefined;
  }

  #markPodsNotReady(node: Node, status: string): void {
    if (status !== 'Unknown') return;
    const { name } = node.metadata;
    let marked = false;
    for (const pod of this.#pods.byIndex(BY_NODE, name)) {
      const ready = conditionOf(pod.status.conditions, 'Ready');
      if (ready?.status !== 'True') continue;
      marked = true;
      this.#recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
      const conditions = withCondition(pod.status.conditions, {
        ...ready,
        status: 'False',
        lastTransitionTime: this.#now(),
      });
      this.context.client.patchStatus('pods', pod.metadata, { status: { conditions } });
    }
    if (marked) this.#recorder.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
  }

  #planEvictions(node: Node, taints: Node['spec']['taints'] & object): void {
    if (!taints.some((taint) => taint.effect === 'NoExecute')) {
      for (const pod of this.#pods.byIndex(BY_NODE, node.metadata.name)) this.#cancel(pod);
      return;
    }
    for (const pod of this.#pods.byIndex(BY_NODE, node.metadata.name)) this.#planPod(pod, taints);
  }

  #onPodPlaced(key: string, pod: Pod): void {
    const taints = this.#nodes.get(pod.spec.nodeName ?? '')?.spec.taints;
    if (taints !== undefined && !this.#evictions.has(key)) this.#planPod(pod, taints);
  }

  #planPod(pod: Pod, taints: Node['spec']['taints'] & object): void {
    const key = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
    const seconds =
      pod.metadata.deletionTimestamp === undefined ? planEviction(taints, pod.spec.tolerations ?? []) : undefined;
    if (seconds === undefined) {
      this.#cancel(pod);
      return;
    }
    if (this.#evictions.has(key)) return;
    this.#evictions.set(key, this.context.simulation.clock.nowUs + seconds * 1_000_000);
    this.#queue.addAfter(key, seconds * 1_000_000);
  }

  #cancel(pod: Pod): void {
    const key = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
    if (this.#evictions.delete(key))
      this.#evictor.event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
  }

  #evict(key: string): ReconcileResult {
    const due = this.#evictions.get(key);
    const pod = this.#pods.get(key);
    if (due === undefined || pod === undefined) return undefined;
    const left = due - this.context.simulation.clock.nowUs;
    if (left > 0) return { requeueAfterUs: left };
    this.#evictions.delete(key);
    if (pod.metadata.deletionTimestamp !== undefined) return undefined;
    this.#evictor.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
    const answer = this.context.client.delete('pods', pod.metadata);
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }

  #collectOrphans(node: string): ReconcileResult {
    for (const pod of this.#pods.byIndex(BY_NODE, node))
      this.context.client.delete('pods', pod.metadata, { gracePeriodSeconds: 0 });
    return undefined;
  }

  #now(): string {
    return formatRfc3339(this.context.simulation.clock.unixMs);
  }

  snapshot(): Plain {
    return { running: this.#running, next: this.#next, evictions: [...this.#evictions] };
  }

  restore(state: Plain): void {
    const saved = state as { running: boolean; next: number; evictions: [string, number][] };
    this.#running = saved.running;
    this.#next = saved.next;
    this.#evictions.clear();
    for (const [key, due] of saved.evictions) this.#evictions.set(key, due);
  }
}
