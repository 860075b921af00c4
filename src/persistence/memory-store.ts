/** The in-memory twin of the IndexedDB store, for Node and for pages whose storage is refused. */
import type { LoggedInput, SandboxIdentity, SnapshotEnvelope } from '../protocol/simulation.ts';
import type { Progress, SandboxStore, SetAside, StoredSandbox } from '../protocol/store.ts';

export class MemoryStore implements SandboxStore {
  readonly #sandboxes = new Map<string, StoredSandbox>();

  load(id: string): Promise<StoredSandbox | undefined> {
    return Promise.resolve(this.#sandboxes.get(id));
  }

  list(): Promise<readonly { readonly id: string; readonly identity: SandboxIdentity }[]> {
    return Promise.resolve([...this.#sandboxes.values()].map(({ id, identity }) => ({ id, identity })));
  }

  create(sandbox: StoredSandbox): Promise<void> {
    this.#sandboxes.set(sandbox.id, sandbox);
    return Promise.resolve();
  }

  append(id: string, inputs: readonly LoggedInput[], progress: Progress): Promise<void> {
    return this.#change(id, (sandbox) => ({ ...sandbox, log: [...sandbox.log, ...inputs], progress }));
  }

  snapshot(id: string, envelope: SnapshotEnvelope): Promise<void> {
    return this.#change(id, (sandbox) => ({
      ...sandbox,
      snapshot: envelope,
      log: sandbox.log.filter(({ seq }) => seq > envelope.seq),
    }));
  }

  opening(id: string, state: { readonly attempts: number; readonly replaying?: number }): Promise<void> {
    return this.#change(id, ({ replaying: _old, ...sandbox }) => ({ ...sandbox, ...state }));
  }

  setAside(id: string, fromSeq: number, message: string): Promise<void> {
    return this.#change(id, (sandbox) => {
      const [inputs, log] = split(sandbox.log, fromSeq);
      const aside: SetAside = { inputs, message };
      const { progress: _progress, replaying: _replaying, ...rest } = sandbox;
      return { ...rest, log, attempts: 0, aside: [...sandbox.aside, aside] };
    });
  }

  remove(id: string): Promise<void> {
    this.#sandboxes.delete(id);
    return Promise.resolve();
  }

  #change(id: string, next: (sandbox: StoredSandbox) => StoredSandbox): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    if (sandbox === undefined) return Promise.reject(new Error(`no sandbox ${id}`));
    this.#sandboxes.set(id, next(sandbox));
    return Promise.resolve();
  }
}

function split(log: readonly LoggedInput[], fromSeq: number): [readonly LoggedInput[], readonly LoggedInput[]] {
  return [log.filter(({ seq }) => seq >= fromSeq), log.filter(({ seq }) => seq < fromSeq)];
}
