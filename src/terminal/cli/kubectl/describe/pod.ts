/** Description of a pod. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { fieldAt, mapAt, numberAt, objectsAt, textAt } from '../fields.ts';
import { ageOf, rfc1123 } from '../time.ts';
import { describeContainers } from './containers.ts';
import { describeEvents } from './events.ts';
import { metadataLines, Page } from './page.ts';
import { describeTolerations } from './pod-template.ts';
import { describeVolumes } from './volumes.ts';

export async function describePod(context: Context, pod: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', textAt(pod, 'metadata', 'name'));
  page.line(0, 'Namespace:', textAt(pod, 'metadata', 'namespace'));
  if (fieldAt(pod, 'spec', 'priority') !== undefined) {
    page.line(0, 'Priority:', String(numberAt(pod, 'spec', 'priority')));
    page.optional(0, 'Priority Class Name', textAt(pod, 'spec', 'priorityClassName'));
  }
  page.optional(0, 'Runtime Class Name', textAt(pod, 'spec', 'runtimeClassName'));
  page.optional(0, 'Service Account', textAt(pod, 'spec', 'serviceAccountName'));
  const node = textAt(pod, 'spec', 'nodeName');
  page.line(0, 'Node:', node === '' ? '<none>' : `${node}/${textAt(pod, 'status', 'hostIP')}`);
  if (textAt(pod, 'status', 'startTime') !== '')
    page.line(0, 'Start Time:', rfc1123(textAt(pod, 'status', 'startTime')));
  metadataLines(page, pod);
  status(page, pod, context.nowMs);
  const containers = objectsAt(pod, 'spec', 'initContainers');
  if (containers.length > 0)
    describeContainers(page, 'Init Containers', containers, objectsAt(pod, 'status', 'initContainerStatuses'), 0);
  describeContainers(
    page,
    'Containers',
    objectsAt(pod, 'spec', 'containers'),
    objectsAt(pod, 'status', 'containerStatuses'),
    0,
  );
  const ephemeral = objectsAt(pod, 'spec', 'ephemeralContainers');
  if (ephemeral.length > 0)
    describeContainers(
      page,
      'Ephemeral Containers',
      ephemeral,
      objectsAt(pod, 'status', 'ephemeralContainerStatuses'),
      0,
    );
  conditions(page, pod);
  describeVolumes(page, objectsAt(pod, 'spec', 'volumes'), 0);
  page.optional(0, 'QoS Class', textAt(pod, 'status', 'qosClass'));
  page.labels(0, 'Node-Selectors', mapAt(pod, 'spec', 'nodeSelector'));
  describeTolerations(page, 0, objectsAt(pod, 'spec', 'tolerations'));
  spread(page, pod);
  await describeEvents(context, page, pod);
  return page.text();
}

function status(page: Page, pod: JsonObject, nowMs: number): void {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== '') {
    page.line(0, 'Status:', `Terminating (lasts ${ageOf(textAt(pod, 'metadata', 'deletionTimestamp'), nowMs)})`);
    page.line(0, 'Termination Grace Period:', `${String(numberAt(pod, 'metadata', 'deletionGracePeriodSeconds'))}s`);
  } else page.line(0, 'Status:', textAt(pod, 'status', 'phase'));
  page.optional(0, 'Reason', textAt(pod, 'status', 'reason'));
  page.optional(0, 'Message', textAt(pod, 'status', 'message'));
  const profile = textAt(pod, 'spec', 'securityContext', 'seccompProfile', 'type');
  page.optional(0, 'SeccompProfile', profile);
  page.line(0, 'IP:', textAt(pod, 'status', 'podIP'));
  const ips = objectsAt(pod, 'status', 'podIPs');
  if (ips.length === 0) page.line(0, 'IPs:', '<none>');
  else {
    page.line(0, 'IPs:');
    for (const ip of ips) page.line(1, 'IP:', textAt(ip, 'ip'));
  }
  const owner = objectsAt(pod, 'metadata', 'ownerReferences').find((item) => item['controller'] === true);
  if (owner !== undefined) page.line(0, 'Controlled By:', `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`);
  page.optional(0, 'NominatedNodeName', textAt(pod, 'status', 'nominatedNodeName'));
}

function conditions(page: Page, pod: JsonObject): void {
  const list = objectsAt(pod, 'status', 'conditions');
  if (list.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status');
  for (const condition of list) page.line(1, `${textAt(condition, 'type')} `, `${textAt(condition, 'status')} `);
}

function spread(page: Page, pod: JsonObject): void {
  const constraints = objectsAt(pod, 'spec', 'topologySpreadConstraints');
  for (const [index, item] of constraints.entries()) {
    const text = `${textAt(item, 'topologyKey')}:${textAt(item, 'whenUnsatisfiable')} when max skew ${String(numberAt(item, 'maxSkew'))} is exceeded`;
    page.line(0, index === 0 ? 'Topology Spread Constraints:' : '', text);
  }
}
