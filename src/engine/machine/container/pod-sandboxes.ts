/** Pod sandboxes: the namespaces that a pod's containers share, held by a pause process. */
import { tell, type Notify } from '../../sim/notify.ts';
import { change, type ContainerCell, type RuntimeParts, type SandboxCell } from './cells.ts';
import type { ContainerRecord, RuntimeFailure, SandboxRecord, SandboxSpec, StartOutcome } from './interface.ts';
import { launch, loopbackNamespace } from './launch.ts';
import { PAUSE_VERSION } from '../../versions.ts';
import type { RestingContainers } from './resting.ts';
import { removeSandboxFiles, writeSandboxFiles } from './sandbox-files.ts';
import { UNPRIVILEGED_SYSCTLS } from './unprivileged.ts';

/** What containerd 2 is configured with where kubeadm 1.36 set it up. */
export const DEFAULT_PAUSE_IMAGE = `registry.k8s.io/pause:${PAUSE_VERSION}`;
const RUN_US = 120_000;
const STOP_US = 15_000;

export class PodSandboxes {
  constructor(
    private readonly parts: RuntimeParts,
    private readonly resting: RestingContainers,
  ) {}

  run(spec: SandboxSpec, done: Notify): string {
    const { parts } = this;
    const id = spec.id ?? parts.sim.random.for(parts.target, 'sandbox').hex(64);
    const record: SandboxRecord = {
      id,
      spec,
      state: 'not-ready',
      createdUnixUs: parts.sim.clock.unixUs,
      netns: 0,
      pid: 0,
      ips: [],
    };
    parts.sandboxes.set(id, { record, ipc: 0, uts: 0, pid: 0 });
    const image = spec.image ?? DEFAULT_PAUSE_IMAGE;
    if (parts.store('k8s.io').find(image) === undefined) {
      parts
        .store('k8s.io')
        .pull(
          { reference: image },
          { target: parts.target, type: 'sandbox.image', payload: { sandboxId: id, done: { ...done } } },
        );
    } else this.schedule(id, done);
    return id;
  }

  schedule(sandboxId: string, done: Notify): void {
    this.parts.sim.loop.schedule(RUN_US, this.parts.target, 'sandbox.start', { sandboxId, done: { ...done } });
  }

  /** The pause image could not be had. */
  imageFailed(sandboxId: string, done: Notify, message: string): void {
    const image = this.parts.sandboxes.get(sandboxId)?.record.spec.image ?? DEFAULT_PAUSE_IMAGE;
    this.parts.sandboxes.delete(sandboxId);
    tell(this.parts.sim.loop, done, {
      sandboxId,
      result: {
        ok: false,
        message: `failed to start sandbox "${sandboxId}": failed to get sandbox image "${image}": ${message}`,
      },
    });
  }

  start(sandboxId: string, done: Notify): void {
    const { parts } = this;
    const cell = parts.sandboxes.get(sandboxId);
    if (cell === undefined) return;
    const { spec } = cell.record;
    const { kernel, net } = parts.host;
    const hosts = kernel.namespaces.host;
    const netns = spec.hostNetwork === true ? hosts.net : loopbackNamespace(parts);
    const netnsName =
      spec.hostNetwork === true ? undefined : `cni-${parts.sim.random.for(parts.target, 'netns').uuid()}`;
    if (netnsName !== undefined) net.bindNamespaceName(netnsName, netns);
    const ready: SandboxCell = {
      record: { ...cell.record, netns },
      ...(netnsName === undefined ? {} : { netnsName }),
      ipc: spec.hostIpc === true ? hosts.ipc : kernel.namespaces.create('ipc'),
      uts: spec.hostNetwork === true ? hosts.uts : kernel.namespaces.createUts(spec.hostname),
      pid: spec.hostPid === true ? hosts.pid : kernel.namespaces.createPid(),
    };
    parts.sandboxes.set(sandboxId, ready);
    const sysctls = { ...(netnsName === undefined ? {} : UNPRIVILEGED_SYSCTLS), ...spec.sysctls };
    for (const [name, value] of Object.entries(sysctls)) kernel.setSysctl(name, value, netns);
    writeSandboxFiles(parts.host.files.root, sandboxId, kernel.namespaces.hostname(ready.uts));
    const pause = this.#pauseCell(sandboxId, spec);
    parts.containers.set(sandboxId, pause);
    const outcome = this.#begin(pause);
    if (!outcome.ok) {
      parts.containers.delete(sandboxId);
      this.#release(ready);
      parts.sandboxes.delete(sandboxId);
      tell(parts.sim.loop, done, { sandboxId, result: { ok: false, message: outcome.message } });
      return;
    }
    parts.sandboxes.set(sandboxId, { ...ready, record: { ...ready.record, state: 'ready', pid: outcome.pid } });
    parts.publish('sandbox-started', 'k8s.io', sandboxId, sandboxId);
    tell(parts.sim.loop, done, { sandboxId, result: { ok: true } });
  }

