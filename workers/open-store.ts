import { IndexedDbStore } from '../src/persistence/indexed-db-store.ts';
import { MemoryStore } from '../src/persistence/memory-store.ts';
import type { OpenResult } from '../src/protocol/page.ts';
import type { SandboxStore } from '../src/protocol/store.ts';

/** The browser's database; where it is refused, memory, with the reason. */
export async function openStore(): Promise<{ readonly store: SandboxStore; readonly storage: OpenResult['storage'] }> {
  try {
    return { store: await IndexedDbStore.open(), storage: 'indexeddb' };
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    return { store: new MemoryStore(), storage: { refused } };
  }
}
