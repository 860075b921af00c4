/**
 * The cron job controller.
 * Models: schedules in UTC, concurrency policies, starting deadline, history limits, suspension.
 * Leaves out: spec.timeZone other than UTC.
 */
import { formatRfc3339, parseRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { isConditionTrue, controllerOf, controllerReference } from '../../apimachinery/meta.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { CronSchedule } from '../../../../formats/cron-schedule.ts';
import type { CronJob, Job, ObjectReference } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { ownedBy, ownerIndexes, type ControllerContext } from '../context.ts';
import { nextTime, parseSchedule } from './schedule.ts';

/** Beyond so many missed starts only the last counts, with a warning. */
const MANY_MISSED = 100;

export class CronJobController implements Reconciler {
  readonly name = 'cronjob';
  readonly #crons: Informer<CronJob>;
  readonly #jobs: Informer<Job>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.#crons = context.informers.informer('cronjobs.batch');
    this.#jobs = ownerIndexes(context.informers.informer('jobs.batch'));
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('cronjob-controller');
    this.#crons.addHandler((event) => {
      this.#queue.add(event.key);
    });
    this.#jobs.addHandler((event) => {
      const owner = controllerOf(event.object);
      if (owner?.kind === 'CronJob') this.#queue.add(`${event.object.metadata.namespace ?? ''}/${owner.name}`);
    });
  }

  reconcile(key: string): ReconcileResult {
    const cron = this.#crons.get(key);
    if (cron === undefined || cron.metadata.deletionTimestamp !== undefined) return undefined;
    const jobs = ownedBy(this.#jobs, cron.metadata.uid);
    this.#cleanUp(cron, jobs);
    const active = this.#activeReferences(cron, jobs);
    const schedule = parseSchedule(cron.spec.schedule);
    if (schedule === undefined) {
      this.#recorder.event(cron, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${cron.spec.schedule}"`);
      return this.#writeStatus(cron, jobs, active, cron.status?.lastScheduleTime);
    }
    const { unixMs } = this.context.simulation.clock;
    const next = nextTime(schedule, unixMs);
    const again: ReconcileResult =
      next === undefined ? undefined : { requeueAfterUs: (next - unixMs) * 1000 + 100_000 };
    if (cron.spec.suspend === true) return this.#writeStatus(cron, jobs, active, cron.status?.lastScheduleTime);
    const due = this.#due(cron, schedule, unixMs);
    if (due === undefined) return this.#writeStatus(cron, jobs, active, cron.status?.lastScheduleTime) ?? again;
    return this.#startJob(cron, jobs, active, due) ?? again;
  }

  /** The latest time at which a job should have been started and was not. */
  #due(cron: CronJob, schedule: CronSchedule, nowMs: number): number | undefined {
    let from = parseRfc3339(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp) ?? nowMs;
    const deadline = cron.spec.startingDeadlineSeconds;
    if (deadline !== undefined) from = Math.max(from, nowMs - deadline * 1000);
    let last: number | undefined;
    let missed = 0;
    for (let at = nextTime(schedule, from); at !== undefined && at <= nowMs; at = nextTime(schedule, at)) {
      last = at;
      missed += 1;
      if (missed > MANY_MISSED) {
        this.#recorder.event(
          cron,
          'Warning',
          'TooManyMissedTimes',
          'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
        );
        break;
      }
    }
    return last;
  }

  #startJob(cron: CronJob, jobs: readonly Job[], active: readonly ObjectReference[], due: number): ReconcileResult {
    const { client } = this.context;
    const { namespace = '' } = cron.metadata;
    const name = `${cron.metadata.name}-${String(Math.floor(due / 60_000))}`;
    if (active.some((reference) => reference.name === name) || jobs.some((job) => job.metadata.name === name))
      return this.#writeStatus(cron, jobs, active, formatRfc3339(due));
    if (cron.spec.concurrencyPolicy === 'Forbid' && active.length > 0) {
      this.#recorder.event(
        cron,
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
      return this.#writeStatus(cron, jobs, active, cron.status?.lastScheduleTime);
    }
    let running = active;
    if (cron.spec.concurrencyPolicy === 'Replace') {
      for (const reference of active) {
        client.delete('jobs.batch', { name: reference.name ?? '', namespace }, { propagationPolicy: 'Background' });
        this.#recorder.event(cron, 'Normal', 'SuccessfulDelete', `Deleted job ${reference.name ?? ''}`);
      }
      running = [];
    }
    const { metadata, spec } = cron.spec.jobTemplate;
    const job = client.create('jobs.batch', {
      metadata: {
        name,
        namespace,
        ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
        annotations: {
          ...metadata?.annotations,
          'batch.kubernetes.io/cronjob-scheduled-timestamp': formatRfc3339(due),
        },
        ownerReferences: [controllerReference(cron)],
      },
      spec,
    });
    if (isFailure(job)) {
      if (job.reason === 'AlreadyExists') return undefined;
      this.#recorder.event(cron, 'Warning', 'FailedCreate', `Error creating job: ${job.message}`);
      return { error: job.message };
    }
    this.#recorder.event(cron, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
    return this.#writeStatus(cron, jobs, [...running, referenceTo(job)], formatRfc3339(due));
  }

  /** Jobs of the status that still run; those that have ended are announced. */
  #activeReferences(cron: CronJob, jobs: readonly Job[]): readonly ObjectReference[] {
    const running = jobs.filter((job) => endOf(job) === undefined);
    for (const reference of cron.status?.active ?? []) {
      const job = jobs.find((candidate) => candidate.metadata.uid === reference.uid);
      const end = job === undefined ? undefined : endOf(job);
      if (end !== undefined)
        this.#recorder.event(
          cron,
          'Normal',
          'SawCompletedJob',
          `Saw completed job: ${reference.name ?? ''}, condition: ${end}`,
        );
      else if (job === undefined && this.#missing(cron, reference))
        this.#recorder.event(cron, 'Normal', 'MissingJob', `Active job went missing: ${reference.name ?? ''}`);
    }
    return running.map(referenceTo);
  }

  /** Not merely unseen by the cache. */
  #missing(cron: CronJob, reference: ObjectReference): boolean {
    return isFailure(this.context.client.get('jobs.batch', reference.name ?? '', cron.metadata.namespace));
  }

  #cleanUp(cron: CronJob, jobs: readonly Job[]): void {
    const trim = (end: string, limit: number): void => {
      const ended = jobs
        .filter((job) => endOf(job) === end)
        .toSorted((a, b) => ((a.status?.startTime ?? '') < (b.status?.startTime ?? '') ? -1 : 1));
      for (const job of ended.slice(0, Math.max(0, ended.length - limit))) {
        if (job.metadata.deletionTimestamp !== undefined) continue;
        if (!isFailure(this.context.client.delete('jobs.batch', job.metadata, { propagationPolicy: 'Background' }))) {
          this.#recorder.event(cron, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
        }
      }
    };
    trim('Complete', cron.spec.successfulJobsHistoryLimit ?? 3);
    trim('Failed', cron.spec.failedJobsHistoryLimit ?? 1);
  }

  #writeStatus(
    cron: CronJob,
    jobs: readonly Job[],
    active: readonly ObjectReference[],
    lastScheduleTime: string | undefined,
  ): ReconcileResult {
    const succeeded = jobs
      .map((job) => (endOf(job) === 'Complete' ? (job.status?.completionTime ?? '') : ''))
      .concat(cron.status?.lastSuccessfulTime ?? '')
      .toSorted()
      .at(-1);
    const status = {
      ...(active.length > 0 ? { active } : {}),
      ...(lastScheduleTime === undefined ? {} : { lastScheduleTime }),
      ...(succeeded === undefined || succeeded === '' ? {} : { lastSuccessfulTime: succeeded }),
    };
    if (deepEqual(status, cron.status ?? {})) return undefined;
    const answer = this.context.client.updateStatus('cronjobs.batch', { ...cron, status });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }
}

const endOf = (job: Job): 'Complete' | 'Failed' | undefined =>
  (['Complete', 'Failed'] as const).find((type) => isConditionTrue(job.status?.conditions, type));

const referenceTo = (job: Job): ObjectReference => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name: job.metadata.name,
  namespace: job.metadata.namespace ?? '',
  uid: job.metadata.uid,
  resourceVersion: job.metadata.resourceVersion,
});
