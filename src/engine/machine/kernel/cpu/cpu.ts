/**
 * Sharing of CPU time: work that processes have to do is served at rates given by weights, quotas and cpusets of their cgroups,
 * as a fluid (generalised processor sharing). Nobody gets more than one core.
 * Leaves out: migration, caches, priorities beyond nice; throttling is a lower rate instead of stop and go.
 */
import type { Plain } from '../../../../protocol/plain.ts';
import type { Scheduler } from '../../../sim/event-loop.ts';
import type { Clock } from '../../../sim/clock.ts';
import { exp } from '../../../sim/math.ts';
import type { Cgroup, CgroupTree } from '../cgroups/cgroup-tree.ts';
import { shareConfined } from '../cgroups/cpuset.ts';
import { firstOf, remainingUs, share, type Task, type TaskClass } from './cpu-classes.ts';

export interface CpuEffects {
  charge(pid: number, us: number): void;
  /** The work is done. */
  done(pid: number): void;
}

export class CpuScheduler {
  readonly #tasks = new Map<number, Task>();
  #classes: TaskClass[] = [];
  #lastUs = 0;
  #event: number | undefined;
  #load = [0, 0, 0];
  #loadAtUs = 0;
  #busyIntegral = 0;
  /** Time has been served that is not in the accounts. */
  #unpaid = false;
  /** Inside `together`: rates are worked out at its end. */
  #gathering = false;

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
    if (known === undefined) this.#enter(pid, us, group, niceWeight(nice));
    else {
      known.endsAtUs = Math.max(known.endsAtUs, known.class.servedUs) + us;
      known.class.first = undefined;
    }
    this.#plan();
  }

  /** Takes a process off (dead, stopped, frozen); answers what it still had to do. */
  remove(pid: number): number {
    const task = this.#tasks.get(pid);
    if (task === undefined) return 0;
    this.#advance();
    const left = remainingUs(task);
    this.#leave(task);
    this.#plan();
    return left;
  }

  /** Changes of many processes at one instant: the time is divided once, after them. */
  together(act: () => void): void {
    const outermost = !this.#gathering;
    this.#gathering = true;
    act();
    if (!outermost) return;
    this.#gathering = false;
    this.#plan();
  }

  /** A weight, a quota or a membership has changed. */
  changed(pid?: number, group?: Cgroup): void {
    this.#advance();
    const task = pid === undefined ? undefined : this.#tasks.get(pid);
    if (task !== undefined && group !== undefined) {
      const left = remainingUs(task);
      this.#leave(task);
      this.#enter(task.pid, left, group, task.class.weight);
    }
    this.#plan();
  }

  /** A process has another nice value. */
  reweigh(pid: number, group: Cgroup, nice: number): void {
    const task = this.#tasks.get(pid);
    if (task === undefined) return;
    this.#advance();
    const left = remainingUs(task);
    this.#leave(task);
    this.#enter(pid, left, group, niceWeight(nice));
    this.#plan();
  }

  /** Brings the accounts up to now; called before somebody reads them. */
  settle(): void {
    this.#advance();
    if (!this.#unpaid) return;
    for (const task of this.#tasks.values()) this.#pay(task);
    this.#unpaid = false;
  }

  /** The event `cpu.tick`: the first task is done. */
  tick(): void {
    this.#event = undefined;
    this.#advance();
    let first: Task | undefined;
    for (const each of this.#classes) {
      const candidate = firstOf(each);
      if (candidate === undefined || remainingUs(candidate) >= 0.5) continue;
      if (first === undefined || remainingUs(candidate) < remainingUs(first)) first = candidate;
    }
    if (first !== undefined) this.#leave(first);
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
    for (const each of this.#classes) each.servedUs += each.rate * elapsed;
    this.#unpaid = true;
    if (this.tree.quotas > 0) this.#accountThrottling(elapsed);
  }

  #enter(pid: number, us: number, group: Cgroup, weight: number): void {
    let of = this.#classes.find((each) => each.group === group && each.weight === weight);
    if (of === undefined) {
      of = { group, weight, tasks: new Map(), rate: 0, servedUs: 0, first: undefined };
      this.#classes.push(of);
    }
    const task: Task = { pid, class: of, endsAtUs: of.servedUs + us, paidUntilUs: of.servedUs };
    if (of.first !== undefined && task.endsAtUs < of.first.endsAtUs) of.first = task;
    of.tasks.set(pid, task);
    this.#tasks.set(pid, task);
  }

  #leave(task: Task): void {
    this.#pay(task);
    const { class: of } = task;
    this.#tasks.delete(task.pid);
    of.tasks.delete(task.pid);
    if (of.first === task) of.first = undefined;
    if (of.tasks.size === 0) this.#classes = this.#classes.filter((each) => each !== of);
  }

  /** Puts into the accounts what a process has got. */
  #pay(task: Task): void {
    const untilUs = Math.min(task.endsAtUs, task.class.servedUs);
    if (untilUs <= task.paidUntilUs) return;
    this.effects.charge(task.pid, untilUs - task.paidUntilUs);
    task.paidUntilUs = untilUs;
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
    if (this.#gathering) return;
    if (this.#event !== undefined) this.scheduler.cancel(this.#event);
    this.#event = undefined;
    if (this.#tasks.size === 0) return;
    if (this.tree.confined > 0) shareConfined(this.#classes, this.tree.root, this.processors);
    else if (this.tree.quotas === 0 && this.#tasks.size <= this.processors)
      for (const each of this.#classes) each.rate = 1;
    else share(this.#classes, this.tree.root, this.processors);
    let soonest = Infinity;
    for (const each of this.#classes) {
      const first = firstOf(each);
      if (first !== undefined && each.rate > 0) soonest = Math.min(soonest, remainingUs(first) / each.rate);
    }
    if (soonest < Infinity) this.#event = this.scheduler.schedule(Math.ceil(soonest), this.target, 'cpu.tick');
  }

  #accountThrottling(elapsed: number): void {
    const groups = new Map<Cgroup, { rate: number; wanted: number }>();
    for (const { group, rate, tasks } of this.#classes)
      for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) {
        if (at.quotaUs === undefined) continue;
        const sum = groups.get(at) ?? { rate: 0, wanted: 0 };
        sum.rate += rate * tasks.size;
        sum.wanted += tasks.size;
        groups.set(at, sum);
      }
    for (const [group, { rate, wanted }] of groups) {
      const quota = (group.quotaUs ?? 0) / group.periodUs;
      group.periods += elapsed / group.periodUs;
      if (rate < quota - 1e-9 || Math.min(wanted, this.processors) <= quota) continue;
      group.throttledPeriods += elapsed / group.periodUs;
      group.throttledUs += elapsed * (1 - quota / Math.min(wanted, this.processors));
    }
  }

  snapshot(): Plain {
    const classes = this.#classes.map(({ group, weight, rate, servedUs }) => ({
      group: group.path,
      weight,
      rate,
      servedUs,
    }));
    const tasks = [...this.#tasks.values()].map(({ pid, class: of, endsAtUs, paidUntilUs }) => ({
      pid,
      class: this.#classes.indexOf(of),
      endsAtUs,
      paidUntilUs,
    }));
    return {
      classes,
      tasks,
      lastUs: this.#lastUs,
      event: this.#event,
      load: this.#load,
      loadAtUs: this.#loadAtUs,
      busyIntegral: this.#busyIntegral,
    };
  }

  restore(saved: Plain): void {
    const state = saved as {
      classes: { group: string; weight: number; rate: number; servedUs: number }[];
      tasks: { pid: number; class: number; endsAtUs: number; paidUntilUs: number }[];
      lastUs: number;
      event: number | undefined;
      load: number[];
      loadAtUs: number;
      busyIntegral: number;
    };
    this.#classes = state.classes.map((each) => ({
      ...each,
      group: this.tree.find(each.group) ?? this.tree.root,
      tasks: new Map(),
      first: undefined,
    }));
    this.#tasks.clear();
    for (const { class: index, ...rest } of state.tasks) {
      const of = this.#classes[index];
      if (of === undefined) throw new Error('a saved task has no class');
      const task: Task = { ...rest, class: of };
      of.tasks.set(task.pid, task);
      this.#tasks.set(task.pid, task);
    }
    this.#lastUs = state.lastUs;
    this.#event = state.event;
    this.#load = [...state.load];
    this.#loadAtUs = state.loadAtUs;
    this.#busyIntegral = state.busyIntegral;
    this.#unpaid = true;
  }
}

/** sched_prio_to_weight in outline: 10 % of CPU time for each step. */
function niceWeight(nice: number): number {
  let weight = 1024;
  for (let i = 0; i < nice; i += 1) weight /= 1.25;
  for (let i = 0; i > nice; i -= 1) weight *= 1.25;
  return weight;
}
