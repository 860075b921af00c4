/**
 * Decisions of the job controller (kubernetes pkg/controller/job).
 * Models: completions, parallelism, indexed completion, backoffLimit with growing delays, deadline, suspension.
 * Leaves out: per-index back-off, pod failure and success policies.
 */
import { pow } from '../../../sim/math.ts';
import type { JobSpec } from '../../apimachinery/types.ts';

export interface JobView {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Seconds since startTime. */
  readonly runningSeconds: number;
  /** Indexes that have succeeded, and those with an active pod; Indexed only. */
  readonly doneIndexes: ReadonlySet<number>;
  readonly activeIndexes: ReadonlySet<number>;
}

export type Outcome =
  | { readonly type: 'complete' }
  | { readonly type: 'failed'; readonly reason: 'BackoffLimitExceeded' | 'DeadlineExceeded'; readonly message: string }
  | { readonly type: 'suspended' }
  | { readonly type: 'running'; readonly create: number; readonly remove: number; readonly indexes: readonly number[] };

export function planJob(spec: JobSpec, view: JobView): Outcome {
  if (view.failed > (spec.backoffLimit ?? 6)) {
    return { type: 'failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  }
  if (
    spec.activeDeadlineSeconds !== undefined &&
    spec.suspend !== true &&
    view.runningSeconds >= spec.activeDeadlineSeconds
  ) {
    return { type: 'failed', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
  }
  const indexed = spec.completionMode === 'Indexed';
  const succeeded = indexed ? view.doneIndexes.size : view.succeeded;
  if (
    spec.completions === undefined
      ? view.succeeded > 0 && view.active === 0
      : succeeded >= spec.completions && view.active === 0
  )
    return { type: 'complete' };
  if (spec.suspend === true) return { type: 'suspended' };
  const wanted = wantedActive(spec, view.active, succeeded);
  const create = Math.max(0, wanted - view.active);
  return {
    type: 'running',
    create,
    remove: Math.max(0, view.active - wanted),
    indexes: indexed ? freeIndexes(spec.completions ?? 0, view, create) : [],
  };
}

function wantedActive(spec: JobSpec, active: number, succeeded: number): number {
  const parallelism = spec.parallelism ?? 1;
  // Without completions one success ends the job: nothing new is started, the rest may finish.
  if (spec.completions === undefined) return succeeded > 0 ? Math.min(active, parallelism) : parallelism;
  return Math.min(Math.max(0, spec.completions - succeeded), parallelism);
}

function freeIndexes(completions: number, view: JobView, count: number): readonly number[] {
  const free: number[] = [];
  for (let index = 0; index < completions && free.length < count; index += 1) {
    if (!view.doneIndexes.has(index) && !view.activeIndexes.has(index)) free.push(index);
  }
  return free;
}

/** `0-2,5`: indexes as status.completedIndexes writes them. */
export function formatIndexes(indexes: Iterable<number>): string {
  const sorted = [...indexes].toSorted((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const index of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && index <= last[1] + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges
    .map(([from, to]) =>
      from === to ? String(from) : to === from + 1 ? `${String(from)},${String(to)}` : `${String(from)}-${String(to)}`,
    )
    .join(',');
}

export function parseIndexes(text: string | undefined): Set<number> {
  const indexes = new Set<number>();
  for (const part of (text ?? '').split(',').filter((item) => item !== '')) {
    const [from = '0', to = from] = part.split('-');
    for (let index = Number(from); index <= Number(to); index += 1) indexes.add(index);
  }
  return indexes;
}

/** Delay before pods are made again after `failures` in a row: 10 s doubling to 10 min. */
export const failureDelayMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(600_000, 10_000 * pow(2, Math.min(failures - 1, 10)));
