/** kubectl scale and autoscale. */
import { Faults } from '../context.ts';
import { type createGenerated, GENERATOR_FLAGS } from '../create-object.ts';
import { groupVersion, resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { textAt, numberAt, withField } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { follow } from '../wait-loop.ts';

export const scale: Verb = {
  path: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  examples: ['kubectl scale --replicas=3 rs/foo', 'kubectl scale --current-replicas=2 --replicas=3 deployment/mysql'],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'all',
    'current-replicas',
    'dry-run',
    'replicas',
    'resource-version',
    'selector',
    'timeout',
  ],
  required: ['replicas'],
  run: async (context) => {
    const { flags } = context;
    const replicas = flags.int('replicas');
    if (replicas < 0) fatal('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const printer = objectPrinter(context);
    const faults = new Faults();
    const targets = await selectTargets(context, { files: true, fetch: true, needNames: true }, faults);
    if (targets.length === 0 && !faults.empty)
      fatal(
        `no objects passed to scale ${faults
          .list()
          .join(', ')
          .replace(/^Error from server \(\w+\): /, '')}`,
      );
    for (const target of targets) {
      await faults.guard(async () => {
        const path = resourcePath(target.type, target.namespace, target.name, 'scale');
        const dryRun = context.dryRun();
        const wanted = flags.string('resource-version');
        const found = textAt(target.object, 'metadata', 'resourceVersion');
        if (wanted !== '' && wanted !== found) fatal(`Expected resource version to be ${wanted}, was ${found}`);
        if (flags.changed('current-replicas') && flags.int('current-replicas') >= 0) {
          const current = await context.api.get(path);
          const now = numberAt(current, 'spec', 'replicas');
          if (now !== flags.int('current-replicas'))
            fatal(`Expected replicas to be ${String(flags.int('current-replicas'))}, was ${String(now)}`);
        }
        if (dryRun !== 'client') {
          context.api.must(
            await context.api.patch(
              path,
              'merge',
              { spec: { replicas } },
              dryRun === 'server' ? { dryRun: 'All' } : {},
            ),
          );
        }
        const { type, namespace, name } = target;
        const timeoutMs = flags.durationMs('timeout');
        if (timeoutMs > 0 && dryRun === 'none') {
          const done = await follow(context, { type, namespace, name, timeoutMs }, (sight) =>
            sight !== undefined && numberAt(sight, 'status', 'replicas') === replicas ? true : undefined,
          );
          if (done === undefined) fatal('timed out waiting for the condition');
        }
        await context.flushWarnings();
        reportObject(context, withField(target.object, ['spec', 'replicas'], replicas), 'scaled', printer);
      });
    }
    faults.raise();
    return 0;
  },
};

export const autoscale: Verb = {
  path: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  flags: [...GENERATOR_FLAGS, ...FILE_FLAGS, 'min', 'max', 'cpu-percent', 'name'],
  required: ['max'],
  run: async (context) => {
    const { flags } = context;
    const least = flags.int('min');
    const most = flags.int('max');
    if (most < 1) fatal(`--max=MAXPODS is required and must be at least 1, max: ${String(most)}`);
    if (most < least)
      fatal(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${String(most)}, min: ${String(least)}`);
    const faults = new Faults();
    for (const target of await selectTargets(context, { files: true, fetch: true, needNames: true }, faults)) {
      await faults.guard(async () => {
        const percent = flags.int('cpu-percent');
        const metric = {
          resource: { name: 'cpu', target: { averageUtilization: percent, type: 'Utilization' } },
          type: 'Resource',
        };
        const object = {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: flags.string('name') === '' ? target.name : flags.string('name') },
          spec: {
            maxReplicas: most,
            ...(least > 0 ? { minReplicas: least } : {}),
            ...(percent > 0 ? { metrics: [metric] } : {}),
            scaleTargetRef: { apiVersion: groupVersion(target.type), kind: target.type.kind, name: target.name },
          },
          status: { currentMetrics: null, desiredReplicas: 0 },
        };
        await createAs(context, object);
      });
    }
    faults.raise();
    return 0;
  },
};

async function createAs(
  context: Parameters<Verb['run']>[0],
  object: Parameters<typeof createGenerated>[1],
): Promise<void> {
  const printer = objectPrinter(context);
  if (context.dryRun() === 'client') {
    reportObject(context, object, 'autoscaled', printer);
    return;
  }
  const { status: _status, ...draft } = object;
  const made = context.api.must(
    await context.api.create(`/apis/autoscaling/v2/namespaces/${context.namespace}/horizontalpodautoscalers`, draft),
  );
  await context.flushWarnings();
  reportObject(context, made, 'autoscaled', printer);
}
