import { expect, test } from 'vitest';
import { isFailure } from '../../apimachinery/status.ts';
import type { Pod, PodSpec } from '../../apimachinery/types.ts';
import { nodeWorld, type NodeWorld } from '../node.spec-support.ts';

const SECOND = 1_000_000;

function start(image: string, restartPolicy: PodSpec['restartPolicy'] = 'Always'): NodeWorld {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  const spec: PodSpec = { restartPolicy, containers: [{ name: 'web', image }] };
  world.client.create('pods', { metadata: { name: 'web', namespace: 'default' }, spec });
  return world;
}
const setImage = ({ client }: NodeWorld, image: string): void => {
  const patch = { spec: { containers: [{ name: 'web', image }] } };
  const answer = client.patch('pods', { name: 'web', namespace: 'default' }, 'strategic', patch);
  if (isFailure(answer)) throw new Error(answer.message);
};
function get({ client }: NodeWorld): Pod {
  const answer = client.get('pods', 'web', 'default');
  if (isFailure(answer)) throw new Error(answer.message);
  return answer;
}
/** Phase, image and restarts as `kubectl get` shows them, and whether there is a former container to read logs of. */
function shown(world: NodeWorld): readonly unknown[] {
  const { phase, containerStatuses = [] } = get(world).status;
  return [
    phase,
    ...containerStatuses.flatMap(({ image, restartCount, state, lastState }) => [
      image,
      restartCount,
      Object.keys(state ?? {}),
      lastState?.terminated?.exitCode,
    ]),
  ];
}
const steps = (world: NodeWorld): readonly string[] =>
  world.events('web').map((text) => text.replace(/ in \S+ \(.*/, ''));

test.each(['Always', 'Never'] as const)('another image replaces the container, restart policy %s', (policy) => {
  const world = start('nginx:1.27', policy);
  world.advance(20 * SECOND);
  expect(shown(world)).toEqual(['Running', 'docker.io/library/nginx:1.27', 0, ['running'], undefined]);
  setImage(world, 'nginx:1.26');
  world.advance(20 * SECOND);
  expect(shown(world)).toEqual(['Running', 'docker.io/library/nginx:1.26', 1, ['running'], 0]);
  expect(steps(world)).toContain('Container web definition changed, will be restarted');
});

test('an image that changes while the first is pulled replaces it after it has started', () => {
  const world = start('nginx:1.27', 'Never');
  world.advance(2 * SECOND);
  setImage(world, 'nginx:1.26');
  // The entrypoint's shell, still the first process, does not take the image's stop signal: the grace period passes.
  world.advance(60 * SECOND);
  expect(shown(world)).toEqual(['Running', 'docker.io/library/nginx:1.26', 1, ['running'], 137]);
  expect(steps(world)).toEqual([
    'Successfully assigned default/web to worker-1',
    'Pulling image "nginx:1.27"',
    'Successfully pulled image "nginx:1.27"',
    'Container created',
    'Container started',
    'Container web definition changed, will be restarted',
    'Pulling image "nginx:1.26"',
    'Successfully pulled image "nginx:1.26"',
  ]);
});

test('a corrected image does not wait for the back-off of the wrong one', () => {
  const world = start('nginx:no-such-tag');
  world.advance(90 * SECOND);
  expect(get(world).status.containerStatuses?.[0]?.state?.waiting?.reason).toBe('ImagePullBackOff');
  setImage(world, 'nginx:1.27');
  world.advance(8 * SECOND);
  expect(shown(world)).toEqual(['Running', 'docker.io/library/nginx:1.27', 0, ['running'], undefined]);
});
