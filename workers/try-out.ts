/** Opens a stored sandbox without keeping it, so that a file that cannot be opened never takes the place of one that can. */
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { DrydockSandbox } from '../src/engine/drydock-sandbox.ts';
import { loadParts } from '../src/engine/sandbox-parts.ts';
import { Session } from '../src/engine/session.ts';
import { MemoryStore } from '../src/persistence/memory-store.ts';
import type { StoredSandbox } from '../src/protocol/store.ts';
import { programs } from '../src/terminal/program-table.ts';
import { engineVersion } from 'virtual:engine-version';
import { outside } from './guard-globals.ts';

/** Why it cannot be opened; undefined if it can. */
export async function tryOut(stored: StoredSandbox): Promise<string | undefined> {
  const topology = topologyOf(stored.identity.topology);
  if (topology === undefined) return `its topology ${stored.identity.topology} is unknown here`;
  const store = new MemoryStore();
  await store.create(stored);
  try {
    const parts = await loadParts(topology);
    await parts.imagePrograms.loadAll();
    const sandbox = new DrydockSandbox({ topology, seed: stored.identity.seed, programs, parts });
    const identity = { ...stored.identity, engine: engineVersion };
    const { report } = await Session.open(stored.id, identity, sandbox, { ...outside, store });
    return report.created ? 'it was saved by a version of Drydock whose state cannot be taken over' : undefined;
  } catch {
    return 'what it holds is damaged';
  }
}
