import type { SessionEnvironment } from '../../engine/session.ts';
import { MemoryStore } from '../../persistence/memory-store.ts';
import type { SandboxStore } from '../../protocol/store.ts';
import { macrotask } from '../macrotask.ts';

/** Time passes in uneven steps, hops take one to three turns; what differs from run to run of a page. */
export function stumbling(seed: number, store: SandboxStore = new MemoryStore()): SessionEnvironment {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
  let wallMs = 0;
  return {
    wallMs: () => (wallMs += below(40) / 10),
    after: (ms, callback) => {
      let cancelled = false;
      void macrotask().then(() => {
        wallMs += ms + below(20);
        if (!cancelled) callback();
      });
      return () => {
        cancelled = true;
      };
    },
    macrotask: async () => {
      for (let turns = below(3); turns >= 0; turns -= 1) await macrotask();
    },
    store,
  };
}
