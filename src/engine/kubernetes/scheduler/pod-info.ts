/** What the scheduler computes once of a pod: requests, host ports, priority. */
import { milliOf, wholeOf } from '../apimachinery/resource-amounts.ts';
import type { Container, Pod, PodSpec } from '../apimachinery/types.ts';

/** Amounts: CPU in millicores, memory and storage in bytes, extended resources in units. */
export interface Amounts {
  readonly milliCpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  readonly extended: ReadonlyMap<string, number>;
}

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export interface PodInfo {
  readonly key: string;
  readonly pod: Pod;
  readonly requests: Amounts;
  /** With 100m and 200Mi for containers that ask for nothing: what LeastAllocated sees. */
  readonly scoreMilliCpu: number;
  readonly scoreMemory: number;
  readonly hostPorts: readonly HostPort[];
  readonly hasAffinity: boolean;
  readonly hasRequiredAntiAffinity: boolean;
}

const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY = 200 * 1024 * 1024;
const NO_EXTENDED: ReadonlyMap<string, number> = new Map();
const NO_PORTS: readonly HostPort[] = [];

interface SpecFacts {
  readonly requests: Amounts;
  readonly scoreMilliCpu: number;
  readonly scoreMemory: number;
  readonly hostPorts: readonly HostPort[];
}
/** Replicas share their containers, so their facts are computed once. */
const known = new WeakMap<readonly Container[], SpecFacts>();

export const podKey = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;

export function podInfoOf(pod: Pod): PodInfo {
  const facts = factsOf(pod.spec);
  const { affinity } = pod.spec;
  return {
    key: podKey(pod),
    pod,
    requests: facts.requests,
    scoreMilliCpu: facts.scoreMilliCpu,
    scoreMemory: facts.scoreMemory,
    hostPorts: facts.hostPorts,
    hasAffinity: affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined,
    hasRequiredAntiAffinity:
      (affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0,
  };
}

function factsOf(spec: PodSpec): SpecFacts {
  const shared = spec.initContainers === undefined && spec.overhead === undefined;
  const before = shared ? known.get(spec.containers) : undefined;
  if (before !== undefined) return before;
  const requests = podRequests(spec, 0, 0);
  const scored = podRequests(spec, DEFAULT_MILLI_CPU, DEFAULT_MEMORY);
  const facts = { requests, scoreMilliCpu: scored.milliCpu, scoreMemory: scored.memory, hostPorts: hostPortsOf(spec) };
  if (shared) known.set(spec.containers, facts);
  return facts;
}

/** The larger of what runs together and what each init container needs, plus overhead. */
export function podRequests(spec: PodSpec, emptyMilliCpu = 0, emptyMemory = 0): Amounts {
  const sum = new Sum();
  for (const container of spec.containers) sum.add(containerRequests(container, emptyMilliCpu, emptyMemory));
  const sidecars = new Sum();
  const initPeak = new Sum();
  for (const container of spec.initContainers ?? []) {
    const own = containerRequests(container, emptyMilliCpu, emptyMemory);
    if (container.restartPolicy === 'Always') {
      sum.add(own);
      sidecars.add(own);
      initPeak.raise(sidecars);
      continue;
    }
    const together = new Sum();
    together.add(sidecars);
    together.add(own);
    initPeak.raise(together);
  }
  sum.raise(initPeak);
  if (spec.overhead !== undefined) sum.add(amounts(spec.overhead));
  return sum.frozen();
}

function containerRequests(container: Container, emptyMilliCpu: number, emptyMemory: number): Amounts {
  const own = amounts(container.resources?.requests ?? {});
  const requests = container.resources?.requests ?? {};
  return {
    ...own,
    milliCpu: requests['cpu'] === undefined ? emptyMilliCpu : own.milliCpu,
    memory: requests['memory'] === undefined ? emptyMemory : own.memory,
  };
}

/** Amounts of a quantity map. */
export function amounts(quantities: { readonly [name: string]: string }): Amounts {
  let extended: Map<string, number> | undefined;
  for (const [name, quantity] of Object.entries(quantities)) {
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name === 'pods') continue;
    extended ??= new Map();
    extended.set(name, wholeOf(quantity));
  }
  return {
    milliCpu: milliOf(quantities['cpu']),
    memory: wholeOf(quantities['memory']),
    ephemeralStorage: wholeOf(quantities['ephemeral-storage']),
    extended: extended ?? NO_EXTENDED,
  };
}

class Sum implements Amounts {
  milliCpu = 0;
  memory = 0;
  ephemeralStorage = 0;
  extended: Map<string, number> = new Map();

  add(other: Amounts): void {
    this.milliCpu += other.milliCpu;
    this.memory += other.memory;
    this.ephemeralStorage += other.ephemeralStorage;
    for (const [name, value] of other.extended) this.extended.set(name, (this.extended.get(name) ?? 0) + value);
  }

  raise(other: Amounts): void {
    this.milliCpu = Math.max(this.milliCpu, other.milliCpu);
    this.memory = Math.max(this.memory, other.memory);
    this.ephemeralStorage = Math.max(this.ephemeralStorage, other.ephemeralStorage);
    for (const [name, value] of other.extended) this.extended.set(name, Math.max(this.extended.get(name) ?? 0, value));
  }

  frozen(): Amounts {
    const { milliCpu, memory, ephemeralStorage, extended } = this;
    return { milliCpu, memory, ephemeralStorage, extended: extended.size === 0 ? NO_EXTENDED : extended };
  }
}

function hostPortsOf(spec: PodSpec): readonly HostPort[] {
  const ports: HostPort[] = [];
  for (const container of [
    ...spec.containers,
    ...(spec.initContainers ?? []).filter((item) => item.restartPolicy === 'Always'),
  ]) {
    for (const port of container.ports ?? []) {
      const hostPort = port.hostPort ?? (spec.hostNetwork === true ? port.containerPort : 0);
      if (hostPort > 0) ports.push({ ip: port.hostIP ?? '0.0.0.0', protocol: port.protocol ?? 'TCP', port: hostPort });
    }
  }
  return ports.length === 0 ? NO_PORTS : ports;
}
