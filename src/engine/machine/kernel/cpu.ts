/**
 * Sharing of CPU time: work that processes have to do is served at rates given by the weights and quotas of their cgroups,
 * as a fluid (generalised processor sharing). Nobody gets more than one core.
 * Leaves out: migration, caches, priorities beyond nice; throttling is a lower rate instead of stop and go.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Scheduler } from '../../sim/event-loop.ts';
import type { Clock } from '../../sim/clock.ts';
import { exp } from '../../sim/math.ts';
import type { Cgroup, CgroupTree } from './cgroup-tree.ts';

interface Task {
  readonly pid: number;
  remainingUs: number;
  rate: number;
  group: Cgroup;
  weight: number;
}

export interface CpuEffects {
  charge(pid: number, us: number): void;
  /** The work is done. */
  done(pid: number): void;
}

export class CpuScheduler {
  readonly #tasks = new Map<number, Task>();
  #lastUs = 0;
  #event: number | undefined;
  #load = [0, 0, 0];
  #loadAtUs = 0;
  #busyIntegral = 0;

  constructor(
    private readonly clock: Clock,
    private readonly scheduler: Scheduler,
    private readonly target: string,
    private readonly processors: number,
    private readonly tree: CgroupTree,
    private readonly effects: CpuEffects,
  ) {}

  get running(): number {
    return this.#tasks.size;
  }

  isRunning(pid: number): boolean {
    return this.#tasks.has(pid);
  }

  /** A process has this much to do; `done` follows. */
  add(pid: number, us: number, group: Cgroup, nice: number): void {
    this.#advance();
    const known = this.#tasks.get(pid);
    if (known !== undefined) known.remainingUs += us;
    else this.#tasks.set(pid, { pid, remainingUs: us, rate: 0, group, weight: niceWeight(nice) });
    this.#plan();
  }

  /** Takes a process off (dead, stopped, frozen); answers what it still had to do. */
  remove(pid: number): number {
    const task = this.#tasks.get(pid);
    if (task === undefined) return 0;
    this.#advance();
    this.#tasks.delete(pid);
    this.#plan();
    return task.remainingUs;
  }

  /** A weight, a quota or a membership has changed. */
  changed(pid?: number, group?: Cgroup): void {
    this.#advance();
    const task = pid === undefined ? undefined : this.#tasks.get(pid);
    if (task !== undefined && group !== undefined) task.group = group;
    this.#plan();
  }

