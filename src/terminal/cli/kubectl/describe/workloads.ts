/** Descriptions of Deployments, ReplicaSets, DaemonSets, StatefulSets, Jobs and CronJobs. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { humanDuration } from '../../../../formats/duration.ts';
import type { Context } from '../context.ts';
import { fieldAt, mapAt, nameOf, numberAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { listPods, podSelector } from '../pods.ts';
import { parseTime, rfc1123 } from '../time.ts';
import { describeEvents } from './events.ts';
import { joined, metadataLines, Page } from './page.ts';
import { describePodTemplate, selectorText } from './pod-template.ts';

const REVISION = 'deployment.kubernetes.io/revision';

function head(object: JsonObject): Page {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  return page;
}

function conditions(page: Page, object: JsonObject): void {
  const list = objectsAt(object, 'status', 'conditions');
  if (list.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status', 'Reason');
  page.line(1, '----', '------', '------');
  for (const condition of list)
    page.line(1, `${textAt(condition, 'type')} `, textAt(condition, 'status'), textAt(condition, 'reason'));
}

async function finish(context: Context, page: Page, object: JsonObject): Promise<string> {
  await describeEvents(context, page, object);
  return page.text();
}

/** Replica sets that a deployment owns, the current one apart. */
async function replicaSetsOf(
  context: Context,
  deployment: JsonObject,
): Promise<{ current: JsonObject[]; old: JsonObject[] }> {
  const labelSelector = podSelector(deployment) ?? '';
  const reply = await context.api.ask({
    path: `/apis/apps/v1/namespaces/${textAt(deployment, 'metadata', 'namespace')}/replicasets`,
    query: { labelSelector },
  });
  const uid = textAt(deployment, 'metadata', 'uid');
  const owned = (reply.ok ? objectsAt(reply.object, 'items') : []).filter((item) =>
    objectsAt(item, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid),
  );
  const revision = textAt(deployment, 'metadata', 'annotations', REVISION);
  const isCurrent = (item: JsonObject): boolean => textAt(item, 'metadata', 'annotations', REVISION) === revision;
  return { current: owned.filter(isCurrent), old: owned.filter((item) => !isCurrent(item)) };
}

const setText = (item: JsonObject): string =>
  `${nameOf(item)} (${String(numberAt(item, 'status', 'replicas'))}/${String(numberAt(item, 'spec', 'replicas'))} replicas created)`;

export async function describeDeployment(context: Context, object: JsonObject): Promise<string> {
  const page = head(object);
  page.line(0, 'CreationTimestamp:', rfc1123(textAt(object, 'metadata', 'creationTimestamp')));
  metadataLines(page, object);
  page.line(0, 'Selector:', selectorText(objectAt(object, 'spec', 'selector')));
  const count = (member: string): string => String(numberAt(object, 'status', member));
  page.line(
    0,
    'Replicas:',
    `${String(numberAt(object, 'spec', 'replicas'))} desired | ${count('updatedReplicas')} updated | ${count('replicas')} total | ${count('availableReplicas')} available | ${count('unavailableReplicas')} unavailable`,
  );
  page.line(0, 'StrategyType:', textAt(object, 'spec', 'strategy', 'type'));
  page.line(0, 'MinReadySeconds:', String(numberAt(object, 'spec', 'minReadySeconds')));
  const rolling = objectAt(object, 'spec', 'strategy', 'rollingUpdate');
  if (Object.keys(rolling).length > 0)
    page.line(
      0,
      'RollingUpdateStrategy:',
      `${textAt(rolling, 'maxUnavailable')} max unavailable, ${textAt(rolling, 'maxSurge')} max surge`,
    );
  describePodTemplate(page, objectAt(object, 'spec', 'template'));
  conditions(page, object);
  const { current, old } = await replicaSetsOf(context, object);
  // Old sets that still hold pods, or have ever been the template.
  page.line(0, 'OldReplicaSets:', joined(old.map(setText)));
  page.line(0, 'NewReplicaSet:', joined(current.map(setText)));
  return finish(context, page, object);
}

