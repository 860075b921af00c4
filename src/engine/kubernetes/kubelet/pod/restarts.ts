/** Ends of containers and what follows: the restart policy, back-off, what a restarted kubelet finds (kuberuntime). */
import { failed } from '../../../../protocol/errno.ts';
import type { ContainerExit } from '../../../machine/container/interface.ts';
import { BACKOFF_RESET_US, formatGoDuration, nextBackoffUs } from './back-off.ts';
import type { PodHandle } from './pod-handle.ts';
import { terminated } from './status.ts';
import type { WorkerContext } from './worker-context.ts';
import type { ContainerWork } from './work-state.ts';

/** Until the kubelet has noticed a container's end (its event stream from the runtime), µs. */
const NOTICE_US = 100_000;
const MAX_MESSAGE = 4096;

export class Restarts {
  constructor(
    private readonly worker: PodHandle,
    private readonly context: WorkerContext,
  ) {}

  get #nowUs(): number {
    return this.context.options.simulation.clock.nowUs;
  }

  /** Whether the container is to be started now; where it has to wait, the pod is looked at again in time. */
  isDue(own: ContainerWork): boolean {
    if (own.step === 'exited') {
      if (own.redefined) own.restartAtUs = 0;
      else if (!this.#shouldRestart(own)) return false;
      this.#await(own);
    }
    if (own.step !== 'waiting') return false;
    this.#forgetBackOff(own);
    const waitUs = Math.max(own.restartAtUs, own.pullRetryAtUs) - this.#nowUs;
    if (waitUs > 0) this.context.syncAfter(this.worker.uid, waitUs);
    return waitUs <= 0;
  }

  /** Back-offs are of one image: after a change nobody waits for them. */
  #forgetBackOff(own: ContainerWork): void {
    if (own.specImage === undefined || own.specImage === this.worker.containerOf(own.name)?.image) return;
    Object.assign(own, { specImage: undefined, backoffUs: 0, restartAtUs: 0, pullBackoffUs: 0, pullRetryAtUs: 0 });
    own.pullError = undefined;
  }

  /** An ended container waits for its next start. */
  #await(own: ContainerWork): void {
    own.last = { terminated: terminated(own) };
    own.step = 'waiting';
    own.waitingReason = 'ContainerCreating';
    own.waitingMessage = undefined;
    if (own.restartAtUs <= this.#nowUs) return;
    const { namespace, name, uid } = this.worker.work;
    const backoff = formatGoDuration(own.waitUs);
    own.waitingReason = 'CrashLoopBackOff';
    own.waitingMessage = `back-off ${backoff} restarting failed container=${own.name} pod=${name}_${namespace}(${uid})`;
    this.worker.containerEvent(
      own,
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${own.name} in pod ${name}_${namespace}(${uid})`,
    );
  }

  #shouldRestart(own: ContainerWork): boolean {
    if (own.kind === 'sidecar') return true;
    const policy = this.worker.pod.spec.restartPolicy ?? 'Always';
    if (own.kind === 'init') return own.exitCode !== 0 && policy !== 'Never';
    return policy === 'Always' || (policy === 'OnFailure' && own.exitCode !== 0);
  }

  onExited(own: ContainerWork, exit: ContainerExit): void {
    if (exit.containerId !== own.id || own.step === 'exited') return;
    this.#markRuntimeExit(own, exit);
    const { uid, terminating } = this.worker.work;
    if (own.redefined && terminating === undefined) {
      // The sync that stopped it goes on to start it; what came of it is reported then.
      this.worker.goOn();
      return;
    }
    this.context.statusChanged(uid);
    if (terminating !== undefined) this.worker.sync();
    else this.context.syncAfter(uid, NOTICE_US);
  }

  #markRuntimeExit(
    own: ContainerWork,
    exit: { readonly exitCode: number; readonly oomKilled: boolean; readonly finishedUnixUs: number },
  ): void {
    const reason = exit.oomKilled ? 'OOMKilled' : exit.exitCode === 0 ? 'Completed' : 'Error';
    this.markExited(own, exit.exitCode, reason, undefined, Math.floor(exit.finishedUnixUs / 1000));
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
    this.worker.prober.stop(own);
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
    own.waitUs = own.backoffUs;
    own.restartAtUs = this.#nowUs + own.waitUs;
    own.backoffUs = nextBackoffUs(own.backoffUs);
    const { namespace, name } = this.worker.work;
    this.context.options.simulation.trace.record(this.context.target, 'container.exited', `pod/${namespace}/${name}`, {
      container: own.name,
      exitCode,
      reason,
    });
  }

  /** What the program left in /dev/termination-log. */
  #terminationMessage(own: ContainerWork): string | undefined {
    const { runtime, host } = this.context.options;
    const record = own.id === undefined ? undefined : runtime.container(own.id);
    const path = this.worker.containerOf(own.name)?.terminationMessagePath ?? '/dev/termination-log';
    if (record === undefined || path === '') return undefined;
    const text = host.files.root.readText(`${record.upperDirectory}${path}`);
    return failed(text) || text === '' ? undefined : text.slice(0, MAX_MESSAGE);
  }

  /** In another sandbox the init containers run again, and nobody waits for a back-off. */
  beginAnew(): void {
    for (const own of this.worker.work.containers) {
      own.restartAtUs = 0;
      if (own.kind !== 'app' && own.step === 'exited') this.#await(own);
    }
  }

  /** After a kubelet restart: containers that ended meanwhile. */
  reconcileWithRuntime(): void {
    const { runtime, simulation } = this.context.options;
    for (const own of this.worker.work.containers) {
      // Nobody waits for that pull any more; what it has fetched is there.
      if (own.step === 'pulling') own.step = 'waiting';
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
      else if (record.state === 'exited') this.#markRuntimeExit(own, record);
      else if (own.step === 'starting' && record.state === 'running') {
        const result = { ok: true, pid: record.pid, startedUnixUs: record.startedUnixUs };
        this.worker.handle('started', own.name, { containerId: record.id, result });
      } else if (own.step === 'running' && !own.hookPending) this.worker.prober.begin(own);
    }
  }
}
