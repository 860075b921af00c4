/**
 * The simulator's own bound on processes. A host of 8 GiB holds 63,432 tasks; here each is a promise and a journal in one
 * page's memory, so a simulated host holds fewer. A fork beyond it gets EAGAIN, as from pids.max. Who keeps forking against
 * it is a fork bomb, whose members nobody could name one by one: its process group is killed, and is told why.
 */
import { fail, type SysFailure } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { LateMap } from '../../../sim/late-map.ts';
import { announceBound } from '../announce-bound.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive, type ProcessRecord } from './process-record.ts';

const PROCESSES_BOUND = 2048;
/** Refused forks of one process group: a shell that tries again after seconds never comes near. */
const REFUSED_FORKS_BOUND = 1000;

export class ForkBound {
  /** Refused forks by process group, since the host was last half empty. */
  readonly #refused = new LateMap<number, number>();

  constructor(private readonly kernel: HostKernel) {}

  /** Whether one more process may be born. */
  hasRoom(): boolean {
    const { size } = this.kernel.records;
    if (this.#refused.size > 0 && size < PROCESSES_BOUND / 2) this.#refused.clear();
    return size < PROCESSES_BOUND || this.#programs() < PROCESSES_BOUND;
  }

  /** Servers of images that only react are no burden: a node full of pods has more of them than the bound. */
  #programs(): number {
    let count = 0;
    for (const { kind } of this.kernel.records.values()) if (kind.type === 'program') count += 1;
    return count;
  }

  refuse(parent: ProcessRecord | undefined): SysFailure {
    const { kernel } = this;
    if (parent?.kind.type !== 'program') return fail('EAGAIN');
    if (this.#refused.size === 0)
      kernel.log(`drydock: fork rejected: a simulated host holds at most ${String(PROCESSES_BOUND)} processes`);
    const count = (this.#refused.get(parent.group) ?? 0) + 1;
    this.#refused.set(parent.group, count);
    if (count === REFUSED_FORKS_BOUND)
      kernel.simulation.loop.schedule(0, kernel.target, 'proc.fork-bomb', { pid: parent.pid });
    return fail('EAGAIN');
  }

  /** The event `proc.fork-bomb`: the group of the process whose fork was refused is killed. */
  stop(pid: number): void {
    const { kernel } = this;
    const last = kernel.records.get(pid);
    if (last === undefined || !isAlive(last)) return;
    announceBound(
      kernel,
      last,
      `killed process group ${String(last.group)} (${last.name}): ${String(REFUSED_FORKS_BOUND)} forks refused, a simulated host holds at most ${String(PROCESSES_BOUND)} processes`,
    );
    this.#refused.delete(last.group);
    kernel.signals.sendToGroup(last.group, 'SIGKILL');
  }

  snapshot(): Plain {
    return [...this.#refused].map(([group, count]) => [group, count]);
  }

  restore(saved: Plain): void {
    this.#refused.clear();
    for (const [group, count] of saved as (readonly [number, number])[]) this.#refused.set(group, count);
  }
}
