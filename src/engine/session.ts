/**
 * A sandbox that somebody uses: paces virtual time by wall time, logs every input with its place in the event order, keeps
 * log and snapshots in a store, and opens a stored sandbox again by restoring and replaying.
 */
import type {
  Input,
  LoggedInput,
  Output,
  Pace,
  SandboxIdentity,
  SnapshotEnvelope,
  WorldReader,
  WorldView,
} from '../protocol/simulation.ts';
import type { SandboxStore, StoredSandbox } from '../protocol/store.ts';
import type { Plain } from '../protocol/plain.ts';
import type { DriveHost } from './sim/drive.ts';
import { drive, settle } from './sim/drive.ts';
import { decodePlain, encodePlain } from './sim/plain-codec.ts';
import type { Simulation } from './sim/simulation.ts';
import { SnapshotSchedule } from './snapshot-schedule.ts';

export const SNAPSHOT_FORMAT = 5;
/** Longest slice of events between two looks at the outside, ms of wall time. */
const SLICE_MS = 8;
/** Behind by more than this the simulation drops the backlog: it runs slower than asked, and says so. */
const MAX_LAG_MS = 250;
/** Inputs are committed together at most so long after they came. */
const COMMIT_DELAY_MS = 50;
const PROGRESS_EVERY_MS = 1000;
/** Openings that ended badly before the input at fault is set aside. */
const MAX_ATTEMPTS = 2;

/** The world that a session drives; see sandbox.ts. */
export interface Sandbox {
  readonly simulation: Simulation;
  readonly reader: WorldReader;
  /** Builds the world of the topology and brings it up; virtual time runs until it is ready. */
  boot(host: DriveHost): Promise<void>;
  /** Applies one input, between events. */
  apply(input: Input): void;
  listen(listener: (output: Output) => void): () => void;
  view(): WorldView;
  /** Why no snapshot is possible now; empty: it is. */
  unsaveable(): readonly string[];
  snapshot(): Plain;
  restore(state: Plain): void;
}

/** What a session gets from its surroundings. */
export interface SessionEnvironment extends DriveHost {
  wallMs(): number;
  /** Calls back after so much wall time; answers how to cancel. */
  after(ms: number, callback: () => void): () => void;
  readonly store: SandboxStore;
}

export type SessionEvent =
  | { readonly type: 'saved'; readonly seq: number }
  | { readonly type: 'save-failed'; readonly message: string }
  | { readonly type: 'pace'; readonly pace: Pace; readonly lagging: boolean }
  | { readonly type: 'stopped'; readonly message: string };

export interface OpenedReport {
  readonly created: boolean;
  /** Inputs set aside at this opening. */
  readonly setAside?: { readonly seq: number; readonly message: string };
  /** The stored sandbox was made by another engine version: its log cannot be replayed, its snapshot was taken over. */
  readonly upgraded: boolean;
}

export class Session {
  #pace: Pace = { paused: false, speed: 1 };
  #seq = 0;
  #queue: Input[] = [];
  #unsaved: LoggedInput[] = [];
  #lastWallMs = 0;
  /** The last input that is known to be durable. */
  #savedSeq = 0;
  #saveFails = false;
  #commitTimer: (() => void) | undefined;
  #committing: Promise<void> = Promise.resolve();
  #progressMs = 0;
  readonly #schedule = new SnapshotSchedule();
  #running = false;
  #stopped = false;
  #steps = 0;
  #wake: (() => void) | undefined;
  readonly #listeners = new Set<(event: SessionEvent) => void>();

  private constructor(
    readonly id: string,
    readonly identity: SandboxIdentity,
    readonly sandbox: Sandbox,
    private readonly environment: SessionEnvironment,
  ) {}

  /**
   * Opens the stored sandbox of this id, or makes a new one. With `blamesLast` the engine has died again and again without a
   * new act of the person: the last one in the log is at fault, though it kills only later than what is replayed.
   */
  static async open(
    id: string,
    identity: SandboxIdentity,
    sandbox: Sandbox,
    environment: SessionEnvironment,
    blamesLast = false,
  ): Promise<{ session: Session; report: OpenedReport }> {
    const session = new Session(id, identity, sandbox, environment);
    const report = await session.#open(blamesLast);
    session.#savedSeq = session.#seq;
    return { session, report };
  }

  get pace(): Pace {
    return this.#pace;
  }
  /** The last input's number. */
  get seq(): number {
    return this.#seq;
  }

