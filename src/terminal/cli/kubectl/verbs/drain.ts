/** kubectl drain: which pods may go, and asking the server to evict them. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { Faults, type Context } from '../context.ts';
import { Fatal, fatal } from '../fatal.ts';
import { fieldAt, nameOf, namespaceOf, objectsAt, textAt } from '../fields.ts';
import { POD_TYPE, podPath } from '../pods.ts';
import { reportObject } from '../print.ts';
import { type Target } from '../selection.ts';
import { serverErrorText } from '../server-error.ts';
import type { Verb } from '../verb.ts';
import { follow } from '../wait-loop.ts';
import { selectNodes, setSchedulable } from './nodes.ts';

/** Pause before an eviction that a budget refused is tried again. */
const RETRY_US = 5_000_000;
const MIRROR = 'kubernetes.io/config.mirror';

export const drain: Verb = {
  path: 'drain',
  short: 'Drain node in preparation for maintenance',
  examples: ['kubectl drain foo --force', 'kubectl drain foo --grace-period=900'],
  flags: [
    'chunk-size',
    'delete-emptydir-data',
    'disable-eviction',
    'dry-run',
    'force',
    'grace-period',
    'ignore-daemonsets',
    'pod-selector',
    'selector',
    'timeout',
  ],
  run: async (context) => {
    const targets = await selectNodes(context, 'drain');
    const faults = new Faults();
    for (const target of targets) await faults.guard(() => setSchedulable(context, target, true));
    faults.raise();
    const drained = new Set<string>();
    for (const target of targets) {
      try {
        await drainOne(context, target);
        drained.add(target.name);
        reportObject(context, target.object, 'drained', undefined);
      } catch (problem) {
        if (!(problem instanceof Fatal)) throw problem;
        await context.error(
          `error: unable to drain node ${JSON.stringify(target.name)} due to error: ${problem.text.replace(/^error: /, '')}, continuing command...`,
        );
        await context.error(
          `There are pending nodes to be drained:\n${targets
            .filter(({ name }) => !drained.has(name))
            .map(({ name }) => ` ${name}`)
            .join('\n')}`,
        );
        faults.add(problem);
      }
    }
    faults.raise();
    return 0;
  },
};

interface Plan {
  readonly pods: JsonObject[];
  readonly warnings: ReadonlyMap<string, string[]>;
  readonly errors: ReadonlyMap<string, string[]>;
}

function plan(context: Context, pods: readonly JsonObject[], daemonSets: ReadonlySet<string>): Plan {
  const { flags } = context;
  const going: JsonObject[] = [];
  const warnings = new Map<string, string[]>();
  const errors = new Map<string, string[]>();
  const note = (map: Map<string, string[]>, text: string, pod: JsonObject): void => {
    map.set(text, [...(map.get(text) ?? []), `${namespaceOf(pod)}/${nameOf(pod)}`]);
  };
  for (const pod of pods) {
    if (textAt(pod, 'metadata', 'annotations', MIRROR) !== '') continue;
    const isDone = ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));
    const owner = objectsAt(pod, 'metadata', 'ownerReferences').find((item) => item['controller'] === true);
    if (
      !isDone &&
      textAt(owner, 'kind') === 'DaemonSet' &&
      daemonSets.has(`${namespaceOf(pod)}/${textAt(owner, 'name')}`)
    ) {
      if (!flags.bool('ignore-daemonsets'))
        note(errors, 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', pod);
      else note(warnings, 'ignoring DaemonSet-managed Pods', pod);
      continue;
    }
    const hasData = objectsAt(pod, 'spec', 'volumes').some((volume) => fieldAt(volume, 'emptyDir') !== undefined);
    if (hasData && !isDone) {
      if (!flags.bool('delete-emptydir-data')) {
        note(errors, 'Pods with local storage (use --delete-emptydir-data to override)', pod);
        continue;
      }
    }
    if (owner === undefined && !isDone) {
      if (!flags.bool('force')) {
        note(errors, 'Pods that declare no controller (use --force to override)', pod);
        continue;
      }
      note(warnings, 'deleting Pods that declare no controller', pod);
    }
    going.push(pod);
  }
  return { pods: going, warnings, errors };
}