async function podsStatus(context: Context, object: JsonObject): Promise<string> {
  const selector = podSelector(object) ?? '';
  const pods = selector === '' ? [] : await listPods(context, selector);
  const uid = textAt(object, 'metadata', 'uid');
  const owned = pods.filter((pod) =>
    objectsAt(pod, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid),
  );
  const count = (phase: string): string =>
    String(owned.filter((pod) => textAt(pod, 'status', 'phase') === phase).length);
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

function controlledBy(page: Page, object: JsonObject): void {
  const owner = objectsAt(object, 'metadata', 'ownerReferences').find((item) => item['controller'] === true);
  if (owner !== undefined) page.line(0, 'Controlled By:', `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`);
}

export async function describeReplicaSet(context: Context, object: JsonObject): Promise<string> {
  const page = head(object);
  page.line(0, 'Selector:', selectorText(objectAt(object, 'spec', 'selector')));
  metadataLines(page, object);
  controlledBy(page, object);
  page.line(
    0,
    'Replicas:',
    `${String(numberAt(object, 'status', 'replicas'))} current / ${String(numberAt(object, 'spec', 'replicas'))} desired`,
  );
  page.line(0, 'Pods Status:', await podsStatus(context, object));
  describePodTemplate(page, objectAt(object, 'spec', 'template'));
  conditions(page, object);
  return finish(context, page, object);
}

export async function describeDaemonSet(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  page.line(0, 'Selector:', selectorText(objectAt(object, 'spec', 'selector')));
  page.labels(0, 'Node-Selector', mapAt(object, 'spec', 'template', 'spec', 'nodeSelector'));
  metadataLines(page, object);
  const count = (member: string): string => String(numberAt(object, 'status', member));
  page.line(0, `Desired Number of Nodes Scheduled: ${count('desiredNumberScheduled')}`);
  page.line(0, `Current Number of Nodes Scheduled: ${count('currentNumberScheduled')}`);
  page.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${count('updatedNumberScheduled')}`);
  page.line(0, `Number of Nodes Scheduled with Available Pods: ${count('numberAvailable')}`);
  page.line(0, `Number of Nodes Misscheduled: ${count('numberMisscheduled')}`);
  page.line(0, 'Pods Status:', await podsStatus(context, object));
  describePodTemplate(page, objectAt(object, 'spec', 'template'));
  return finish(context, page, object);
}

export async function describeStatefulSet(context: Context, object: JsonObject): Promise<string> {
  const page = head(object);
  page.line(0, 'CreationTimestamp:', rfc1123(textAt(object, 'metadata', 'creationTimestamp')));
  page.line(0, 'Selector:', selectorText(objectAt(object, 'spec', 'selector')));
  metadataLines(page, object);
  page.line(
    0,
    'Replicas:',
    `${String(numberAt(object, 'spec', 'replicas'))} desired | ${String(numberAt(object, 'status', 'replicas'))} total`,
  );
  page.line(0, 'Update Strategy:', textAt(object, 'spec', 'updateStrategy', 'type'));
  if (fieldAt(object, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined)
    page.line(1, 'Partition:', String(numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')));
  page.line(0, 'Pods Status:', await podsStatus(context, object));
  describePodTemplate(page, objectAt(object, 'spec', 'template'));
  const claims = objectsAt(object, 'spec', 'volumeClaimTemplates');
  if (claims.length === 0) page.line(0, 'Volume Claims:', '<none>');
  else {
    page.line(0, 'Volume Claims:');
    for (const claim of claims) {
      page.line(1, 'Name:', nameOf(claim));
      page.line(1, 'StorageClass:', textAt(claim, 'spec', 'storageClassName'));
      page.labels(1, 'Labels', mapAt(claim, 'metadata', 'labels'));
      page.annotations(1, 'Annotations', mapAt(claim, 'metadata', 'annotations'));
      page.line(1, 'Capacity:', textAt(claim, 'spec', 'resources', 'requests', 'storage'));
      page.line(
        1,
        'Access Modes:',
        `[${(Array.isArray(fieldAt(claim, 'spec', 'accessModes')) ? (fieldAt(claim, 'spec', 'accessModes') as string[]) : []).join(' ')}]`,
      );
    }
  }
  return finish(context, page, object);
}

export async function describeJob(context: Context, object: JsonObject): Promise<string> {
  const page = head(object);
  page.line(0, 'Selector:', selectorText(objectAt(object, 'spec', 'selector')));
  metadataLines(page, object);
  controlledBy(page, object);
  page.line(0, 'Parallelism:', textAt(object, 'spec', 'parallelism'));
  const completions = textAt(object, 'spec', 'completions');
  page.line(0, 'Completions:', completions === '' ? '<unset>' : completions);
  page.optional(0, 'Completion Mode', textAt(object, 'spec', 'completionMode'));
  if (fieldAt(object, 'spec', 'suspend') !== undefined) page.line(0, 'Suspend:', textAt(object, 'spec', 'suspend'));
  if (fieldAt(object, 'spec', 'backoffLimit') !== undefined)
    page.line(0, 'Backoff Limit:', textAt(object, 'spec', 'backoffLimit'));
  if (fieldAt(object, 'spec', 'ttlSecondsAfterFinished') !== undefined)
    page.line(0, 'TTL Seconds After Finished:', textAt(object, 'spec', 'ttlSecondsAfterFinished'));
  const start = textAt(object, 'status', 'startTime');
  const end = textAt(object, 'status', 'completionTime');
  if (start !== '') page.line(0, 'Start Time:', rfc1123(start));
  if (end !== '') page.line(0, 'Completed At:', rfc1123(end));
  if (start !== '' && end !== '')
    page.line(0, 'Duration:', humanDuration((parseTime(end) ?? 0) - (parseTime(start) ?? 0)));
  if (fieldAt(object, 'spec', 'activeDeadlineSeconds') !== undefined)
    page.line(0, 'Active Deadline Seconds:', `${textAt(object, 'spec', 'activeDeadlineSeconds')}s`);
  const count = (member: string): string => String(numberAt(object, 'status', member));
  const ready = fieldAt(object, 'status', 'ready') === undefined ? '' : ` (${count('ready')} Ready)`;
  page.line(
    0,
    'Pods Statuses:',
    `${count('active')} Active${ready} / ${count('succeeded')} Succeeded / ${count('failed')} Failed`,
  );
  describePodTemplate(page, objectAt(object, 'spec', 'template'));
  return finish(context, page, object);
}

export async function describeCronJob(context: Context, object: JsonObject): Promise<string> {
  const page = head(object);
  metadataLines(page, object);
  const text = (member: string): string => textAt(object, 'spec', member);
  page.line(0, 'Schedule:', text('schedule'));
  page.line(0, 'Concurrency Policy:', text('concurrencyPolicy'));
  page.line(0, 'Suspend:', text('suspend') === 'true' ? 'True' : 'False');
  page.line(0, 'Successful Job History Limit:', text('successfulJobsHistoryLimit'));
  page.line(0, 'Failed Job History Limit:', text('failedJobsHistoryLimit'));
  const deadline = text('startingDeadlineSeconds');
  page.line(0, 'Starting Deadline Seconds:', deadline === '' ? '<unset>' : `${deadline}s`);
  const job = objectAt(object, 'spec', 'jobTemplate', 'spec');
  page.line(
    0,
    'Selector:',
    fieldAt(job, 'selector') === undefined ? '<unset>' : selectorText(objectAt(job, 'selector')),
  );
  page.line(0, 'Parallelism:', textAt(job, 'parallelism') === '' ? '<unset>' : textAt(job, 'parallelism'));
  page.line(0, 'Completions:', textAt(job, 'completions') === '' ? '<unset>' : textAt(job, 'completions'));
  describePodTemplate(page, objectAt(job, 'template'));
  const last = textAt(object, 'status', 'lastScheduleTime');
  page.line(0, 'Last Schedule Time:', last === '' ? '<unset>' : rfc1123(last));
  page.line(0, 'Active Jobs:', joined(objectsAt(object, 'status', 'active').map((item) => textAt(item, 'name'))));
  return finish(context, page, object);
}
