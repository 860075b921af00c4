/**
 * One pod on one node: brings it from nothing to running, keeps it there, and takes it down (kubernetes pkg/kubelet
 * syncPod, kuberuntime SyncPod). Level-based: `sync` looks at the pod and at what is there and takes the next steps.
 */
import type { Plain } from '../../../../protocol/plain.ts';
import type { ContainerExit } from '../../../machine/container/interface.ts';
import { parseRfc3339 } from '../../../sim/clock.ts';
import { shareParts } from '../../apimachinery/sharing.ts';
import type { Container, Pod } from '../../apimachinery/types.ts';
import { Prober } from '../probes/prober.ts';
import { isInMemory } from '../volumes/memory-volume.ts';
import { logDirectory, podDirectory } from './cgroup-names.ts';
import { volumeDirectory } from './container-spec.ts';
import { ContainerStarter } from './container-starter.ts';
import { PodVolumes } from './pod-volumes.ts';
import { Restarts } from './restarts.ts';
import { PodSandbox } from './sandbox.ts';
import { podPhase } from './status.ts';
import { stopContainer, stopContainers } from './termination.ts';
import type { PodHandle } from './pod-handle.ts';
import type { WorkerContext } from './worker-context.ts';
import type { ContainerWork, PodWork } from './work-state.ts';

const FIRST_MOUNT_RETRY_US = 500_000;
const MAX_MOUNT_RETRY_US = 122_000_000;
const DEFAULT_GRACE_SECONDS = 30;

/** The later of two versions of a pod. */
const newer = (a: Pod, b: Pod): Pod =>
  Number(b.metadata.resourceVersion) >= Number(a.metadata.resourceVersion) ? b : a;

export class PodWorker implements PodHandle {
  readonly volumes: PodVolumes;
  readonly prober: Prober;
  readonly #sandbox: PodSandbox;
  readonly #starter: ContainerStarter;
  readonly #restarts: Restarts;

  /** What the API server has said last. */
  #latest: Pod;

  constructor(
    /** The version that the steps under way go by; a later one counts after them. */
    public pod: Pod,
    readonly work: PodWork,
    private readonly context: WorkerContext,
    latest?: Pod,
  ) {
    this.#latest = latest === undefined ? pod : shareParts(latest, pod);
    this.volumes = new PodVolumes(context);
    this.prober = new Prober(this, context);
    this.#sandbox = new PodSandbox(this, context);
    this.#starter = new ContainerStarter(this, context);
    this.#restarts = new Restarts(this, context);
  }

