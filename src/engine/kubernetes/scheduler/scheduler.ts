/**
 * kube-scheduler.
 * Models: the default profile's filters and scores with a verdict per node, queue with back-off, assume and bind, preemption.
 * Leaves out: extenders, permit and reserve plugins, volume binding, profiles other than the default.
 */
import type { JsonValue, Plain } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { deepEqual } from '../apimachinery/equality.ts';
import { withCondition } from '../apimachinery/meta.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { Node, Pod, ReplicaSet, Service } from '../apimachinery/types.ts';
import type { Client, EventRecorder, Informer, InformerEvent, InformerFactory } from '../client/interface.ts';
import { SchedulerCache } from './cache.ts';
import { runCycle, type CycleResult, type NodeVerdict, type Profile } from './cycle.ts';
import { fitErrorMessage, preemptionMessage } from './fit-error.ts';
import { podInfoOf } from './pod-info.ts';
import { defaultProfile } from './profile.ts';
import { planPreemption } from './preemption.ts';
import { SchedulingQueue, type QueuedPod } from './queue.ts';

/** Virtual time of one cycle with its bind, µs. */
export const CYCLE_US = 500;
/** Verdicts per node are kept for clusters up to this size, for this many pods. */
export const MAX_NODES_WITH_VERDICTS = 50;
export const MAX_DECISIONS = 500;

export interface SchedulerOptions {
  readonly simulation: Simulation;
  readonly client: Client;
  readonly informers: InformerFactory;
  readonly recorder: EventRecorder;
  /** Component name; default `scheduler`. */
  readonly target?: string;
  readonly schedulerName?: string;
  /** 0: adaptive. */
  readonly percentageOfNodesToScore?: number;
}

/** Why a pod went where it did, or nowhere. */
export interface Decision {
  readonly pod: string;
  readonly atUs: number;
  readonly chosen: string | undefined;
  readonly verdicts: readonly NodeVerdict[];
  readonly message: string | undefined;
}

export class KubeScheduler implements Component {
  readonly target: string;
  readonly #queue = new SchedulingQueue();
  readonly #cache: SchedulerCache;
  readonly #profile: Profile;
  readonly #pods: Informer<Pod>;
  readonly #nodes: Informer<Node>;
  readonly #services: Informer<Service>;
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #decisions = new Map<string, Decision>();
  #running = false;
  #start = 0;
  #cyclePending = false;
  #tickSeq: number | undefined;
  #tickAtUs = Infinity;
  #stale = false;

