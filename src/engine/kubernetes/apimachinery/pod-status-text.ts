import { instantMs } from './instant.ts';
import { conditionOf, isConditionTrue } from './meta.ts';
import type { ContainerStatus, Pod } from './types.ts';

/** What `kubectl get pods` shows under STATUS. */
export const podStatusText = (pod: Pod): string => podSummary(pod).reason;

export interface PodSummary {
  /** STATUS: `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating`. */
  readonly reason: string;
  readonly ready: number;
  readonly restarts: number;
  /** Unix ms of the last restart; 0 where there was none. */
  readonly lastRestartMs: number;
}

/** STATUS, the ready count and restarts of a pod (kubernetes pkg/printers/internalversion printPod). */
export function podSummary(pod: Pod): PodSummary {
  const { status, metadata } = pod;
  const scheduling = conditionOf(status.conditions, 'PodScheduled');
  const gated = scheduling?.reason === 'SchedulingGated';
  const initial = gated
    ? 'SchedulingGated'
    : status.reason !== undefined && status.reason !== ''
      ? status.reason
      : (status.phase ?? 'Unknown');
  const init = initSummary(pod);
  let reason = init.reason ?? initial;
  let { restarts, lastRestartMs } = init;
  let ready = init.ready;
  if (init.reason === undefined || init.initialized) {
    const main = mainSummary(status.containerStatuses ?? []);
    if (init.reason === undefined || main.reason !== undefined) reason = main.reason ?? reason;
    ready += main.ready;
    restarts = main.restarts + init.sidecarRestarts;
    lastRestartMs = Math.max(main.lastRestartMs, init.sidecarLastMs);
    if (reason === 'Completed' && main.anyRunning)
      reason = isConditionTrue(status.conditions, 'Ready') ? 'Running' : 'NotReady';
  }
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Failed' && status.phase !== 'Succeeded') reason = 'Terminating';
  }
  return { reason, ready, restarts, lastRestartMs };
}

interface InitSummary {
  readonly reason: string | undefined;
  readonly initialized: boolean;
  readonly ready: number;
  readonly restarts: number;
  readonly lastRestartMs: number;
  readonly sidecarRestarts: number;
  readonly sidecarLastMs: number;
}

/** The first init container that is not done decides. */
function initSummary(pod: Pod): InitSummary {
  const specs = pod.spec.initContainers ?? [];
  let [restarts, lastRestartMs, sidecarRestarts, sidecarLastMs, ready] = [0, 0, 0, 0, 0];
  let reason: string | undefined;
  const statuses = pod.status.initContainerStatuses ?? [];
  for (const [index, container] of statuses.entries()) {
    restarts += container.restartCount;
    lastRestartMs = Math.max(lastRestartMs, finishedMs(container));
    const sidecar = specs.find(({ name }) => name === container.name)?.restartPolicy === 'Always';
    if (sidecar) {
      sidecarRestarts += container.restartCount;
      sidecarLastMs = Math.max(sidecarLastMs, finishedMs(container));
    }
    const { waiting, terminated } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) ready += 1;
      continue;
    }
    if (terminated !== undefined) reason = `Init:${endReason(terminated)}`;
    else if (waiting?.reason !== undefined && waiting.reason !== '' && waiting.reason !== 'PodInitializing')
      reason = `Init:${waiting.reason}`;
    else reason = `Init:${String(index)}/${String(specs.length)}`;
    break;
  }
  const initialized = isConditionTrue(pod.status.conditions, 'Initialized');
  return { reason, initialized, ready, restarts, lastRestartMs, sidecarRestarts, sidecarLastMs };
}

function mainSummary(statuses: readonly ContainerStatus[]): {
  reason: string | undefined;
  ready: number;
  restarts: number;
  lastRestartMs: number;
  anyRunning: boolean;
} {
  let [ready, restarts, lastRestartMs] = [0, 0, 0];
  let anyRunning = false;
  let reason: string | undefined;
  for (const container of statuses.toReversed()) {
    restarts += container.restartCount;
    lastRestartMs = Math.max(lastRestartMs, finishedMs(container));
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason !== undefined && waiting.reason !== '') reason = waiting.reason;
    else if (terminated !== undefined) reason = endReason(terminated);
    else if (container.ready && running !== undefined) {
      anyRunning = true;
      ready += 1;
    }
  }
  return { reason, ready, restarts, lastRestartMs, anyRunning };
}

const finishedMs = (container: ContainerStatus): number => {
  const finished = container.lastState?.terminated?.finishedAt;
  return finished === undefined ? 0 : (instantMs(finished) ?? 0);
};

const endReason = (terminated: {
  readonly reason?: string;
  readonly signal?: number;
  readonly exitCode: number;
}): string => {
  if (terminated.reason !== undefined && terminated.reason !== '') return terminated.reason;
  return terminated.signal !== undefined && terminated.signal !== 0
    ? `Signal:${String(terminated.signal)}`
    : `ExitCode:${String(terminated.exitCode)}`;
};
