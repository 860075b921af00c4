import type { WorldView } from '../../protocol/simulation.ts';
import type { Dictionary } from '../i18n/en.ts';
import type { Selection } from '../state/app-state.svelte.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly important?: boolean;
}

/** The kind of a selection as kubectl takes it. */
export const resourceOf = ({ kind, of }: Selection): string => (kind === 'workload' ? of.toLowerCase() : kind);

/** What the view itself says about a selection; undefined where it no longer exists. */
export function factsOf(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  switch (selection.kind) {
    case 'pod':
      return podFacts(view, selection, t);
    case 'node':
      return nodeFacts(view, selection, t);
    case 'service':
      return serviceFacts(view, selection, t);
    case 'workload':
      return workloadFacts(view, selection, t);
    case 'container':
      return containerFacts(view, selection, t);
  }
}

const named = <T extends { readonly name: string; readonly namespace: string }>(
  all: readonly T[],
  wanted: Selection,
): T | undefined => all.find(({ name, namespace }) => name === wanted.name && namespace === wanted.namespace);
const pairs = (map: Readonly<Record<string, string>>, none: string): string =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ') || none;

function podFacts(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  const pod = named(view.pods, selection);
  if (pod === undefined) return undefined;
  const c = t.picture.columns;
  return [
    { name: c.status, value: pod.status },
    ...(pod.message === '' ? [] : [{ name: t.details.why, value: pod.message, important: true }]),
    ...pod.containers.flatMap(({ name, last }) =>
      last === undefined
        ? []
        : [
            {
              name: '',
              value: `${name}: ${t.details.lastExit(last.exitCode, last.reason)}`,
              important: last.exitCode !== 0,
            },
          ],
    ),
    { name: c.namespace, value: pod.namespace },
    { name: c.node, value: pod.node === '' ? t.details.none : pod.node },
    { name: c.ip, value: pod.ip === '' ? t.details.none : pod.ip },
    { name: t.details.ownerOf, value: pod.owner === '' ? t.details.none : pod.owner },
    { name: t.details.labels, value: pairs(pod.labels, t.details.none) },
    ...pod.containers.map(({ name, image, state, reason, restarts }) => ({
      name,
      value: `${image}: ${state}${reason === '' ? '' : ` (${reason})`}, ${c.restarts.toLowerCase()} ${String(restarts)}`,
    })),
  ];
}

function nodeFacts(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  const node = view.nodes.find(({ name }) => name === selection.name);
  if (node === undefined) return undefined;
  const c = t.picture.columns;
  const share = ({ requested, allocatable }: { requested: number; allocatable: number }): number =>
    allocatable === 0 ? 0 : Math.round((requested / allocatable) * 100);
  return [
    { name: c.status, value: node.ready ? 'Ready' : 'NotReady', important: !node.ready },
    ...(node.message === '' ? [] : [{ name: t.details.why, value: node.message, important: true }]),
    ...(node.schedulable ? [] : [{ name: '', value: 'SchedulingDisabled', important: true }]),
    { name: t.details.roles, value: node.roles.join(', ') || t.details.none },
    { name: c.ip, value: node.ip },
    { name: t.details.taints, value: node.taints.join(', ') || t.details.none },
    {
      name: t.picture.cpu,
      value: t.picture.requested(
        `${String(node.cpuMillis.requested)}m / ${String(node.cpuMillis.allocatable)}m`,
        share(node.cpuMillis),
      ),
    },
    {
      name: t.picture.memory,
      value: t.picture.requested(
        `${mebibytes(node.memoryBytes.requested)} / ${mebibytes(node.memoryBytes.allocatable)}`,
        share(node.memoryBytes),
      ),
    },
    { name: c.pods, value: `${String(node.pods.count)} / ${String(node.pods.allocatable)}` },
  ];
}

const mebibytes = (bytes: number): string => `${String(Math.round(bytes / 1024 / 1024))} MiB`;

function serviceFacts(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  const service = named(view.services, selection);
  if (service === undefined) return undefined;
  const c = t.picture.columns;
  const nameOf = (uid: string): string => view.pods.find((pod) => pod.uid === uid)?.name ?? '';
  return [
    { name: c.type, value: service.type },
    { name: c.namespace, value: service.namespace },
    { name: c.ip, value: service.clusterIp },
    { name: c.ports, value: service.ports.join(', ') || t.details.none },
    { name: t.details.selector, value: pairs(service.selector, t.details.none) },
    ...(service.endpoints.length === 0 ? [{ name: c.endpoints, value: t.details.none, important: true }] : []),
    ...service.endpoints.map(({ pod, ip, ready }) => ({
      name: c.endpoints,
      value: `${ip} ${nameOf(pod)}${ready ? '' : ' (NotReady)'}`,
    })),
  ];
}

function workloadFacts(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  const workload = view.workloads.find(
    ({ kind, name, namespace }) =>
      kind === selection.of && name === selection.name && namespace === selection.namespace,
  );
  if (workload === undefined) return undefined;
  const c = t.picture.columns;
  return [
    { name: c.kind, value: workload.kind },
    { name: c.namespace, value: workload.namespace },
    { name: c.ready, value: `${String(workload.ready)}/${String(workload.desired)}` },
  ];
}

function containerFacts(view: WorldView, selection: Selection, t: Dictionary): readonly Fact[] | undefined {
  const host = view.hosts.find(({ name }) => name === selection.of);
  const container = host?.containers.find(({ name }) => name === selection.name);
  if (container === undefined) return undefined;
  const c = t.picture.columns;
  return [
    { name: c.status, value: container.status },
    { name: c.image, value: container.image },
    { name: c.host, value: selection.of },
    { name: 'ID', value: container.id },
  ];
}
