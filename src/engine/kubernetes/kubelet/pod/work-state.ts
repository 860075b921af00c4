/** A pod as its worker knows it: plain data, so that it can be saved as it stands. */
import type { ContainerState as ApiContainerState } from '../../apimachinery/types.ts';
import type { ProbeState } from '../probes/plan.ts';

export type ContainerKind = 'init' | 'sidecar' | 'app';
export type ContainerStep = 'waiting' | 'pulling' | 'starting' | 'running' | 'exited';

export interface ContainerWork {
  readonly name: string;
  readonly kind: ContainerKind;
  step: ContainerStep;
  waitingReason: string;
  waitingMessage: string | undefined;
  /** Runtime id of the current or last container. */
  id: string | undefined;
  /** The image that the pod named when the container was last to be started. */
  specImage: string | undefined;
  /** It is being stopped to start with another image. */
  redefined: boolean;
  imageName: string | undefined;
  imageId: string | undefined;
  restarts: number;
  startedMs: number;
  finishedMs: number;
  exitCode: number;
  exitReason: string;
  exitMessage: string | undefined;
  /** How the one before ended, and its id for `logs --previous`. */
  last: ApiContainerState | undefined;
  lastId: string | undefined;
  /** Length of the next back-off; 0: none yet. */
  backoffUs: number;
  /** Length of the back-off that it waits for now. */
  waitUs: number;
  /** Not restarted before this, virtual µs. */
  restartAtUs: number;
  pullBackoffUs: number;
  pullRetryAtUs: number;
  pullError: string | undefined;
  pullStartedUs: number;
  started: boolean;
  ready: boolean;
  /** A stop has been asked for: graceful deadline is the runtime's. */
  stopping: boolean;
  /** The post-start hook is running; the container does not count as running until it ends. */
  hookPending: boolean;
  readonly probes: {
    startup?: ProbeState | undefined;
    liveness?: ProbeState | undefined;
    readiness?: ProbeState | undefined;
  };
}

export interface PodWork {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** From a file: its status goes to the mirror pod. */
  readonly isStatic: boolean;
  sandbox: {
    /** `lost`: it ended unasked, and what ran in it has to end before there is another. */
    step: 'none' | 'starting' | 'ready' | 'stopping' | 'stopped' | 'lost';
    id: string | undefined;
    attempt: number;
    netns: number;
    retryAtUs: number;
    backoffUs: number;
  };
  ips: readonly string[];
  startTime: string;
  volumes: 'none' | 'mounted';
  volumesRetryAtUs: number;
  volumesBackoffUs: number;
  readonly containers: ContainerWork[];
  terminating: { graceSeconds: number; deadlineUs: number } | undefined;
  /** Set when the pod has ended by itself. */
  ended: 'Succeeded' | 'Failed' | undefined;
  endedReason: string | undefined;
  endedMessage: string | undefined;
  /** The deletion was confirmed to the API server. */
  finished: boolean;
}

export function newContainerWork(name: string, kind: ContainerKind): ContainerWork {
  return {
    name,
    kind,
    step: 'waiting',
    waitingReason: kind === 'init' ? 'PodInitializing' : 'ContainerCreating',
    waitingMessage: undefined,
    id: undefined,
    specImage: undefined,
    redefined: false,
    imageName: undefined,
    imageId: undefined,
    restarts: 0,
    startedMs: 0,
    finishedMs: 0,
    exitCode: 0,
    exitReason: '',
    exitMessage: undefined,
    last: undefined,
    lastId: undefined,
    backoffUs: 0,
    waitUs: 0,
    restartAtUs: 0,
    pullBackoffUs: 0,
    pullRetryAtUs: 0,
    pullError: undefined,
    pullStartedUs: 0,
    started: false,
    ready: false,
    stopping: false,
    hookPending: false,
    probes: {},
  };
}

export function newPodWork(
  pod: { readonly uid: string; readonly namespace: string; readonly name: string; readonly isStatic: boolean },
  startTime: string,
  containers: ContainerWork[],
): PodWork {
  return {
    ...pod,
    sandbox: { step: 'none', id: undefined, attempt: 0, netns: 0, retryAtUs: 0, backoffUs: 0 },
    ips: [],
    startTime,
    volumes: 'none',
    volumesRetryAtUs: 0,
    volumesBackoffUs: 0,
    containers,
    terminating: undefined,
    ended: undefined,
    endedReason: undefined,
    endedMessage: undefined,
    finished: false,
  };
}

/** A copy that later changes of the worker do not touch. */
export const copyPodWork = (work: PodWork): PodWork => ({
  ...work,
  sandbox: { ...work.sandbox },
  terminating: work.terminating === undefined ? undefined : { ...work.terminating },
  containers: work.containers.map((own) => ({
    ...own,
    probes: Object.fromEntries(Object.entries(own.probes).map(([kind, probe]) => [kind, { ...probe }])),
  })),
});
