/** The kubelet's API on port 10250 as the API server calls it. */
import type { Notify } from '../../../sim/notify.ts';
import type { KubeletApi, KubeletFailure, KubeletOptions, LogOptions } from '../interface.ts';
import type { PodWorker } from '../pod/worker.ts';
import type { LogReader } from './log-reader.ts';

export class KubeletServer implements KubeletApi {
  constructor(
    private readonly options: KubeletOptions,
    private readonly logs: LogReader,
    private readonly named: (namespace: string, pod: string) => PodWorker | undefined,
  ) {}

  get nodeName(): string {
    return this.options.config.nodeName;
  }

  containerLog(
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
  ): { readonly bytes: Uint8Array } | KubeletFailure {
    return this.logs.read(this.named(namespace, pod), namespace, pod, container, options);
  }

  followLog(
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
    notify: Notify,
  ): { readonly follow: number; readonly bytes: Uint8Array } | KubeletFailure {
    return this.logs.follow(this.named(namespace, pod), namespace, pod, container, options, notify);
  }

  stopFollowing(follow: number): void {
    this.logs.stop(follow);
  }

  runningContainer(
    namespace: string,
    pod: string,
    container: string,
  ): { readonly id: string; readonly tty: boolean; readonly stdin: boolean } | KubeletFailure {
    const worker = this.named(namespace, pod);
    const own = worker?.workOf(container);
    if (worker === undefined || own === undefined)
      return { code: 404, message: `container ${container} not found in pod ${pod}_${namespace}` };
    if (own.step !== 'running' || own.id === undefined)
      return { code: 500, message: `unable to upgrade connection: container not found ("${container}")` };
    const spec = worker.containerOf(container);
    return { id: own.id, tty: spec?.tty === true, stdin: spec?.stdin === true };
  }

  podNetns(namespace: string, pod: string): { readonly netns: number; readonly sandboxId: string } | KubeletFailure {
    const worker = this.named(namespace, pod);
    if (worker?.work.sandbox.step !== 'ready') return { code: 404, message: `pod ${pod}_${namespace} is not running` };
    const { id, netns } = worker.work.sandbox;
    return { netns: worker.pod.spec.hostNetwork === true ? this.options.host.net.netns : netns, sandboxId: id ?? '' };
  }
}
