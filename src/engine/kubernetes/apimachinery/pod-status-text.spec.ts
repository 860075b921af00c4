import { expect, test } from 'vitest';
import { podSummary } from './pod-status-text.ts';
import type { ContainerStatus, Pod, PodStatus } from './types.ts';

const pod = (status: PodStatus, deletionTimestamp?: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'p',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-03-02T00:00:00Z',
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
  },
  spec: { containers: [{ name: 'c', image: 'i' }], initContainers: [{ name: 'i', image: 'i' }] },
  status,
});
const container = (part: Partial<ContainerStatus>): ContainerStatus => ({
  name: 'c',
  ready: false,
  restartCount: 0,
  image: 'i',
  imageID: '',
  ...part,
});
const ran = '2026-03-02T00:00:10Z';

test.for<[string, Pod, string, number, number]>([
  ['not yet scheduled', pod({ phase: 'Pending' }), 'Pending', 0, 0],
  [
    'its init container waiting',
    pod({
      phase: 'Pending',
      initContainerStatuses: [container({ name: 'i', state: { waiting: { reason: 'PodInitializing' } } })],
    }),
    'Init:0/1',
    0,
    0,
  ],
  [
    'its init container failing',
    pod({
      phase: 'Pending',
      initContainerStatuses: [
        container({ name: 'i', restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } } }),
      ],
    }),
    'Init:CrashLoopBackOff',
    0,
    2,
  ],
  [
    'being created',
    pod({ phase: 'Pending', containerStatuses: [container({ state: { waiting: { reason: 'ContainerCreating' } } })] }),
    'ContainerCreating',
    0,
    0,
  ],
  [
    'running',
    pod({ phase: 'Running', containerStatuses: [container({ ready: true, state: { running: { startedAt: ran } } })] }),
    'Running',
    1,
    0,
  ],
  [
    'crashing',
    pod({
      phase: 'Running',
      containerStatuses: [
        container({
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1, finishedAt: ran } },
        }),
      ],
    }),
    'CrashLoopBackOff',
    0,
    3,
  ],
  [
    'done',
    pod({
      phase: 'Succeeded',
      containerStatuses: [container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } })],
    }),
    'Completed',
    0,
    0,
  ],
  [
    'killed by a signal',
    pod({ phase: 'Failed', containerStatuses: [container({ state: { terminated: { exitCode: 137, signal: 9 } } })] }),
    'Signal:9',
    0,
    0,
  ],
  ['evicted', pod({ phase: 'Failed', reason: 'Evicted' }), 'Evicted', 0, 0],
  [
    'leaving',
    pod(
      { phase: 'Running', containerStatuses: [container({ ready: true, state: { running: { startedAt: ran } } })] },
      ran,
    ),
    'Terminating',
    1,
    0,
  ],
])('a pod %s shows %s', ([, object, reason, ready, restarts]) => {
  const summary = podSummary(object);
  expect([summary.reason, summary.ready, summary.restarts]).toEqual([reason, ready, restarts]);
});