  /** The pause process begins, or rests until somebody looks. */
  #begin(pause: ContainerCell): StartOutcome {
    const { parts, resting } = this;
    if (!resting.mayRest(pause)) {
      resting.awaken();
      return launch(parts, pause);
    }
    const startedUnixUs = parts.sim.clock.unixUs;
    change(parts, pause.record.id, { state: 'running', startedUnixUs });
    resting.rest(pause.record.id);
    return { ok: true, pid: 0, startedUnixUs };
  }

  #pauseCell(id: string, spec: SandboxSpec): ContainerCell {
    const { parts } = this;
    const store = parts.store('k8s.io');
    const found = store.find(spec.image ?? DEFAULT_PAUSE_IMAGE);
    const image = found === undefined ? undefined : store.image(found.id);
    if (found === undefined || image === undefined)
      throw new Error('the pause image went away while a sandbox started');
    const rootfs = parts.rootfs.prepare('k8s.io', id, image);
    const record: ContainerRecord = {
      id,
      spec: {
        id,
        namespace: 'k8s.io',
        name: spec.metadata.name,
        image: found.id,
        sandboxId: id,
        labels: spec.labels,
        env: [],
        mounts: [],
        resources: PAUSE_RESOURCES,
        cgroupParent: spec.cgroupParent,
        hostname: spec.hostname,
        network: 'sandbox',
        pid: 'sandbox',
        ipc: 'sandbox',
        uts: 'sandbox',
        readonlyRootfs: true,
        log: { driver: 'none' },
        exited: { target: parts.target, type: 'pause.exited', payload: { sandboxId: id } },
      },
      state: 'created',
      imageId: found.id,
      createdUnixUs: parts.sim.clock.unixUs,
      startedUnixUs: 0,
      finishedUnixUs: 0,
      pid: 0,
      exitCode: 0,
      oomKilled: false,
      argv: found.config.Entrypoint ?? ['/pause'],
      env: found.config.Env ?? [],
      workingDir: '/',
      user: found.config.User ?? '',
      stopSignal: 'SIGTERM',
      cgroupPath: `${spec.cgroupParent === '/' ? '' : spec.cgroupParent}/cri-containerd-${id}.scope`,
      rootfs: rootfs.merged,
      upperDirectory: rootfs.upper,
    };
    return { record, rootfs, pause: true };
  }

  setAddresses(sandboxId: string, ips: readonly string[]): void {
    const cell = this.parts.sandboxes.get(sandboxId);
    if (cell !== undefined) this.parts.sandboxes.set(sandboxId, { ...cell, record: { ...cell.record, ips } });
  }

  stop(sandboxId: string, done: Notify): RuntimeFailure | undefined {
    const { parts } = this;
    const cell = parts.sandboxes.get(sandboxId);
    if (cell === undefined)
      return { failure: 'not-found', message: `an error occurred when try to find sandbox "${sandboxId}": not found` };
    const { kernel } = parts.host;
    for (const { record } of parts.containers.values()) {
      if (record.spec.sandboxId === sandboxId && record.pid !== 0) kernel.kill(record.pid, 'SIGKILL');
    }
    parts.sandboxes.set(sandboxId, { ...cell, record: { ...cell.record, state: 'not-ready', pid: 0 } });
    parts.sim.loop.schedule(STOP_US, parts.target, 'sandbox.stopped', { sandboxId, done: { ...done } });
    return undefined;
  }

  stopped(sandboxId: string, done: Notify): void {
    const cell = this.parts.sandboxes.get(sandboxId);
    if (cell !== undefined) {
      this.#release(cell);
      const { netnsName: _, ...rest } = cell;
      this.parts.sandboxes.set(sandboxId, {
        ...rest,
        record: { ...cell.record, netns: 0, state: 'not-ready', pid: 0 },
      });
      this.parts.publish('sandbox-stopped', 'k8s.io', sandboxId, sandboxId);
    }
    tell(this.parts.sim.loop, done, { sandboxId });
  }

  #release(cell: SandboxCell): void {
    const { net } = this.parts.host;
    if (cell.netnsName === undefined) return;
    net.unbindNamespaceName(cell.netnsName);
    net.deleteNamespace(cell.record.netns);
  }

  /** The pause process has ended by itself (it was killed): the sandbox is not ready any more. */
  pauseExited(sandboxId: string, exitCode: number): void {
    const cell = this.parts.sandboxes.get(sandboxId);
    if (cell === undefined || cell.record.state !== 'ready') return;
    this.parts.sandboxes.set(sandboxId, { ...cell, record: { ...cell.record, state: 'not-ready', pid: 0 } });
    this.parts.publish('sandbox-stopped', 'k8s.io', sandboxId, sandboxId);
    const { exited } = cell.record.spec;
    if (exited !== undefined) tell(this.parts.sim.loop, exited, { sandboxId, exitCode });
  }

  remove(sandboxId: string): RuntimeFailure | undefined {
    const { parts } = this;
    const cell = parts.sandboxes.get(sandboxId);
    if (cell === undefined) return undefined;
    if (cell.record.state === 'ready')
      return { failure: 'conflict', message: `sandbox container "${sandboxId}" is not fully stopped` };
    this.#release(cell);
    const pause = parts.containers.get(sandboxId);
    if (pause !== undefined) {
      change(parts, sandboxId, { state: 'removing' });
      parts.rootfs.remove(pause.rootfs);
      parts.containers.delete(sandboxId);
    }
    parts.sandboxes.delete(sandboxId);
    removeSandboxFiles(parts.host.files.root, sandboxId);
    return undefined;
  }
}

const PAUSE_RESOURCES = { cpuShares: 2, oomScoreAdj: -998 };
