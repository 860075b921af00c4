import { expect, test } from 'vitest';
import type { Found } from '../../protocol/page.ts';
import type { JsonObject } from '../../protocol/plain.ts';
import type { WorldReader } from '../../protocol/simulation.ts';
import type { Check, Step } from '../interface.ts';
import { matches } from './history.ts';
import { judge, valueAt } from './judge.ts';
import { StepChecker } from './step-checker.ts';

const service: JsonObject = {
  metadata: {
    name: 'web',
    labels: { 'app.kubernetes.io/name': 'web' },
    uid: '0f0c6b1e-5d5a-4c8e-9a58-6b2f1f0d9c11',
    resourceVersion: '1042',
  },
  spec: { selector: { app: 'wed' }, ports: [{ port: 80, targetPort: 8080 }] },
};
const pods: JsonObject[] = ['a', 'b'].map((name) => ({
  metadata: { name, labels: { app: 'web' } },
  status: { phase: name === 'a' ? 'Running' : 'Pending' },
}));
const reader: WorldReader = {
  object: (resource, _namespace, name) => (resource === 'service' && name === 'web' ? service : undefined),
  objects: (resource) => (resource === 'pods' ? pods : [service]),
  file: (host, path) =>
    host === 'worker-1' && path === '/etc/docker/daemon.json'
      ? '{"exec-opts":["native.cgroupdriver=systemd"]}'
      : undefined,
  container: (_host, name) => (name === 'web' ? { State: { Status: 'running' } } : undefined),
  nowMs: () => 0,
};
const step = (checks: readonly Check[], more: Partial<Step> = {}): Step => ({
  id: 's',
  picture: 'cluster',
  checks,
  never: [],
  feedback: [],
  hints: [],
  ...more,
});
const noAct = (): Promise<never> => Promise.reject(new Error('no acting check expected'));

test.for<{ given: string; check: Check; passed: boolean; found: Found }>([
  {
    given: 'a field that fits',
    check: {
      type: 'object',
      resource: 'service',
      namespace: 'default',
      name: 'web',
      path: 'spec.ports[0].targetPort',
      judge: { is: 8080 },
    },
    passed: true,
    found: { kind: 'value', text: '8080' },
  },
  {
    given: 'a field that does not',
    check: {
      type: 'object',
      resource: 'service',
      namespace: 'default',
      name: 'web',
      path: 'spec.selector.app',
      judge: { is: 'web' },
    },
    passed: false,
    found: { kind: 'value', text: 'wed' },
  },
  {
    given: 'an object that is missing',
    check: { type: 'object', resource: 'service', namespace: 'default', name: 'db', path: '', judge: { exists: true } },
    passed: false,
    found: { kind: 'nothing' },
  },
  {
    given: 'a label with dots',
    check: {
      type: 'object',
      resource: 'service',
      namespace: 'default',
      name: 'web',
      path: 'metadata.labels["app.kubernetes.io/name"]',
      judge: { is: 'web' },
    },
    passed: true,
    found: { kind: 'value', text: 'web' },
  },
  {
    given: 'a count with a condition',
    check: {
      type: 'count',
      resource: 'pods',
      namespace: 'default',
      selector: 'app=web',
      path: 'status.phase',
      where: { is: 'Running' },
      judge: { atLeast: 2 },
    },
    passed: false,
    found: { kind: 'count', count: 1 },
  },
  {
    given: 'a count of items in a list of theirs',
    check: {
      type: 'count',
      resource: 'services',
      namespace: 'default',
      selector: '',
      each: 'spec.ports',
      path: 'port',
      where: { is: 80 },
      judge: { is: 1 },
    },
    passed: true,
    found: { kind: 'count', count: 1 },
  },
  {
    given: 'an object that should be gone',
    check: {
      type: 'object',
      resource: 'service',
      namespace: 'default',
      name: 'web',
      path: '',
      judge: { exists: false },
    },
    passed: false,
    found: { kind: 'object' },
  },
  {
    given: 'a JSON file',
    check: {
      type: 'file',
      host: 'worker-1',
      path: '/etc/docker/daemon.json',
      json: 'exec-opts',
      judge: { contains: 'native.cgroupdriver=systemd' },
    },
    passed: true,
    found: { kind: 'value', text: '["native.cgroupdriver=systemd"]' },
  },
  {
    given: 'a container',
    check: {
      type: 'container',
      host: 'docker-1',
      name: 'web',
      path: 'State.Status',
      judge: { in: ['running', 'paused'] },
    },
    passed: true,
    found: { kind: 'value', text: 'running' },
  },
])('given $given, passed is $passed', async ({ check, passed, found }) => {
  const report = await new StepChecker({ host: 'h' }, step([check]), reader, noAct).check({});
  expect(report).toEqual({ step: 's', passed, checks: [{ of: 'check', at: 0, passed, found }] });
});

