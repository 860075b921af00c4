/** Stopping a pod's containers: hooks first, sidecars last (kubernetes pkg/kubelet/kuberuntime killContainer). */
import { isFailure } from '../../../machine/container/interface.ts';
import type { PodHandle } from './pod-handle.ts';
import type { WorkerContext } from './worker-context.ts';
import type { ContainerWork } from './work-state.ts';

/** Asks everything that runs to stop; true once nothing runs. */
export function stopContainers(worker: PodHandle, context: WorkerContext, graceSeconds: number): boolean {
  const { containers } = worker.work;
  for (const own of containers) {
    if (own.step === 'pulling' || own.step === 'waiting') {
      own.step = own.id === undefined || own.step === 'pulling' ? 'waiting' : own.step;
    }
  }
  const live = (own: ContainerWork): boolean => own.step === 'running' || own.step === 'starting';
  const main = containers.filter((own) => own.kind !== 'sidecar' && live(own));
  for (const own of main) stopContainer(worker, context, own, graceSeconds, `Stopping container ${own.name}`);
  if (main.length > 0) return false;
  // Sidecars go in reverse order, each after the one that started later.
  const sidecar = containers.findLast((own) => own.kind === 'sidecar' && live(own));
  if (sidecar === undefined) return true;
  stopContainer(worker, context, sidecar, graceSeconds, `Stopping container ${sidecar.name}`);
  return false;
}

/** Runs the pre-stop hook and then the runtime's stop; safe to repeat. */
export function stopContainer(
  worker: PodHandle,
  context: WorkerContext,
  own: ContainerWork,
  graceSeconds: number,
  message: string,
): void {
  if (own.stopping || own.step !== 'running' || own.id === undefined) return;
  own.stopping = true;
  worker.containerEvent(own, 'Normal', 'Killing', message);
  const hook = worker.containerOf(own.name)?.lifecycle?.preStop;
  const { runtime } = context.options;
  if (hook !== undefined && graceSeconds > 0) {
    worker.prober.runHook(own, hook, 'prestop-ended', graceSeconds);
    return;
  }
  const refused = runtime.stop(own.id, graceSeconds, context.notify('stopped', worker.uid, own.name));
  if (isFailure(refused)) own.stopping = false;
}
