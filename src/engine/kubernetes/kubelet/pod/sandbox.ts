/** A pod's sandbox: its start on the pod network, the name files of its containers, its end (kuberuntime createPodSandbox). */
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { isFailure, type SandboxSpec } from '../../../machine/container/interface.ts';
import type { PodNetworkRequest } from '../interface.ts';
import { logDirectory, podCgroup, podDirectory, qosClass } from './cgroup-names.ts';
import { hostsFile, resolvConf } from './container-spec.ts';
import type { PodHandle } from './pod-handle.ts';
import type { WorkerContext } from './worker-context.ts';

const SANDBOX_RETRY_US = 10_000_000;
/** How soon the network is asked again whether it is ready, µs. */
const NETWORK_RETRY_US = 2_000_000;

export class PodSandbox {
  constructor(
    private readonly worker: PodHandle,
    private readonly context: WorkerContext,
  ) {}

  get #nowUs(): number {
    return this.context.options.simulation.clock.nowUs;
  }

  /** Asks the runtime for a sandbox, unless it is too early for another try. */
  start(): void {
    const { context } = this;
    const { work, pod } = this.worker;
    const { sandbox } = work;
    if (this.#nowUs < sandbox.retryAtUs) return;
    const { podNetwork, runtime } = context.options;
    if (sandbox.id !== undefined) runtime.removeSandbox(sandbox.id);
    const notReady = pod.spec.hostNetwork === true ? undefined : podNetwork.notReady();
    if (notReady !== undefined) {
      context.options.recorder.event(
        pod,
        'Warning',
        'NetworkNotReady',
        `network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:${notReady}`,
      );
      sandbox.retryAtUs = this.#nowUs + NETWORK_RETRY_US;
      context.syncAfter(work.uid, NETWORK_RETRY_US);
      return;
    }
    sandbox.step = 'starting';
    sandbox.id = runtime.runSandbox(this.#spec(), context.notify('sandbox', work.uid));
  }

  #spec(): SandboxSpec {
    const { context } = this;
    const { work, pod } = this.worker;
    const { metadata, spec } = pod;
    const hostNetwork = spec.hostNetwork === true;
    const sysctls = spec.securityContext?.sysctls;
    return {
      metadata: { name: metadata.name, namespace: work.namespace, uid: work.uid, attempt: work.sandbox.attempt },
      labels: {
        ...metadata.labels,
        'io.kubernetes.pod.name': metadata.name,
        'io.kubernetes.pod.namespace': work.namespace,
        'io.kubernetes.pod.uid': work.uid,
      },
      annotations: metadata.annotations ?? {},
      hostname: hostNetwork ? context.options.config.nodeName : (spec.hostname ?? metadata.name.slice(0, 63)),
      hostNetwork,
      hostPid: spec.hostPID === true,
      hostIpc: spec.hostIPC === true,
      sharedPid: spec.shareProcessNamespace === true,
      cgroupParent: podCgroup(work.uid, qosClass(spec)),
      ...(sysctls === undefined
        ? {}
        : { sysctls: Object.fromEntries(sysctls.map(({ name, value }) => [name, value])) }),
      logDirectory: logDirectory(pod, work.uid),
      exited: context.notify('sandbox-stopped', work.uid),
    };
  }

  /** The runtime has answered; true where the sandbox is ready now. */
  onAnswer(payload: { readonly [key: string]: Plain }): boolean {
    const { sandbox } = this.worker.work;
    if (payload['sandboxId'] !== sandbox.id || sandbox.step !== 'starting' || sandbox.id === undefined) return false;
    const result = payload['result'] as { ok: boolean; message?: string };
    const problem = result.ok ? this.#connect(sandbox.id) : (result.message ?? '');
    if (problem !== undefined) {
      this.#failed(problem);
      return false;
    }
    sandbox.step = 'ready';
    sandbox.backoffUs = 0;
    this.#writeNameFiles();
    return true;
  }

  /** After a kubelet restart: a sandbox whose start nobody heard of is taken as it is, or made anew. */
  reconcileWithRuntime(): void {
    const { sandbox } = this.worker.work;
    if (sandbox.step !== 'starting' || sandbox.id === undefined) return;
    if (this.context.options.runtime.sandbox(sandbox.id)?.state === 'ready')
      this.onAnswer({ sandboxId: sandbox.id, result: { ok: true } });
    else sandbox.step = 'none';
  }

  /** Gives the sandbox its addresses; answers what went wrong. */
  #connect(id: string): string | undefined {
    const { work, pod } = this.worker;
    const { runtime, podNetwork, config } = this.context.options;
    work.sandbox.netns = runtime.sandbox(id)?.netns ?? 0;
    if (pod.spec.hostNetwork === true) {
      work.ips = [config.nodeIp];
      return undefined;
    }
    const added = podNetwork.add(this.#onNetwork(id));
    if ('error' in added) return `failed to setup network for sandbox "${id}": ${added.error}`;
    work.ips = added.ips;
    runtime.setSandboxAddresses(id, added.ips);
    return undefined;
  }

  #onNetwork(sandboxId: string): PodNetworkRequest {
    const { work, pod } = this.worker;
    const { netns } = work.sandbox;
    return { sandboxId, netns, namespace: work.namespace, name: pod.metadata.name, uid: work.uid };
  }

  #failed(message: string): void {
    const { context } = this;
    const { work, pod } = this.worker;
    context.options.recorder.event(
      pod,
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
    const { work, pod } = this.worker;
    const { host, config } = this.context.options;
    const { root } = host.files;
    const directory = podDirectory(work.uid);
    const hostHosts = root.readText('/etc/hosts');
    const hosts =
      pod.spec.hostNetwork === true && !failed(hostHosts)
        ? `# Kubernetes-managed hosts file (host network).\n${hostHosts}`
        : hostsFile(pod, work.ips, pod.spec.hostname ?? pod.metadata.name.slice(0, 63), config.clusterDomain);
    root.write(`${directory}/etc-hosts`, hosts, { mode: 0o644 });
    const hostResolv = root.readText('/etc/resolv.conf');
    const cluster = { servers: config.clusterDns, domain: config.clusterDomain };
    root.write(`${directory}/resolv.conf`, resolvConf(pod, cluster, failed(hostResolv) ? '' : hostResolv), {
      mode: 0o644,
    });
  }

  /** Whether the runtime still runs the sandbox that the pod counts on. */
  get isAlive(): boolean {
    const { sandbox } = this.worker.work;
    const record = sandbox.id === undefined ? undefined : this.context.options.runtime.sandbox(sandbox.id);
    return sandbox.step !== 'ready' || record?.state === 'ready';
  }

  /** It has ended without being asked to: the pod gets another one, with new addresses. */
  lose(): void {
    const { work, pod } = this.worker;
    const { podNetwork, recorder } = this.context.options;
    if (pod.spec.hostNetwork !== true && work.sandbox.id !== undefined)
      podNetwork.del(this.#onNetwork(work.sandbox.id));
    work.sandbox.step = 'lost';
    work.sandbox.attempt += 1;
    work.ips = [];
    // A reboot takes what was mounted with it.
    work.volumes = 'none';
    recorder.event(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }

  /** Takes the sandbox off the network and stops it; safe to repeat. */
  stop(): void {
    const { context } = this;
    const { work, pod } = this.worker;
    if (work.sandbox.step !== 'ready' || work.sandbox.id === undefined) return;
    work.sandbox.step = 'stopping';
    if (pod.spec.hostNetwork !== true) context.options.podNetwork.del(this.#onNetwork(work.sandbox.id));
    const refused = context.options.runtime.stopSandbox(work.sandbox.id, context.notify('sandbox-stopped', work.uid));
    if (isFailure(refused)) work.sandbox.step = 'stopped';
  }
}
