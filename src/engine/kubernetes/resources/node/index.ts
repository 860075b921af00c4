import { conditionOf } from '../../apimachinery/meta.ts';
import type { Node } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

export const nodes = entry<Node>('nodes', {
  columns: [
    NAME,
    text('Status'),
    text('Roles'),
    AGE,
    text('Version'),
    text('Internal-IP', 1),
    text('External-IP', 1),
    text('OS-Image', 1),
    text('Kernel-Version', 1),
    text('Container-Runtime', 1),
  ],
  row: (node, context) => {
    const info = node.status.nodeInfo ?? {};
    const or = (value: string | undefined): string => (value === undefined || value === '' ? '<unknown>' : value);
    return [
      node.metadata.name,
      statusText(node),
      rolesOf(node),
      age(node, context),
      info['kubeletVersion'] ?? '',
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      or(info['osImage']),
      or(info['kernelVersion']),
      or(info['containerRuntimeVersion']),
    ];
  },
  defaults: (node) =>
    node.spec === undefined || node.status === undefined
      ? { ...node, spec: node.spec ?? {}, status: node.status ?? {} }
      : node,
  fields: { 'spec.unschedulable': (node) => String(node.spec.unschedulable ?? false) },
});

function statusText(node: Node): string {
  const ready = conditionOf(node.status.conditions, 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (node.spec.unschedulable === true) words.push('SchedulingDisabled');
  return words.join(',');
}

function rolesOf({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) =>
    key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length
      ? [key.slice(ROLE_PREFIX.length)]
      : key === ROLE_LABEL && value !== ''
        ? [value]
        : [],
  );
  return roles.length === 0 ? '<none>' : roles.toSorted().join(',');
}

const addressOf = (node: Node, type: string): string =>
  node.status.addresses?.find((address) => address.type === type)?.address ?? '<none>';
