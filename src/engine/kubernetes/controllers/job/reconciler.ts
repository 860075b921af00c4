/** The job controller: tracks pods by finalizer, executes what `plan.ts` decides. */
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339, parseRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { conditionOf, controllerOf, isConditionTrue } from '../../apimachinery/meta.ts';
import { isPodReady, isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Condition, Job, Pod } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { ownedBy, podsByController, type ControllerContext } from '../context.ts';
import { Expectations } from '../expectations.ts';
import { followOwnedPods } from '../owned-pods.ts';
import { PodControl, podFromTemplate, type PodExtras } from '../pod-control.ts';
import { failureDelayMs, formatIndexes, type Outcome, parseIndexes, planJob } from './plan.ts';

const TRACKING = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';

/** What a pass has counted. */
interface Tally {
  readonly active: readonly Pod[];
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly done: Set<number>;
  /** Ended pods counted in this pass, whose finalizer goes once the status is stored. */
  readonly counted: readonly Pod[];
  readonly lastFailureMs: number;
}

/** What a pass has done, as the status shows it. */
interface Effect {
  readonly active: number;
  readonly conditions: readonly Condition[];
  readonly completionTime?: string;
  /** When the job is looked at again. */
  readonly again?: ReconcileResult;
}

export class JobController implements Reconciler {
  readonly name = 'job';
  readonly #jobs: Informer<Job>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  readonly #control: PodControl;
  readonly #expectations = new Expectations();
  /** Counted pods whose finalizer was taken off; until the informer shows that, they must not be counted again. */
  readonly #released = new Set<string>();

