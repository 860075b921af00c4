/**
 * Dividing CPU time: runnable processes of one cgroup and one weight get the same rate, so that rates are worked out for
 * classes of them, however many processes a class has.
 */
import type { Cgroup } from '../cgroups/cgroup-tree.ts';

/** Runnable processes that are served alike. */
export interface TaskClass {
  readonly group: Cgroup;
  readonly weight: number;
  readonly tasks: Map<number, Task>;
  /** Cores that each of them gets. */
  rate: number;
  /** CPU time that each has got since the class has existed, µs. */
  servedUs: number;
  /** The one that is done first; undefined where that is not known. */
  first: Task | undefined;
}

export interface Task {
  readonly pid: number;
  readonly class: TaskClass;
  /** The class's `servedUs` at which its work is done. */
  endsAtUs: number;
  /** The class's `servedUs` up to which its time is in the accounts. */
  paidUntilUs: number;
}

export const remainingUs = (task: Task): number => Math.max(0, task.endsAtUs - task.class.servedUs);

/** The task of a class that is done first; of equal ones the one that came first. */
export function firstOf(of: TaskClass): Task | undefined {
  if (of.first !== undefined) return of.first;
  for (const task of of.tasks.values())
    if (of.first === undefined || task.endsAtUs < of.first.endsAtUs) of.first = task;
  return of.first;
}

interface Share {
  readonly group: Cgroup;
  readonly classes: TaskClass[];
  readonly below: Map<Cgroup, Share>;
  demand: number;
}

interface Taker {
  readonly weight: number;
  readonly cap: number;
  readonly give: (rate: number) => void;
}

/** Gives every class a rate: weighted max-min fairness down the tree. Nobody gets more than one core. */
export function share(classes: Iterable<TaskClass>, root: Cgroup, processors: number): void {
  const shares = new Map<Cgroup, Share>();
  const shareOf = (group: Cgroup): Share => {
    const known = shares.get(group);
    if (known !== undefined) return known;
    const made: Share = { group, classes: [], below: new Map(), demand: 0 };
    shares.set(group, made);
    if (group.parent !== undefined) shareOf(group.parent).below.set(group, made);
    return made;
  };
  const top = shareOf(root);
  for (const each of classes) shareOf(each.group).classes.push(each);
  demandOf(top);
  distribute(top, processors);
}

function demandOf(of: Share): number {
  let demand = 0;
  for (const { tasks } of of.classes) demand += tasks.size;
  for (const below of of.below.values()) demand += demandOf(below);
  const quota = of.group.quotaUs === undefined ? Infinity : of.group.quotaUs / of.group.periodUs;
  of.demand = Math.min(demand, quota);
  return of.demand;
}

function takersOf(of: Share): Taker[] {
  const own = of.classes.map((each) => ({
    weight: each.tasks.size * (each.weight / 1024) * 100,
    cap: each.tasks.size,
    give: (rate: number) => {
      each.rate = rate / each.tasks.size;
    },
  }));
  const groups = [...of.below.values()].map((below) => ({
    weight: below.group.weight,
    cap: below.demand,
    give: (rate: number) => {
      distribute(below, rate);
    },
  }));
  return [...own, ...groups];
}

/** Whoever wants less than its part gets all it wants; the rest is divided again. */
function distribute(of: Share, capacity: number): void {
  let open = takersOf(of);
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
