import { expect, test } from 'vitest';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { ControllerLoop } from '../client/controller-loop.ts';
import { ClientEventRecorder } from '../client/event-recorder.ts';
import { type ApiOnly, apiOnly } from './api-only.spec-support.ts';

/** A world with an informer and a controller that labels config maps. */
function labelled(): ApiOnly & { readonly seen: string[]; save(): string; load(text: string): void } {
  const world = apiOnly();
  const { simulation, client, store, server } = world;
  const informers = world.informers();
  const maps = informers.informer('configmaps');
  const loop = new ControllerLoop({ simulation, target: 'labeller', ready: () => informers.synced });
  simulation.loop.register('labeller', loop);
  const recorder = new ClientEventRecorder({ simulation, client, component: 'labeller' });
  const seen: string[] = [];
  maps.addHandler((event) => {
    if (event.type !== 'deleted') loop.add(event.key);
  });
  loop.run({
    name: 'labeller',
    reconcile: (key) => {
      const map = maps.get(key);
      if (map === undefined || map.metadata.labels !== undefined) return undefined;
      seen.push(`${String(simulation.clock.nowUs)} ${key}`);
      client.patch('configmaps', map.metadata, 'merge', { metadata: { labels: { seen: 'true' } } });
      recorder.event(map, 'Normal', 'Labelled', 'Labelled it');
      return { requeueAfterUs: 1_000_000 };
    },
  });
  informers.start();
  const parts = {
    loop: simulation.loop,
    random: simulation.random,
    trace: simulation.trace,
    store,
    server,
    informers,
    controller: loop,
    recorder,
  };
  return {
    ...world,
    seen,
    save: () => encodePlain(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.snapshot()]))),
    load: (text) => {
      const saved = decodePlain(text) as { [name: string]: Plain };
      for (const [name, part] of Object.entries(parts)) part.restore(saved[name]);
    },
  };
}

test('a restored world goes on as the one it was saved from', () => {
  const first = labelled();
  const create = (world: ApiOnly, name: string): unknown =>
    world.client.create('configmaps', { metadata: { name, namespace: 'default' } });
  create(first, 'a');
  first.advance(20_000);
  create(first, 'b');
  const text = first.save();
  const second = labelled();
  second.load(text);
  for (const world of [first, second]) {
    world.advance(10_000);
    create(world, 'c');
    world.advance(2_000_000);
  }
  expect(second.seen).toEqual(first.seen.slice(1));
  expect(second.store.revision).toBe(first.store.revision);
  expect(encodePlain(second.store.snapshot())).toBe(encodePlain(first.store.snapshot()));
  expect(second.simulation.trace.hash).toBe(first.simulation.trace.hash);
});