  /** Brings the accounts up to now; called before somebody reads them. */
  settle(): void {
    if (this.#tasks.size === 0) return;
    this.#advance();
  }

  /** The event `cpu.tick`: the first task is done. */
  tick(): void {
    this.#event = undefined;
    this.#advance();
    let first: Task | undefined;
    for (const task of this.#tasks.values())
      if (task.remainingUs < 0.5 && (first === undefined || task.remainingUs < first.remainingUs)) first = task;
    if (first !== undefined) this.#tasks.delete(first.pid);
    this.#plan();
    if (first !== undefined) this.effects.done(first.pid);
  }

  /** 1, 5 and 15 minutes, as the kernel's exponential averages of runnable processes. */
  loadAverage(): readonly [number, number, number] {
    this.#updateLoad(true);
    const [a = 0, b = 0, c = 0] = this.#load;
    return [a, b, c];
  }

  #advance(): void {
    const { nowUs } = this.clock;
    const elapsed = nowUs - this.#lastUs;
    this.#lastUs = nowUs;
    if (elapsed <= 0) return;
    this.#busyIntegral += elapsed * this.#tasks.size;
    this.#updateLoad(false);
    for (const task of this.#tasks.values()) {
      const used = Math.min(task.remainingUs, task.rate * elapsed);
      task.remainingUs -= used;
      if (task.remainingUs < 1e-6) task.remainingUs = 0;
      this.effects.charge(task.pid, used);
    }
    if (this.tree.quotas > 0) this.#accountThrottling(elapsed);
  }

  #updateLoad(read: boolean): void {
    const elapsed = this.clock.nowUs - this.#loadAtUs;
    if (elapsed < (read ? 1 : 5_000_000)) return;
    const mean = this.#busyIntegral / elapsed;
    this.#load = [60, 300, 900].map((seconds, index) => {
      const decay = exp(-elapsed / (seconds * 1_000_000));
      return (this.#load[index] ?? 0) * decay + mean * (1 - decay);
    });
    this.#busyIntegral = 0;
    this.#loadAtUs = this.clock.nowUs;
  }

  #plan(): void {
    if (this.#event !== undefined) this.scheduler.cancel(this.#event);
    this.#event = undefined;
    if (this.#tasks.size === 0) return;
    if (this.tree.quotas === 0 && this.#tasks.size <= this.processors)
      for (const task of this.#tasks.values()) task.rate = 1;
    else share([...this.#tasks.values()], this.tree.root, this.processors);
    let soonest = Infinity;
    for (const { remainingUs, rate } of this.#tasks.values())
      if (rate > 0) soonest = Math.min(soonest, remainingUs / rate);
    if (soonest < Infinity) this.#event = this.scheduler.schedule(Math.ceil(soonest), this.target, 'cpu.tick');
  }

  #accountThrottling(elapsed: number): void {
    const groups = new Map<Cgroup, number>();
    for (const { group, rate } of this.#tasks.values())
      for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent)
        if (at.quotaUs !== undefined) groups.set(at, (groups.get(at) ?? 0) + rate);
    for (const [group, rate] of groups) {
      const quota = (group.quotaUs ?? 0) / group.periodUs;
      group.periods += elapsed / group.periodUs;
      if (rate < quota - 1e-9) continue;
      let wanted = 0;
      for (const task of this.#tasks.values())
        for (let at: Cgroup | undefined = task.group; at !== undefined; at = at.parent) if (at === group) wanted += 1;
      if (Math.min(wanted, this.processors) <= quota) continue;
      group.throttledPeriods += elapsed / group.periodUs;
      group.throttledUs += elapsed * (1 - quota / Math.min(wanted, this.processors));
    }
  }

  snapshot(): Plain {
    return {
      tasks: [...this.#tasks.values()].map(({ pid, remainingUs, rate, group, weight }) => ({
        pid,
        remainingUs,
        rate,
        group: group.path,
        weight,
      })),
      lastUs: this.#lastUs,
      event: this.#event,
      load: this.#load,
      loadAtUs: this.#loadAtUs,
      busyIntegral: this.#busyIntegral,
    };
  }

  restore(saved: Plain): void {
    const state = saved as {
      tasks: { pid: number; remainingUs: number; rate: number; group: string; weight: number }[];
      lastUs: number;
      event: number | undefined;
      load: number[];
      loadAtUs: number;
      busyIntegral: number;
    };
    this.#tasks.clear();
    for (const task of state.tasks)
      this.#tasks.set(task.pid, { ...task, group: this.tree.find(task.group) ?? this.tree.root });
    this.#lastUs = state.lastUs;
    this.#event = state.event;
    this.#load = [...state.load];
    this.#loadAtUs = state.loadAtUs;
    this.#busyIntegral = state.busyIntegral;
  }
}

/** sched_prio_to_weight in outline: 10 % of CPU time for each step. */
function niceWeight(nice: number): number {
  let weight = 1024;
  for (let i = 0; i < nice; i += 1) weight /= 1.25;
  for (let i = 0; i > nice; i -= 1) weight *= 1.25;
  return weight;
}

interface Share {
  readonly group: Cgroup;
  readonly tasks: Task[];
  readonly below: Map<Cgroup, Share>;
  demand: number;
}

/** Gives every task a rate: weighted max-min fairness down the tree. */
export function share(tasks: readonly Task[], root: Cgroup, processors: number): void {
  const shares = new Map<Cgroup, Share>();
  const shareOf = (group: Cgroup): Share => {
    const known = shares.get(group);
    if (known !== undefined) return known;
    const made: Share = { group, tasks: [], below: new Map(), demand: 0 };
    shares.set(group, made);
    if (group.parent !== undefined) shareOf(group.parent).below.set(group, made);
    return made;
  };
  const top = shareOf(root);
  for (const task of tasks) shareOf(task.group).tasks.push(task);
  demandOf(top);
  distribute(top, processors);
}

function demandOf(of: Share): number {
  let demand = of.tasks.length;
  for (const below of of.below.values()) demand += demandOf(below);
  const quota = of.group.quotaUs === undefined ? Infinity : of.group.quotaUs / of.group.periodUs;
  of.demand = Math.min(demand, quota);
  return of.demand;
}

function distribute(of: Share, capacity: number): void {
  const takers: { readonly weight: number; readonly cap: number; readonly give: (rate: number) => void }[] = [];
  for (const task of of.tasks) {
    takers.push({
      weight: (task.weight / 1024) * 100,
      cap: 1,
      give: (rate) => {
        task.rate = rate;
      },
    });
  }
  for (const below of of.below.values()) {
    takers.push({
      weight: below.group.weight,
      cap: below.demand,
      give: (rate) => {
        distribute(below, rate);
      },
    });
  }
  // Whoever wants less than its part gets all it wants; the rest is divided again.
  let open = takers;
  let left = Math.min(capacity, of.demand);
  while (open.length > 0) {
    const weights = open.reduce((sum, { weight }) => sum + weight, 0);
    const content = open.filter(({ weight, cap }) => cap <= (left * weight) / weights + 1e-12);
    if (content.length === 0) {
      for (const { weight, give } of open) give((left * weight) / weights);
      return;
    }
    for (const { cap, give } of content) {
      give(cap);
      left -= cap;
    }
    open = open.filter((taker) => !content.includes(taker));
  }
}
