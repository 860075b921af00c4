/** Description of a node with the pods on it and what they have reserved. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import {
  addQuantities,
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  type Quantity,
} from '../../../../formats/quantity.ts';
import type { Context } from '../context.ts';
import { mapAt, nameOf, namespaceOf, objectAt, objectsAt, sortedEntries, textAt } from '../fields.ts';
import { ageOf, rfc1123 } from '../time.ts';
import { describeEvents } from './events.ts';
import { metadataLines, Page } from './page.ts';

const ROLE = 'node-role.kubernetes.io/';

export async function describeNode(context: Context, node: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(node));
  const roles = Object.keys(mapAt(node, 'metadata', 'labels'))
    .filter((label) => label.startsWith(ROLE))
    .map((label) => label.slice(ROLE.length))
    .sort();
  page.line(0, 'Roles:', roles.length === 0 ? '<none>' : roles.join(','));
  metadataLines(page, node);
  page.line(0, 'CreationTimestamp:', rfc1123(textAt(node, 'metadata', 'creationTimestamp')));
  taints(page, node);
  page.line(0, 'Unschedulable:', textAt(node, 'spec', 'unschedulable') === 'true' ? 'true' : 'false');
  await lease(context, page, node);
  conditions(page, node);
  page.line(0, 'Addresses:');
  for (const address of objectsAt(node, 'status', 'addresses'))
    page.line(1, `${textAt(address, 'type')}:`, textAt(address, 'address'));
  amounts(page, 'Capacity', mapAt(node, 'status', 'capacity'));
  amounts(page, 'Allocatable', mapAt(node, 'status', 'allocatable'));
  info(page, objectAt(node, 'status', 'nodeInfo'));
  page.optional(0, 'PodCIDR', textAt(node, 'spec', 'podCIDR'));
  const cidrs = node['spec'] === undefined ? [] : (objectAt(node, 'spec')['podCIDRs'] as readonly string[] | undefined);
  if (cidrs !== undefined && cidrs.length > 0) page.line(0, 'PodCIDRs:', cidrs.join(','));
  page.optional(0, 'ProviderID', textAt(node, 'spec', 'providerID'));
  await pods(context, page, node);
  await describeEvents(context, page, node);
  return page.text();
}

function taints(page: Page, node: JsonObject): void {
  const list = objectsAt(node, 'spec', 'taints').map((taint) => {
    const value = textAt(taint, 'value');
    return `${textAt(taint, 'key')}${value === '' ? '' : `=${value}`}:${textAt(taint, 'effect')}`;
  });
  if (list.length === 0) page.line(0, 'Taints:', '<none>');
  for (const [index, text] of list.sort().entries()) page.line(0, index === 0 ? 'Taints:' : '', text);
}

async function lease(context: Context, page: Page, node: JsonObject): Promise<void> {
  const reply = await context.api.ask({
    path: `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${nameOf(node)}`,
  });
  page.line(0, 'Lease:');
  const holder = reply.ok ? textAt(reply.object, 'spec', 'holderIdentity') : '';
  page.line(1, 'HolderIdentity:', holder === '' ? '<unset>' : holder);
  const acquired = reply.ok ? textAt(reply.object, 'spec', 'acquireTime') : '';
  page.line(1, 'AcquireTime:', acquired === '' ? '<unset>' : rfc1123(acquired));
  const renewed = reply.ok ? textAt(reply.object, 'spec', 'renewTime') : '';
  page.line(1, 'RenewTime:', renewed === '' ? '<unset>' : rfc1123(renewed));
}

function conditions(page: Page, node: JsonObject): void {
  const list = objectsAt(node, 'status', 'conditions');
  if (list.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message');
  page.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
  for (const item of list) {
    page.line(
      1,
      `${textAt(item, 'type')} `,
      `${textAt(item, 'status')} `,
      `${rfc1123(textAt(item, 'lastHeartbeatTime'))} `,
      `${rfc1123(textAt(item, 'lastTransitionTime'))} `,
      `${textAt(item, 'reason')} `,
      textAt(item, 'message'),
    );
  }
}

function amounts(page: Page, title: string, map: Readonly<Record<string, string>>): void {
  page.line(0, `${title}:`);
  for (const [name, amount] of sortedEntries(map)) page.line(1, `${name}:`, amount);
}

function info(page: Page, system: JsonObject): void {
  page.line(0, 'System Info:');
  const lines: readonly (readonly [string, string])[] = [
    ['Machine ID', 'machineID'],
    ['System UUID', 'systemUUID'],
    ['Boot ID', 'bootID'],
    ['Kernel Version', 'kernelVersion'],
    ['OS Image', 'osImage'],
    ['Operating System', 'operatingSystem'],
    ['Architecture', 'architecture'],
    ['Container Runtime Version', 'containerRuntimeVersion'],
    ['Kubelet Version', 'kubeletVersion'],
    ['Kube-Proxy Version', 'kubeProxyVersion'],
  ];
  for (const [title, member] of lines) page.line(1, `${title}:`, textAt(system, member));
}

async function pods(context: Context, page: Page, node: JsonObject): Promise<void> {
  const fieldSelector = `spec.nodeName=${nameOf(node)},status.phase!=Failed,status.phase!=Succeeded`;
  const reply = await context.api.ask({ path: '/api/v1/pods', query: { fieldSelector, limit: 500 } });
  const list = reply.ok ? objectsAt(reply.object, 'items') : [];
  const allocatable = mapAt(node, 'status', 'allocatable');
  page.line(0, 'Non-terminated Pods:', `(${String(list.length)} in total)`);
  page.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age');
  page.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---');
  const totals = new Map<string, Quantity>();
  for (const pod of list) {
    const wanted = podAmounts(pod);
    for (const [key, amount] of wanted)
      totals.set(key, addQuantities(totals.get(key) ?? { nano: 0n, format: amount.format }, amount));
    const cell = (key: string, resource: string): string => share(wanted.get(key), allocatable[resource]);
    page.line(
      1,
      namespaceOf(pod),
      nameOf(pod),
      '',
      cell('requests/cpu', 'cpu'),
      cell('limits/cpu', 'cpu'),
      cell('requests/memory', 'memory'),
      cell('limits/memory', 'memory'),
      ageOf(textAt(pod, 'metadata', 'creationTimestamp'), context.nowMs),
    );
  }
  page.line(0, 'Allocated resources:');
  page.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  page.line(1, 'Resource', 'Requests', 'Limits');
  page.line(1, '--------', '--------', '------');
  const names = [
    'cpu',
    'memory',
    'ephemeral-storage',
    ...Object.keys(allocatable)
      .filter((name) => name.startsWith('hugepages-'))
      .sort(),
  ];
  for (const name of names)
    page.line(
      1,
      name,
      share(totals.get(`requests/${name}`), allocatable[name]),
      share(totals.get(`limits/${name}`), allocatable[name]),
    );
}

/** An amount and its part of what the node has. */
function share(amount: Quantity | undefined, of: string | undefined): string {
  const total = of === undefined ? undefined : parseQuantity(of);
  const all = total?.ok === true ? quantityMilliValue(total.quantity) : 0;
  const part = amount === undefined ? 0 : quantityMilliValue(amount);
  return `${amount === undefined ? '0' : formatQuantity(amount)} (${String(all === 0 ? 0 : Math.trunc((part * 100) / all))}%)`;
}

/** What a pod asks for: the sum of its containers, or its largest init container where that is more. */
export function podAmounts(pod: JsonObject): Map<string, Quantity> {
  const totals = new Map<string, Quantity>();
  for (const container of objectsAt(pod, 'spec', 'containers')) {
    for (const [key, amount] of containerAmounts(container))
      totals.set(key, addQuantities(totals.get(key) ?? { nano: 0n, format: amount.format }, amount));
  }
  for (const container of objectsAt(pod, 'spec', 'initContainers')) {
    for (const [key, amount] of containerAmounts(container))
      if (amount.nano > (totals.get(key)?.nano ?? 0n)) totals.set(key, amount);
  }
  return totals;
}

function containerAmounts(container: JsonObject): [string, Quantity][] {
  return (['requests', 'limits'] as const).flatMap((member) =>
    Object.entries(mapAt(container, 'resources', member)).flatMap(([name, text]) => {
      const parsed = parseQuantity(text);
      return parsed.ok ? [[`${member}/${name}`, parsed.quantity] as [string, Quantity]] : [];
    }),
  );
}
