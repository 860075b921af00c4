import { expect, test } from 'vitest';
import type { Pod } from '../../apimachinery/types.ts';
import { nodeWorld } from '../node.spec-support.ts';

const SECOND = 1_000_000;

const shown = ({ spec, status }: Pod): string => {
  const state = Object.keys(status.containerStatuses?.[0]?.state ?? {}).join();
  return [spec.nodeName ?? 'no node', status.phase, status.podIP ?? 'no address', state].filter(Boolean).join(', ');
};

test('a pod is reported when its sync begins and when it runs, not while its image is pulled', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  const versions: string[] = [];
  const informers = world.informers('observer');
  informers.informer('pods').addHandler(({ object }) => versions.push(shown(object)));
  informers.start();
  world.client.create('pods', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
  });
  world.advance(30 * SECOND);
  expect(versions).toEqual([
    'no node, Pending, no address',
    'worker-1, Pending, no address',
    'worker-1, Pending, no address, waiting',
    'worker-1, Running, 10.244.1.2, running',
  ]);
});
