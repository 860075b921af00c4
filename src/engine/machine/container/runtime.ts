/**
 * The container runtime of one host: containerd with runc, as dockerd and the kubelet use it.
 * Models: images, sandboxes, the OCI state machine, exec, attach, logs, limits.
 * Leaves out: checkpoints, user namespaces, devices beyond the standard ones, AppArmor and seccomp.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { signalNumber, type Signal, type WindowSize } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { FileView } from '../files/interface.ts';
import type { Host } from '../host.ts';
import { change, type ContainerCell, type RuntimeParts } from './cells.ts';
import { writeLimits } from './cgroup-limits.ts';
import { listChanges } from './changes.ts';
import { ContainerLogs } from './container-logs.ts';
import { newContainer } from './create.ts';
import { HostImageStore } from './image-store.ts';
import type * as api from './interface.ts';
import { launch, leaveNamespaces } from './launch.ts';
import { PodSandboxes } from './pod-sandboxes.ts';
import { parseSignal } from './process-setup.ts';
import { containerdPullError } from './pull-error.ts';
import type { Registry } from './registry.ts';
import { RootfsStore } from './rootfs.ts';
import { Sessions } from './sessions.ts';
import { StdioTable } from './stdio.ts';

/** runc create and start, until the first instruction of the program. */
const START_US = 90_000;

export class HostContainerRuntime implements api.ContainerRuntime, Component {
  readonly host: string;
  readonly target: string;
  readonly #parts: RuntimeParts;
  readonly #stores: { readonly [name in api.RuntimeNamespace]: HostImageStore };
  readonly #sandboxes: PodSandboxes;
  readonly #sessions: Sessions;
  readonly #subscriptions = new Map<number, Notify>();
  #nextSubscription = 1;