  on(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands in an input; it is applied before the next event. */
  input(input: Input): void {
    this.#queue.push(input);
    this.#schedule.acted(this.environment.wallMs());
    this.#wake?.();
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#emit({ type: 'pace', pace, lagging: false });
    this.#wake?.();
  }

  /** Runs one more event while paused. */
  step(): void {
    this.#steps += 1;
    this.#wake?.();
  }

  /** Runs until `stop` is called. */
  async run(): Promise<void> {
    this.#running = true;
    this.#lastWallMs = this.environment.wallMs();
    while (this.isRunning()) {
      const busy = await this.#slice();
      if (this.isRunning()) await this.#pause(busy);
    }
  }

  private isRunning(): boolean {
    return this.#running && !this.#stopped;
  }

  /** Commits what is unsaved and ends the run. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#wake?.();
    await this.flush();
  }

  /** Writes inputs and progress now; settles when they are durable. */
  async flush(): Promise<void> {
    this.#commitTimer?.();
    this.#commitTimer = undefined;
    this.#committing = this.#committing.then(() => this.#commit());
    await this.#committing;
  }

  /** The sandbox as a snapshot, where every program can be saved now. */
  envelope(): SnapshotEnvelope | undefined {
    if (this.sandbox.unsaveable().length > 0) return undefined;
    const { clock, loop } = this.sandbox.simulation;
    return {
      format: SNAPSHOT_FORMAT,
      identity: this.identity,
      seq: this.#seq,
      atUs: clock.nowUs,
      ran: loop.ran,
      state: encodePlain(this.sandbox.snapshot()),
    };
  }

  async #open(blamesLast: boolean): Promise<OpenedReport> {
    const { store } = this.environment;
    let stored = await store.load(this.id);
    const upgraded = stored !== undefined && stored.identity.engine !== this.identity.engine;
    if (stored === undefined || (upgraded && stored.snapshot?.format !== SNAPSHOT_FORMAT)) {
      await this.sandbox.boot(this.environment);
      await store.create({ id: this.id, identity: this.identity, log: [], attempts: 0, aside: [] });
      this.#schedule.missing(this.environment.wallMs());
      return { created: true, upgraded };
    }
    let setAside: OpenedReport['setAside'];
    const culprit = culpritOf(stored, blamesLast);
    if (culprit !== undefined) {
      const message = `input ${String(culprit)} ended the engine ${String(Math.max(stored.attempts, MAX_ATTEMPTS))} times`;
      await store.setAside(this.id, culprit, message);
      setAside = { seq: culprit, message };
      stored = (await store.load(this.id)) ?? stored;
    }
    const attempts = stored.attempts + 1;
    await store.opening(this.id, { attempts });
    await this.#replay(stored, attempts, upgraded);
    await store.opening(this.id, { attempts: 0 });
    if (upgraded) await this.#saveSnapshot();
    return { created: false, upgraded, ...(setAside === undefined ? {} : { setAside }) };
  }

  async #replay(stored: StoredSandbox, attempts: number, upgraded: boolean): Promise<void> {
    const { snapshot } = stored;
    if (snapshot === undefined) {
      await this.sandbox.boot(this.environment);
      // Before the first act, so that the next opening need not boot, whatever the acts do.
      await this.#saveSnapshot();
    } else {
      this.sandbox.restore(decodePlain(snapshot.state));
      await settle(this.sandbox.simulation, this.environment);
      this.#seq = snapshot.seq;
    }
    // Another engine may order events differently: then only what the snapshot holds is taken over.
    if (upgraded) return;
    const begin = this.environment.wallMs();
    for (const entry of stored.log) {
      if (entry.seq <= this.#seq) continue;
      if (attempts > 1) await this.environment.store.opening(this.id, { attempts, replaying: entry.seq });
      await this.#advanceTo(entry.ran, entry.atUs);
      this.sandbox.apply(entry.input);
      this.#seq = entry.seq;
    }
    if (stored.progress !== undefined) await this.#advanceTo(stored.progress.ran, stored.progress.atUs);
    this.#schedule.worked(this.environment.wallMs() - begin);
  }

