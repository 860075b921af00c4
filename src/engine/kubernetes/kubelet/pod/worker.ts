/**
 * One pod on one node: brings it from nothing to running, keeps it there, and takes it down (kubernetes pkg/kubelet
 * syncPod, kuberuntime SyncPod). Level-based: `sync` looks at the pod and at what is there and takes the next steps.
 */
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { isFailure as isRuntimeFailure, type ContainerExit } from '../../../machine/container/interface.ts';
import { parseRfc3339 } from '../../../sim/clock.ts';
import type { Container, Pod } from '../../apimachinery/types.ts';
import { Prober } from '../probes/prober.ts';
import { BACKOFF_RESET_US, formatGoDuration, nextBackoffUs } from './back-off.ts';
import { logDirectory, podCgroup, podDirectory, qosClass } from './cgroup-names.ts';
import { hostsFile, resolvConf } from './container-spec.ts';
import { ContainerStarter } from './container-starter.ts';
import { PodVolumes } from './pod-volumes.ts';
import { podPhase, terminated } from './status.ts';
import { stopContainers } from './termination.ts';
import type { PodHandle } from './pod-handle.ts';
import type { WorkerContext } from './worker-context.ts';
import type { ContainerWork, PodWork } from './work-state.ts';

const SANDBOX_RETRY_US = 10_000_000;
const FIRST_MOUNT_RETRY_US = 500_000;
const MAX_MOUNT_RETRY_US = 122_000_000;
/** Until the kubelet has noticed a container's end (its event stream from the runtime), µs. */
const NOTICE_US = 100_000;

export class PodWorker implements PodHandle {
  readonly volumes: PodVolumes;
  readonly prober: Prober;
  readonly #starter: ContainerStarter;

