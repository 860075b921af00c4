import type { Plain } from '../../../protocol/plain.ts';
import { LateMap } from '../../sim/late-map.ts';
import type { NamespaceId, NamespaceKind, Namespaces, NamespaceSet } from './interface.ts';

export interface PidNamespace {
  readonly id: NamespaceId;
  readonly parent: PidNamespace | undefined;
  next: number;
  /** Host pid of its process 1; 0 before there is one. */
  init: number;
  /** Set when its process 1 has died: nothing can be started in it. */
  dead: boolean;
  /** Own numbers by host pid, and back. The host's own namespace keeps none. */
  readonly inner: Map<number, number>;
  readonly outer: Map<number, number>;
}

/** Numbers that Linux gives to the first namespaces (include/linux/proc_ns.h). */
const FIRST: NamespaceSet = {
  mnt: 4_026_531_841,
  net: 4_026_531_840,
  pid: 4_026_531_836,
  uts: 4_026_531_838,
  ipc: 4_026_531_839,
  user: 4_026_531_837,
  cgroup: 4_026_531_835,
};

interface Saved {
  readonly next: number;
  readonly hostnames: readonly (readonly [number, string])[];
  readonly pids: readonly {
    readonly id: number;
    readonly parent: number | undefined;
    readonly next: number;
    readonly init: number;
    readonly dead: boolean;
    readonly inner: readonly (readonly [number, number])[];
  }[];
}

export class NamespaceTable implements Namespaces {
  readonly host: NamespaceSet;
  #next = 4_026_532_200;
  readonly #hostnames = new Map<NamespaceId, string>();
  readonly #pids = new Map<NamespaceId, PidNamespace>();
  readonly hostPids: PidNamespace;

  constructor(hostname: string, network: NamespaceId | undefined) {
    this.host = network === undefined ? FIRST : { ...FIRST, net: network };
    this.#hostnames.set(FIRST.uts, hostname);
    this.hostPids = {
      id: FIRST.pid,
      parent: undefined,
      next: 1,
      init: 0,
      dead: false,
      inner: new LateMap(),
      outer: new LateMap(),
    };
    this.#pids.set(FIRST.pid, this.hostPids);
  }

  /** As after a boot: the first namespaces alone, under the name that the disk gives the host. */
  startAnew(hostname: string): void {
    Object.assign(this.hostPids, { next: 1, init: 0, dead: false });
    this.#hostnames.clear();
    this.#hostnames.set(this.host.uts, hostname);
  }

  allocate(_kind?: NamespaceKind): NamespaceId {
    this.#next += 1;
    return this.#next;
  }

  create(kind: 'ipc' | 'user' | 'cgroup'): NamespaceId {
    return this.allocate(kind);
  }

  createUts(hostname: string): NamespaceId {
    const id = this.allocate();
    this.#hostnames.set(id, hostname);
    return id;
  }

  createPid(parent: NamespaceId = this.host.pid): NamespaceId {
    const id = this.allocate();
    this.#pids.set(id, {
      id,
      parent: this.#pids.get(parent) ?? this.hostPids,
      next: 1,
      init: 0,
      dead: false,
      inner: new LateMap(),
      outer: new LateMap(),
    });
    return id;
  }

  hostname(uts: NamespaceId = this.host.uts): string {
    return this.#hostnames.get(uts) ?? this.#hostnames.get(this.host.uts) ?? 'localhost';
  }

  setHostname(hostname: string, uts: NamespaceId = this.host.uts): void {
    this.#hostnames.set(uts, hostname);
  }

  pids(id: NamespaceId): PidNamespace {
    return this.#pids.get(id) ?? this.hostPids;
  }

  knows(id: NamespaceId): boolean {
    return this.#pids.has(id);
  }

  /** Gives a new process its numbers in its namespace and every one above. */
  enter(pid: number, id: NamespaceId): void {
    for (let at: PidNamespace | undefined = this.pids(id); at !== undefined && at !== this.hostPids; at = at.parent) {
      const number = at.next;
      at.next += 1;
      at.inner.set(pid, number);
      at.outer.set(number, pid);
      if (number === 1) at.init = pid;
    }
    if (this.hostPids.init === 0 && id === this.host.pid && pid === 1) this.hostPids.init = pid;
  }

  leave(pid: number, id: NamespaceId): void {
    for (let at: PidNamespace | undefined = this.pids(id); at !== undefined && at !== this.hostPids; at = at.parent) {
      const number = at.inner.get(pid);
      at.inner.delete(pid);
      if (number !== undefined) at.outer.delete(number);
      // Nobody is left and nothing can come: the namespace is gone.
      if (at.dead && at.inner.size === 0) this.#pids.delete(at.id);
    }
  }

  pidIn(pid: number, namespace: NamespaceId): number | undefined {
    const table = this.pids(namespace);
    return table === this.hostPids ? pid : table.inner.get(pid);
  }

  hostPid(namespace: NamespaceId, pid: number): number | undefined {
    const table = this.pids(namespace);
    return table === this.hostPids ? pid : table.outer.get(pid);
  }

  /** Numbers from the host's namespace inwards. */
  numbers(pid: number, namespace: NamespaceId): readonly number[] {
    const numbers: number[] = [];
    for (
      let at: PidNamespace | undefined = this.pids(namespace);
      at !== undefined && at !== this.hostPids;
      at = at.parent
    )
      numbers.unshift(at.inner.get(pid) ?? 0);
    return [pid, ...numbers];
  }

  snapshot(): Plain {
    const state: Saved = {
      next: this.#next,
      hostnames: [...this.#hostnames],
      pids: [...this.#pids.values()].map(({ id, parent, next, init, dead, inner }) => ({
        id,
        parent: parent?.id,
        next,
        init,
        dead,
        inner: [...inner],
      })),
    };
    return state as unknown as Plain;
  }

  restore(saved: Plain): void {
    const state = saved as unknown as Saved;
    this.#next = state.next;
    this.#hostnames.clear();
    for (const [id, name] of state.hostnames) this.#hostnames.set(id, name);
    for (const { id, parent, next, init, dead, inner } of state.pids) {
      if (id === this.host.pid) {
        Object.assign(this.hostPids, { next, init, dead });
        continue;
      }
      const outer = new LateMap(inner.map(([pid, number]) => [number, pid]));
      this.#pids.set(id, {
        id,
        parent: this.pids(parent ?? this.host.pid),
        next,
        init,
        dead,
        inner: new LateMap(inner),
        outer,
      });
    }
  }
}