async function drainOne(context: Context, target: Target): Promise<void> {
  const { flags, api } = context;
  const selector = flags.string('pod-selector');
  const list = await api.get('/api/v1/pods', {
    fieldSelector: `spec.nodeName=${target.name}`,
    limit: 500,
    ...(selector === '' ? {} : { labelSelector: selector }),
  });
  const pods = objectsAt(list, 'items').map((item) => ({ apiVersion: 'v1', kind: 'Pod', ...item }));
  const sets = await api.get('/apis/apps/v1/daemonsets');
  const daemonSets = new Set(objectsAt(sets, 'items').map((item) => `${namespaceOf(item)}/${nameOf(item)}`));
  const { pods: going, warnings, errors } = plan(context, pods, daemonSets);
  if (errors.size > 0) {
    const texts = [...errors].map(([why, names]) => `cannot delete ${why}: ${names.join(', ')}`);
    fatal(texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`);
  }
  if (warnings.size > 0)
    await context.error(`Warning: ${[...warnings].map(([why, names]) => `${why}: ${names.join(', ')}`).join('; ')}`);
  if (context.dryRun() !== 'none') {
    for (const pod of going)
      context.line(
        `evicting pod ${namespaceOf(pod)}/${nameOf(pod)} (${context.dryRun() === 'client' ? 'dry run' : 'server dry run'})`,
      );
    return;
  }
  const given = flags.durationMs('timeout');
  const deadline = given > 0 ? context.nowMs + given : Infinity;
  for (const pod of going) {
    context.line(`${flags.bool('disable-eviction') ? 'deleting' : 'evicting'} pod ${namespaceOf(pod)}/${nameOf(pod)}`);
  }
  await context.io.flush();
  const waiting: JsonObject[] = [];
  for (const pod of going) {
    await evict(context, pod, deadline);
    waiting.push(pod);
  }
  for (const pod of waiting) {
    const uid = textAt(pod, 'metadata', 'uid');
    const gone = await follow(
      context,
      { type: POD_TYPE, namespace: namespaceOf(pod), name: nameOf(pod), timeoutMs: deadline - context.nowMs },
      (sight) => (sight === undefined || textAt(sight, 'metadata', 'uid') !== uid ? true : undefined),
    );
    if (gone === undefined)
      fatal(
        `error when waiting for pod ${JSON.stringify(nameOf(pod))} in namespace ${JSON.stringify(namespaceOf(pod))} to terminate: global timeout reached: ${flags.string('timeout')}`,
      );
    context.line(`pod/${nameOf(pod)} ${flags.bool('disable-eviction') ? 'deleted' : 'evicted'}`);
    await context.io.flush();
  }
}

async function evict(context: Context, pod: JsonObject, deadline: number): Promise<void> {
  const { flags, api } = context;
  const grace = flags.int('grace-period');
  const options = grace >= 0 ? { gracePeriodSeconds: grace } : {};
  const where = `pods/${JSON.stringify(nameOf(pod))} -n ${JSON.stringify(namespaceOf(pod))}`;
  for (;;) {
    const reply = flags.bool('disable-eviction')
      ? await api.delete(podPath(namespaceOf(pod), nameOf(pod)), {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          ...options,
        })
      : await api.create(podPath(namespaceOf(pod), nameOf(pod), 'eviction'), {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: nameOf(pod), namespace: namespaceOf(pod) },
          deleteOptions: options,
        });
    if (reply.ok || reply.failure.reason === 'NotFound') return;
    if (reply.failure.reason !== 'TooManyRequests')
      fatal(
        `error when evicting ${where}: ${serverErrorText(reply.failure).replace(/^Error from server(?: \(\w+\))?: /, '')}`,
      );
    if (context.nowMs >= deadline)
      fatal(`error when evicting ${where}: global timeout reached: ${flags.string('timeout')}`);
    await context.error(`error when evicting ${where} (will retry after 5s): ${reply.failure.message}`);
    await context.process.sleep(RETRY_US);
    context.line(`evicting pod ${namespaceOf(pod)}/${nameOf(pod)}`);
    await context.io.flush();
  }
}