  constructor(
    public pod: Pod,
    readonly work: PodWork,
    private readonly context: WorkerContext,
  ) {
    this.volumes = new PodVolumes(context);
    this.prober = new Prober(this, context);
    this.#starter = new ContainerStarter(this, context);
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

  /** The next steps; safe to call at any time. */
  sync(): void {
    const { work } = this;
    if (work.finished) return;
    if (work.terminating !== undefined) this.#terminate();
    else if (work.ended !== undefined) this.#windDown();
    else {
      if (!this.#overDeadline() && this.#prepare()) this.#runContainers();
    }
    this.context.statusChanged(work.uid);
  }

  /** The pod shall go: containers get `graceSeconds` from now. */
  terminate(graceSeconds: number): void {
    const deadlineUs = this.#nowUs + graceSeconds * 1_000_000;
    const { terminating } = this.work;
    if (terminating !== undefined && terminating.deadlineUs <= deadlineUs) return;
    const shortened = terminating !== undefined;
    this.work.terminating = { graceSeconds, deadlineUs };
    if (shortened) for (const container of this.work.containers) container.stopping = false;
    this.prober.stopAll();
    this.sync();
  }

  handle(type: string, container: string | undefined, payload: { readonly [key: string]: Plain }): void {
    const own = container === undefined ? undefined : this.workOf(container);
    switch (type) {
      case 'sandbox':
        this.#onSandbox(payload);
        break;
      case 'sandbox-stopped':
        this.work.sandbox.step = 'stopped';
        this.sync();
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
        if (own !== undefined) this.#onExited(own, payload as ContainerExit);
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
    if (work.volumes === 'none' && !this.#mountVolumes()) return false;
    if (work.sandbox.step === 'ready') return true;
    if (work.sandbox.step === 'none' || work.sandbox.step === 'stopped') this.#startSandbox();
    return false;
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

  #startSandbox(): void {
    const { work, pod, context } = this;
    const { sandbox } = work;
    if (this.#nowUs < sandbox.retryAtUs) return;
    if (sandbox.id !== undefined) context.options.runtime.removeSandbox(sandbox.id);
    const hostNetwork = pod.spec.hostNetwork === true;
    const { podNetwork, config, runtime } = context.options;
    const notReady = hostNetwork ? undefined : podNetwork.notReady();
    if (notReady !== undefined) {
      context.options.recorder.event(
        pod,
        'Warning',
        'NetworkNotReady',
        `network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:${notReady}`,
      );
      sandbox.retryAtUs = this.#nowUs + 2_000_000;
      context.syncAfter(work.uid, 2_000_000);
      return;
    }
    sandbox.step = 'starting';
    sandbox.id = runtime.runSandbox(
      {
        metadata: { name: pod.metadata.name, namespace: work.namespace, uid: work.uid, attempt: sandbox.attempt },
        labels: {
          ...pod.metadata.labels,
          'io.kubernetes.pod.name': pod.metadata.name,
          'io.kubernetes.pod.namespace': work.namespace,
          'io.kubernetes.pod.uid': work.uid,
        },
        annotations: pod.metadata.annotations ?? {},
        hostname: hostNetwork ? config.nodeName : (pod.spec.hostname ?? pod.metadata.name.slice(0, 63)),
        hostNetwork,
        hostPid: pod.spec.hostPID === true,
        hostIpc: pod.spec.hostIPC === true,
        sharedPid: pod.spec.shareProcessNamespace === true,
        cgroupParent: podCgroup(work.uid, qosClass(pod.spec)),
        ...(pod.spec.securityContext?.sysctls === undefined
          ? {}
          : { sysctls: Object.fromEntries(pod.spec.securityContext.sysctls.map(({ name, value }) => [name, value])) }),
        logDirectory: logDirectory(pod, work.uid),
        exited: context.notify('sandbox-stopped', work.uid),
      },
      context.notify('sandbox', work.uid),
    );
  }

  #onSandbox(payload: { readonly [key: string]: Plain }): void {
    const { work, pod, context } = this;
    const { sandbox } = work;
    if (payload['sandboxId'] !== sandbox.id || sandbox.step !== 'starting' || sandbox.id === undefined) return;
    const result = payload['result'] as { ok: boolean; message?: string };
    if (!result.ok) {
      this.#sandboxFailed(result.message ?? '');
      return;
    }
    const record = context.options.runtime.sandbox(sandbox.id);
    sandbox.netns = record?.netns ?? 0;
    if (pod.spec.hostNetwork === true) work.ips = [context.options.config.nodeIp];
    else {
      const added = context.options.podNetwork.add({
        sandboxId: sandbox.id,
        netns: sandbox.netns,
        namespace: work.namespace,
        name: pod.metadata.name,
        uid: work.uid,
      });
      if ('error' in added) {
        this.#sandboxFailed(`failed to setup network for sandbox "${sandbox.id}": ${added.error}`);
        return;
      }
      work.ips = added.ips;
      context.options.runtime.setSandboxAddresses(sandbox.id, added.ips);
    }
    sandbox.step = 'ready';
    sandbox.backoffUs = 0;
    this.#writeNameFiles();
    this.sync();
  }

  #sandboxFailed(message: string): void {
    const { work, context } = this;
    context.options.recorder.event(
      this.pod,
      'Warning',
      'FailedCreatePodSandBox',
      `Failed to create pod sandbox: rpc error: code = Unknown desc = ${message}`,
    );
    if (work.sandbox.id !== undefined)
      context.options.runtime.stopSandbox(work.sandbox.id, context.notify('sandbox-stopped', work.uid));
    work.sandbox.step = 'stopped';
    work.sandbox.attempt += 1;
    work.sandbox.retryAtUs = this.#nowUs + SANDBOX_RETRY_US;
    context.syncAfter(work.uid, SANDBOX_RETRY_US);
    context.statusChanged(work.uid);
  }

  /** /etc/hosts and /etc/resolv.conf of the containers. */
  #writeNameFiles(): void {
    const { work, pod, context } = this;
    const { root } = context.options.host.files;
    const { config } = context.options;
    const directory = podDirectory(work.uid);
    const hostHosts = root.readText('/etc/hosts');
    const hosts =
      pod.spec.hostNetwork === true && !failed(hostHosts)
        ? hostHosts
        : hostsFile(pod, work.ips, pod.spec.hostname ?? pod.metadata.name.slice(0, 63), config.clusterDomain);
    root.write(`${directory}/etc-hosts`, hosts, { mode: 0o644 });
    const hostResolv = root.readText('/etc/resolv.conf');
    root.write(
      `${directory}/resolv.conf`,
      resolvConf(
        pod,
        { servers: config.clusterDns, domain: config.clusterDomain },
        failed(hostResolv) ? '' : hostResolv,
      ),
      { mode: 0o644 },
    );
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
        this.#startOrWait(own);
        return;
      }
      this.#startOrWait(own);
      if (!own.started && own.last === undefined) return;
    }
    const apps = this.work.containers.filter(({ kind }) => kind === 'app');
    for (const own of apps) this.#startOrWait(own);
    const phase = podPhase(this.pod, this.work);
    if (phase === 'Succeeded' || phase === 'Failed') this.#end(phase);
  }