  constructor(private readonly context: ControllerContext) {
    this.#jobs = context.informers.informer('jobs.batch');
    this.#pods = podsByController(context.informers);
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('job-controller');
    this.#control = new PodControl(context.client, this.#recorder);
    this.#jobs.addHandler((event) => {
      if (event.type === 'deleted') this.#expectations.forget(event.object.metadata.uid);
      this.#queue.add(event.key);
    });
    const owned = { pods: this.#pods, kind: 'Job', expectations: this.#expectations, queue: this.#queue };
    followOwnedPods(owned, (event) => {
      if (event.type === 'deleted' || !(event.object.metadata.finalizers ?? []).includes(TRACKING))
        this.#released.delete(event.object.metadata.uid);
    });
  }

  reconcile(key: string): ReconcileResult {
    const job = this.#jobs.get(key);
    if (job === undefined) return this.#releaseOrphans(key);
    const pods = ownedBy(this.#pods, job.metadata.uid);
    if (isOver(job)) {
      this.#release(pods);
      return undefined;
    }
    const tally = this.#count(job, pods);
    if (job.metadata.deletionTimestamp !== undefined) {
      this.#release(pods);
      return undefined;
    }
    const { unixMs } = this.context.simulation.clock;
    const now = formatRfc3339(unixMs);
    const startTime = job.status?.startTime ?? (job.spec.suspend === true ? undefined : now);
    const outcome = planJob(job.spec, {
      active: tally.active.length,
      succeeded: tally.succeeded,
      failed: tally.failed,
      runningSeconds: startTime === undefined ? 0 : (unixMs - (parseRfc3339(startTime) ?? unixMs)) / 1000,
      doneIndexes: tally.done,
      activeIndexes: new Set(tally.active.map(indexOf)),
    });
    const effect = this.#carryOut(job, outcome, tally, startTime);
    const error = this.#writeStatus(job, tally, {
      ...effect,
      startTime: outcome.type === 'suspended' ? undefined : startTime,
    });
    if (error !== undefined) return { error };
    this.#release(tally.counted);
    return effect.again;
  }

  #carryOut(job: Job, outcome: Outcome, tally: Tally, startTime: string | undefined): Effect {
    const conditions = job.status?.conditions ?? [];
    const now = formatRfc3339(this.context.simulation.clock.unixMs);
    switch (outcome.type) {
      case 'running':
        return this.#run(job, outcome, tally, startTime);
      case 'suspended':
        return { active: tally.active.length, conditions: this.#suspend(job, tally, conditions, now) };
      case 'failed':
        for (const pod of tally.active) this.#control.delete(job, pod);
        this.#recorder.event(job, 'Warning', outcome.reason, outcome.message);
        return {
          active: 0,
          conditions: [
            ...conditions,
            condition('FailureTarget', outcome.reason, outcome.message, now),
            condition('Failed', outcome.reason, outcome.message, now),
          ],
        };
      default: {
        const message = 'Reached expected number of succeeded pods';
        this.#recorder.event(job, 'Normal', 'Completed', 'Job completed');
        return {
          active: tally.active.length,
          conditions: [
            ...conditions,
            condition('SuccessCriteriaMet', 'CompletionsReached', message, now),
            condition('Complete', 'CompletionsReached', message, now),
          ],
          completionTime: now,
        };
      }
    }
  }

  #run(
    job: Job,
    plan: Extract<Outcome, { readonly type: 'running' }>,
    tally: Tally,
    startTime: string | undefined,
  ): Effect {
    const { unixMs, nowUs } = this.context.simulation.clock;
    const { change, again } = this.#expectations.satisfied(job.metadata.uid, nowUs)
      ? this.#manage(job, plan, tally, unixMs)
      : { change: 0, again: undefined };
    const conditions = this.#resume(job, job.status?.conditions ?? [], formatRfc3339(unixMs));
    const deadline = job.spec.activeDeadlineSeconds;
    const active = tally.active.length + change;
    if (again !== undefined || deadline === undefined || startTime === undefined) return { active, conditions, again };
    const leftMs = (parseRfc3339(startTime) ?? unixMs) + deadline * 1000 - unixMs;
    return { active, conditions, again: { requeueAfterUs: Math.max(0, leftMs * 1000) } };
  }

  #resume(job: Job, conditions: readonly Condition[], now: string): readonly Condition[] {
    if (conditionOf(conditions, 'Suspended')?.status !== 'True') return conditions;
    this.#recorder.event(job, 'Normal', 'Resumed', 'Job resumed');
    return conditions.map((item) =>
      item.type === 'Suspended'
        ? { ...item, status: 'False', reason: 'JobResumed', message: 'Job resumed', lastTransitionTime: now }
        : item,
    );
  }

  #suspend(job: Job, tally: Tally, conditions: readonly Condition[], now: string): readonly Condition[] {
    for (const pod of tally.active) this.#control.delete(job, pod);
    if (isConditionTrue(conditions, 'Suspended')) return conditions;
    this.#recorder.event(job, 'Normal', 'Suspended', 'Job suspended');
    return [
      ...conditions.filter((item) => item.type !== 'Suspended'),
      condition('Suspended', 'JobSuspended', 'Job suspended', now),
    ];
  }

  /** Adds ended pods that have not been counted to the status's counts. */
  #count(job: Job, pods: readonly Pod[]): Tally {
    const indexed = job.spec.completionMode === 'Indexed';
    const done = parseIndexes(job.status?.completedIndexes);
    const ended = pods.filter(
      (pod) =>
        isPodTerminal(pod) &&
        (pod.metadata.finalizers ?? []).includes(TRACKING) &&
        !this.#released.has(pod.metadata.uid),
    );
    let succeeded = job.status?.succeeded ?? 0;
    let failed = job.status?.failed ?? 0;
    for (const pod of ended) {
      if (pod.status.phase === 'Failed') failed += 1;
      else if (!indexed) succeeded += 1;
      else done.add(indexOf(pod));
    }
    let lastFailureMs = 0;
    for (const pod of pods) {
      if (pod.status.phase === 'Failed')
        lastFailureMs = Math.max(
          lastFailureMs,
          ...(pod.status.containerStatuses ?? []).map(
            (status) => parseRfc3339(status.state?.terminated?.finishedAt ?? '') ?? 0,
          ),
        );
    }
    return {
      active: pods.filter((pod) => !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined),
      terminating: pods.filter((pod) => !isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined).length,
      succeeded: indexed ? done.size : succeeded,
      failed,
      done,
      counted: ended,
      lastFailureMs,
    };
  }

  #manage(
    job: Job,
    plan: { readonly create: number; readonly remove: number; readonly indexes: readonly number[] },
    tally: Tally,
    nowMs: number,
  ): { readonly change: number; readonly again: ReconcileResult } {
    for (const pod of tally.active.slice(0, plan.remove)) {
      this.#control.delete(job, pod);
      this.#expectations.deleted(job.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
    }
    if (plan.create === 0) return { change: -plan.remove, again: undefined };
    // Replacements of failed pods wait longer each time.
    const wait =
      tally.failed === 0 || tally.lastFailureMs === 0 ? 0 : tally.lastFailureMs + failureDelayMs(tally.failed) - nowMs;
    if (wait > 0) return { change: -plan.remove, again: { requeueAfterUs: wait * 1000 } };
    const indexed = job.spec.completionMode === 'Indexed';
    let made = 0;
    for (let at = 0; at < (indexed ? plan.indexes.length : plan.create); at += 1) {
      const pod = this.#control.create(
        job,
        podFromTemplate(
          job,
          job.spec.template,
          indexed ? indexExtras(job, plan.indexes[at] ?? 0) : { finalizers: [TRACKING] },
        ),
      );
      if (isFailure(pod)) return { change: made - plan.remove, again: { error: pod.message } };
      this.#expectations.created(job.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
      made += 1;
    }
    return { change: made - plan.remove, again: undefined };
  }

  #writeStatus(
    job: Job,
    tally: Tally,
    { active, conditions, startTime, completionTime }: Effect & { readonly startTime: string | undefined },
  ): string | undefined {
    const ready = tally.active.filter(isPodReady).length;
    const over = conditions.some(
      (item) => (item.type === 'Complete' || item.type === 'Failed') && item.status === 'True',
    );
    const status = {
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(startTime === undefined ? {} : { startTime }),
      ...(completionTime === undefined ? {} : { completionTime }),
      ...(active > 0 ? { active } : {}),
      ...(tally.succeeded > 0 ? { succeeded: tally.succeeded } : {}),
      ...(tally.failed > 0 ? { failed: tally.failed } : {}),
      ...(job.spec.completionMode === 'Indexed' ? { completedIndexes: formatIndexes(tally.done) } : {}),
      terminating: tally.terminating,
      ready: over ? 0 : ready,
      uncountedTerminatedPods: {},
    };
    if (deepEqual(status, job.status)) return undefined;
    const answer = this.context.client.updateStatus('jobs.batch', { ...job, status });
    return isFailure(answer) && answer.reason !== 'NotFound' ? answer.message : undefined;
  }

  /** Lets pods go: the job's hold on them ends. */
  #release(pods: readonly Pod[]): void {
    for (const pod of pods) {
      const finalizers = pod.metadata.finalizers ?? [];
      if (!finalizers.includes(TRACKING)) continue;
      if (this.#released.has(pod.metadata.uid)) continue;
      this.#released.add(pod.metadata.uid);
      const left = finalizers.filter((finalizer) => finalizer !== TRACKING);
      this.context.client.patch('pods', pod.metadata, 'merge', {
        metadata: { uid: pod.metadata.uid, finalizers: left.length === 0 ? null : left },
      });
    }
  }

  #releaseOrphans(key: string): ReconcileResult {
    const namespace = key.slice(0, key.indexOf('/'));
    const name = key.slice(key.indexOf('/') + 1);
    this.#release(
      this.#pods.list(namespace).filter((pod) => controllerOf(pod)?.kind === 'Job' && controllerOf(pod)?.name === name),
    );
    return undefined;
  }

  snapshot(): Plain {
    return { expectations: this.#expectations.snapshot(), released: [...this.#released] };
  }

  restore(state: Plain): void {
    const saved = state as { expectations: Plain; released: string[] };
    this.#expectations.restore(saved.expectations);
    this.#released.clear();
    for (const uid of saved.released) this.#released.add(uid);
  }
}

const isOver = (job: Job): boolean =>
  ['Complete', 'Failed'].some((type) => isConditionTrue(job.status?.conditions, type));

const indexOf = (pod: Pod): number => Number(pod.metadata.annotations?.[INDEX] ?? '-1');

const condition = (type: string, reason: string, message: string, now: string): Condition => ({
  type,
  status: 'True',
  lastProbeTime: now,
  lastTransitionTime: now,
  reason,
  message,
});

/** Name, annotation, label, host name and environment of an indexed pod. */
function indexExtras(job: Job, index: number): PodExtras {
  const text = String(index);
  const { spec } = job.spec.template;
  const variable = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` } },
  };
  const add = <T extends { readonly env?: readonly unknown[] }>(container: T): T => ({
    ...container,
    env: [...(container.env ?? []), variable],
  });
  return {
    generateName: `${job.metadata.name}-${text}-`,
    labels: { [INDEX]: text },
    annotations: { [INDEX]: text },
    finalizers: [TRACKING],
    spec: {
      ...spec,
      hostname: `${job.metadata.name}-${text}`,
      containers: spec.containers.map(add),
      ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(add) }),
    },
  };
}