  constructor(private readonly options: SchedulerOptions) {
    const { informers } = options;
    this.target = options.target ?? 'scheduler';
    this.#pods = informers.informer('pods');
    this.#nodes = informers.informer('nodes');
    this.#services = informers.informer('services');
    this.#replicaSets = informers.informer('replicasets.apps');
    this.#cache = new SchedulerCache({
      services: this.#services,
      replicaSets: this.#replicaSets,
      namespaces: informers.informer('namespaces'),
    });
    this.#profile = defaultProfile(this.#cache.spread);
    this.#pods.addHandler((event) => {
      this.#onPod(event);
    });
    this.#nodes.addHandler((event) => {
      this.#onNode(event);
    });
    this.#services.addHandler(() => {
      this.#cache.workloadsChanged();
    });
    this.#replicaSets.addHandler((event) => {
      if (event.type !== 'updated' || event.old.spec.selector !== event.object.spec.selector)
        this.#cache.workloadsChanged();
    });
  }

  /** The process is up: from now on pods are placed. */
  start(): void {
    this.#running = true;
    this.options.informers.start();
    this.#wake();
  }

  /** The process has died; what it knew is gone. */
  stop(): void {
    this.#running = false;
    this.options.informers.stop();
    if (this.#tickSeq !== undefined) this.options.simulation.loop.cancel(this.#tickSeq);
    this.#tickSeq = undefined;
    this.#tickAtUs = Infinity;
    this.#queue.clear();
    this.#cache.clear();
    this.#decisions.clear();
  }

  /** The latest decision about a pod (`namespace/name`), with each node's verdict where the cluster is small enough. */
  decision(pod: string): Decision | undefined {
    return this.#decisions.get(pod);
  }

  handle(type: string): void {
    if (type === 'cycle') {
      this.#cyclePending = false;
      if (this.#running) this.#scheduleOne();
    } else if (type === 'tick') {
      this.#tickSeq = undefined;
      this.#tickAtUs = Infinity;
      this.#wake();
    }
  }

  #wake(): void {
    if (!this.#running) return;
    const { loop, clock } = this.options.simulation;
    const next = this.#queue.tick(clock.nowUs);
    if (next !== undefined && next < this.#tickAtUs) {
      if (this.#tickSeq !== undefined) loop.cancel(this.#tickSeq);
      this.#tickAtUs = next;
      this.#tickSeq = loop.schedule(next - clock.nowUs, this.target, 'tick');
    }
    if (this.#queue.activeCount > 0 && !this.#cyclePending) {
      this.#cyclePending = true;
      loop.schedule(CYCLE_US, this.target, 'cycle');
    }
  }

  #onPod(event: InformerEvent<Pod>): void {
    this.#refresh();
    const { object: pod, key } = event;
    const { nowUs } = this.options.simulation.clock;
    const nodeName = pod.spec.nodeName ?? '';
    const over = event.type === 'deleted' || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (over) {
      this.#cache.assumed.delete(key);
      this.#queue.remove(key);
      if (this.#cache.placedOn(key) !== undefined) {
        this.#cache.take(key);
        this.#queue.moveOn('pod-removed', nowUs);
      }
    } else if (nodeName !== '') {
      this.#queue.remove(key);
      this.#onPlaced(event, nodeName, nowUs);
    } else if (this.#mine(pod)) {
      // Its own status writes are no reason to try again.
      if (
        event.type === 'updated' &&
        event.old.spec === pod.spec &&
        event.old.metadata.labels === pod.metadata.labels &&
        this.#queue.has(key)
      )
        return;
      if (!this.#cache.assumed.has(key)) this.#queue.add(key, pod.spec.priority ?? 0, nowUs);
    } else this.#queue.remove(key);
    this.#wake();
  }

  #onPlaced(event: InformerEvent<Pod>, nodeName: string, nowUs: number): void {
    const { object: pod, key } = event;
    const wasAssumed = this.#cache.assumed.delete(key);
    const known = this.#cache.placedOn(key) === nodeName;
    const same =
      event.type === 'updated' &&
      event.old.spec === pod.spec &&
      event.old.metadata.labels === pod.metadata.labels &&
      event.old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp;
    if (known && (same || (wasAssumed && pod.metadata.deletionTimestamp === undefined))) return;
    this.#cache.place(pod, nodeName);
    if (!known) this.#queue.moveOn('pod-placed', nowUs);
  }

  #mine(pod: Pod): boolean {
    return (
      (pod.spec.schedulerName ?? 'default-scheduler') === (this.options.schedulerName ?? 'default-scheduler') &&
      pod.metadata.deletionTimestamp === undefined &&
      (pod.spec.schedulingGates ?? []).length === 0
    );
  }

  #onNode(event: InformerEvent<Node>): void {
    this.#refresh();
    const { object: node } = event;
    if (event.type === 'deleted') {
      this.#cache.removeNode(node.metadata.name);
      return;
    }
    this.#cache.setNode(node);
    const { nowUs } = this.options.simulation.clock;
    const changed =
      event.type === 'added' ||
      event.old.spec !== node.spec ||
      event.old.metadata.labels !== node.metadata.labels ||
      event.old.status.allocatable !== node.status.allocatable;
    if (changed) {
      this.#queue.moveOn('node', nowUs);
      this.#wake();
    }
  }

  #scheduleOne(): void {
    this.#refresh();
    const { clock, random } = this.options.simulation;
    const queued = this.#queue.pop();
    const pod = queued === undefined ? undefined : this.#pods.get(queued.key);
    if (queued !== undefined && pod !== undefined && (pod.spec.nodeName ?? '') === '' && this.#mine(pod)) {
      const info = podInfoOf(pod);
      const result = runCycle(this.#profile, info, this.#cache, {
        start: this.#start,
        percentageOfNodesToScore: this.options.percentageOfNodesToScore ?? 0,
        withVerdicts: this.#cache.nodes.length <= MAX_NODES_WITH_VERDICTS,
        tieBreak: random.for('scheduler', this.target, 'tie-break'),
      });
      this.#start = result.nextStart;
      if (result.chosen === undefined) this.#failed(queued, pod, result, clock.nowUs);
      else this.#bind(queued, pod, result.chosen, result);
    }
    this.#wake();
  }

  #bind(queued: QueuedPod, pod: Pod, node: string, result: CycleResult): void {
    const { client, recorder, simulation } = this.options;
    const { name, namespace = '', uid } = pod.metadata;
    this.#remember({
      pod: queued.key,
      atUs: simulation.clock.nowUs,
      chosen: node,
      verdicts: result.verdicts,
      message: undefined,
    });
    simulation.trace.record(this.target, 'pod.bound', `pod/${queued.key}`, {
      node,
      evaluated: result.evaluated,
      feasible: result.feasible,
      ...briefVerdicts(result.verdicts),
    });
    this.#cache.place(pod, node);
    this.#cache.assumed.set(queued.key, node);
    const answer = client.bind({ namespace, name, uid }, node);
    if (isFailure(answer)) {
      this.#cache.assumed.delete(queued.key);
      this.#cache.take(queued.key);
      if (answer.reason === 'NotFound') return;
      this.#queue.addBackoff(queued, simulation.clock.nowUs);
      recorder.event(pod, 'Warning', 'FailedScheduling', `running Bind plugin "DefaultBinder": ${answer.message}`);
      return;
    }
    recorder.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${queued.key} to ${node}`);
  }

  #failed(queued: QueuedPod, pod: Pod, result: CycleResult, nowUs: number): void {
    const { recorder, simulation } = this.options;
    const total = this.#cache.nodes.length;
    const nominated = this.#preempt(pod, result);
    const message = fitErrorMessage(
      total,
      result.refusals,
      preemptionMessage(total, result.refusals, pod.spec.preemptionPolicy),
    );
    const refusedBy = [...new Set([...result.refusals.values()].map(({ plugin }) => plugin))];
    this.#queue.addUnschedulable(queued, refusedBy, nowUs);
    this.#remember({ pod: queued.key, atUs: nowUs, chosen: undefined, verdicts: result.verdicts, message });
    simulation.trace.record(this.target, 'pod.unschedulable', `pod/${queued.key}`, {
      message,
      ...briefVerdicts(result.verdicts),
    });
    recorder.event(pod, 'Warning', 'FailedScheduling', message);
    this.#patchUnschedulable(pod, message, nominated);
  }

  #patchUnschedulable(pod: Pod, message: string, nominated: string | undefined): void {
    const { client, simulation } = this.options;
    const before = pod.status.conditions ?? [];
    const conditions = withCondition(before, {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime: formatRfc3339(simulation.clock.unixMs),
      lastProbeTime: null,
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    });
    if (deepEqual(conditions, before) && nominated === undefined) return;
    const { name, namespace = '' } = pod.metadata;
    client.patchStatus(
      'pods',
      { name, namespace },
      { status: { conditions, ...(nominated === undefined ? {} : { nominatedNodeName: nominated }) } },
    );
  }

  /** Ends lower-priority pods where that makes room; answers the node that was chosen. */
  #preempt(pod: Pod, result: CycleResult): string | undefined {
    if (pod.spec.preemptionPolicy === 'Never') return undefined;
    const plan = planPreemption(podInfoOf(pod), result.refusals, this.#cache, this.#profile.filters);
    if (plan === undefined) return undefined;
    const { client, recorder } = this.options;
    for (const victim of plan.victims) {
      const { name, namespace = '', uid } = victim.metadata;
      recorder.event(victim, 'Normal', 'Preempted', `Preempted by pod ${pod.metadata.uid} on node ${plan.node}`);
      client.delete('pods', { name, namespace }, { preconditions: { uid } });
    }
    return plan.node;
  }

  #remember(decision: Decision): void {
    this.#decisions.delete(decision.pod);
    this.#decisions.set(decision.pod, decision);
    if (this.#decisions.size > MAX_DECISIONS) {
      const [oldest] = this.#decisions.keys();
      if (oldest !== undefined) this.#decisions.delete(oldest);
    }
  }

  /** After a restore the cache is rebuilt from the informers. */
  #refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const assumed = [...this.#cache.assumed];
    this.#cache.clear();
    for (const node of this.#nodes.list()) this.#cache.setNode(node);
    for (const pod of this.#pods.list()) {
      const nodeName = pod.spec.nodeName ?? '';
      if (nodeName !== '' && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
        this.#cache.place(pod, nodeName);
    }
    for (const [key, node] of assumed) {
      const pod = this.#pods.get(key);
      if (pod === undefined) continue;
      this.#cache.place(pod, node);
      this.#cache.assumed.set(key, node);
    }
  }

  snapshot(): Plain {
    return {
      running: this.#running,
      start: this.#start,
      cyclePending: this.#cyclePending,
      tickSeq: this.#tickSeq,
      tickAtUs: this.#tickSeq === undefined ? undefined : this.#tickAtUs,
      queue: this.#queue.snapshot(),
      assumed: [...this.#cache.assumed],
      decisions: [...this.#decisions.values()] as unknown as Plain,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      running: boolean;
      start: number;
      cyclePending: boolean;
      tickSeq?: number;
      tickAtUs?: number;
      queue: Plain;
      assumed: [string, string][];
      decisions: Decision[];
    };
    this.#running = saved.running;
    this.#start = saved.start;
    this.#cyclePending = saved.cyclePending;
    this.#tickSeq = saved.tickSeq;
    this.#tickAtUs = saved.tickAtUs ?? Infinity;
    this.#queue.restore(saved.queue);
    this.#cache.clear();
    for (const [key, node] of saved.assumed) this.#cache.assumed.set(key, node);
    this.#decisions.clear();
    for (const decision of saved.decisions) this.#decisions.set(decision.pod, decision);
    this.#stale = true;
  }
}

/** Node → total score, or the plugin that refused it; short enough for the trace. */
function briefVerdicts(verdicts: readonly NodeVerdict[]): { readonly verdicts?: JsonValue } {
  if (verdicts.length === 0) return {};
  return {
    verdicts: Object.fromEntries(
      verdicts.map((verdict) => [verdict.node, verdict.type === 'scored' ? verdict.total : verdict.by.plugin]),
    ),
  };
}
