/**
 * Who is ended when memory runs out: in a control group at its limit, or on the whole host (mm/oom_kill.c).
 * Leaves out: reclaim by swapping within a group, group's `memory.high`, page tables.
 */
import { tell } from '../../../sim/notify.ts';
import { pidsBelow, type Cgroup } from '../cgroups/cgroup-tree.ts';
import type { HostKernel } from '../host-kernel.ts';
import { LOG_LEVEL } from '../message-log.ts';
import { isAlive, type ProcessRecord } from '../processes/process-record.ts';

/** A process with this adjustment is never chosen (OOM_SCORE_ADJ_MIN). */
const NEVER = -1000;

/** Where memory has run out. */
interface Shortage {
  /** Undefined: on the host. */
  readonly group: Cgroup | undefined;
  readonly limit: number;
  readonly isOver: () => boolean;
  readonly pids: () => Iterable<number>;
}

export class OomKiller {
  constructor(private readonly kernel: HostKernel) {}

  /** Ends processes until the group is below its limit. */
  inGroup(group: Cgroup, invoker: ProcessRecord | undefined): void {
    group.oomEvents += 1;
    this.#relieve(
      {
        group,
        limit: group.memoryMax ?? Infinity,
        isOver: () => group.memoryMax !== undefined && group.memory > group.memoryMax,
        pids: () => pidsBelow(group),
      },
      invoker,
    );
  }

  /** Ends processes until memory and swap are enough for those that are left. */
  onHost(invoker: ProcessRecord | undefined): void {
    const { kernel } = this;
    this.#relieve(
      {
        group: undefined,
        limit: kernel.memoryBytes + kernel.tables.memory().swapTotalBytes,
        isOver: () => kernel.tables.isOutOfMemory(),
        pids: () => kernel.records.keys(),
      },
      invoker,
    );
  }

  #relieve(shortage: Shortage, invoker: ProcessRecord | undefined): void {
    const { kernel } = this;
    const { group } = shortage;
    while (shortage.isOver()) {
      const victim = this.#worst(shortage);
      if (victim === undefined) return;
      this.#announce(shortage, victim, invoker);
      const together =
        group?.oomGroup === true ? [...pidsBelow(group)].map((pid) => kernel.records.get(pid)) : [victim];
      for (const each of together) if (each !== undefined && isAlive(each)) this.#end(each, shortage);
    }
  }

  /** The process that weighs most. */
  #worst({ limit, pids }: Shortage): ProcessRecord | undefined {
    const { kernel } = this;
    let victim: ProcessRecord | undefined;
    let worst = -Infinity;
    for (const pid of pids()) {
      const record = kernel.records.get(pid);
      if (record === undefined || !isAlive(record) || record.oomScoreAdj <= NEVER) continue;
      if (pid === kernel.namespaces.hostPids.init) continue;
      const badness = record.memoryBytes + (record.oomScoreAdj * limit) / 1000;
      if (badness > worst) [victim, worst] = [record, badness];
    }
    return victim;
  }

  #announce({ group }: Shortage, victim: ProcessRecord, invoker: ProcessRecord | undefined): void {
    const asking = invoker ?? victim;
    const mask = group === undefined ? '0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP)' : '0xcc0(GFP_KERNEL)';
    this.#log(
      `${asking.name} invoked oom-killer: gfp_mask=${mask}, order=0, oom_score_adj=${String(asking.oomScoreAdj)}`,
      LOG_LEVEL.warning,
    );
    const where =
      group === undefined
        ? 'constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom'
        : `constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${victim.cgroup.name || '/'},mems_allowed=0,oom_memcg=${group.path}`;
    this.#log(
      `oom-kill:${where},task_memcg=${victim.cgroup.path},task=${victim.name},pid=${String(victim.pid)},uid=${String(victim.credentials.uid)}`,
      LOG_LEVEL.info,
    );
  }

  #end(record: ProcessRecord, { group }: Shortage): void {
    const { kernel } = this;
    const { pid } = record;
    record.oomKilled = true;
    this.#log(
      `${group === undefined ? 'Out of memory' : 'Memory cgroup out of memory'}: Killed process ${String(pid)} (${record.name}) total-vm:${kib(record.memoryBytes * 2)}, anon-rss:${kib(record.memoryBytes)}, file-rss:0kB, shmem-rss:0kB, UID:${String(record.credentials.uid)} pgtables:0kB oom_score_adj:${String(record.oomScoreAdj)}`,
      LOG_LEVEL.error,
    );
    kernel.trace('process.oom-killed', record, { cgroup: group?.path ?? '/' });
    for (let at: Cgroup | undefined = record.cgroup; at !== undefined; at = at.parent) {
      at.oomKills += 1;
      for (const notify of at.watchers) tell(kernel.simulation.loop, notify, { path: at.path, pid });
    }
    kernel.lifecycle.die(record, { pid, type: 'killed', signal: 'SIGKILL' });
  }

  #log(text: string, level: number): void {
    this.kernel.log(text, level);
  }
}

const kib = (bytes: number): string => `${String(Math.floor(bytes / 1024))}kB`;
