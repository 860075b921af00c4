/** kubectl rollout restart, pause, resume and status. */
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import { demandResource } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { resourceName, resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, numberAt, objectsAt, textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { rfc3339 } from '../time.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { follow, type FollowState, type SavedWait } from '../wait-loop.ts';
import { history, undo } from './rollout-history.ts';

const COMMON = [...PRINT_FLAGS, ...FILE_FLAGS, 'field-manager', 'selector', 'dry-run'] as const;

function changer(
  word: string,
  short: string,
  done: string,
  body: (context: Context, target: Target) => JsonObject,
): Verb {
  return {
    path: `rollout ${word}`,
    short,
    flags: COMMON,
    run: async (context) => {
      demandResource(context);
      const printer = objectPrinter(context);
      const faults = new Faults();
      for (const target of await selectTargets(context, { files: true, fetch: true }, faults)) {
        await faults.guard(async () => {
          const reply = await context.api.patch(
            resourcePath(target.type, target.namespace, target.name),
            'strategic',
            body(context, target),
            { fieldManager: 'kubectl-rollout' },
          );
          const made = context.api.must(reply);
          await context.flushWarnings();
          reportObject(context, made, done, printer);
        });
      }
      faults.raise();
      return 0;
    },
  };
}

const restart = changer('restart', 'Restart a resource', 'restarted', (context, target) => {
  const { kind } = target.type;
  if (kind !== 'Deployment' && kind !== 'DaemonSet' && kind !== 'StatefulSet')
    fatal(`${resourceName(target.type)} ${JSON.stringify(target.name)} restarting is not supported`);
  if (fieldAt(target.object, 'spec', 'paused') === true)
    fatal(
      `${resourceName(target.type)} ${JSON.stringify(target.name)} can't restart paused deployment (run rollout resume first)`,
    );
  return {
    spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': rfc3339(context.nowMs) } } } },
  };
});

function pausing(target: Target, paused: boolean): JsonObject {
  if (target.type.kind !== 'Deployment')
    fatal(
      `${resourceName(target.type)} ${JSON.stringify(target.name)} ${paused ? 'pausing' : 'resuming'} is not supported`,
    );
  const isPaused = fieldAt(target.object, 'spec', 'paused') === true;
  if (isPaused === paused)
    fatal(`${resourceName(target.type)} ${JSON.stringify(target.name)} is ${paused ? 'already paused' : 'not paused'}`);
  return { spec: { paused: paused ? true : null } };
}

const pause = changer('pause', 'Mark the provided resource as paused', 'paused', (_context, target) =>
  pausing(target, true),
);
const resume = changer('resume', 'Resume a paused resource', 'resumed', (_context, target) => pausing(target, false));

const status: Verb = {
  path: 'rollout status',
  short: 'Show the status of the rollout',
  flags: [...FILE_FLAGS, 'revision', 'selector', 'timeout', 'watch'],
  run: async (context) => {
    demandResource(context);
    const faults = new Faults();
    const targets = await selectTargets(context, { files: true, fetch: true, needNames: true }, faults);
    faults.raise();
    return followAll(
      context,
      targets.map(({ type, namespace, name }) => ({ type, namespace, name })),
    );
  },
  resume: (context, saved) => {
    const { wait: from, verb } = saved as unknown as FollowState<readonly Rollout[]>;
    return followAll(context, verb, from);
  },
};

type Rollout = Pick<Target, 'type' | 'namespace' | 'name'>;

async function followAll(context: Context, rollouts: readonly Rollout[], from?: SavedWait): Promise<number> {
  const { flags } = context;
  const given = flags.durationMs('timeout');
  const watching = flags.bool('watch');
  for (const [index, { type, namespace, name }] of rollouts.entries()) {
    const saving = {
      state: (): Plain => rollouts.slice(index) as unknown as Plain,
      ...(index > 0 || from === undefined ? {} : { from }),
    };
    const done = await follow(
      context,
      { type, namespace, name, timeoutMs: given > 0 ? given : Infinity, ...saving },
      async (sight) => {
        if (sight === undefined) return fatal(`object has been deleted`);
        const seen = rolloutStatus({ ...sight, kind: type.kind }, name, flags.int('revision'));
        context.line(seen.message);
        await context.io.flush();
        return seen.done || !watching ? true : undefined;
      },
    );
    if (done === undefined) fatal('timed out waiting for the condition');
  }
  return 0;
}

interface RolloutStatus {
  readonly message: string;
  readonly done: boolean;
}

/** What there is to say of a rollout (kubectl pkg/polymorphichelpers rollout_status.go). */
export function rolloutStatus(object: JsonObject, name: string, revision: number): RolloutStatus {
  switch (textAt(object, 'kind')) {
    case 'Deployment':
      return deploymentStatus(object, name, revision);
    case 'DaemonSet':
      return daemonSetStatus(object, name);
    case 'StatefulSet':
      return statefulSetStatus(object);
    default:
      return fatal(`no status viewer has been implemented for ${textAt(object, 'kind')}`);
  }
}

const isObserved = (object: JsonObject): boolean =>
  numberAt(object, 'metadata', 'generation') <= numberAt(object, 'status', 'observedGeneration');

function deploymentStatus(object: JsonObject, name: string, revision: number): RolloutStatus {
  if (
    revision > 0 &&
    textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') !== String(revision)
  ) {
    fatal(
      `desired revision (${String(revision)}) is different from the running revision (${textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')})`,
    );
  }
  if (!isObserved(object)) return { message: 'Waiting for deployment spec update to be observed...', done: false };
  const progressing = objectsAt(object, 'status', 'conditions').find((item) => textAt(item, 'type') === 'Progressing');
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded')
    fatal(`deployment ${JSON.stringify(name)} exceeded its progress deadline`);
  const wanted = fieldAt(object, 'spec', 'replicas') === undefined ? 1 : numberAt(object, 'spec', 'replicas');
  const updated = numberAt(object, 'status', 'updatedReplicas');
  const total = numberAt(object, 'status', 'replicas');
  const available = numberAt(object, 'status', 'availableReplicas');
  const prefix = `Waiting for deployment ${JSON.stringify(name)} rollout to finish:`;
  if (updated < wanted)
    return {
      message: `${prefix} ${String(updated)} out of ${String(wanted)} new replicas have been updated...`,
      done: false,
    };
  if (total > updated)
    return { message: `${prefix} ${String(total - updated)} old replicas are pending termination...`, done: false };
  if (available < updated)
    return {
      message: `${prefix} ${String(available)} of ${String(updated)} updated replicas are available...`,
      done: false,
    };
  return { message: `deployment ${JSON.stringify(name)} successfully rolled out`, done: true };
}

function daemonSetStatus(object: JsonObject, name: string): RolloutStatus {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    fatal('rollout status is only available for RollingUpdate strategy type');
  if (!isObserved(object)) return { message: 'Waiting for daemon set spec update to be observed...', done: false };
  const wanted = numberAt(object, 'status', 'desiredNumberScheduled');
  const updated = numberAt(object, 'status', 'updatedNumberScheduled');
  const available = numberAt(object, 'status', 'numberAvailable');
  const prefix = `Waiting for daemon set ${JSON.stringify(name)} rollout to finish:`;
  if (updated < wanted)
    return {
      message: `${prefix} ${String(updated)} out of ${String(wanted)} new pods have been updated...`,
      done: false,
    };
  if (available < wanted)
    return {
      message: `${prefix} ${String(available)} of ${String(wanted)} updated pods are available...`,
      done: false,
    };
  return { message: `daemon set ${JSON.stringify(name)} successfully rolled out`, done: true };
}

function statefulSetStatus(object: JsonObject): RolloutStatus {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    fatal('rollout status is only available for RollingUpdate strategy type');
  if (numberAt(object, 'status', 'observedGeneration') === 0 || !isObserved(object))
    return { message: 'Waiting for statefulset spec update to be observed...', done: false };
  const wanted = fieldAt(object, 'spec', 'replicas') === undefined ? 1 : numberAt(object, 'spec', 'replicas');
  const ready = numberAt(object, 'status', 'readyReplicas');
  const updated = numberAt(object, 'status', 'updatedReplicas');
  const revision = textAt(object, 'status', 'updateRevision');
  if (ready < wanted) return { message: `Waiting for ${String(wanted - ready)} pods to be ready...`, done: false };
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition > 0) {
    if (updated < wanted - partition)
      return {
        message: `Waiting for partitioned roll out to finish: ${String(updated)} out of ${String(wanted - partition)} new pods have been updated...`,
        done: false,
      };
    return { message: `partitioned roll out complete: ${String(updated)} new pods have been updated...`, done: true };
  }
  if (revision !== textAt(object, 'status', 'currentRevision'))
    return {
      message: `waiting for statefulset rolling update to complete ${String(updated)} pods at revision ${revision}...`,
      done: false,
    };
  return {
    message: `statefulset rolling update complete ${String(numberAt(object, 'status', 'currentReplicas'))} pods at revision ${revision}...`,
    done: true,
  };
}

export const ROLLOUTS: readonly Verb[] = [status, restart, pause, resume, history, undo];
