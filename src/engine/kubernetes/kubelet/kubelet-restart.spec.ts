import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import { nodeWorld } from './node.spec-support.ts';

const SECOND = 1_000_000;

test.each([0.05, 0.2, 0.5, 0.8, 1.1, 2, 4.5, 5, 5.5, 6])(
  'a kubelet that stops %d s after a pod was made brings it up when it is back',
  (seconds) => {
    const world = nodeWorld(1);
    world.advance(2 * SECOND);
    const spec = { containers: [{ name: 'web', image: 'nginx:1.27' }] };
    world.client.create('pods', { metadata: { name: 'web', namespace: 'default' }, spec });
    world.advance(seconds * SECOND);
    world.kubelets[0]?.stop();
    world.advance(20 * SECOND);
    world.kubelets[0]?.start();
    world.advance(40 * SECOND);
    const pod = world.client.get('pods', 'web', 'default');
    if (isFailure(pod)) throw new Error(pod.message);
    const { phase, podIP, containerStatuses = [] } = pod.status;
    const running = containerStatuses.map(({ state, restartCount }) => [Object.keys(state ?? {}), restartCount]);
    expect([phase, podIP !== undefined, running]).toEqual(['Running', true, [[['running'], 0]]]);
    expect(world.runtimes[0]?.sandboxes().length).toBe(1);
  },
);
