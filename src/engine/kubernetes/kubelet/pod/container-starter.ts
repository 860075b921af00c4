/** Image, creation and start of one container, with upstream's events and waiting reasons. */
import type { Plain } from '../../../../protocol/plain.ts';
import {
  isFailure,
  type ImageRecord,
  type PullOutcome,
  type StartOutcome,
} from '../../../machine/container/interface.ts';
import { isFailure as isStatusFailure } from '../../apimachinery/status.ts';
import type { Container } from '../../apimachinery/types.ts';
import { formatGoDuration, nextBackoffUs } from './back-off.ts';
import { containerSpec, logPath } from './container-spec.ts';
import { resolveEnv } from './env.ts';
import type { PodHandle } from './pod-handle.ts';
import type { WorkerContext } from './worker-context.ts';
import type { ContainerWork } from './work-state.ts';

/** How soon a container whose configuration is wrong is tried again, µs. */
const CONFIG_RETRY_US = 10_000_000;
const OCI_PREFIX = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: ';

export class ContainerStarter {
  constructor(
    private readonly worker: PodHandle,
    private readonly context: WorkerContext,
  ) {}

  get #nowUs(): number {
    return this.context.options.simulation.clock.nowUs;
  }

  start(own: ContainerWork): void {
    const container = this.worker.containerOf(own.name);
    if (container === undefined) return;
    own.specImage = container.image;
    own.redefined = false;
    const images = this.context.options.runtime.images('k8s.io');
    const present = images.find(container.image);
    const policy = container.imagePullPolicy ?? 'IfNotPresent';
    if (present !== undefined && policy !== 'Always') {
      this.worker.containerEvent(
        own,
        'Normal',
        'Pulled',
        `Container image "${container.image}" already present on machine and can be accessed by the pod`,
      );
      this.#create(own, container, present);
      return;
    }
    if (policy === 'Never') {
      const message = `Container image "${container.image}" is not present with pull policy of Never`;
      this.worker.containerEvent(own, 'Warning', 'ErrImageNeverPull', message);
      this.worker.containerEvent(own, 'Warning', 'Failed', 'Error: ErrImageNeverPull');
      this.#wait(own, 'ErrImageNeverPull', message);
      own.pullRetryAtUs = this.#nowUs + CONFIG_RETRY_US;
      this.context.syncAfter(this.worker.uid, CONFIG_RETRY_US);
      return;
    }
    own.step = 'pulling';
    own.pullStartedUs = this.#nowUs;
    this.worker.containerEvent(own, 'Normal', 'Pulling', `Pulling image "${container.image}"`);
    images.pull({ reference: container.image }, this.context.notify('pulled', this.worker.uid, own.name));
  }

  onPulled(own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    const container = this.worker.containerOf(own.name);
    if (own.step !== 'pulling' || container === undefined) return;
    const result = payload['result'] as unknown as PullOutcome;
    if (!result.ok) {
      const { code, message } = this.context.options.pullError(result.failure);
      this.#pullFailed(own, container.image, `rpc error: code = ${code} desc = ${message}`);
      return;
    }
    const image = this.context.options.runtime.images('k8s.io').find(result.imageId);
    if (image === undefined) return;
    own.pullBackoffUs = 0;
    own.pullError = undefined;
    const took = formatGoDuration(Math.round(result.durationUs / 1000) * 1000);
    const waited = formatGoDuration(Math.round((this.#nowUs - own.pullStartedUs) / 1000) * 1000);
    this.worker.containerEvent(
      own,
      'Normal',
      'Pulled',
      `Successfully pulled image "${container.image}" in ${took} (${waited} including waiting). Image size: ${String(image.contentBytes)} bytes.`,
    );
    own.step = 'waiting';
    if (this.worker.work.terminating === undefined && this.worker.work.ended === undefined)
      this.#create(own, container, image);
  }

  /** ErrImagePull now, ImagePullBackOff at the next look. */
  #pullFailed(own: ContainerWork, image: string, error: string): void {
    const { worker } = this;
    worker.containerEvent(own, 'Warning', 'Failed', `Failed to pull image "${image}": ${error}`);
    worker.containerEvent(own, 'Warning', 'Failed', 'Error: ErrImagePull');
    this.#wait(own, 'ErrImagePull', error);
    own.pullError = error;
    own.pullBackoffUs = nextBackoffUs(own.pullBackoffUs);
    own.pullRetryAtUs = this.#nowUs + own.pullBackoffUs;
    this.context.options.simulation.loop.schedule(1_500_000, this.context.target, 'pull-backoff', {
      uid: worker.uid,
      container: own.name,
    });
    this.context.syncAfter(worker.uid, own.pullBackoffUs);
  }

  /** The kubelet looks again while the back-off lasts. */
  showBackoff(own: ContainerWork): void {
    const container = this.worker.containerOf(own.name);
    if (own.step !== 'waiting' || own.waitingReason !== 'ErrImagePull' || container === undefined) return;
    this.worker.containerEvent(own, 'Normal', 'BackOff', `Back-off pulling image "${container.image}"`);
    this.worker.containerEvent(own, 'Warning', 'Failed', 'Error: ImagePullBackOff');
    this.#wait(
      own,
      'ImagePullBackOff',
      `Back-off pulling image "${container.image}": ErrImagePull: ${own.pullError ?? ''}`,
    );
  }

  #create(own: ContainerWork, container: Container, image: ImageRecord): void {
    const { worker, context } = this;
    const { pod, work } = worker;
    const { options } = context;
    own.imageName = image.repoTags[0] ?? container.image;
    own.imageId = image.repoDigests[0] ?? image.id;
    const env = resolveEnv(container, pod, {
      configMap: (name) => found(options.client.get('configmaps', name, work.namespace)),
      secret: (name) => found(options.client.get('secrets', name, work.namespace)),
      services: context.servicesFor(work.namespace),
      hostIp: options.config.nodeIp,
      podIps: work.ips,
      nodeAllocatable: context.nodeAllocatable,
    });
    const error = 'error' in env ? env.error : this.#rootError(container, image);
    if (error !== undefined || 'error' in env) {
      this.#configError(own, 'CreateContainerConfigError', error ?? '');
      return;
    }
    const previous = own.id;
    const attempt = previous === undefined ? 0 : own.restarts + 1;
    const spec = containerSpec({
      pod,
      work,
      container,
      image,
      env: env.env,
      attempt,
      sandboxId: work.sandbox.id ?? '',
      nodeMemoryBytes: options.host.kernel.memoryBytes,
      exited: context.notify('exited', work.uid, own.name),
    });
    const path = logPath(pod, work.uid, own.name, attempt);
    options.host.files.root.mkdirp(path.slice(0, path.lastIndexOf('/')));
    const record = options.runtime.create(spec);
    if (isFailure(record)) {
      this.#configError(own, 'CreateContainerError', record.message);
      return;
    }
    if (own.lastId !== undefined) options.runtime.remove(own.lastId, { force: true });
    own.lastId = previous;
    own.id = record.id;
    if (previous !== undefined) own.restarts += 1;
    own.step = 'starting';
    own.startedMs = 0;
    worker.containerEvent(own, 'Normal', 'Created', 'Container created');
    const refused = options.runtime.start(record.id, context.notify('started', work.uid, own.name));
    if (isFailure(refused)) this.#startFailed(own, refused.message);
  }

  #rootError(container: Container, image: ImageRecord): string | undefined {
    const { pod, work } = this.worker;
    const security = { ...pod.spec.securityContext, ...container.securityContext };
    if (security.runAsNonRoot !== true) return undefined;
    const user = security.runAsUser === undefined ? (image.config.User ?? '') : String(security.runAsUser);
    const name = user.split(':')[0] ?? '';
    const where = `(pod: "${pod.metadata.name}_${work.namespace}(${work.uid})", container: ${container.name})`;
    if (name === '0')
      return security.runAsUser === undefined
        ? `container has runAsNonRoot and image will run as root ${where}`
        : `container's runAsUser breaks non-root policy ${where}`;
    if (name === '' || name === 'root') return `container has runAsNonRoot and image will run as root ${where}`;
    return /^\d+$/.test(name)
      ? undefined
      : `container has runAsNonRoot and image has non-numeric user (${name}), cannot verify user is non-root ${where}`;
  }

  #configError(own: ContainerWork, reason: string, message: string): void {
    this.worker.containerEvent(own, 'Warning', 'Failed', `Error: ${message}`);
    this.#wait(own, reason, message);
    own.pullRetryAtUs = this.#nowUs + CONFIG_RETRY_US;
    this.context.syncAfter(this.worker.uid, CONFIG_RETRY_US);
  }

  #wait(own: ContainerWork, reason: string, message: string): void {
    own.step = 'waiting';
    own.waitingReason = reason;
    own.waitingMessage = message;
    this.context.statusChanged(this.worker.uid);
  }

  onStarted(own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    if (payload['containerId'] !== own.id || own.step !== 'starting') return;
    const result = payload['result'] as unknown as StartOutcome;
    if (!result.ok) {
      this.#startFailed(own, result.message);
      return;
    }
    own.step = 'running';
    own.startedMs = Math.floor(result.startedUnixUs / 1000);
    const { worker, context } = this;
    worker.containerEvent(own, 'Normal', 'Started', 'Container started');
    context.options.simulation.trace.record(
      context.target,
      'container.started',
      `pod/${worker.work.namespace}/${worker.work.name}`,
      { container: own.name, image: own.imageName ?? '' },
    );
    const hook = worker.containerOf(own.name)?.lifecycle?.postStart;
    if (hook === undefined) this.#up(own);
    else {
      own.hookPending = true;
      worker.prober.runHook(own, hook, 'hook-ended', 30);
    }
    worker.sync();
  }

  onHookEnded(own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    if (!own.hookPending || payload['id'] !== own.id) return;
    own.hookPending = false;
    const error = payload['error'];
    if (typeof error !== 'string') {
      this.#up(own);
      this.worker.sync();
      return;
    }
    this.worker.containerEvent(own, 'Warning', 'FailedPostStartHook', `PostStartHook failed`);
    this.worker.containerEvent(own, 'Normal', 'Killing', 'FailedPostStartHook');
    if (own.id !== undefined)
      this.context.options.runtime.stop(
        own.id,
        this.worker.pod.spec.terminationGracePeriodSeconds ?? 30,
        this.context.notify('stopped', this.worker.uid, own.name),
      );
  }

  #up(own: ContainerWork): void {
    const container = this.worker.containerOf(own.name);
    own.started = container?.startupProbe === undefined;
    own.ready = own.kind !== 'init' && own.started && container?.readinessProbe === undefined;
    this.worker.prober.begin(own);
  }

  #startFailed(own: ContainerWork, message: string): void {
    const text = `${OCI_PREFIX}${message}`;
    this.worker.containerEvent(own, 'Warning', 'Failed', `Error: ${text}`);
    own.startedMs = 0;
    this.worker.markExited(own, 128, 'StartError', text, this.context.options.simulation.clock.unixMs);
    this.context.syncAfter(this.worker.uid, 100_000);
    this.context.statusChanged(this.worker.uid);
  }
}

const found = <T>(answer: T): Exclude<T, { readonly kind: 'Status'; readonly status: 'Failure' }> | undefined =>
  isStatusFailure(answer) ? undefined : (answer as Exclude<T, { readonly kind: 'Status'; readonly status: 'Failure' }>);
