/** The status of a pod, from what its worker knows (kubernetes pkg/kubelet kubelet_pods, status/generate). Decides; never acts. */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { conditionOf } from '../../apimachinery/meta.ts';
import type {
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodPhase,
  PodStatus,
} from '../../apimachinery/types.ts';
import { qosClass } from './cgroup-names.ts';
import type { ContainerWork, PodWork } from './work-state.ts';

/** The phase by the states of all containers and the restart policy. */
export function podPhase(pod: Pod, work: PodWork): PodPhase {
  if (work.ended !== undefined) return work.ended;
  const policy = pod.spec.restartPolicy ?? 'Always';
  const inits = work.containers.filter(({ kind }) => kind === 'init');
  const apps = work.containers.filter(({ kind }) => kind === 'app');
  for (const init of inits) {
    if (init.step === 'exited' && init.exitCode === 0) continue;
    return init.step === 'exited' && policy === 'Never' ? 'Failed' : 'Pending';
  }
  const sidecarsUp = work.containers
    .filter(({ kind }) => kind === 'sidecar')
    .every((sidecar) => sidecar.step === 'running' || sidecar.step === 'exited' || sidecar.last !== undefined);
  const waiting = apps.filter((app) => isWaiting(app) && app.last === undefined).length;
  if (waiting > 0 || !sidecarsUp) return 'Pending';
  if (apps.some((app) => app.step === 'running')) return 'Running';
  const stopped = apps.filter((app) => app.step === 'exited');
  if (stopped.length < apps.length) return 'Running';
  if (policy === 'Always') return 'Running';
  if (stopped.every((app) => app.exitCode === 0)) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}

const isWaiting = (container: ContainerWork): boolean =>
  container.step === 'waiting' || container.step === 'pulling' || container.step === 'starting';

export interface StatusContext {
  readonly hostIp: string;
  readonly nowMs: number;
}

/** The whole status; conditions that others set are kept. */
export function podStatus(pod: Pod, work: PodWork, context: StatusContext): PodStatus {
  const phase = podPhase(pod, work);
  const ips = work.ips.map((ip) => ({ ip }));
  const inits = statuses(pod.spec.initContainers ?? [], pod, work, phase);
  const apps = statuses(pod.spec.containers, pod, work, phase);
  return {
    observedGeneration: pod.metadata.generation ?? 1,
    phase,
    conditions: podConditions(pod, work, phase, context.nowMs),
    ...(work.endedReason === undefined ? {} : { reason: work.endedReason }),
    ...(work.endedMessage === undefined ? {} : { message: work.endedMessage }),
    hostIP: context.hostIp,
    hostIPs: [{ ip: context.hostIp }],
    ...(ips[0] === undefined ? {} : { podIP: ips[0].ip, podIPs: ips }),
    startTime: work.startTime,
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: apps,
    qosClass: qosClass(pod.spec),
  };
}

