/** When a session should take a snapshot. All times are ms of wall time. */

/** Work that was done since the snapshot is done again when the sandbox is opened: no more than this. */
const MAX_REPLAY_MS = 250;
/** Where taking one takes long itself, so many times its cost is worked in between. */
const WORK_PER_COST = 4;
/** Another engine version takes over the snapshot alone, so it is never older. */
const MAX_AGE_MS = 20_000;
/** Nobody types into it: it holds the simulation up for longer than a key's echo may take… */
const QUIET_MS = 500;
/** The first one waits for longer: there is little to do again, and what the first act does is to be seen before it is kept. */
const FIRST_QUIET_MS = 3000;
/** …but whoever never stops typing is saved as well. */
const PATIENCE_MS = 20_000;
/** A program that cannot be saved now often can a moment later. */
const RETRY_MS = 1000;

export class SnapshotSchedule {
  #workMs = 0;
  #costMs = 0;
  #takenMs = 0;
  #actedMs = -Infinity;
  #refusedMs = -Infinity;
  #dueSinceMs: number | undefined;
  #quietMs = QUIET_MS;

  /** There is none yet: one is due when whoever waits for the sandbox has what they came for. */
  missing(nowMs: number): void {
    this.#workMs = Infinity;
    this.#actedMs = nowMs;
    this.#quietMs = FIRST_QUIET_MS;
  }

  /** The simulation has run for so long. */
  worked(ms: number): void {
    this.#workMs += ms;
  }

  /** Somebody did something. */
  acted(nowMs: number): void {
    this.#actedMs = nowMs;
  }

  taken(nowMs: number, costMs: number): void {
    this.#takenMs = nowMs;
    this.#costMs = costMs;
    this.#workMs = 0;
    this.#dueSinceMs = undefined;
    this.#quietMs = QUIET_MS;
  }

  /** It could not be taken. */
  refused(nowMs: number): void {
    this.#refusedMs = nowMs;
  }

  isDue(nowMs: number): boolean {
    const wanted =
      nowMs - this.#takenMs > MAX_AGE_MS || this.#workMs > Math.max(MAX_REPLAY_MS, WORK_PER_COST * this.#costMs);
    if (!wanted || nowMs - this.#refusedMs < RETRY_MS) return false;
    this.#dueSinceMs ??= nowMs;
    return nowMs - this.#actedMs > this.#quietMs || nowMs - this.#dueSinceMs > PATIENCE_MS;
  }
}
