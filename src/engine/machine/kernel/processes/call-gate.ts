import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { COST } from '../cost.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive, type CallArguments, type ProcessRecord } from './process-record.ts';

/**
 * Every system call goes through here: answered from the journal in replay, refused after death, paid for and journaled
 * otherwise. Answers of the journal have the type that the call gave them when it was made.
 */
export class CallGate {
  readonly #generation: number;
  constructor(
    readonly kernel: HostKernel,
    readonly record: ProcessRecord,
  ) {
    this.#generation = record.generation;
  }

  /** This program is still the process's program. */
  get live(): boolean {
    return this.record.generation === this.#generation && isAlive(this.record);
  }

  /** A call that answers at once and can fail. */
  call<T>(name: string, act: () => Result<T>, costUs: number = COST.syscall): Result<T> {
    if (!this.live) return fail('ESRCH');
    const { journal } = this.record;
    if (journal.returning) return this.#free(act);
    if (journal.hasAnswer()) return journal.replay(name) as Result<T>;
    this.kernel.resting?.();
    this.record.debtUs += costUs;
    this.kernel.caller = this.record.pid;
    const value = act();
    journal.add(name, value as Plain);
    return value;
  }

  /** A call that cannot fail; after death it still answers, from what the process was. */
  ask<T>(name: string, act: () => T): T {
    if (!this.live) return act();
    const { journal } = this.record;
    if (journal.returning) return this.#free(act);
    if (journal.hasAnswer()) return journal.replay(name) as T;
    this.kernel.resting?.();
    this.record.debtUs += COST.syscall;
    this.kernel.caller = this.record.pid;
    const value = act();
    journal.add(name, value as Plain);
    return value;
  }

  #free<T>(act: () => T): T {
    const { debtUs } = this.record;
    this.kernel.caller = this.record.pid;
    const value = act();
    this.record.debtUs = debtUs;
    return value;
  }

  /** A call that may wait; never settles after death. */
  wait<T>(name: string, args: CallArguments, costUs: number = COST.syscall): Promise<T> {
    if (!this.live) return new Promise(() => undefined);
    return this.kernel.runner.begin(this.record, name, args, costUs) as Promise<T>;
  }
}
