import { type FieldError, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { CronJob } from '../../apimachinery/types.ts';
import { NAME, integer, selectorText, since, text } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, templateCells } from '../common/workload.ts';
import { nonNegative } from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { validateJobSpec } from '../job/index.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

type Spec = CronJob['spec'];
const MAX_NAME = 52;
const POLICIES = ['Allow', 'Forbid', 'Replace'];

export const cronJobs = entry<CronJob>('cronjobs.batch', {
  columns: [
    NAME,
    text('Schedule'),
    text('Timezone'),
    { name: 'Suspend', type: 'boolean' },
    integer('Active'),
    text('Last Schedule'),
    ...WORKLOAD_COLUMNS,
  ],
  row: (job, context) => {
    const { spec, status } = job;
    const { containers } = spec.jobTemplate.spec.template.spec;
    return [
      job.metadata.name,
      spec.schedule,
      spec.timeZone ?? '<none>',
      spec.suspend === true ? 'True' : 'False',
      (status?.active ?? []).length,
      status?.lastScheduleTime === undefined ? '<none>' : since(status.lastScheduleTime, context),
      ...templateCells(job, containers, context),
      selectorText(spec.jobTemplate.spec.selector),
    ];
  },
  defaults: (job) =>
    over(job, 'spec', (spec) =>
      over(
        fill<Spec>(spec, {
          concurrencyPolicy: 'Allow',
          suspend: false,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 1,
        }),
        'jobTemplate',
        (template) => over(template, 'spec', (own) => over(own, 'template', defaultTemplate)),
      ),
    ),
  prepareForCreate: (job) => ({ ...job, status: {} }),
  validate: (job) => validateCronJob(job),
});

function validateCronJob({ metadata, spec }: CronJob): FieldError[] {
  if (spec === undefined) return [];
  const errors: FieldError[] = [];
  if (metadata.name.length > MAX_NAME)
    errors.push(invalid('metadata.name', metadata.name, `must be no more than ${String(MAX_NAME)} characters`));
  if (spec.schedule === undefined || spec.schedule === '') errors.push(required('spec.schedule'));
  else {
    const problem = scheduleProblem(spec.schedule);
    if (problem !== undefined) errors.push(invalid('spec.schedule', spec.schedule, problem));
  }
  if (!POLICIES.includes(spec.concurrencyPolicy ?? ''))
    errors.push(notSupported('spec.concurrencyPolicy', spec.concurrencyPolicy, POLICIES));
  errors.push(
    ...nonNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds'),
    ...nonNegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit'),
  );
  errors.push(...nonNegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'));
  if (spec.jobTemplate?.spec !== undefined)
    errors.push(...validateJobSpec(spec.jobTemplate.spec, 'spec.jobTemplate.spec'));
  return errors;
}

const BOUNDS: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** What robfig/cron says of a schedule that it cannot parse. */
function scheduleProblem(schedule: string): string | undefined {
  if (schedule.startsWith('@')) {
    return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$|^@every .+/.test(schedule)
      ? undefined
      : `unrecognized descriptor: ${schedule}`;
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `expected exactly 5 fields, found ${String(fields.length)}: [${fields.join(' ')}]`;
  for (const [index, field] of fields.entries()) {
    const [low, high] = BOUNDS[index] ?? [0, 59];
    for (const part of field.split(',')) {
      const [range = '', step] = part.split('/');
      if (step !== undefined && !/^\d+$/.test(step))
        return `failed to parse int from ${step}: strconv.Atoi: parsing ${JSON.stringify(step)}: invalid syntax`;
      if (range === '*' || range === '?') continue;
      for (const bound of range.split('-')) {
        if (!/^\d+$/.test(bound)) {
          if (/^[A-Za-z]{3}$/.test(bound) && index >= 3) continue;
          return `failed to parse int from ${bound}: strconv.Atoi: parsing ${JSON.stringify(bound)}: invalid syntax`;
        }
        if (Number(bound) < low) return `beginning of range (${bound}) below minimum (${String(low)}): ${part}`;
        if (Number(bound) > high) return `end of range (${bound}) above maximum (${String(high)}): ${part}`;
      }
    }
  }
  return undefined;
}
