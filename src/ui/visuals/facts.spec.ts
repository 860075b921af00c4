import { expect, test } from 'vitest';
import type { ContainerView, NodeView, PodView, WorldView } from '../../protocol/simulation.ts';
import { en } from '../i18n/en.ts';
import type { Selection } from '../state/app-state.svelte.ts';
import { type Fact, factsOf } from './facts.ts';

const container: ContainerView = {
  name: 'box',
  image: 'busybox',
  state: 'waiting',
  reason: 'CrashLoopBackOff',
  ready: false,
  restarts: 2,
};
const pod: PodView = {
  uid: 'u',
  namespace: 'default',
  name: 'crash',
  node: 'worker-1',
  ip: '10.244.1.2',
  status: 'CrashLoopBackOff',
  shape: 'failing',
  ready: false,
  labels: { app: 'crash' },
  owner: '',
  containers: [container],
  message: 'back-off 20s restarting failed container=box',
};
const node: NodeView = {
  name: 'worker-1',
  ip: '192.168.56.11',
  roles: [],
  ready: true,
  message: '',
  schedulable: true,
  taints: [],
  cpuMillis: { allocatable: 2000, requested: 100 },
  memoryBytes: { allocatable: 4 * 1024 ** 3, requested: 50 * 1024 ** 2 },
  pods: { allocatable: 110, count: 3 },
};
const viewOf = (some: Partial<WorldView>): WorldView => ({
  nowMs: 0,
  ran: 0,
  hosts: [],
  nodes: [],
  pods: [],
  services: [],
  workloads: [],
  ...some,
});
const podSelection: Selection = { kind: 'pod', namespace: 'default', name: 'crash', of: '' };
const nodeSelection: Selection = { kind: 'node', namespace: '', name: 'worker-1', of: '' };
const important = (facts: readonly Fact[] | undefined): readonly string[] =>
  (facts ?? []).filter((fact) => fact.important === true).map(({ value }) => value);

test.for<{ given: string; view: WorldView; selection: Selection; expected: readonly string[] }>([
  {
    given: 'a container that ended with an error before',
    view: viewOf({ pods: [{ ...pod, containers: [{ ...container, last: { exitCode: 3, reason: 'Error' } }] }] }),
    selection: podSelection,
    expected: ['back-off 20s restarting failed container=box', 'box: last exit code: 3 (Error)'],
  },
  {
    given: 'a container that has not ended before',
    view: viewOf({ pods: [{ ...pod, message: '' }] }),
    selection: podSelection,
    expected: [],
  },
  {
    given: 'a node whose kubelet is silent',
    view: viewOf({ nodes: [{ ...node, ready: false, message: 'Kubelet stopped posting node status.' }] }),
    selection: nodeSelection,
    expected: ['NotReady', 'Kubelet stopped posting node status.'],
  },
  { given: 'a node that is ready', view: viewOf({ nodes: [node] }), selection: nodeSelection, expected: [] },
])('what stands out of the facts of $given', ({ view, selection, expected }) => {
  expect(important(factsOf(view, selection, en))).toEqual(expected);
});
