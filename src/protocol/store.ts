/** Where sandboxes are kept: IndexedDB in the page, memory under Node. Every method is one atomic transaction. */
import type { LoggedInput, SandboxIdentity, SnapshotEnvelope } from './simulation.ts';

/** How far a sandbox had come when it last wrote: replay goes at least to here. */
export interface Progress {
  readonly atUs: number;
  readonly ran: number;
}

export interface StoredSandbox {
  readonly id: string;
  readonly identity: SandboxIdentity;
  readonly snapshot?: SnapshotEnvelope;
  /** Inputs after the snapshot, by seq, without gaps. */
  readonly log: readonly LoggedInput[];
  readonly progress?: Progress;
  /** Openings in a row that did not come to their end; 0 after a good one. */
  readonly attempts: number;
  /** The input that was being replayed when a watched opening ended. */
  readonly replaying?: number;
  readonly aside: readonly SetAside[];
}

/** An input that killed the engine twice; it and what came after it are kept for the report only. */
export interface SetAside {
  readonly inputs: readonly LoggedInput[];
  readonly message: string;
}

export interface SandboxStore {
  load(id: string): Promise<StoredSandbox | undefined>;
  list(): Promise<readonly { readonly id: string; readonly identity: SandboxIdentity }[]>;
  /** Makes or replaces a sandbox as a whole (new, reset, import). */
  create(sandbox: StoredSandbox): Promise<void>;
  /** Adds inputs and moves the progress mark; all or nothing. */
  append(id: string, inputs: readonly LoggedInput[], progress: Progress): Promise<void>;
  /** Puts a snapshot and drops the inputs that it holds. */
  snapshot(id: string, envelope: SnapshotEnvelope): Promise<void>;
  /** Says that an opening begins (`attempts` + 1), which input it replays, or that it came to its end (0). */
  opening(id: string, state: { readonly attempts: number; readonly replaying?: number }): Promise<void>;
  /** Takes an input and all after it out of the log. */
  setAside(id: string, fromSeq: number, message: string): Promise<void>;
  remove(id: string): Promise<void>;
}