test('a history has to come in order, and what must never happen is remembered', async () => {
  const checker = new StepChecker(
    { host: 'h' },
    step(
      [
        {
          type: 'history',
          events: [{ type: 'container.started' }, { type: 'container.removed', subject: 'container/*' }],
        },
      ],
      { never: [{ type: 'pvc.deleted' }] },
    ),
    reader,
    noAct,
  );
  const observe = (type: string, subject: string, number: number): void => {
    checker.observe({ number, atUs: 0, source: 'x', type, subject });
  };
  observe('container.removed', 'container/a', 1);
  observe('container.started', 'container/a', 2);
  expect((await checker.check({})).checks.map(({ passed, found }) => [passed, found])).toEqual([
    [false, { kind: 'events', met: 1 }],
    [true, { kind: 'events', met: 0 }],
  ]);
  observe('container.removed', 'container/a', 3);
  observe('pvc.deleted', 'pvc/data', 4);
  expect((await checker.check({})).checks.map(({ passed, found }) => [passed, found])).toEqual([
    [true, { kind: 'events', met: 2 }],
    [false, { kind: 'events', met: 1 }],
  ]);
});

test('a wrong answer is recognised by the first feedback that fits', async () => {
  const wrongSelector: Check = {
    type: 'object',
    resource: 'service',
    namespace: 'default',
    name: 'web',
    path: 'spec.selector.app',
    judge: { not: 'web' },
  };
  const checker = new StepChecker(
    { host: 'control-plane' },
    step([{ type: 'http', from: 'pod/client', to: 'http://web', status: 200 }], {
      ask: { key: 'why', options: ['a', 'b'], answer: 'b', first: false },
      feedback: [
        { when: { type: 'answer', key: 'why', judge: { is: 'a' } }, say: 'fb.guess' },
        { when: wrongSelector, say: 'fb.selector' },
      ],
    }),
    reader,
    (host, argv) => Promise.resolve({ code: 7, stdout: '000', stderr: `${host} ${argv.slice(0, 3).join(' ')}` }),
  );
  const guessed = await checker.check({ why: 'a' });
  const tried = await checker.check({ why: 'b' });
  expect([guessed.feedback, tried.feedback, tried.checks[1]?.found]).toEqual([
    'fb.guess',
    'fb.selector',
    { kind: 'no-answer', exit: 7, words: 'control-plane kubectl exec client' },
  ]);
});

test.for([
  [{ type: 'pod.bound', subject: 'pod/default/web-*' }, true],
  [{ type: 'pod.bound', subject: 'pod/*/web-1' }, true],
  [{ type: 'pod.bound', subject: 'pod/*/db' }, false],
  [{ type: 'pod.bound', data: { node: 'worker-*' } }, true],
  [{ type: 'pod.bound', data: { node: 'worker-2' } }, false],
] as const)('pattern %j fits: %s', ([pattern, fits]) => {
  expect(
    matches(
      { number: 1, atUs: 0, source: 's', type: 'pod.bound', subject: 'pod/default/web-1', data: { node: 'worker-1' } },
      pattern,
    ),
  ).toBe(fits);
});

test('values and judgements', () => {
  expect(valueAt({ a: [{ b: 1 }] }, 'a[0].b')).toBe(1);
  expect(valueAt({ a: 1 }, 'a.b.c')).toBeUndefined();
  expect([judge({ a: 1 }, { is: { a: 1 } }), judge(undefined, { exists: false }), judge('x', { atLeast: 1 })]).toEqual([
    true,
    true,
    false,
  ]);
});
