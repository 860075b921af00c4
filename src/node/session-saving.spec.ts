import { expect, test } from 'vitest';
import { Session, type SessionEvent } from '../engine/session.ts';
import { MemoryStore } from '../persistence/memory-store.ts';
import { IDENTITY, Surroundings, ToyWorld, type } from './toy-session.spec-support.ts';

class FullStore extends MemoryStore {
  full = false;
  override append(...given: Parameters<MemoryStore['append']>): Promise<void> {
    return this.full ? Promise.reject(new Error('full')) : super.append(...given);
  }
  override snapshot(...given: Parameters<MemoryStore['snapshot']>): Promise<void> {
    return this.full ? Promise.reject(new Error('full')) : super.snapshot(...given);
  }
}

test.for([
  { given: 'something was typed meanwhile', paused: false, typed: 'b', last: 2 },
  { given: 'nothing was typed meanwhile', paused: false, typed: undefined, last: 1 },
  { given: 'the world stands still', paused: true, typed: 'b', last: 2 },
])('a store that has room again is said to save: $given', async ({ paused, typed, last }) => {
  const store = new FullStore();
  const surroundings = new Surroundings(store);
  const { session } = await Session.open('box', IDENTITY, new ToyWorld(), surroundings);
  const events: SessionEvent[] = [];
  session.on((event) => {
    if (event.type !== 'pace') events.push(event);
  });
  void session.run();
  session.setPace({ paused, speed: 1 });
  session.input(type('a'));
  await surroundings.pass(2000);
  store.full = true;
  if (typed !== undefined) session.input(type(typed));
  await surroundings.pass(4000);
  expect(events.at(-1)).toEqual({ type: 'save-failed', message: 'full' });
  store.full = false;
  await surroundings.pass(2000);
  expect(events.findLast(({ type: kind }) => kind === 'save-failed' || kind === 'saved')).toEqual({
    type: 'saved',
    seq: last,
  });
  expect((await store.load('box'))?.log.at(-1)?.seq ?? last).toBe(last);
  surroundings.dead = true;
});
