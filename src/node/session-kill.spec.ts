import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Session } from '../engine/session.ts';
import type { Input } from '../protocol/simulation.ts';
import type { SandboxStore } from '../protocol/store.ts';
import { IndexedDbStore } from '../persistence/indexed-db-store.ts';
import { IDENTITY, POISON, Surroundings, ToyWorld, turns, type } from './toy-session.spec-support.ts';

const open: IndexedDbStore[] = [];
let databases = 0;
async function freshStore(): Promise<{ store: IndexedDbStore; name: string }> {
  databases += 1;
  const name = `drydock-test-${String(databases)}`;
  const store = await IndexedDbStore.open(name);
  open.push(store);
  return { store, name };
}
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

async function life(
  store: SandboxStore,
  steps: readonly number[],
  texts: readonly string[],
  settled = false,
): Promise<{ saved: number; typed: readonly string[] }> {
  const world = new ToyWorld();
  const surroundings = new Surroundings(store);
  const { session } = await Session.open('box', IDENTITY, world, surroundings);
  let saved = 0;
  session.on((event) => {
    if (event.type === 'saved' && !surroundings.dead) saved = Math.max(saved, event.seq);
  });
  void session.run();
  const left = [...texts];
  for (const ms of steps) {
    const text = left.shift();
    if (text !== undefined) session.input(type(text));
    await surroundings.pass(ms);
  }
  if (settled) await turns(30);
  // Otherwise dead in the middle of whatever is under way.
  surroundings.dead = true;
  return { saved, typed: world.typed };
}

test('whatever saved(seq) had reported is there after any sequence of deaths', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (lives) => {
        const { store } = await freshStore();
        let known: readonly string[] = [];
        let acknowledged = 0;
        for (const [number, steps] of lives.entries()) {
          const { saved, typed } = await life(
            store,
            steps,
            steps.map((_, i) => `k${String(number)}-${String(i)}`),
          );
          // What earlier lives had been told is saved comes first, in its order; the rest of theirs may be lost.
          expect(typed.slice(0, acknowledged)).toEqual(known.slice(0, acknowledged));
          acknowledged = Math.max(acknowledged, saved);
          known = typed;
          const stored = await store.load('box');
          const seqs = stored?.log.map(({ seq }) => seq) ?? [];
          const from = (stored?.snapshot?.seq ?? 0) + 1;
          expect(seqs).toEqual(seqs.map((_, i) => from + i));
          expect((stored?.snapshot?.seq ?? 0) + seqs.length).toBeGreaterThanOrEqual(acknowledged);
        }
      },
    ),
    { numRuns: 1000 },
  );
}, 120_000);

test('an input that kills the engine is set aside after two tries, and what came before it is there', async () => {
  const { store } = await freshStore();
  await life(store, [100, 100], ['a', 'b'], true);
  await store.append(
    'box',
    [
      { seq: 3, atUs: 300_000, ran: 300, input: type(POISON) },
      { seq: 4, atUs: 300_000, ran: 300, input: type('c') },
    ],
    { atUs: 300_000, ran: 300 },
  );
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await expect(Session.open('box', IDENTITY, new ToyWorld(), new Surroundings(store))).rejects.toThrow(
      'the engine died',
    );
  }
  const world = new ToyWorld();
  const { report } = await Session.open('box', IDENTITY, world, new Surroundings(store));
  expect([report.setAside, world.typed.map((text) => text.split('@')[0])]).toEqual([
    { seq: 3, message: 'input 3 ended the engine 2 times' },
    ['a', 'b'],
  ]);
  expect((await store.load('box'))?.aside[0]?.inputs.map(({ seq }) => seq)).toEqual([3, 4]);
});

test('the last act is set aside where the engine is said to die of it later', async () => {
  const { store } = await freshStore();
  await life(store, [100, 100], ['a', 'b'], true);
  const resize: Input = { type: 'terminal.resize', terminal: 't', size: { columns: 80, rows: 24 } };
  await store.append(
    'box',
    [
      { seq: 3, atUs: 300_000, ran: 300, input: type('c') },
      { seq: 4, atUs: 300_000, ran: 300, input: resize },
    ],
    { atUs: 300_000, ran: 300 },
  );
  const world = new ToyWorld();
  const { report } = await Session.open('box', IDENTITY, world, new Surroundings(store), true);
  expect([report.setAside, world.typed.map((text) => text.split('@')[0])]).toEqual([
    { seq: 3, message: 'input 3 ended the engine 2 times' },
    ['a', 'b'],
  ]);
});

test('another engine version takes over the snapshot and begins a new log', async () => {
  const { store } = await freshStore();
  // Long enough for a snapshot.
  await life(store, [100, 5000], ['a', 'b'], true);
  const { report } = await Session.open('box', { ...IDENTITY, engine: 'b' }, new ToyWorld(), new Surroundings(store));
  expect(report).toEqual({ created: false, upgraded: true });
});
