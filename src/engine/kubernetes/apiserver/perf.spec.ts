import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import type { Draft, Pod, PodTemplateSpec } from '../apimachinery/types.ts';
import { apiOnly } from './api-only.spec-support.ts';

const template: PodTemplateSpec = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'nginx',
        image: 'nginx:1.27',
        ports: [{ containerPort: 80 }],
        resources: { requests: { cpu: '100m', memory: '64Mi' } },
      },
    ],
  },
};

test('a pod of a shared template is created in little time and lists are shared objects', () => {
  const { client } = apiOnly();
  const set = client.create('replicasets.apps', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
  });
  if (isFailure(set)) throw new Error(set.message);
  const draft: Draft<Pod> = {
    metadata: { generateName: 'web-', namespace: 'default', labels: { app: 'web' } },
    spec: set.spec.template.spec,
  };
  const batch = 200;
  const batches = Array.from({ length: 6 }, () => {
    const before = performance.now();
    for (let i = 0; i < batch; i += 1) client.create('pods', draft);
    return ((performance.now() - before) / batch) * 1000;
  });
  const perPodUs = Math.min(...batches);
  const listed = performance.now();
  const list = client.list('pods', { namespace: 'default' });
  const listMs = performance.now() - listed;
  const bindings = performance.now();
  if (isFailure(list)) throw new Error(list.message);
  for (const pod of list.items) client.bind({ namespace: 'default', name: pod.metadata.name }, 'worker-1');
  const bindUs = ((performance.now() - bindings) / list.items.length) * 1000;
  // The machine may be busy with other work, hence the best of six, and room above the goals of 150 µs and 5 ms.
  expect(perPodUs).toBeLessThan(1000);
  expect(listMs).toBeLessThan(50);
  expect(bindUs).toBeLessThan(1000);
});
