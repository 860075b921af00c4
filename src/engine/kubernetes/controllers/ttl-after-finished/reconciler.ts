/** Deletes jobs some time after they have finished (kubernetes pkg/controller/ttlafterfinished). */
import { parseRfc3339 } from '../../../sim/clock.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Job } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';

export class TtlAfterFinishedController implements Reconciler {
  readonly name = 'ttl-after-finished';
  readonly #jobs: Informer<Job>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#jobs = context.informers.informer('jobs.batch');
    this.#queue = context.queue(this);
    this.#jobs.addHandler((event) => {
      if (event.type !== 'deleted' && finishedMs(event.object) !== undefined) this.#queue.add(event.key);
    });
  }

  reconcile(key: string): ReconcileResult {
    const job = this.#jobs.get(key);
    const finished = job === undefined ? undefined : finishedMs(job);
    const ttl = job?.spec.ttlSecondsAfterFinished;
    if (
      job === undefined ||
      finished === undefined ||
      ttl === undefined ||
      job.metadata.deletionTimestamp !== undefined
    )
      return undefined;
    const leftMs = finished + ttl * 1000 - this.context.simulation.clock.unixMs;
    if (leftMs > 0) return { requeueAfterUs: leftMs * 1000 };
    const answer = this.context.client.delete('jobs.batch', job.metadata, {
      propagationPolicy: 'Foreground',
      preconditions: { uid: job.metadata.uid },
    });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }
}

/** Unix ms at which a job with a time to live ended. */
function finishedMs(job: Job): number | undefined {
  if (job.spec.ttlSecondsAfterFinished === undefined) return undefined;
  const over = (job.status?.conditions ?? []).find(
    (condition) => (condition.type === 'Complete' || condition.type === 'Failed') && condition.status === 'True',
  );
  return over === undefined ? undefined : parseRfc3339(over.lastTransitionTime ?? '');
}