  get uid(): string {
    return this.work.uid;
  }
  get #nowUs(): number {
    return this.context.options.simulation.clock.nowUs;
  }
  containerOf(name: string): Container | undefined {
    return (
      this.pod.spec.containers.find((item) => item.name === name) ??
      this.pod.spec.initContainers?.find((item) => item.name === name)
    );
  }
  workOf(name: string): ContainerWork | undefined {
    return this.work.containers.find((item) => item.name === name);
  }

  get latest(): Pod {
    return this.#latest;
  }

  /** Takes note of a version; what it asks for is done at the next `update`. */
  learn(pod: Pod): void {
    this.#latest = newer(this.#latest, pod);
  }

  /** The pod has changed. A pod's updates are worked on one after the other: this one waits for the steps under way. */
  update(pod: Pod): void {
    this.learn(pod);
    if (!this.#isUnderWay()) this.#catchUp();
  }

  #catchUp(): void {
    const before = this.pod;
    this.pod = this.#latest;
    if (before.spec !== this.pod.spec) this.sync();
  }

  /** Whether something was asked of the runtime that a sync waits for: sandbox, pull, start, hook, replacement. */
  #isUnderWay(): boolean {
    const { sandbox, containers, terminating, ended } = this.work;
    if (terminating !== undefined || ended !== undefined) return false;
    if (sandbox.step === 'starting') return true;
    return containers.some(
      ({ step, hookPending, redefined }) => step === 'pulling' || step === 'starting' || hookPending || redefined,
    );
  }

  /** The next steps; safe to call at any time. Each sync reports the status. */
  sync(): void {
    if (this.work.finished) return;
    this.goOn();
    this.context.statusChanged(this.work.uid);
  }

  goOn(): void {
    const { work } = this;
    if (work.terminating !== undefined) this.#terminate();
    else if (work.ended !== undefined) this.#windDown();
    else if (!this.#overDeadline() && this.#prepare()) this.#runContainers();
  }

  /** The pod shall go: containers get `graceSeconds` from now. */
  terminate(graceSeconds: number): void {
    const deadlineUs = this.#nowUs + graceSeconds * 1_000_000;
    const { terminating } = this.work;
    if (terminating !== undefined && terminating.deadlineUs <= deadlineUs) return;
    const shortened = terminating !== undefined;
    this.pod = this.#latest;
    this.work.terminating = { graceSeconds, deadlineUs };
    if (shortened) for (const container of this.work.containers) container.stopping = false;
    this.prober.stopAll();
    this.sync();
  }

  handle(type: string, container: string | undefined, payload: { readonly [key: string]: Plain }): void {
    this.#answered(type, container, payload);
    if (this.pod !== this.#latest && !this.work.finished && !this.#isUnderWay()) this.#catchUp();
  }

  #answered(type: string, container: string | undefined, payload: { readonly [key: string]: Plain }): void {
    const own = container === undefined ? undefined : this.workOf(container);
    switch (type) {
      case 'sandbox':
        // The sync that asked for it goes on to pull and create; what came of it is reported once a container has started.
        if (this.#sandbox.onAnswer(payload)) this.goOn();
        break;
      case 'sandbox-stopped':
        this.#sandboxStopped();
        break;
      case 'pulled':
        if (own !== undefined) this.#starter.onPulled(own, payload);
        break;
      case 'started':
        if (own !== undefined) this.#starter.onStarted(own, payload);
        break;
      case 'hook-ended':
        if (own !== undefined) this.#starter.onHookEnded(own, payload);
        break;
      case 'exited':
        if (own !== undefined) this.#restarts.onExited(own, payload as ContainerExit);
        break;
      case 'pull-backoff':
        if (own !== undefined) this.#starter.showBackoff(own);
        break;
      case 'stopped':
        this.sync();
        break;
      default:
        if (own !== undefined) this.prober.handle(type, own, payload);
    }
  }

  /** Ends a pod whose time is over. */
  #overDeadline(): boolean {
    const seconds = this.pod.spec.activeDeadlineSeconds;
    if (seconds === undefined) return false;
    const since = parseRfc3339(this.work.startTime) ?? 0;
    const leftMs = since + seconds * 1000 - this.context.options.simulation.clock.unixMs;
    if (leftMs > 0) {
      this.context.syncAfter(this.work.uid, leftMs * 1000);
      return false;
    }
    this.context.options.recorder.event(
      this.pod,
      'Normal',
      'DeadlineExceeded',
      'Pod was active on the node longer than the specified deadline',
    );
    this.#end('Failed', 'DeadlineExceeded', 'Pod was active on the node longer than the specified deadline');
    return true;
  }

  #end(phase: 'Succeeded' | 'Failed', reason?: string, message?: string): void {
    this.work.ended = phase;
    this.work.endedReason = reason;
    this.work.endedMessage = message;
    this.prober.stopAll();
    this.#windDown();
  }

  /** Directories, volumes and sandbox; false while one of them is missing. */
  #prepare(): boolean {
    const { work } = this;
    if (!this.#sandbox.isAlive) this.#sandbox.lose();
    if (work.sandbox.step === 'lost' && !this.#leaveSandbox()) return false;
    if (work.volumes === 'none' && !this.#mountVolumes()) return false;
    if (work.sandbox.step === 'ready') return true;
    if (work.sandbox.step === 'none' || work.sandbox.step === 'stopped') this.#sandbox.start();
    return false;
  }

  #sandboxStopped(): void {
    const { work } = this;
    if (work.sandbox.step === 'ready' && work.terminating === undefined && work.ended === undefined)
      this.#sandbox.lose();
    else if (work.sandbox.step !== 'lost') work.sandbox.step = 'stopped';
    this.sync();
  }

  /** Ends what ran in a lost sandbox; true once there may be another one. */
  #leaveSandbox(): boolean {
    const { work, pod } = this;
    if (!stopContainers(this, this.context, pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS))
      return false;
    work.sandbox.step = 'stopped';
    const phase = podPhase(pod, work);
    if (phase === 'Succeeded' || phase === 'Failed') {
      this.#end(phase);
      return false;
    }
    this.#restarts.beginAnew();
    return true;
  }

  #mountVolumes(): boolean {
    const { work, context } = this;
    if (this.#nowUs < work.volumesRetryAtUs) return false;
    context.options.host.files.root.mkdirp(podDirectory(work.uid), { mode: 0o750 });
    const problem = this.volumes.mount(this.pod, work);
    if (problem === undefined) {
      work.volumes = 'mounted';
      return true;
    }
    context.options.recorder.event(
      this.pod,
      'Warning',
      'FailedMount',
      `MountVolume.SetUp failed for volume "${problem.volume}" : ${problem.error}`,
    );
    work.volumesBackoffUs =
      work.volumesBackoffUs === 0 ? FIRST_MOUNT_RETRY_US : Math.min(MAX_MOUNT_RETRY_US, work.volumesBackoffUs * 2);
    work.volumesRetryAtUs = this.#nowUs + work.volumesBackoffUs;
    context.syncAfter(work.uid, work.volumesBackoffUs);
    return false;
  }

  #runContainers(): void {
    for (const own of this.work.containers) {
      if (own.kind === 'app') continue;
      if (own.kind === 'init') {
        if (own.step === 'exited' && own.exitCode === 0) continue;
        if (own.step === 'exited' && this.pod.spec.restartPolicy === 'Never') {
          this.#end('Failed');
          return;
        }
        this.#startIfDue(own);
        return;
      }
      this.#startIfDue(own);
      if (!own.started && own.last === undefined) return;
    }
    for (const own of this.work.containers) {
      if (own.kind !== 'app') continue;
      this.#replaceIfRedefined(own);
      this.#startIfDue(own);
    }
    const phase = podPhase(this.pod, this.work);
    if (phase === 'Succeeded' || phase === 'Failed') this.#end(phase);
  }

  /** Another image than the one it runs: it is stopped, and started again whatever the restart policy. */
  #replaceIfRedefined(own: ContainerWork): void {
    const image = this.containerOf(own.name)?.image;
    if (own.step !== 'running' || own.redefined || image === undefined || image === own.specImage) return;
    own.redefined = true;
    const graceSeconds = this.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
    const reason = `Container ${own.name} definition changed, will be restarted`;
    stopContainer(this, this.context, own, graceSeconds, reason);
  }

  #startIfDue(own: ContainerWork): void {
    if (this.#restarts.isDue(own)) this.#starter.start(own);
  }

  markExited(...exit: Parameters<PodHandle['markExited']>): void {
    this.#restarts.markExited(...exit);
  }

  /** After a kubelet restart: what ended meanwhile. */
  reconcileWithRuntime(): void {
    this.#sandbox.reconcileWithRuntime();
    this.#restarts.reconcileWithRuntime();
    this.sync();
  }

  containerEvent(own: ContainerWork, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { name, namespace = '', uid, resourceVersion } = this.pod.metadata;
    const field = own.kind === 'app' ? 'containers' : 'initContainers';
    const ref = {
      kind: 'Pod',
      namespace,
      name,
      uid,
      apiVersion: 'v1',
      resourceVersion,
      fieldPath: `spec.${field}{${own.name}}`,
    };
    this.context.options.recorder.event({ ref }, type, reason, message);
  }

  /** The pod has ended by itself: what still runs is stopped, the sandbox goes, logs stay. */
  #windDown(): void {
    const graceSeconds = this.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
    if (stopContainers(this, this.context, graceSeconds)) this.#sandbox.stop();
  }

  #terminate(): void {
    const { work } = this;
    const graceSeconds = Math.max(0, Math.ceil(((work.terminating?.deadlineUs ?? 0) - this.#nowUs) / 1_000_000));
    if (!stopContainers(this, this.context, graceSeconds)) return;
    this.#sandbox.stop();
    if (['none', 'stopped', 'lost'].includes(work.sandbox.step)) this.#cleanUp();
  }

  #cleanUp(): void {
    const { work, context, pod } = this;
    const { runtime, host } = context.options;
    work.finished = true;
    for (const own of work.containers)
      for (const id of [own.id, own.lastId]) if (id !== undefined) runtime.remove(id, { force: true });
    if (work.sandbox.id !== undefined) runtime.removeSandbox(work.sandbox.id);
    for (const volume of pod.spec.volumes ?? []) {
      const directory = isInMemory(volume) ? volumeDirectory(work.uid, volume) : undefined;
      if (directory !== undefined) host.files.umount(directory);
    }
    host.files.root.remove(podDirectory(work.uid), { recursive: true });
    host.files.root.remove(logDirectory(pod, work.uid), { recursive: true });
    context.podGone(work.uid);
  }
}
