/** Runs programs of the asynchronous kind: starts them, lets their calls wait and settles them, one per event. */
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { fail } from '../../../../protocol/errno.ts';
import type { Program } from '../../../../protocol/program.ts';
import { isFrozen } from '../cgroups/cgroup-tree.ts';
import { COST, DEBT_QUANTUM_US } from '../cost.ts';
import type { HostKernel } from '../host-kernel.ts';
import { ProcessContext } from './process-context.ts';
import {
  BLOCKED,
  isAlive,
  type CallArguments,
  type CallValue,
  type PendingCall,
  type ProcessRecord,
} from './process-record.ts';

export class ProgramRunner {
  constructor(private readonly kernel: HostKernel) {}

  // ---- CPU time

  /** CPU time used, half of it in the kernel for calls; programs' own work is user time. */
  charge(pid: number, us: number): void {
    const record = this.kernel.records.get(pid);
    if (record === undefined) return;
    const system = record.busy === 'start' || record.busy === 'exit' ? us : us * 0.3;
    record.systemUs += system;
    record.userUs += us - system;
    record.cgroup.systemUs += system;
    record.cgroup.userUs += us - system;
  }

  /** What a dying process has not spent is accounted without waiting. */
  payDebt(record: ProcessRecord): void {
    this.charge(record.pid, record.debtUs);
    record.debtUs = 0;
  }

