/** A pod's worker as its parts (starter, prober, termination) see it. */
import type { Plain } from '../../../../protocol/plain.ts';
import type { Container, LifecycleHandler, Pod } from '../../apimachinery/types.ts';
import type { ContainerWork, PodWork } from './work-state.ts';

export interface PodHandle {
  readonly uid: string;
  readonly pod: Pod;
  readonly work: PodWork;
  readonly prober: PodProber;
  containerOf(name: string): Container | undefined;
  workOf(name: string): ContainerWork | undefined;
  sync(): void;
  /** The next steps of the sync that is under way; nothing is reported. */
  goOn(): void;
  handle(type: string, container: string | undefined, payload: { readonly [key: string]: Plain }): void;
  containerEvent(own: ContainerWork, type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** Books the end of a container and the delay before its next start. */
  markExited(
    own: ContainerWork,
    exitCode: number,
    reason: string,
    message: string | undefined,
    finishedMs: number,
  ): void;
}

export interface PodProber {
  /** The container runs: its probes begin. */
  begin(own: ContainerWork): void;
  stop(own: ContainerWork): void;
  /** Starts a hook; `type` comes back to the worker with `{ id, error? }`. */
  runHook(own: ContainerWork, hook: LifecycleHandler, type: string, graceSeconds: number): void;
}