  /** Registers itself with the loop as `runtime/<host>`. */
  constructor(sim: Simulation, host: Host, registry: Registry) {
    this.host = host.name;
    this.target = `runtime/${host.name}`;
    const events = {
      imagePulled: (namespace: api.RuntimeNamespace, reference: string) => this.#imagePulled(namespace, reference),
      imageRemoved: (namespace: api.RuntimeNamespace, imageId: string, layers: readonly string[]) => this.#imageRemoved(namespace, imageId, layers),
    };
    const store = (namespace: api.RuntimeNamespace): HostImageStore => new HostImageStore(sim, registry, namespace, this.target, events);
    this.#stores = { moby: store('moby'), 'k8s.io': store('k8s.io') };
    this.#parts = {
      sim,
      host,
      target: this.target,
      rootfs: new RootfsStore(host.files),
      stdio: new StdioTable(host.kernel, this.target),
      logs: new ContainerLogs(sim, host.files),
      containers: new Map(),
      sandboxes: new Map(),
      store: (namespace) => this.#stores[namespace],
      publish: (event, namespace, containerId, sandboxId) => this.#publish(event, namespace, containerId, sandboxId),
    };
    this.#sandboxes = new PodSandboxes(this.#parts);
    this.#sessions = new Sessions(this.#parts);
    sim.loop.register(this.target, this);
  }

  images(namespace: api.RuntimeNamespace): HostImageStore {
    return this.#stores[namespace];
  }

  #imagePulled(namespace: api.RuntimeNamespace, reference: string): void {
    const image = this.#stores[namespace].image(this.#stores[namespace].find(reference)?.id ?? '');
    if (image !== undefined) this.#parts.rootfs.unpack(namespace, image);
    this.#publish('image-pulled', namespace, reference);
  }

  #imageRemoved(namespace: api.RuntimeNamespace, imageId: string, layers: readonly string[]): void {
    const used = [...this.#parts.containers.values()].some(({ record }) => record.imageId === imageId && record.spec.namespace === namespace);
    if (!used) this.#parts.rootfs.release(namespace, layers);
    this.#publish('image-removed', namespace, imageId);
  }

  #publish(event: api.RuntimeEvent, namespace: api.RuntimeNamespace, containerId: string, sandboxId?: string): void {
    for (const notify of this.#subscriptions.values()) {
      tell(this.#parts.sim.loop, notify, { event, namespace, containerId, ...(sandboxId === undefined ? {} : { sandboxId }) });
    }
  }

  // ---- sandboxes

  runSandbox(spec: api.SandboxSpec, done: Notify): string {
    return this.#sandboxes.run(spec, done);
  }
  setSandboxAddresses(sandboxId: string, ips: readonly string[]): void {
    this.#sandboxes.setAddresses(sandboxId, ips);
  }
  stopSandbox(sandboxId: string, done: Notify): api.RuntimeFailure | undefined {
    return this.#sandboxes.stop(sandboxId, done);
  }
  removeSandbox(sandboxId: string): api.RuntimeFailure | undefined {
    for (const { id } of this.containersOf(sandboxId)) {
      const refused = this.remove(id, { force: true });
      if (refused !== undefined) return refused;
    }
    return this.#sandboxes.remove(sandboxId);
  }
  sandbox(id: string): api.SandboxRecord | undefined {
    return this.#parts.sandboxes.get(id)?.record;
  }
  sandboxes(): readonly api.SandboxRecord[] {
    return [...this.#parts.sandboxes.values()].map(({ record }) => record);
  }

  // ---- containers

  create(spec: api.ContainerSpec): api.ContainerRecord | api.RuntimeFailure {
    const cell = newContainer(this.#parts, spec);
    if ('failure' in cell) return cell;
    this.#parts.containers.set(cell.record.id, cell);
    this.#publish('created', spec.namespace, cell.record.id, spec.sandboxId);
    return cell.record;
  }

  start(containerId: string, done: Notify): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    const { state } = cell.record;
    if (state === 'running' || state === 'paused') return { failure: 'conflict', message: 'container is already running' };
    if (state === 'removing') return { failure: 'conflict', message: 'container is marked for removal and cannot be started' };
    this.#parts.sim.loop.schedule(START_US, this.target, 'start', { containerId, done: { ...done } });
    return undefined;
  }

  #start(containerId: string, done: Notify): void {
    const cell = this.#cell(containerId);
    const { sim } = this.#parts;
    if (cell === undefined || cell.record.state === 'running') {
      const message = cell === undefined ? `No such container: ${containerId}` : 'container is already running';
      tell(sim.loop, done, { containerId, result: { ok: false, failure: 'conflict', message, exitCode: 128 } });
      return;
    }
    const { spec } = cell.record;
    this.#parts.logs.begin(spec.log);
    const result = launch(this.#parts, cell);
    if (result.ok) {
      change(this.#parts, containerId, {});
      sim.trace.record(this.target, 'container.started', `container/${this.host}/${containerId.slice(0, 12)}`, { name: spec.name, namespace: spec.namespace, pid: result.pid });
      this.#publish('started', spec.namespace, containerId, spec.sandboxId);
    } else {
      this.#sessions.endAttached(containerId);
      this.#parts.stdio.close(`c/${containerId}`);
      change(this.#parts, containerId, { error: result.message, exitCode: result.exitCode });
    }
    tell(sim.loop, done, { containerId, result });
  }

  stop(containerId: string, timeoutSeconds: number, done: Notify, signal?: string): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    const { sim, host } = this.#parts;
    if (cell.record.pid === 0) {
      tell(sim.loop, done, { containerId });
      return undefined;
    }
    if (cell.record.state === 'paused') this.unpause(containerId);
    const current = this.#cell(containerId) ?? cell;
    const first = signal === undefined ? cell.record.stopSignal : parseSignal(signal);
    if (first === undefined) return { failure: 'invalid', message: `invalid signal: ${String(signal)}` };
    host.kernel.kill(cell.record.pid, first);
    if (cell.killSeq !== undefined) sim.loop.cancel(cell.killSeq);
    const killSeq = timeoutSeconds < 0 ? undefined : sim.loop.schedule(timeoutSeconds * 1_000_000, this.target, 'stop.timeout', { containerId });
    const { killSeq: _, ...rest } = current;
    this.#parts.containers.set(containerId, { ...rest, stopping: [...(cell.stopping ?? []), done], ...(killSeq === undefined ? {} : { killSeq }) });
    return undefined;
  }

  kill(containerId: string, signal: Signal): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.pid === 0) return { failure: 'not-running', message: `container ${containerId} is not running` };
    this.#parts.host.kernel.kill(cell.record.pid, signal);
    return undefined;
  }

  pause(containerId: string): api.RuntimeFailure | undefined {
    return this.#freeze(containerId, 'running', 'paused', '1');
  }
  unpause(containerId: string): api.RuntimeFailure | undefined {
    return this.#freeze(containerId, 'paused', 'running', '0');
  }
  #freeze(containerId: string, from: api.ContainerState, to: api.ContainerState, value: string): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.state !== from) return { failure: 'not-running', message: from === 'paused' ? `Container ${containerId} is not paused` : `container ${containerId} is not running` };
    this.#parts.host.kernel.cgroups.write(cell.record.cgroupPath, 'cgroup.freeze', value);
    change(this.#parts, containerId, { state: to });
    this.#publish(to === 'paused' ? 'paused' : 'unpaused', cell.record.spec.namespace, containerId, cell.record.spec.sandboxId);
    return undefined;
  }

  remove(containerId: string, options: { readonly force?: boolean } = {}): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return undefined;
    if (cell.record.pid !== 0) {
      if (options.force !== true) return { failure: 'conflict', message: `container ${containerId} is running` };
      this.#parts.host.kernel.kill(cell.record.pid, 'SIGKILL');
      // The record goes when the process has ended; its exit is told as always.
      change(this.#parts, containerId, { state: 'removing' });
      if (this.#cell(containerId)?.record.pid !== 0) return undefined;
    }
    this.#erase(containerId);
    return undefined;
  }

  #erase(containerId: string): void {
    const cell = this.#cell(containerId);
    if (cell === undefined) return;
    this.#sessions.endAttached(containerId);
    this.#parts.stdio.close(`c/${containerId}`);
    this.#parts.rootfs.remove(cell.rootfs);
    this.#parts.containers.delete(containerId);
    this.#publish('removed', cell.record.spec.namespace, containerId, cell.record.spec.sandboxId);
  }

  update(containerId: string, resources: api.ContainerResources): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    const { spec } = cell.record;
    change(this.#parts, containerId, { spec: { ...spec, resources: { ...spec.resources, ...resources } } });
    if (cell.record.pid !== 0) writeLimits(this.#parts.host.kernel.cgroups, cell.record.cgroupPath, resources);
    return undefined;
  }

  rename(containerId: string, name: string): api.RuntimeFailure | undefined {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    change(this.#parts, containerId, { spec: { ...cell.record.spec, name } });
    return undefined;
  }

  container(id: string): api.ContainerRecord | undefined {
    return this.#cell(id)?.record;
  }
  containers(namespace: api.RuntimeNamespace): readonly api.ContainerRecord[] {
    return this.#list((record) => record.spec.namespace === namespace);
  }
  containersOf(sandboxId: string): readonly api.ContainerRecord[] {
    return this.#list((record) => record.spec.sandboxId === sandboxId);
  }
  #list(wanted: (record: api.ContainerRecord) => boolean): readonly api.ContainerRecord[] {
    const found: api.ContainerRecord[] = [];
    for (const { record, pause } of this.#parts.containers.values()) if (pause === undefined && wanted(record)) found.push(record);
    return found;
  }
  #cell(id: string): ContainerCell | undefined {
    const cell = this.#parts.containers.get(id);
    return cell?.pause === true ? undefined : cell;
  }

  processes(containerId: string): readonly number[] {
    const cell = this.#cell(containerId);
    if (cell === undefined || cell.record.pid === 0) return [];
    const others = this.#parts.host.kernel.cgroups.processes(cell.record.cgroupPath).filter((pid) => pid !== cell.record.pid);
    return [cell.record.pid, ...others];
  }

  stats(containerId: string): api.ContainerStats | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    const { kernel, files } = this.#parts.host;
    const stat = kernel.cgroups.stat(cell.record.cgroupPath);
    if (failed(stat)) return { failure: 'not-running', message: `container ${containerId} is not running` };
    return {
      cpuUsageUs: stat.cpuUsageUs,
      cpuUserUs: stat.cpuUserUs,
      cpuSystemUs: stat.cpuSystemUs,
      memoryBytes: stat.memoryBytes,
      memoryLimitBytes: stat.memoryLimitBytes ?? kernel.memoryBytes,
      pids: stat.pids,
      pidsLimit: stat.pidsLimit ?? 0,
      writableLayerBytes: files.root.usage(cell.rootfs.upper).bytes,
      networkReceivedBytes: 0,
      networkSentBytes: 0,
      throttledPeriods: stat.throttledPeriods,
      throttledUs: stat.throttledUs,
    };
  }

  changes(containerId: string): readonly api.FileChange[] | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    const image = cell === undefined ? undefined : this.#stores[cell.record.spec.namespace].image(cell.record.imageId);
    return cell === undefined || image === undefined ? notFound(containerId) : listChanges(this.#parts.host.files.root, cell.rootfs.upper, image, cell.record.spec.mounts);
  }

  /** Runs `work` on the container's files, mounting them for its time if it does not run. */
  withFiles<T>(containerId: string, work: (view: FileView) => T, fallback: FileView): T {
    const cell = this.#cell(containerId);
    if (cell === undefined) return work(fallback);
    const { files } = this.#parts.host;
    if (cell.namespaces !== undefined) return work(files.view(cell.namespaces.mnt));
    this.#parts.rootfs.mount(cell.rootfs);
    const answer = work(files.view(files.hostNamespace, cell.rootfs.merged));
    this.#parts.rootfs.unmount(cell.rootfs);
    return answer;
  }

  // ---- streams

  exec(containerId: string, spec: api.ExecSpec, notify: api.StreamNotify): { readonly sessionId: string } | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.state !== 'running') return { failure: 'not-running', message: `container ${containerId} is not running` };
    return { sessionId: this.#sessions.exec(cell, spec, notify) };
  }
  execPid(sessionId: string): number {
    return this.#sessions.execPid(sessionId);
  }
  attach(containerId: string, streams: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }, notify: api.StreamNotify): { readonly sessionId: string } | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    return cell === undefined ? notFound(containerId) : { sessionId: this.#sessions.attach(cell, streams, notify) };
  }
  input(sessionId: string, bytes: Uint8Array): void {
    this.#sessions.input(sessionId, bytes);
  }
  closeInput(sessionId: string): void {
    this.#sessions.closeInput(sessionId);
  }
  resize(id: string, size: WindowSize): api.RuntimeFailure | undefined {
    return this.#sessions.resize(id, size);
  }
  setFlow(sessionId: string, open: boolean): void {
    this.#sessions.setFlow(sessionId, open);
  }
  detach(sessionId: string): void {
    this.#sessions.detach(sessionId);
  }
  watchLog(containerId: string, notify: Notify): number {
    return this.#parts.logs.follow(containerId, notify);
  }
  unwatchLog(subscription: number): void {
    this.#parts.logs.unfollow(subscription);
  }
  subscribe(notify: Notify): number {
    const id = this.#nextSubscription;
    this.#nextSubscription += 1;
    this.#subscriptions.set(id, notify);
    return id;
  }
  unsubscribe(subscription: number): void {
    this.#subscriptions.delete(subscription);
  }

  // ---- events

  handle(type: string, payload: Plain): void {
    const event = payload as unknown as RuntimePayload;
    switch (type) {
      case 'pull/moby':
        return this.#stores.moby.handle(payload);
      case 'pull/k8s.io':
        return this.#stores['k8s.io'].handle(payload);
      case 'start':
        return this.#start(event.containerId, event.done);
      case 'io':
        return this.#sessions.pump(event.owner, event.channel);
      case 'input':
        return this.#parts.stdio.flush(event.owner);
      case 'main.exited':
        return this.#mainExited(event.containerId, event.exitCode, event.oomKilled);
      case 'stop.timeout':
        this.kill(event.containerId, 'SIGKILL');
        return;
      case 'oom':
        return this.#outOfMemory(event.containerId);
      case 'exec.start':
        return this.#sessions.startExec(event.sessionId);
      case 'exec.timeout':
        return this.#sessions.timeout(event.sessionId);
      case 'exec.exited':
        return this.#sessions.execExited(event.sessionId, event.exitCode);
      case 'sandbox.start':
        return this.#sandboxes.start(event.sandboxId, event.done);
      case 'sandbox.stopped':
        return this.#sandboxes.stopped(event.sandboxId, event.done);
      case 'pause.exited':
        return this.#sandboxes.pauseExited(event.sandboxId, event.exitCode);
      case 'sandbox.image':
        return event.result.ok ? this.#sandboxes.schedule(event.sandboxId, event.done) : this.#sandboxes.imageFailed(event.sandboxId, event.done, containerdPullError(event.result.failure).message);
    }
  }

  #outOfMemory(containerId: string): void {
    const cell = change(this.#parts, containerId, {}, { oom: true });
    if (cell !== undefined) this.#publish('oom', cell.record.spec.namespace, containerId, cell.record.spec.sandboxId);
  }

  #mainExited(containerId: string, exitCode: number, oomKilled: boolean): void {
    const cell = this.#parts.containers.get(containerId);
    // Told once per run; what comes after the end is an echo.
    if (cell === undefined || cell.record.pid === 0) return;
    const { sim, host } = this.#parts;
    const { spec } = cell.record;
    if (cell.pause !== true) {
      this.#sessions.pumpContainer(containerId, 'stdout', true);
      this.#sessions.pumpContainer(containerId, 'stderr', true);
      this.#parts.logs.end(containerId, spec.log);
      this.#sessions.endAttached(containerId);
      this.#parts.stdio.close(`c/${containerId}`);
    }
    if (cell.namespaces !== undefined) leaveNamespaces(this.#parts, cell, cell.namespaces);
    if (cell.shim !== undefined && (cell.pause === true || spec.sandboxId === undefined)) host.kernel.exitComponent(cell.shim, 0);
    if (cell.killSeq !== undefined) sim.loop.cancel(cell.killSeq);
    const finishedUnixUs = sim.clock.unixUs;
    const oom = oomKilled || cell.oom === true;
    const removing = cell.record.state === 'removing';
    const { namespaces: _n, shim: _s, stopping, killSeq: _k, oom: _o, ...rest } = cell;
    this.#parts.containers.set(containerId, { ...rest, record: { ...cell.record, state: 'exited', pid: 0, exitCode, oomKilled: oom, finishedUnixUs } });
    if (cell.pause !== true) {
      sim.trace.record(this.target, 'container.exited', `container/${this.host}/${containerId.slice(0, 12)}`, { name: spec.name, namespace: spec.namespace, exitCode });
      this.#publish('exited', spec.namespace, containerId, spec.sandboxId);
    }
    const exit: api.ContainerExit = { containerId, exitCode, oomKilled: oom, finishedUnixUs };
    tell(sim.loop, spec.exited, exit);
    for (const done of stopping ?? []) tell(sim.loop, done, { containerId });
    if (removing) this.#erase(containerId);
  }

  snapshot(): Plain {
    return {
      moby: this.#stores.moby.snapshot(),
      k8s: this.#stores['k8s.io'].snapshot(),
      rootfs: this.#parts.rootfs.snapshot(),
      stdio: this.#parts.stdio.snapshot(),
      logs: this.#parts.logs.snapshot(),
      sessions: this.#sessions.snapshot(),
      containers: [...this.#parts.containers] as unknown as Plain,
      sandboxes: [...this.#parts.sandboxes] as unknown as Plain,
      subscriptions: [...this.#subscriptions] as unknown as Plain,
      nextSubscription: this.#nextSubscription,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as SavedRuntime;
    this.#stores.moby.restore(saved.moby);
    this.#stores['k8s.io'].restore(saved.k8s);
    this.#parts.rootfs.restore(saved.rootfs);
    this.#parts.stdio.restore(saved.stdio);
    this.#parts.logs.restore(saved.logs);
    this.#sessions.restore(saved.sessions);
    refill(this.#parts.containers, saved.containers);
    refill(this.#parts.sandboxes, saved.sandboxes);
    refill(this.#subscriptions, saved.subscriptions);
    this.#nextSubscription = saved.nextSubscription;
  }
}

function refill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

const notFound = (id: string): api.RuntimeFailure => ({ failure: 'not-found', message: `No such container: ${id}` });

/** Exit code of a process that a signal ended. */
export const exitCodeOf = (signal: Signal): number => 128 + signalNumber(signal);

/** Members of the events this component gets; each type has some of them. */
interface RuntimePayload {
  readonly containerId: string;
  readonly sandboxId: string;
  readonly sessionId: string;
  readonly owner: string;
  readonly channel: 'stdout' | 'stderr';
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly done: Notify;
  readonly result: api.PullOutcome;
}

interface SavedRuntime {
  readonly moby: Plain;
  readonly k8s: Plain;
  readonly rootfs: Plain;
  readonly stdio: Plain;
  readonly logs: Plain;
  readonly sessions: Plain;
  readonly containers: [string, ContainerCell][];
  readonly sandboxes: [string, RuntimeParts['sandboxes'] extends Map<string, infer Cell> ? Cell : never][];
  readonly subscriptions: [number, Notify][];
  readonly nextSubscription: number;
}
