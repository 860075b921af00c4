/**
 * The container runtime of one host: containerd with runc, as dockerd and the kubelet use it.
 * Models: images, sandboxes, the OCI state machine, exec, attach, logs, limits.
 * Leaves out: checkpoints, user namespaces, devices beyond the standard ones, AppArmor and seccomp.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Signal, WindowSize } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { FileView } from '../files/interface.ts';
import type { Host } from '../host.ts';
import { change, findCell, notFound, type ContainerCell, type RuntimeParts } from './cells.ts';
import { writeLimits } from './cgroup-limits.ts';
import { listChanges } from './changes.ts';
import { ContainerLogs } from './container-logs.ts';
import { newContainer } from './create.ts';
import { HostImageStore } from './image-store.ts';
import type * as api from './interface.ts';
import { PodSandboxes } from './pod-sandboxes.ts';
import { containerdPullError } from './pull-error.ts';
import type { Registry } from './registry.ts';
import { RestingContainers } from './resting.ts';
import { RootfsStore } from './rootfs.ts';
import { Sessions } from './sessions.ts';
import { statsOf } from './stats.ts';
import { StdioTable } from './stdio.ts';
import { Tasks } from './tasks.ts';

export class HostContainerRuntime implements api.ContainerRuntime, Component {
  readonly host: string;
  readonly target: string;
  readonly #parts: RuntimeParts;
  readonly #stores: { readonly [name in api.RuntimeNamespace]: HostImageStore };
  readonly #resting: RestingContainers;
  readonly #sandboxes: PodSandboxes;
  readonly #sessions: Sessions;
  readonly #tasks: Tasks;
  readonly #subscriptions = new Map<number, Notify>();
  #nextSubscription = 1;

  /** Registers itself with the loop as `runtime/<host>`. */
  constructor(sim: Simulation, host: Host, registry: Registry) {
    this.host = host.name;
    this.target = `runtime/${host.name}`;
    const events = {
      imagePulled: (namespace: api.RuntimeNamespace, reference: string) => this.#imagePulled(namespace, reference),
      imageRemoved: (namespace: api.RuntimeNamespace, imageId: string, layers: readonly string[]) =>
        this.#imageRemoved(namespace, imageId, layers),
    };
    const store = (namespace: api.RuntimeNamespace): HostImageStore =>
      new HostImageStore(sim, registry, namespace, this.target, events);
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
    this.#resting = new RestingContainers(this.#parts);
    this.#sandboxes = new PodSandboxes(this.#parts, this.#resting);
    this.#sessions = new Sessions(this.#parts);
    this.#tasks = new Tasks(this.#parts, this.#sessions, this.#resting);
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
    const used = [...this.#parts.containers.values()].some(
      ({ record }) => record.imageId === imageId && record.spec.namespace === namespace,
    );
    if (!used) this.#parts.rootfs.release(namespace, layers);
    this.#publish('image-removed', namespace, imageId);
  }

  #publish(event: api.RuntimeEvent, namespace: api.RuntimeNamespace, containerId: string, sandboxId?: string): void {
    for (const notify of this.#subscriptions.values()) {
      tell(this.#parts.sim.loop, notify, {
        event,
        namespace,
        containerId,
        ...(sandboxId === undefined ? {} : { sandboxId }),
      });
    }
  }

  awaken(): void {
    this.#resting.awaken();
  }

  // ---- sandboxes

  runSandbox(spec: api.SandboxSpec, done: Notify): string {
    return this.#sandboxes.run(spec, done);
  }
  setSandboxAddresses(sandboxId: string, ips: readonly string[]): void {
    this.#sandboxes.setAddresses(sandboxId, ips);
  }
  stopSandbox(sandboxId: string, done: Notify): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#sandboxes.stop(sandboxId, done);
  }
  removeSandbox(sandboxId: string): api.RuntimeFailure | undefined {
    this.awaken();
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
    return this.#tasks.start(containerId, done);
  }
  stop(containerId: string, timeoutSeconds: number, done: Notify, signal?: string): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#tasks.stop(containerId, timeoutSeconds, done, signal);
  }
  kill(containerId: string, signal: Signal): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#tasks.kill(containerId, signal);
  }
  remove(containerId: string, options: { readonly force?: boolean } = {}): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#tasks.remove(containerId, options);
  }
  pause(containerId: string): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#tasks.freeze(containerId, 'running', 'paused', '1');
  }
  unpause(containerId: string): api.RuntimeFailure | undefined {
    this.awaken();
    return this.#tasks.freeze(containerId, 'paused', 'running', '0');
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
    const cell = findCell(this.#parts, containerId);
    if (cell === undefined) return notFound(containerId);
    change(this.#parts, containerId, { spec: { ...cell.record.spec, name } });
    return undefined;
  }

  /** Awake, for those who look into it. */
  #cell(containerId: string): ContainerCell | undefined {
    this.awaken();
    return findCell(this.#parts, containerId);
  }

  container(id: string): api.ContainerRecord | undefined {
    return findCell(this.#parts, id)?.record;
  }
  containers(namespace: api.RuntimeNamespace): readonly api.ContainerRecord[] {
    return this.#list((record) => record.spec.namespace === namespace);
  }
  containersOf(sandboxId: string): readonly api.ContainerRecord[] {
    return this.#list((record) => record.spec.sandboxId === sandboxId);
  }
  #list(wanted: (record: api.ContainerRecord) => boolean): readonly api.ContainerRecord[] {
    const found: api.ContainerRecord[] = [];
    for (const { record, pause } of this.#parts.containers.values())
      if (pause === undefined && wanted(record)) found.push(record);
    return found;
  }
  processes(containerId: string): readonly number[] {
    const cell = this.#cell(containerId);
    if (cell === undefined || cell.record.pid === 0) return [];
    const others = this.#parts.host.kernel.cgroups
      .processes(cell.record.cgroupPath)
      .filter((pid) => pid !== cell.record.pid);
    return [cell.record.pid, ...others];
  }

  stats(containerId: string): api.ContainerStats | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    return statsOf(this.#parts.host, cell);
  }

  changes(containerId: string): readonly api.FileChange[] | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    const image = cell === undefined ? undefined : this.#stores[cell.record.spec.namespace].image(cell.record.imageId);
    return cell === undefined || image === undefined
      ? notFound(containerId)
      : listChanges(this.#parts.host.files.root, cell.rootfs.upper, image, cell.record.spec.mounts);
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

  exec(
    containerId: string,
    spec: api.ExecSpec,
    notify: api.StreamNotify,
  ): { readonly sessionId: string } | api.RuntimeFailure {
    const cell = this.#cell(containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.state !== 'running')
      return { failure: 'not-running', message: `container ${containerId} is not running` };
    return { sessionId: this.#sessions.exec(cell, spec, notify) };
  }
  execPid(sessionId: string): number {
    return this.#sessions.execPid(sessionId);
  }
  attach(
    containerId: string,
    streams: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean },
    notify: api.StreamNotify,
  ): { readonly sessionId: string } | api.RuntimeFailure {
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
    this.awaken();
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
        return this.#tasks.begin(event.containerId, event.done);
      case 'begin':
        return this.#tasks.awake(event.containerId);
      case 'io':
        return this.#sessions.pump(event.owner, event.channel);
      case 'input':
        return this.#parts.stdio.flush(event.owner);
      case 'main.exited':
        return this.#tasks.mainExited(event.containerId, event.exitCode, event.oomKilled);
      case 'stop.timeout':
        this.kill(event.containerId, 'SIGKILL');
        return;
      case 'oom':
        return this.#tasks.outOfMemory(event.containerId);
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
        return event.result.ok
          ? this.#sandboxes.schedule(event.sandboxId, event.done)
          : this.#sandboxes.imageFailed(event.sandboxId, event.done, containerdPullError(event.result.failure).message);
    }
  }

  snapshot(): Plain {
    return {
      moby: this.#stores.moby.snapshot(),
      k8s: this.#stores['k8s.io'].snapshot(),
      rootfs: this.#parts.rootfs.snapshot(),
      stdio: this.#parts.stdio.snapshot(),
      logs: this.#parts.logs.snapshot(),
      sessions: this.#sessions.snapshot(),
      resting: this.#resting.snapshot(),
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
    this.#resting.restore(saved.resting ?? []);
    refill(this.#subscriptions, saved.subscriptions);
    this.#nextSubscription = saved.nextSubscription;
  }
}

function refill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

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
  /** Absent in snapshots of a time when no container rested. */
  readonly resting?: Plain;
  readonly containers: [string, ContainerCell][];
  readonly sandboxes: [string, RuntimeParts['sandboxes'] extends Map<string, infer Cell> ? Cell : never][];
  readonly subscriptions: [number, Notify][];
  readonly nextSubscription: number;
}
