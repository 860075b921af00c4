import { humanDuration } from '../../../../formats/duration.ts';
import { type FieldErrors, invalid } from '../../apimachinery/field-error.ts';
import { instantMs } from '../../apimachinery/instant.ts';
import { isConditionTrue } from '../../apimachinery/meta.ts';
import type { Job, JobSpec } from '../../apimachinery/types.ts';
import { NAME, text } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, workloadCells } from '../common/workload.ts';
import { immutable, nonNegative, validateTemplate } from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';
import type { RowContext } from '../strategy.ts';

export const jobs = entry<Job>('jobs.batch', {
  columns: [NAME, text('Status'), text('Completions'), text('Duration'), ...WORKLOAD_COLUMNS],
  row: (job, context) => {
    return [
      job.metadata.name,
      statusText(job),
      completions(job),
      durationText(job, context),
      ...workloadCells(job, context),
    ];
  },
  defaults: (job) => over(job, 'spec', defaultJobSpec),
  prepareForCreate: (job) => withGeneratedSelector({ ...job, status: {} }),
  validate: ({ spec }) => (spec === undefined ? [] : validateJobSpec(spec, 'spec')),
  validateUpdate: (job, old) => [
    ...immutable(
      job.spec.completionMode === 'Indexed' ? null : job.spec.completions,
      old.spec.completionMode === 'Indexed' ? null : old.spec.completions,
      'spec.completions',
    ),
    ...immutable(job.spec.selector, old.spec.selector, 'spec.selector'),
    ...(old.spec.suspend === true ? [] : immutable(job.spec.template, old.spec.template, 'spec.template')),
    ...immutable(job.spec.completionMode, old.spec.completionMode, 'spec.completionMode'),
  ],
  fields: { 'status.successful': (job) => String(job.status?.succeeded ?? 0) },
  orphansByDefault: true,
});

/** Defaults of a job, not of the template in a CronJob. */
function defaultJobSpec(spec: JobSpec): JobSpec {
  const counts: Partial<JobSpec> =
    spec.completions === undefined && spec.parallelism === undefined
      ? { completions: 1, parallelism: 1 }
      : { parallelism: 1 };
  const next = fill<JobSpec>(spec, {
    ...counts,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
  return over(next, 'template', defaultTemplate);
}

function withGeneratedSelector(job: Job): Job {
  if (job.spec.manualSelector === true || job.spec.template === undefined) return job;
  const { uid, name } = job.metadata;
  const labels = {
    ...job.spec.template.metadata?.labels,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = { ...job.spec.template, metadata: { ...job.spec.template.metadata, labels } };
  return {
    ...job,
    spec: { ...job.spec, selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } }, template },
  };
}

export function validateJobSpec(spec: JobSpec, path: string): FieldErrors {
  const policy = spec.template?.spec?.restartPolicy;
  return [
    ...nonNegative(spec.parallelism, `${path}.parallelism`),
    ...nonNegative(spec.completions, `${path}.completions`),
    ...nonNegative(spec.activeDeadlineSeconds, `${path}.activeDeadlineSeconds`),
    ...nonNegative(spec.backoffLimit, `${path}.backoffLimit`),
    ...nonNegative(spec.ttlSecondsAfterFinished, `${path}.ttlSecondsAfterFinished`),
    ...validateTemplate(spec.template, undefined, `${path}.template`, ['OnFailure', 'Never', 'Always']),
    ...(policy === 'Always'
      ? [
          {
            type: 'Required' as const,
            field: `${path}.template.spec.restartPolicy`,
            body: 'Required value: valid values: "OnFailure", "Never"',
          },
        ]
      : []),
    ...(spec.completionMode === 'Indexed' && spec.completions === undefined
      ? [
          {
            type: 'Required' as const,
            field: `${path}.completions`,
            body: 'Required value: when completion mode is Indexed',
          },
        ]
      : []),
    ...(spec.completionMode !== undefined && !['NonIndexed', 'Indexed'].includes(spec.completionMode)
      ? [invalid(`${path}.completionMode`, spec.completionMode, 'not supported')]
      : []),
  ];
}

function statusText({ metadata, status }: Job): string {
  const { conditions } = status ?? {};
  if (isConditionTrue(conditions, 'Complete')) return 'Complete';
  if (isConditionTrue(conditions, 'Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (isConditionTrue(conditions, 'Suspended')) return 'Suspended';
  if (isConditionTrue(conditions, 'FailureTarget')) return 'FailureTarget';
  if (isConditionTrue(conditions, 'SuccessCriteriaMet')) return 'SuccessCriteriaMet';
  return 'Running';
}

function completions({ spec, status }: Job): string {
  const succeeded = String(status?.succeeded ?? 0);
  if (spec.completions !== undefined) return `${succeeded}/${String(spec.completions)}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${String(parallelism)}` : `${succeeded}/1`;
}

function durationText({ status }: Job, context: RowContext): string {
  const started = status?.startTime === undefined ? undefined : instantMs(status.startTime);
  if (started === undefined) return '';
  const ended = status?.completionTime === undefined ? undefined : instantMs(status.completionTime);
  return humanDuration((ended ?? context.nowMs) - started);
}