  #startOrWait(own: ContainerWork): void {
    if (own.step === 'exited' && !this.#shouldRestart(own)) return;
    if (own.step === 'exited') {
      own.last = { terminated: terminated(own) };
      own.step = 'waiting';
      own.waitingReason = 'ContainerCreating';
      own.waitingMessage = undefined;
      if (own.restartAtUs > this.#nowUs) {
        const message = `restarting failed container=${own.name} pod=${this.pod.metadata.name}_${this.work.namespace}(${this.work.uid})`;
        own.waitingReason = 'CrashLoopBackOff';
        own.waitingMessage = `back-off ${formatGoDuration(own.restartAtUs - own.finishedMs * 1000 + this.context.options.simulation.clock.startMs * 1000)} ${message}`;
        this.containerEvent(
          own,
          'Warning',
          'BackOff',
          `Back-off restarting failed container ${own.name} in pod ${this.pod.metadata.name}_${this.work.namespace}(${this.work.uid})`,
        );
      }
    }
    if (own.step !== 'waiting') return;
    const waitUs = Math.max(own.restartAtUs, own.pullRetryAtUs) - this.#nowUs;
    if (waitUs > 0) {
      this.context.syncAfter(this.work.uid, waitUs);
      return;
    }
    this.#starter.start(own);
  }

