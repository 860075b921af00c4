/**
 * The cgroup v2 tree: accounting and limits of CPU, memory and pids.
 * Models: cpu.weight, cpu.max, cpuset.cpus, memory.max with OOM kills, memory.low/min/high as settings, pids.max, freezer, cgroup.kill.
 * Leaves out: io, hugetlb, rdma, memory reclaim (there is no page cache to reclaim). Source: Documentation/admin-guide/cgroup-v2.rst.
 */
import { fail, type Result } from '../../../../protocol/errno.ts';
import { delegateAll } from './cgroup-controllers.ts';
import { LateMap, LateSet } from '../../../sim/late-map.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Notify } from '../../../sim/notify.ts';

export interface Cgroup {
  readonly path: string;
  readonly name: string;
  readonly parent: Cgroup | undefined;
  readonly children: Map<string, Cgroup>;
  readonly pids: Set<number>;
  userUs: number;
  systemUs: number;
  periods: number;
  throttledPeriods: number;
  throttledUs: number;
  /** With descendants. */
  memory: number;
  memoryPeak: number;
  memoryMax: number | undefined;
  oomEvents: number;
  oomKills: number;
  /** With descendants. */
  pidCount: number;
  pidsPeak: number;
  pidsMax: number | undefined;
  pidsDenied: number;
  weight: number;
  /** Cores: quota divided by period. */
  quotaUs: number | undefined;
  periodUs: number;
  /** Processors that it asks for (cpuset.cpus), ascending; the root has all. */
  cpus: readonly number[] | undefined;
  frozen: boolean;
  oomGroup: boolean;
  /** Device files that may be opened, as `c 1:3` or `c 136:*`; all where nothing is said here or above. */
  devices: readonly string[] | undefined;
  watchers: Notify[];
  /** Told when the last process of the group and those below has gone. */
  whenEmpty: Notify | undefined;
  /** Settings that are only kept (memory.low, io.weight …). */
  readonly settings: Map<string, string>;
}

type SavedCgroup = Omit<Cgroup, 'parent' | 'children' | 'pids' | 'settings'> & {
  readonly pids: readonly number[];
  readonly settings: readonly (readonly [string, string])[];
};

export class CgroupTree {
  readonly root: Cgroup;
  /** Groups with a cpu.max; none: CPU time need not be divided by group while there are enough cores. */
  quotas = 0;
  /** Groups with a cpuset.cpus of their own. */
  confined = 0;

  constructor(
    readonly processors = 1,
    private readonly emptied: (group: Cgroup) => void = () => undefined,
  ) {
    this.root = this.#freshRoot();
  }

