/** What somebody did at a page comes back from the log alone, and from a snapshot with what came after it. */
import { expect, test } from 'vitest';
import { topologyOf } from '../../engine/assembly/topologies.ts';
import type { DrydockSandbox } from '../../engine/sandbox.ts';
import { createSandbox } from '../../engine/sandbox.ts';
import { Session } from '../../engine/session.ts';
import { MemoryStore } from '../../persistence/memory-store.ts';
import type { Input, LoggedInput, SandboxIdentity } from '../../protocol/simulation.ts';
import { programs } from '../../terminal/program-table.ts';
import { macrotask } from '../macrotask.ts';
import { stumbling } from './stumbling.spec-support.ts';

const IDENTITY: SandboxIdentity = { topology: 'kubeadm-3', seed: 3, engine: 'test' };

/** Keeps every input, also those that a snapshot made needless. */
class KeepingStore extends MemoryStore {
  readonly inputs: LoggedInput[] = [];
  override append(...[id, inputs, progress]: Parameters<MemoryStore['append']>): Promise<void> {
    this.inputs.push(...inputs);
    return super.append(id, inputs, progress);
  }
}

function world(): DrydockSandbox {
  const topology = topologyOf(IDENTITY.topology);
  if (topology === undefined) throw new Error('kubeadm-3 is gone');
  return createSandbox({ topology, seed: IDENTITY.seed, programs });
}

const typed = (terminal: string, text: string): Input => ({ type: 'terminal.type', terminal, text });
const TYPED: readonly Input[] = [
  { type: 'terminal.open', terminal: 'a', host: 'control-plane', size: { columns: 80, rows: 24 } },
  { type: 'terminal.open', terminal: 'b', host: 'control-plane', size: { columns: 100, rows: 30 } },
  typed('b', 'kubectl get pods -w\r'),
  ...'kubectl create deployment web --image=nginx --replicas=2\r'.split('').map((key) => typed('a', key)),
  typed('a', 'while true; do kubectl get pods | tail -n 1; sleep 1; done\r'),
  { type: 'terminal.resize', terminal: 'b', size: { columns: 60, rows: 20 } },
  typed('a', '\x03'),
  typed('a', 'kubectl delete deployment web\r'),
];

test.for([1, 2])('a session with seed %s is opened again', async (seed) => {
  const store = new KeepingStore();
  const live = world();
  const { session } = await Session.open('s', IDENTITY, live, stumbling(seed, store));
  // Slow enough for snapshots to fall in between.
  session.setPace({ paused: false, speed: 0.4 });
  const running = session.run();
  for (const input of TYPED) {
    for (let turns = (seed * 31 + TYPED.indexOf(input) * 17) % 90; turns >= 0; turns -= 1) await macrotask();
    session.input(input);
  }
  const untilUs = live.simulation.clock.nowUs + 20_000_000;
  while (live.simulation.clock.nowUs < untilUs) await macrotask();
  await session.stop();
  await running;
  await session.flush();
  const expected = live.fingerprint();
  const stored = await store.load('s');
  if (stored === undefined) throw new Error('nothing was stored');

  const again = world();
  await Session.open('s', IDENTITY, again, stumbling(seed + 10, store));
  expect(again.fingerprint()).toEqual(expected);

  const { snapshot: _, ...bare } = stored;
  const alone = new MemoryStore();
  await alone.create({ ...bare, log: store.inputs });
  const replayed = world();
  await Session.open('s', IDENTITY, replayed, stumbling(seed + 20, alone));
  expect(replayed.fingerprint()).toEqual(expected);
});
