/**
 * Sandboxes in IndexedDB. Three object stores: `sandboxes` (small facts), `snapshots` (one envelope each) and `log` (inputs by
 * sandbox and seq). Durability is relaxed on purpose only for the progress mark's sake: a group is acknowledged when its
 * transaction has completed, so what `append` settled for survives the death of the tab.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { LoggedInput, SandboxIdentity, SnapshotEnvelope } from '../protocol/simulation.ts';
import type { Progress, SandboxStore, SetAside, StoredSandbox } from '../protocol/store.ts';

const DATABASE = 'drydock';
const DATABASE_VERSION = 1;

interface Facts {
  readonly id: string;
  readonly identity: SandboxIdentity;
  readonly progress?: Progress;
  readonly attempts: number;
  readonly replaying?: number;
  readonly aside: readonly SetAside[];
}

interface Schema extends DBSchema {
  sandboxes: { key: string; value: Facts };
  snapshots: { key: string; value: SnapshotEnvelope };
  log: { key: [string, number]; value: LoggedInput };
}

const logOf = (id: string, fromSeq = 0): IDBKeyRange => IDBKeyRange.bound([id, fromSeq], [id, Infinity]);

export class IndexedDbStore implements SandboxStore {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Opens the database. Rejects where storage is refused (private mode, policy) or another tab blocks an upgrade. */
  static async open(name = DATABASE, onBlocked?: () => void): Promise<IndexedDbStore> {
    const database = await openDB<Schema>(name, DATABASE_VERSION, {
      upgrade(db) {
        db.createObjectStore('sandboxes', { keyPath: 'id' });
        db.createObjectStore('snapshots');
        db.createObjectStore('log');
      },
      ...(onBlocked === undefined ? {} : { blocked: onBlocked }),
    });
    return new IndexedDbStore(database);
  }

  close(): void {
    this.database.close();
  }

  async load(id: string): Promise<StoredSandbox | undefined> {
    const tx = this.database.transaction(['sandboxes', 'snapshots', 'log'], 'readonly');
    const [facts, snapshot, log] = await Promise.all([
      tx.objectStore('sandboxes').get(id),
      tx.objectStore('snapshots').get(id),
      tx.objectStore('log').getAll(logOf(id)),
    ]);
    await tx.done;
    if (facts === undefined) return undefined;
    return { ...facts, log, ...(snapshot === undefined ? {} : { snapshot }) };
  }

  async list(): Promise<readonly { readonly id: string; readonly identity: SandboxIdentity }[]> {
    return (await this.database.getAll('sandboxes')).map(({ id, identity }) => ({ id, identity }));
  }

  async create({ snapshot, log, ...facts }: StoredSandbox): Promise<void> {
    const tx = this.database.transaction(['sandboxes', 'snapshots', 'log'], 'readwrite');
    const logStore = tx.objectStore('log');
    await Promise.all([
      logStore.delete(logOf(facts.id)),
      tx.objectStore('snapshots').delete(facts.id),
      tx.objectStore('sandboxes').put(facts),
      ...(snapshot === undefined ? [] : [tx.objectStore('snapshots').put(snapshot, facts.id)]),
      ...log.map((entry) => logStore.put(entry, [facts.id, entry.seq])),
      tx.done,
    ]);
  }

  async append(id: string, inputs: readonly LoggedInput[], progress: Progress): Promise<void> {
    const tx = this.database.transaction(['sandboxes', 'log'], 'readwrite');
    const facts = await tx.objectStore('sandboxes').get(id);
    if (facts === undefined) {
      tx.abort();
      await tx.done.catch(() => undefined);
      throw new Error(`no sandbox ${id}`);
    }
    const logStore = tx.objectStore('log');
    await Promise.all([
      tx.objectStore('sandboxes').put({ ...facts, progress }),
      ...inputs.map((entry) => logStore.put(entry, [id, entry.seq])),
      tx.done,
    ]);
  }

  async snapshot(id: string, envelope: SnapshotEnvelope): Promise<void> {
    const tx = this.database.transaction(['snapshots', 'log'], 'readwrite');
    await Promise.all([
      tx.objectStore('snapshots').put(envelope, id),
      tx.objectStore('log').delete(IDBKeyRange.bound([id, 0], [id, envelope.seq])),
      tx.done,
    ]);
  }

  async opening(id: string, state: { readonly attempts: number; readonly replaying?: number }): Promise<void> {
    const tx = this.database.transaction('sandboxes', 'readwrite');
    const facts = await tx.store.get(id);
    if (facts !== undefined) {
      const { replaying: _old, ...rest } = facts;
      await tx.store.put({ ...rest, ...state });
    }
    await tx.done;
  }

  async setAside(id: string, fromSeq: number, message: string): Promise<void> {
    const tx = this.database.transaction(['sandboxes', 'log'], 'readwrite');
    const facts = await tx.objectStore('sandboxes').get(id);
    const inputs = await tx.objectStore('log').getAll(logOf(id, fromSeq));
    if (facts !== undefined) {
      const { progress: _progress, replaying: _replaying, ...rest } = facts;
      await tx.objectStore('sandboxes').put({ ...rest, attempts: 0, aside: [...facts.aside, { inputs, message }] });
    }
    await tx.objectStore('log').delete(logOf(id, fromSeq));
    await tx.done;
  }

  async remove(id: string): Promise<void> {
    const tx = this.database.transaction(['sandboxes', 'snapshots', 'log'], 'readwrite');
    await Promise.all([
      tx.objectStore('sandboxes').delete(id),
      tx.objectStore('snapshots').delete(id),
      tx.objectStore('log').delete(logOf(id)),
      tx.done,
    ]);
  }
}