  #freshRoot(): Cgroup {
    return { ...fresh('/', '', undefined), cpus: Array.from({ length: this.processors }, (_, n) => n) };
  }

  find(path: string): Cgroup | undefined {
    let at: Cgroup | undefined = this.root;
    for (const name of path.split('/')) if (name !== '') at = at?.children.get(name);
    return at;
  }

  /** Makes a group, and those above it, with all controllers: what systemd, the kubelet and runc do. */
  create(path: string): Cgroup {
    return this.#make(path, delegateAll);
  }

  /** Makes one group as mkdir(2) does: with the controllers that its parent hands on. */
  add(path: string): Cgroup {
    return this.#make(path, () => undefined);
  }

  #make(path: string, delegate: (parent: Cgroup) => void): Cgroup {
    let at = this.root;
    for (const name of path.split('/')) {
      if (name === '') continue;
      let next = at.children.get(name);
      if (next === undefined) {
        next = fresh(`${at.path === '/' ? '' : at.path}/${name}`, name, at);
        delegate(at);
        at.children.set(name, next);
      }
      at = next;
    }
    return at;
  }

  remove(path: string): Result<void> {
    const group = this.find(path);
    if (group === undefined) return fail('ENOENT');
    if (group.parent === undefined || group.children.size > 0 || group.pids.size > 0) return fail('EBUSY');
    if (group.quotaUs !== undefined) this.quotas -= 1;
    if (group.cpus !== undefined) this.confined -= 1;
    group.parent.children.delete(group.name);
    group.parent.userUs += group.userUs;
    group.parent.systemUs += group.systemUs;
  }

  /** Puts a process in a group; EAGAIN where a pids.max above it is reached. */
  enter(pid: number, group: Cgroup, memory: number): Result<void> {
    for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) {
      if (at.pidsMax === undefined || at.pidCount < at.pidsMax) continue;
      at.pidsDenied += 1;
      return fail('EAGAIN');
    }
    this.#move(pid, group, memory, 1);
    return undefined;
  }

  leave(pid: number, group: Cgroup, memory: number): void {
    this.#move(pid, group, memory, -1);
  }

  /** Moving is allowed beyond pids.max, as in the kernel. */
  move(pid: number, from: Cgroup, to: Cgroup, memory: number): void {
    this.#move(pid, from, memory, -1);
    this.#move(pid, to, memory, 1);
  }

  #move(pid: number, group: Cgroup, memory: number, by: 1 | -1): void {
    if (by > 0) group.pids.add(pid);
    else group.pids.delete(pid);
    for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) {
      at.pidCount += by;
      at.memory += by * memory;
      at.pidsPeak = Math.max(at.pidsPeak, at.pidCount);
      at.memoryPeak = Math.max(at.memoryPeak, at.memory);
      if (at.whenEmpty !== undefined && at.pidCount === 0) this.emptied(at);
    }
  }

  /** Changes a group's memory; answers the lowest group that is over its limit now. */
  charge(group: Cgroup, bytes: number): Cgroup | undefined {
    let over: Cgroup | undefined;
    for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) {
      at.memory += bytes;
      if (at.memoryMax !== undefined && at.memory > at.memoryMax) over ??= at;
      else at.memoryPeak = Math.max(at.memoryPeak, at.memory);
    }
    return over;
  }

  /** The group that is over its limit, from here upwards. */
  overLimit(group: Cgroup): Cgroup | undefined {
    for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent)
      if (at.memoryMax !== undefined && at.memory > at.memoryMax) return at;
    return undefined;
  }

  /** As after a boot: the root alone. */
  clear(): void {
    Object.assign(this.root, this.#freshRoot());
    this.quotas = 0;
    this.confined = 0;
  }

  snapshot(): Plain {
    const saved: SavedCgroup[] = [];
    const visit = (group: Cgroup): void => {
      const { parent: _parent, children, pids, settings, ...rest } = group;
      saved.push({ ...rest, pids: [...pids], settings: [...settings] });
      for (const child of children.values()) visit(child);
    };
    visit(this.root);
    return saved as unknown as Plain;
  }

  restore(state: Plain): void {
    this.root.children.clear();
    this.quotas = 0;
    this.confined = 0;
    for (const saved of state as unknown as SavedCgroup[]) {
      const group = this.add(saved.path);
      const { pids, settings, path: _path, name: _name, ...numbers } = saved;
      Object.assign(group, numbers, { watchers: [...saved.watchers] });
      group.pids.clear();
      for (const pid of pids) group.pids.add(pid);
      group.settings.clear();
      for (const [name, value] of settings) group.settings.set(name, value);
      if (group.quotaUs !== undefined) this.quotas += 1;
      if (group.parent !== undefined && group.cpus !== undefined) this.confined += 1;
    }
  }
}

/** Processes in a group and below. */
export function* pidsBelow(group: Cgroup): Generator<number> {
  yield* group.pids;
  for (const child of group.children.values()) yield* pidsBelow(child);
}

/** CPU time of a group with its descendants, µs. */
export function cpuTime(group: Cgroup): { readonly userUs: number; readonly systemUs: number } {
  let { userUs, systemUs } = group;
  for (const child of group.children.values()) {
    const below = cpuTime(child);
    userUs += below.userUs;
    systemUs += below.systemUs;
  }
  return { userUs, systemUs };
}

export function isFrozen(group: Cgroup): boolean {
  for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) if (at.frozen) return true;
  return false;
}

function fresh(path: string, name: string, parent: Cgroup | undefined): Cgroup {
  return {
    path,
    name,
    parent,
    children: new LateMap(),
    pids: new LateSet(),
    userUs: 0,
    systemUs: 0,
    periods: 0,
    throttledPeriods: 0,
    throttledUs: 0,
    memory: 0,
    memoryPeak: 0,
    memoryMax: undefined,
    oomEvents: 0,
    oomKills: 0,
    pidCount: 0,
    pidsPeak: 0,
    pidsMax: undefined,
    pidsDenied: 0,
    weight: 100,
    quotaUs: undefined,
    periodUs: 100_000,
    cpus: undefined,
    frozen: false,
    oomGroup: false,
    devices: undefined,
    watchers: [],
    whenEmpty: undefined,
    settings: new LateMap(),
  };
}
