/**
 * What a program's system calls answered since its last checkpoint. A restored program runs again from there; calls are
 * answered from the journal, without effects, until it runs dry.
 */
import { failed, type Result } from '../../../../protocol/errno.ts';
import { LateMap } from '../../../sim/late-map.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { JOURNAL_BYTES, JOURNAL_ENTRIES } from '../cost.ts';

export interface SavedJournal {
  /** Absent: the program starts at its beginning. */
  readonly checkpoint: { readonly state: Plain } | undefined;
  /** The checkpoint is the state that a fork gave: resuming from it was journaled like all that followed. */
  readonly forked?: true;
  readonly base: number;
  readonly answers: readonly (readonly [call: string, value: Plain])[];
  readonly settled: readonly (readonly [number: number, call: string, value: Plain])[];
}

export class Journal {
  checkpoint: { readonly state: Plain } | undefined;
  #forked = false;
  /** A restored program finds its way back to its checkpoint: it may ask, and nothing is paid or journaled. */
  #returning = false;
  #answers: (readonly [string, Plain])[] = [];
  #settled = new LateMap<number, readonly [string, Plain]>();
  /** Number of the first waiting call after the checkpoint. */
  #base = 0;
  #nextCall = 0;
  #bytes = 0;
  #overflow = false;
  #replayAt = 0;
  #replayLeft = 0;
  #lazy: { readonly at: number; readonly base: number; readonly state: () => Plain } | undefined;

  constructor(saved?: SavedJournal) {
    if (saved === undefined) return;
    this.checkpoint = saved.checkpoint;
    this.#base = this.#nextCall = saved.base;
    this.#answers = [...saved.answers];
    this.#settled = new LateMap(saved.settled.map(([number, call, value]) => [number, [call, value] as const]));
    this.#replayLeft = this.#answers.length + this.#settled.size;
    this.#forked = saved.forked === true;
    this.#returning = saved.checkpoint !== undefined && !this.#forked;
  }

  /** The journal of a forked child. */
  static forked(state: Plain): Journal {
    const journal = new Journal();
    journal.checkpoint = { state };
    journal.#forked = true;
    return journal;
  }

  get replaying(): boolean {
    return this.#replayLeft > 0;
  }

  get returning(): boolean {
    return this.#returning;
  }

  /** Over its bound: the process cannot be saved until its next checkpoint. */
  get overflown(): boolean {
    return this.#overflow;
  }

  mark(state: Plain): void {
    if (this.#arrive() || this.replaying) return;
    this.checkpoint = { state };
    this.#forked = false;
    this.#clear();
  }

  markLazily(state: () => Plain): void {
    this.#arrive();
    const at = this.#progress();
    if (!this.replaying && this.#answers.length + this.#settled.size > JOURNAL_ENTRIES / 4) {
      this.mark(state());
      return;
    }
    this.#lazy = { at, base: this.#nextCall, state };
  }

  /** Adds what a call answered at once. */
  add(call: string, value: Plain): void {
    if (this.#overflow) return;
    this.#answers.push([call, value]);
    this.#grow(value);
  }

  /** Number of the next call that may wait. */
  issue(): number {
    this.#arrive();
    this.#nextCall += 1;
    return this.#nextCall - 1;
  }

  settle(number: number, call: string, value: Result<Plain>): void {
    if (this.#overflow) return;
    const answer: Plain = failed(value) ? { errno: value.errno } : value;
    this.#settled.set(number, [call, answer]);
    this.#grow(answer);
  }

  /** In replay: what this call answered then. */
  replay(call: string): Plain {
    const entry = this.#answers[this.#replayAt];
    if (entry === undefined || entry[0] !== call)
      throw new Error(`a restored program asks ${call} where it had asked ${entry?.[0] ?? 'nothing'}`);
    this.#replayAt += 1;
    this.#replayLeft -= 1;
    return entry[1];
  }

  /** In replay: whether the next answer is there. A call that answers at once may come after the journal's last. */
  hasAnswer(): boolean {
    return this.#replayAt < this.#answers.length && this.replaying;
  }

  replaySettled(number: number, call: string): readonly [value: Plain] | undefined {
    const entry = this.#settled.get(number);
    if (entry === undefined || this.#replayLeft === 0) return undefined;
    if (entry[0] !== call) throw new Error(`a restored program waits in ${call} where it had waited in ${entry[0]}`);
    this.#replayLeft -= 1;
    return [entry[1]];
  }

  save(): SavedJournal {
    if (this.#lazy !== undefined && this.#lazy.at === this.#answers.length + this.#settled.size) {
      return { checkpoint: { state: this.#lazy.state() }, base: this.#lazy.base, answers: [], settled: [] };
    }
    return {
      checkpoint: this.checkpoint,
      ...(this.#forked ? { forked: true as const } : {}),
      base: this.#base,
      answers: [...this.#answers],
      settled: [...this.#settled].map(([number, [call, value]]) => [number, call, value] as const),
    };
  }

  /** The program stands where its checkpoint was; true where it had been on its way there. */
  #arrive(): boolean {
    const was = this.#returning;
    this.#returning = false;
    return was;
  }

  #progress(): number {
    return this.#answers.length + this.#settled.size - this.#replayLeft;
  }

  #clear(): void {
    this.#answers = [];
    this.#settled.clear();
    this.#base = this.#nextCall;
    this.#bytes = 0;
    this.#overflow = false;
    this.#replayAt = 0;
    this.#lazy = undefined;
  }

  #grow(value: Plain): void {
    this.#bytes += value instanceof Uint8Array ? value.length : typeof value === 'string' ? value.length : 32;
    if (this.#answers.length + this.#settled.size <= JOURNAL_ENTRIES && this.#bytes <= JOURNAL_BYTES) return;
    this.#answers = [];
    this.#settled.clear();
    this.#overflow = true;
  }
}