  #spend(record: ProcessRecord, busy: NonNullable<ProcessRecord['busy']>, us: number): void {
    record.busy = busy;
    if (record.stopped || isFrozen(record.cgroup)) record.suspendedUs += us;
    else this.kernel.cpu.add(record.pid, us, record.cgroup, record.nice);
  }

  cpuDone(pid: number): void {
    const record = this.kernel.records.get(pid);
    if (record === undefined || !isAlive(record)) return;
    const { busy } = record;
    record.busy = undefined;
    if (busy === 'start') this.start(pid);
    else if (busy === 'exit') this.exitNow(pid, record.ending ?? 0);
    else if (busy === 'burn') this.kernel.reactive.burnt(record);
    else this.#paid(record);
  }

  /** What was owed is spent: the first of the calls that waited for it is tried, the others after it, one per event. */
  #paid(record: ProcessRecord): void {
    const [first, next] = [...record.pending.values()].filter(({ stage }) => stage === 'cost');
    if (first === undefined) return;
    first.stage = 'wait';
    if (next !== undefined) this.#spend(record, 'call', 1);
    this.#try(record, first);
  }

  // ---- programs

  /** The event `proc.start`, or the end of exec's cost. */
  start(pid: number): void {
    const record = this.kernel.records.get(pid);
    if (record === undefined || !isAlive(record) || record.running) return;
    if (record.stopped || isFrozen(record.cgroup)) {
      this.#spend(record, 'start', 1);
      return;
    }
    record.running = true;
    if (record.kind.type === 'reactive') this.kernel.reactive.start(record);
    else if (record.kind.type === 'program') this.launch(record);
  }

  /** Calls the program; also after a restore, when the journal answers. */
  launch(record: ProcessRecord): void {
    if (record.kind.type !== 'program') return;
    const { hop } = this.kernel.simulation;
    const entry = this.kernel.options.programs.get(record.kind.program);
    hop.request(() => {
      this.#lookAfter(record);
    });
    if (typeof entry === 'function') {
      const { generation } = record;
      record.holds += 1;
      void hop.hold(
        entry().then((program) => {
          record.holds -= 1;
          if (record.generation === generation && isAlive(record)) this.#run(record, program);
        }),
      );
    } else this.#run(record, entry ?? notSimulated(record.kind.program));
  }

  #run(record: ProcessRecord, program: Program): void {
    const { generation } = record;
    const context = new ProcessContext(this.kernel, record);
    const { checkpoint } = record.journal;
    const promise =
      checkpoint === undefined
        ? program.run(context)
        : program.resume === undefined
          ? Promise.resolve(126)
          : program.resume(context, checkpoint.state);
    void promise.then(
      (code) => {
        if (record.generation === generation) this.ended(record, code & 255);
      },
      (error: unknown) => {
        if (record.generation !== generation) return;
        this.kernel.trace('process.crashed', record, {
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
        this.kernel.descriptors.writeNow(
          record,
          2,
          encodeUtf8(`drydock: ${record.name} crashed: ${error instanceof Error ? error.message : String(error)}\n`),
        );
        this.ended(record, 134);
      },
    );
  }

  ended(record: ProcessRecord, code: number): void {
    if (!isAlive(record) || record.ending !== undefined) return;
    record.ending = code;
    record.debtUs += COST.exit;
    const { debtUs } = record;
    if (debtUs < DEBT_QUANTUM_US)
      this.kernel.simulation.loop.schedule(debtUs, this.kernel.target, 'proc.exit', { pid: record.pid, code });
    else {
      record.debtUs = 0;
      this.#spend(record, 'exit', debtUs);
    }
  }

  exitNow(pid: number, code: number): void {
    const record = this.kernel.records.get(pid);
    if (record !== undefined && isAlive(record)) this.kernel.lifecycle.die(record, { pid, type: 'exited', code });
  }

  // ---- calls that may wait

  /** Begins a call; answers at once where it can and little CPU time is owed. */
  begin(record: ProcessRecord, name: string, args: CallArguments, costUs: number): Promise<CallValue> {
    const number = record.journal.issue();
    if (!isAlive(record)) return new Promise(() => undefined);
    const replayed = record.journal.replaySettled(number, name);
    if (replayed !== undefined) return Promise.resolve(replayed[0]);
    const restored = record.pending.get(number);
    if (restored !== undefined) {
      if (restored.name !== name)
        throw new Error(`a restored program waits in ${name} where it had waited in ${restored.name}`);
      return new Promise((resolve) => {
        restored.resolve = resolve;
      });
    }
    this.kernel.resting?.();
    record.debtUs += costUs;
    const pending: PendingCall = {
      number,
      name,
      args,
      stage: 'wait',
      timer: undefined,
      progress: {},
      deferred: false,
      resolve: undefined,
    };
    record.pending.set(number, pending);
    const burn = name === 'cpu' ? Number(args['us']) : 0;
    if (record.debtUs + burn >= DEBT_QUANTUM_US || burn > 0) {
      const owed = record.debtUs + burn;
      record.debtUs = 0;
      pending.stage = 'cost';
      this.#spend(record, 'call', owed);
    } else {
      const outcome = this.kernel.attempt(record, pending);
      if (outcome !== BLOCKED) {
        record.pending.delete(number);
        if (pending.timer !== undefined) this.kernel.simulation.loop.cancel(pending.timer);
        record.journal.settle(number, name, outcome);
        return isAlive(record) ? Promise.resolve(outcome) : new Promise(() => undefined);
      }
    }
    return new Promise((resolve) => {
      pending.resolve = resolve;
    });
  }

  /** The event `proc.ready`: what a call waited for may be there. */
  ready(pid: number, call: number, outcome: CallArguments): void {
    const record = this.kernel.records.get(pid);
    const pending = record?.pending.get(call);
    if (record === undefined || pending === undefined || pending.stage === 'cost') return;
    const { pid: _pid, call: _call, ...members } = outcome;
    if (Object.keys(members).length > 0) pending.progress = { ...pending.progress, ...members };
    if (record.stopped || isFrozen(record.cgroup)) {
      pending.deferred = true;
      return;
    }
    this.#try(record, pending);
  }

  timedOut(pid: number, call: number): void {
    const record = this.kernel.records.get(pid);
    const pending = record?.pending.get(call);
    if (record === undefined || pending === undefined) return;
    pending.timer = undefined;
    pending.progress = { ...pending.progress, timedOut: true };
    if (record.stopped || isFrozen(record.cgroup)) pending.deferred = true;
    else this.#try(record, pending);
  }

  #try(record: ProcessRecord, pending: PendingCall): void {
    const outcome = pending.name === 'cpu' ? undefined : this.kernel.attempt(record, pending);
    if (!isAlive(record) || !record.pending.has(pending.number)) return;
    if (outcome !== BLOCKED) this.#settle(record, pending, outcome);
    else if (record.caught.length > 0 && record.ending === undefined) this.#settle(record, pending, fail('EINTR'));
  }

  #settle(record: ProcessRecord, pending: PendingCall, value: CallValue): void {
    record.pending.delete(pending.number);
    if (pending.timer !== undefined) this.kernel.simulation.loop.cancel(pending.timer);
    this.kernel.descriptors.forgetWait(record, pending);
    record.journal.settle(pending.number, pending.name, value);
    this.kernel.simulation.hop.request(() => {
      this.#lookAfter(record);
    });
    // A promise's own resolve function takes the call's value, whatever its type is.
    const resolve: ((value: never) => void) | undefined = pending.resolve;
    resolve?.(value as never);
  }

  /** A program that has had its turn waits for something, or it is wrong: nothing in the world would ever wake it. */
  #lookAfter(record: ProcessRecord): void {
    if (isStuck(record)) this.kernel.trace('process.stuck', record, { name: record.name });
  }
}

/** Running, and waiting for neither a system call nor a hold: virtual time cannot bring it on. */
export function isStuck(record: ProcessRecord): boolean {
  return (
    isAlive(record) &&
    record.kind.type === 'program' &&
    record.running &&
    record.holds === 0 &&
    record.ending === undefined &&
    record.pending.size === 0
  );
}

/** Stands in for an executable whose program is not in the table. */
function notSimulated(id: string): Program {
  return {
    name: id,
    run: async (process) => {
      await process.write(2, encodeUtf8(`drydock: '${id}' is not simulated\n`));
      return 127;
    },
    resume: () => Promise.resolve(127),
  };
}
