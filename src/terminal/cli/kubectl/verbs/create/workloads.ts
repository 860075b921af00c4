/** Generators of Jobs and CronJobs. */
import type { JsonObject } from '../../../../../protocol/plain.ts';
import { resourcePath } from '../../discovery.ts';
import { commandArguments, createGenerated, GENERATOR_FLAGS, nameArgument } from '../../create-object.ts';
import { fatal } from '../../fatal.ts';
import { nameOf, objectAt, textAt } from '../../fields.ts';
import type { Verb } from '../../verb.ts';

function container(name: string, image: string, command: readonly string[]): JsonObject {
  return { name, image, ...(command.length === 0 ? {} : { command }), resources: {} };
}

export const createJob: Verb = {
  path: 'create job',
  short: 'Create a job with the specified name',
  examples: [
    'kubectl create job my-job --image=busybox -- date',
    'kubectl create job test-job --from=cronjob/a-cronjob',
  ],
  flags: [...GENERATOR_FLAGS, 'image', 'from'],
  run: async (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const command = commandArguments(context);
    const image = flags.string('image');
    const from = flags.string('from');
    if ((image === '') === (from === '')) fatal('either --image or --from must be specified');
    if (from !== '' && command.length > 0) fatal('cannot specify --from and command');
    const base = { apiVersion: 'batch/v1', kind: 'Job' };
    if (from === '') {
      const spec = {
        template: { metadata: {}, spec: { containers: [container(name, image, command)], restartPolicy: 'Never' } },
      };
      return createGenerated(context, { ...base, metadata: { name }, spec, status: {} }, { what: 'job' });
    }
    const [kind = '', source = ''] = from.split('/');
    const type = await context.discovery.find(kind);
    if (type.kind !== 'CronJob') fatal(`from must be an existing cronjob`);
    const cronJob = await context.api.get(resourcePath(type, context.namespace, source));
    const template = objectAt(cronJob, 'spec', 'jobTemplate');
    return createGenerated(
      context,
      {
        ...base,
        metadata: {
          name,
          annotations: {
            'cronjob.kubernetes.io/instantiate': 'manual',
            ...objectAt(template, 'metadata', 'annotations'),
          },
          ...(Object.keys(objectAt(template, 'metadata', 'labels')).length === 0
            ? {}
            : { labels: objectAt(template, 'metadata', 'labels') }),
          ownerReferences: [
            {
              apiVersion: 'batch/v1',
              kind: 'CronJob',
              name: nameOf(cronJob),
              uid: textAt(cronJob, 'metadata', 'uid'),
              controller: true,
            },
          ],
        },
        spec: objectAt(template, 'spec'),
        status: {},
      },
      { what: 'job' },
    );
  },
};

export const createCronjob: Verb = {
  path: 'create cronjob',
  short: 'Create a cron job with the specified name',
  aliases: ['cj'],
  examples: ['kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date'],
  flags: [...GENERATOR_FLAGS, 'image', 'schedule', 'restart'],
  required: ['image', 'schedule'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const restartPolicy = flags.string('restart') === '' ? 'OnFailure' : flags.string('restart');
    const pod = { containers: [container(name, flags.string('image'), commandArguments(context))], restartPolicy };
    return createGenerated(
      context,
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name },
        spec: {
          jobTemplate: { metadata: { name }, spec: { template: { metadata: {}, spec: pod } } },
          schedule: flags.string('schedule'),
        },
        status: {},
      },
      { what: 'cronjob' },
    );
  },
};