  #shouldRestart(own: ContainerWork): boolean {
    if (own.kind === 'sidecar') return true;
    const policy = this.pod.spec.restartPolicy ?? 'Always';
    if (own.kind === 'init') return own.exitCode !== 0 && policy !== 'Never';
    return policy === 'Always' || (policy === 'OnFailure' && own.exitCode !== 0);
  }

  #onExited(own: ContainerWork, exit: ContainerExit): void {
    if (exit.containerId !== own.id || own.step === 'exited') return;
    this.markExited(
      own,
      exit.exitCode,
      exit.oomKilled ? 'OOMKilled' : exit.exitCode === 0 ? 'Completed' : 'Error',
      undefined,
      Math.floor(exit.finishedUnixUs / 1000),
    );
    this.context.statusChanged(this.work.uid);
    if (this.work.terminating !== undefined) this.sync();
    else this.context.syncAfter(this.work.uid, NOTICE_US);
  }

  /** Books the end of a container and the delay before its next start. */
  markExited(
    own: ContainerWork,
    exitCode: number,
    reason: string,
    message: string | undefined,
    finishedMs: number,
  ): void {
    const ranUs = (finishedMs - own.startedMs) * 1000;
    this.prober.stop(own);
    Object.assign(own, {
      step: 'exited',
      exitCode,
      exitReason: reason,
      exitMessage: message ?? this.#terminationMessage(own),
      finishedMs,
      ready: false,
      started: false,
      stopping: false,
      hookPending: false,
    });
    if (own.startedMs > 0 && ranUs >= BACKOFF_RESET_US) own.backoffUs = 0;
    own.restartAtUs = this.#nowUs + own.backoffUs;
    own.backoffUs = nextBackoffUs(own.backoffUs);
    this.context.options.simulation.trace.record(
      this.context.target,
      'container.exited',
      `pod/${this.work.namespace}/${this.work.name}`,
      { container: own.name, exitCode, reason },
    );
  }

  /** What the program left in /dev/termination-log. */
  #terminationMessage(own: ContainerWork): string | undefined {
    const record = own.id === undefined ? undefined : this.context.options.runtime.container(own.id);
    const path = this.containerOf(own.name)?.terminationMessagePath ?? '/dev/termination-log';
    if (record === undefined || path === '') return undefined;
    const text = this.context.options.host.files.root.readText(`${record.upperDirectory}${path}`);
    return failed(text) || text === '' ? undefined : text.slice(0, 4096);
  }

  /** After a kubelet restart: containers that ended meanwhile. */
  reconcileWithRuntime(): void {
    const { runtime, simulation } = this.context.options;
    for (const own of this.work.containers) {
      if (own.step !== 'running' && own.step !== 'starting') continue;
      const record = own.id === undefined ? undefined : runtime.container(own.id);
      if (record === undefined)
        this.markExited(
          own,
          137,
          'ContainerStatusUnknown',
          'The container could not be located when the pod was terminated',
          simulation.clock.unixMs,
        );
      else if (record.state === 'exited')
        this.markExited(
          own,
          record.exitCode,
          record.oomKilled ? 'OOMKilled' : record.exitCode === 0 ? 'Completed' : 'Error',
          undefined,
          Math.floor(record.finishedUnixUs / 1000),
        );
      else if (own.step === 'running' && !own.hookPending) this.prober.begin(own);
    }
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
    if (stopContainers(this, this.context, this.pod.spec.terminationGracePeriodSeconds ?? 30)) this.#stopSandbox();
  }

  #terminate(): void {
    const { work } = this;
    const graceSeconds = Math.max(0, Math.ceil(((work.terminating?.deadlineUs ?? 0) - this.#nowUs) / 1_000_000));
    if (!stopContainers(this, this.context, graceSeconds)) return;
    this.#stopSandbox();
    if (work.sandbox.step === 'none' || work.sandbox.step === 'stopped') this.#cleanUp();
  }

  #stopSandbox(): void {
    const { work, context, pod } = this;
    if (work.sandbox.step !== 'ready' || work.sandbox.id === undefined) return;
    work.sandbox.step = 'stopping';
    if (pod.spec.hostNetwork !== true) {
      context.options.podNetwork.del({
        sandboxId: work.sandbox.id,
        netns: work.sandbox.netns,
        namespace: work.namespace,
        name: pod.metadata.name,
        uid: work.uid,
      });
    }
    const refused = context.options.runtime.stopSandbox(work.sandbox.id, context.notify('sandbox-stopped', work.uid));
    if (isRuntimeFailure(refused)) work.sandbox.step = 'stopped';
  }

  #cleanUp(): void {
    const { work, context, pod } = this;
    const { runtime, host } = context.options;
    work.finished = true;
    for (const own of work.containers)
      for (const id of [own.id, own.lastId]) if (id !== undefined) runtime.remove(id, { force: true });
    if (work.sandbox.id !== undefined) runtime.removeSandbox(work.sandbox.id);
    for (const volume of pod.spec.volumes ?? []) {
      if (volume.emptyDir?.medium === 'Memory')
        host.files.umount(`${podDirectory(work.uid)}/volumes/kubernetes.io~empty-dir/${volume.name}`);
    }
    host.files.root.remove(podDirectory(work.uid), { recursive: true });
    host.files.root.remove(logDirectory(pod, work.uid), { recursive: true });
    context.podGone(work.uid);
  }
}
