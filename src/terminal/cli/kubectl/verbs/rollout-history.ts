/** kubectl rollout history and undo: revisions in ReplicaSets, or in ControllerRevisions. */
import { deepEqual } from '../../../../engine/kubernetes/apimachinery/equality.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { DESCRIBE_TABLE, formatTable } from '../../../../formats/table.ts';
import { demandResource } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, numberAt, objectAt, objectsAt, textAt, withField } from '../fields.ts';
import { podSelector } from '../pods.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { describePodTemplate } from '../describe/pod-template.ts';
import { Page } from '../describe/page.ts';

interface Revision {
  readonly number: number;
  readonly cause: string;
  /** The pod template of that revision. */
  readonly template: JsonObject;
  readonly source: JsonObject;
}

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';
const HASH = 'pod-template-hash';

/** All revisions, oldest first. */
async function revisionsOf(context: Context, target: Target): Promise<Revision[]> {
  const { kind } = target.type;
  const labelSelector = podSelector({ ...target.object, kind }) ?? '';
  const uid = textAt(target.object, 'metadata', 'uid');
  const owned = (item: JsonObject): boolean =>
    objectsAt(item, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid);
  if (kind === 'Deployment') {
    const list = await context.api.get(`/apis/apps/v1/namespaces/${target.namespace}/replicasets`, { labelSelector });
    return objectsAt(list, 'items')
      .filter(owned)
      .map((item) => ({
        number: Number(textAt(item, 'metadata', 'annotations', REVISION)),
        cause: textAt(item, 'metadata', 'annotations', CAUSE),
        template: objectAt(item, 'spec', 'template'),
        source: item,
      }))
      .filter(({ number }) => number > 0)
      .toSorted((a, b) => a.number - b.number);
  }
  if (kind !== 'DaemonSet' && kind !== 'StatefulSet')
    return fatal(`no history viewer has been implemented for ${JSON.stringify(kind)}`);
  const list = await context.api.get(`/apis/apps/v1/namespaces/${target.namespace}/controllerrevisions`, {
    labelSelector,
  });
  return objectsAt(list, 'items')
    .filter(owned)
    .map((item) => ({
      number: numberAt(item, 'revision'),
      cause: textAt(item, 'metadata', 'annotations', CAUSE),
      template: objectAt(item, 'data', 'spec', 'template'),
      source: item,
    }))
    .toSorted((a, b) => a.number - b.number);
}

export const history: Verb = {
  path: 'rollout history',
  short: 'View rollout history',
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'revision', 'selector'],
  run: async (context) => {
    const { flags } = context;
    demandResource(context);
    const wanted = flags.int('revision');
    if (wanted < 0) fatal('revision must be a positive integer: ' + String(wanted));
    const printer = objectPrinter(context);
    const faults = new Faults();
    for (const target of await selectTargets(context, { files: true, fetch: true, needNames: true }, faults)) {
      await faults.guard(async () => {
        const revisions = await revisionsOf(context, target);
        if (printer !== undefined) {
          for (const revision of revisions)
            if (wanted === 0 || revision.number === wanted) context.io.out(printer(revision.source));
          return;
        }
        const object = {
          ...target.object,
          kind: target.type.kind,
          apiVersion: `${target.type.group}/${target.type.version}`,
        };
        if (wanted > 0) {
          const found = revisions.find(({ number }) => number === wanted);
          if (found === undefined) return fatal(`unable to find the specified revision`);
          const page = new Page();
          describePodTemplate(page, found.template);
          reportObject(context, object, `with revision #${String(wanted)}\n${page.unaligned()}`, undefined);
          return;
        }
        const rows = revisions.map(({ number, cause }) => [String(number), cause === '' ? '<none>' : cause]);
        reportObject(
          context,
          object,
          `\n${formatTable([['REVISION', 'CHANGE-CAUSE'], ...rows], DESCRIBE_TABLE)}`,
          undefined,
        );
      });
    }
    faults.raise();
    return 0;
  },
};

export const undo: Verb = {
  path: 'rollout undo',
  short: 'Undo a previous rollout',
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'dry-run', 'selector', 'to-revision'],
  run: async (context) => {
    demandResource(context);
    const faults = new Faults();
    for (const target of await selectTargets(context, { files: true, fetch: true, needNames: true }, faults)) {
      await faults.guard(async () => {
        const done = await undoOne(context, target);
        const object = {
          ...target.object,
          kind: target.type.kind,
          apiVersion: `${target.type.group}/${target.type.version}`,
        };
        reportObject(context, object, done, undefined);
      });
    }
    faults.raise();
    return 0;
  },
};

async function undoOne(context: Context, target: Target): Promise<string> {
  const { object, type, name, namespace } = target;
  if (fieldAt(object, 'spec', 'paused') === true) {
    fatal(`you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`);
  }
  const to = context.flags.int('to-revision');
  const revisions = await revisionsOf(context, target);
  const chosen = to > 0 ? revisions.find(({ number }) => number === to) : revisions.at(-2);
  if (chosen === undefined) {
    if (to > 0) fatal(`unable to find specified revision ${String(to)} in history`);
    fatal(`no rollout history found for ${type.kind.toLowerCase()} ${JSON.stringify(name)}`);
  }
  const dryRun = context.dryRun();
  const query = { fieldManager: 'kubectl-rollout', ...(dryRun === 'server' ? { dryRun: 'All' } : {}) };
  const path = resourcePath(type, namespace, name);
  if (type.kind === 'Deployment') {
    const template = withField(chosen.template, ['metadata', 'labels', HASH], undefined);
    if (deepEqual(template, objectAt(object, 'spec', 'template'))) {
      return `skipped rollback (current template already matches revision ${String(chosen.number)})`;
    }
    if (dryRun === 'client') return 'rolled back';
    const patch = [{ op: 'replace', path: '/spec/template', value: template }];
    context.api.must(await context.api.patch(path, 'json', patch, query));
    return 'rolled back';
  }
  const current = objectAt(object, 'spec', 'template');
  if (deepEqual(chosen.template, current))
    return `skipped rollback (current template already matches revision ${String(chosen.number)})`;
  if (dryRun === 'client') return 'rolled back';
  context.api.must(await context.api.patch(path, 'strategic', objectAt(chosen.source, 'data'), query));
  return 'rolled back';
}