  async #advanceTo(ran: number, atUs: number): Promise<void> {
    const { simulation } = this.sandbox;
    await drive(simulation, this.environment, { untilRan: ran });
    if (simulation.clock.nowUs < atUs) simulation.clock.advanceTo(atUs);
  }

  /** One slice; answers whether more is due at once. */
  async #slice(): Promise<boolean> {
    const { simulation } = this.sandbox;
    const begin = this.environment.wallMs();
    try {
      this.#applyQueue();
      const stepping = this.#pace.paused && this.#steps > 0;
      if (stepping) {
        this.#steps -= 1;
        await drive(simulation, this.environment, { untilRan: simulation.loop.ran + 1 });
      }
      const elapsedMs = this.#pace.paused ? 0 : Math.min(begin - this.#lastWallMs, MAX_LAG_MS);
      this.#lastWallMs = begin;
      if (this.#pace.paused) {
        await settle(simulation, this.environment);
        return this.#queue.length > 0 || this.#steps > 0;
      }
      const untilUs = simulation.clock.nowUs + Math.round(elapsedMs * 1000 * this.#pace.speed);
      const stop = (): boolean => this.#queue.length > 0 || this.environment.wallMs() - begin > SLICE_MS;
      const end = await drive(simulation, this.environment, { untilUs, stop });
      if (end !== 'stopped' && simulation.clock.nowUs < untilUs) simulation.clock.advanceTo(untilUs);
      this.#schedule.worked(this.environment.wallMs() - begin);
      this.#noteProgress();
      return end === 'stopped';
    } catch (error) {
      this.#stopped = true;
      this.#emit({ type: 'stopped', message: messageOf(error) });
      return false;
    }
  }

  #applyQueue(): void {
    const { clock, loop } = this.sandbox.simulation;
    const inputs = this.#queue;
    this.#queue = [];
    for (const input of inputs) {
      this.#seq += 1;
      this.#unsaved.push({ seq: this.#seq, atUs: clock.nowUs, ran: loop.ran, input });
      this.sandbox.apply(input);
    }
    if (inputs.length > 0) this.#commitSoon();
  }

  #noteProgress(): void {
    const now = this.environment.wallMs();
    if (this.#queue.length === 0 && this.#schedule.isDue(now)) void this.#saveSnapshot();
    else if (now - this.#progressMs > PROGRESS_EVERY_MS) {
      this.#progressMs = now;
      this.#commitSoon();
    }
  }

  #commitSoon(delayMs = COMMIT_DELAY_MS): void {
    this.#commitTimer ??= this.environment.after(delayMs, () => {
      this.#commitTimer = undefined;
      this.#committing = this.#committing.then(() => this.#commit());
    });
  }

  async #commit(): Promise<void> {
    const inputs = this.#unsaved;
    this.#unsaved = [];
    const { clock, loop } = this.sandbox.simulation;
    const last = inputs.at(-1);
    try {
      await this.environment.store.append(this.id, inputs, { atUs: clock.nowUs, ran: loop.ran });
      if (last !== undefined || this.#saveFails) this.#noteSaved(last?.seq);
    } catch (error) {
      this.#unsaved = [...inputs, ...this.#unsaved];
      this.#noteFailure(error);
    }
  }

  #noteSaved(seq = this.#savedSeq): void {
    this.#saveFails = false;
    this.#savedSeq = seq;
    this.#emit({ type: 'saved', seq });
  }

  /** Tried again by itself: a world that stands still has no progress to save. */
  #noteFailure(error: unknown): void {
    this.#saveFails = true;
    this.#emit({ type: 'save-failed', message: messageOf(error) });
    if (this.isRunning()) this.#commitSoon(PROGRESS_EVERY_MS);
  }

  async #saveSnapshot(): Promise<void> {
    const begin = this.environment.wallMs();
    const envelope = this.envelope();
    const now = this.environment.wallMs();
    if (envelope === undefined) {
      this.#schedule.refused(now);
      return;
    }
    this.#schedule.taken(now, now - begin);
    // Inputs inside the snapshot need no log line any more.
    const inside = this.#unsaved;
    this.#unsaved = [];
    const write = async (): Promise<void> => {
      try {
        await this.environment.store.snapshot(this.id, envelope);
        this.#noteSaved(envelope.seq);
      } catch (error) {
        this.#unsaved = [...inside, ...this.#unsaved];
        this.#noteFailure(error);
      }
    };
    this.#committing = this.#committing.then(write);
    await this.#committing;
  }

  /** Gives the outside a turn: at once when there is more to do, else until the next event is due or an input comes. */
  async #pause(busy: boolean): Promise<void> {
    if (busy || this.#queue.length > 0) return this.environment.macrotask();
    const dueUs = this.sandbox.simulation.loop.nextDueUs();
    const waitMs =
      this.#pace.paused || dueUs === undefined
        ? 100
        : (dueUs - this.sandbox.simulation.clock.nowUs) / 1000 / this.#pace.speed;
    await new Promise<void>((resolve) => {
      const cancel = this.environment.after(Math.max(1, Math.min(waitMs, 50)), resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #emit(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The browser's own errors, such as a full disk's, may have a name and no message. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** The input that kills the engine, as far as it is known: which one was replayed at two deaths, or the person's last act. */
function culpritOf({ attempts, replaying, log }: StoredSandbox, blamesLast: boolean): number | undefined {
  if (attempts >= MAX_ATTEMPTS && replaying !== undefined) return replaying;
  return blamesLast ? log.findLast(({ input }) => input.type !== 'terminal.resize')?.seq : undefined;
}