function podConditions(pod: Pod, work: PodWork, phase: PodPhase, nowMs: number): readonly Condition[] {
  const now = formatRfc3339(nowMs);
  const generation = pod.metadata.generation ?? 1;
  const over = phase === 'Succeeded' || phase === 'Failed';
  const inits = work.containers.filter(({ kind }) => kind !== 'app');
  const incomplete = inits
    .filter((init) =>
      init.kind === 'init'
        ? !(init.step === 'exited' && init.exitCode === 0)
        : !(init.started || init.step === 'exited'),
    )
    .map(({ name }) => name);
  const unready = work.containers.filter(({ kind, ready }) => kind !== 'init' && !ready).map(({ name }) => name);
  const gates = (pod.spec.readinessGates ?? []).filter(
    (gate) => conditionOf(pod.status.conditions, gate.conditionType)?.status !== 'True',
  );
  const make = (type: string, ok: boolean, reason?: string, message?: string): Condition => {
    const status = ok ? 'True' : 'False';
    const before = conditionOf(pod.status.conditions, type);
    return {
      type,
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: generation }),
      status,
      lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    };
  };
  const unreadyText = `containers with unready status: [${unready.join(' ')}]`;
  const containersReady = over
    ? make('ContainersReady', false, phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed')
    : unready.length === 0
      ? make('ContainersReady', true)
      : make('ContainersReady', false, 'ContainersNotReady', unreadyText);
  const ready = over
    ? make('Ready', false, phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed')
    : unready.length > 0
      ? make('Ready', false, 'ContainersNotReady', unreadyText)
      : gates.length > 0
        ? make(
            'Ready',
            false,
            'ReadinessGatesNotReady',
            gates
              .map((gate) => `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`)
              .join(', '),
          )
        : make('Ready', true);
  const initialized =
    incomplete.length === 0 || over
      ? make('Initialized', true, phase === 'Succeeded' ? 'PodCompleted' : undefined)
      : make(
          'Initialized',
          false,
          'ContainersNotInitialized',
          `containers with incomplete status: [${incomplete.join(' ')}]`,
        );
  const own = [
    make('PodReadyToStartContainers', work.sandbox.step === 'ready'),
    initialized,
    ready,
    containersReady,
    make('PodScheduled', true),
  ];
  const types = new Set(own.map(({ type }) => type));
  return [...own, ...(pod.status.conditions ?? []).filter(({ type }) => !types.has(type))];
}

function statuses(
  containers: readonly Container[],
  pod: Pod,
  work: PodWork,
  phase: PodPhase,
): readonly ContainerStatus[] {
  return containers.map((container) => {
    const own = work.containers.find(({ name }) => name === container.name);
    return own === undefined ? missing(container) : containerStatus(container, own, pod, work, phase);
  });
}

const missing = (container: Container): ContainerStatus => ({
  name: container.name,
  state: { waiting: { reason: 'ContainerCreating' } },
  lastState: {},
  ready: false,
  restartCount: 0,
  image: container.image,
  imageID: '',
  started: false,
});

function containerStatus(
  container: Container,
  own: ContainerWork,
  pod: Pod,
  work: PodWork,
  phase: PodPhase,
): ContainerStatus {
  const state = containerState(own, work, phase);
  const mounts = (container.volumeMounts ?? []).map((mount) => ({
    name: mount.name,
    mountPath: mount.mountPath,
    ...(mount.readOnly === true ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
  }));
  const limits = container.resources;
  return {
    name: own.name,
    state,
    lastState: own.last ?? {},
    ready: own.ready,
    restartCount: own.restarts,
    image: own.imageName ?? container.image,
    imageID: own.imageId ?? '',
    ...(own.id === undefined ? {} : { containerID: `containerd://${own.id}` }),
    started: own.kind === 'init' ? false : own.started,
    ...(limits?.requests === undefined ? {} : { allocatedResources: limits.requests }),
    ...(limits === undefined || pod.spec.containers.length === 0 ? {} : { resources: limits }),
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
  };
}

/** What a container's `state` says. */
export function containerState(own: ContainerWork, work: PodWork, phase: PodPhase): ContainerState {
  if (own.step === 'running') return { running: { startedAt: formatRfc3339(own.startedMs) } };
  if (own.step === 'exited') return { terminated: terminated(own) };
  const initPending = work.containers.some(
    (other) => other.kind === 'init' && !(other.step === 'exited' && other.exitCode === 0),
  );
  const standard = own.waitingReason === 'ContainerCreating' || own.waitingReason === 'PodInitializing';
  const hasInits = work.containers.some(({ kind }) => kind !== 'app');
  const reason = standard
    ? hasInits && (own.kind !== 'app' || initPending || phase === 'Pending')
      ? 'PodInitializing'
      : 'ContainerCreating'
    : own.waitingReason;
  return { waiting: { reason, ...(own.waitingMessage === undefined ? {} : { message: own.waitingMessage }) } };
}

export function terminated(own: ContainerWork): NonNullable<ContainerState['terminated']> {
  return {
    exitCode: own.exitCode,
    reason: own.exitReason,
    ...(own.exitMessage === undefined ? {} : { message: own.exitMessage }),
    // A container that never started is given the epoch, as CRI does.
    startedAt: formatRfc3339(own.startedMs),
    finishedAt: formatRfc3339(own.finishedMs),
    ...(own.id === undefined ? {} : { containerID: `containerd://${own.id}` }),
  };
}
