import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import type { Draft, Pod, PodTemplateSpec } from '../apimachinery/types.ts';
import { apiOnly } from './api-only.spec-support.ts';

const template: PodTemplateSpec = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', ports: [{ containerPort: 80 }], resources: { requests: { cpu: '100m', memory: '64Mi' } } }] },
};

test('a pod of a shared template is created in little time and lists are shared objects', () => {
  const { client, simulation } = apiOnly();
  const set = client.create('replicasets.apps', { metadata: { name: 'web', namespace: 'default' }, spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template } });
  if (isFailure(set)) throw new Error(set.message);
  const draft: Draft<Pod> = { metadata: { generateName: 'web-', namespace: 'default', labels: { app: 'web' } }, spec: set.spec.template.spec };
  for (let i = 0; i < 300; i += 1) client.create('pods', draft);
  const count = 1000;
  const before = performance.now();
  for (let i = 0; i < count; i += 1) client.create('pods', draft);
  const perPodUs = ((performance.now() - before) / count) * 1000;
  const listed = performance.now();
  const list = client.list('pods', { namespace: 'default' });
  const listMs = performance.now() - listed;
  const bindings = performance.now();
  if (isFailure(list)) throw new Error(list.message);
  for (const pod of list.items) client.bind({ namespace: 'default', name: pod.metadata.name }, 'worker-1');
  const bindUs = ((performance.now() - bindings) / list.items.length) * 1000;
  console.log({ perPodUs, listMs, bindUs, pending: simulation.loop.pending });
  expect(perPodUs).toBeLessThan(300);
  expect(listMs).toBeLessThan(10);
});
