/** Registers the node, renews its lease and keeps its status. */
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339, formatRfc3339Micro } from '../../../sim/clock.ts';
import { conditionOf } from '../../apimachinery/meta.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Lease, Node } from '../../apimachinery/types.ts';
import type { KubeletOptions } from '../interface.ts';
import { initialNode, nodeStatus, type NodeFacts } from './node-status.ts';

export const LEASE_RENEW_US = 10_000_000;
const LEASE_SECONDS = 40;
export const STATUS_CHECK_US = 10_000_000;
/** Until the node has been Ready once it is looked at this often. */
const FAST_CHECK_US = 100_000;
const STATUS_REPORT_MS = 300_000;
const REGISTER_RETRY_US = 1_000_000;

export class NodeKeeper {
  #registered = false;
  #wasReady = false;
  #reportedMs = 0;
  #networkProblem: string | undefined;
  #announced = false;
  #lease: Lease | undefined;
  #node: Node | undefined;

  constructor(
    private readonly options: KubeletOptions,
    private readonly target: string,
    private readonly timer: (type: 'node-check' | 'lease', delayUs: number) => void,
  ) {}

  get node(): Node | undefined {
    return this.#node;
  }

  start(): void {
    this.#registered = false;
    this.#wasReady = false;
    this.#announced = false;
    this.#lease = undefined;
    this.timer('node-check', 0);
    this.timer('lease', 0);
  }

  facts(): NodeFacts {
    const { host, runtime, podNetwork } = this.options;
    const { root } = host.files;
    const line = (path: string, fallback: string): string => {
      const text = root.readText(path);
      return failed(text) ? fallback : text.trim();
    };
    const machineId = line('/etc/machine-id', '');
    const uuid = line('/sys/class/dmi/id/product_uuid', '');
    const dashed = machineId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return {
      processors: host.kernel.processors,
      memoryBytes: host.kernel.memoryBytes,
      diskBytes: host.files.diskUsage().totalBytes,
      machineId,
      systemUuid: uuid === '' ? dashed : uuid,
      bootId: line('/proc/sys/kernel/random/boot_id', ''),
      images: runtime.images('k8s.io').list(),
      networkProblem: podNetwork.notReady(),
      memoryPressure: false,
    };
  }

  /** One look at the node; schedules the next. */
  check(): void {
    if (!this.#registered && !this.#register()) {
      this.timer('node-check', REGISTER_RETRY_US);
      return;
    }
    this.#updateStatus();
    this.timer('node-check', this.#wasReady ? STATUS_CHECK_US : FAST_CHECK_US);
  }

  #register(): boolean {
    const { client, config, simulation } = this.options;
    const created = client.create('nodes', initialNode(config, this.facts(), formatRfc3339(simulation.clock.unixMs)));
    if (isFailure(created) && created.reason !== 'AlreadyExists') return false;
    const node = isFailure(created) ? client.get('nodes', config.nodeName) : created;
    if (isFailure(node)) return false;
    this.#node = node;
    this.#registered = true;
    simulation.trace.record(this.target, 'node.registered', `node/${config.nodeName}`);
    return true;
  }

  #updateStatus(): void {
    const { client, config, simulation, podNetwork } = this.options;
    const { unixMs } = simulation.clock;
    const networkProblem = podNetwork.notReady();
    const due = unixMs - this.#reportedMs >= STATUS_REPORT_MS;
    if (!due && this.#announced && networkProblem === this.#networkProblem && !this.#imagesChanged()) return;
    const node = client.get('nodes', config.nodeName);
    if (isFailure(node)) {
      // A deleted node is registered anew at the kubelet's next start only; an unreachable server is tried again.
      return;
    }
    const before = node.status.conditions ?? [];
    const status = nodeStatus(config, this.facts(), before, formatRfc3339(unixMs));
    const updated = client.patchStatus('nodes', { name: config.nodeName }, { status });
    if (isFailure(updated)) return;
    this.#node = updated;
    this.#reportedMs = unixMs;
    this.#networkProblem = networkProblem;
    this.#announce(node, updated);
  }

  #imagesChanged(): boolean {
    const names = (this.#node?.status.images ?? []).length;
    return names !== Math.min(50, this.options.runtime.images('k8s.io').list().length);
  }

  #announce(before: Node, node: Node): void {
    const { recorder, config } = this.options;
    const about = { ref: { kind: 'Node', name: config.nodeName, uid: config.nodeName } };
    const say = (reason: string): void => {
      recorder.event(about, 'Normal', reason, `Node ${config.nodeName} status is now: ${reason}`);
    };
    const { bootID } = node.status.nodeInfo ?? {};
    const hadBooted = before.status.nodeInfo?.bootID ?? '';
    if (hadBooted !== '' && bootID !== hadBooted)
      recorder.event(
        about,
        'Warning',
        'Rebooted',
        `Node ${config.nodeName} has been rebooted, boot id: ${bootID ?? ''}`,
      );
    if (!this.#announced) {
      this.#announced = true;
      recorder.event(about, 'Normal', 'Starting', 'Starting kubelet.');
      for (const reason of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID']) say(reason);
      recorder.event(about, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    }
    const ready = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    const wasReady = conditionOf(before.status.conditions, 'Ready')?.status === 'True';
    if (ready !== wasReady || (ready && !this.#wasReady)) {
      say(ready ? 'NodeReady' : 'NodeNotReady');
      this.options.simulation.trace.record(
        this.target,
        ready ? 'node.ready' : 'node.not-ready',
        `node/${config.nodeName}`,
      );
    }
    if (ready) this.#wasReady = true;
  }

  renewLease(): void {
    const { client, config, simulation } = this.options;
    this.timer('lease', LEASE_RENEW_US);
    const spec = {
      holderIdentity: config.nodeName,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: formatRfc3339Micro(simulation.clock.unixUs),
    };
    const known = this.#lease ?? this.#findLease();
    const owner = this.#node;
    const answer =
      known === undefined
        ? client.create('leases.coordination.k8s.io', {
            metadata: {
              name: config.nodeName,
              namespace: 'kube-node-lease',
              ...(owner === undefined
                ? {}
                : {
                    ownerReferences: [
                      { apiVersion: 'v1', kind: 'Node', name: owner.metadata.name, uid: owner.metadata.uid },
                    ],
                  }),
            },
            spec,
          })
        : client.update('leases.coordination.k8s.io', { ...known, spec: { ...known.spec, ...spec } });
    this.#lease = isFailure(answer) ? undefined : answer;
  }

  #findLease(): Lease | undefined {
    const answer = this.options.client.get(
      'leases.coordination.k8s.io',
      this.options.config.nodeName,
      'kube-node-lease',
    );
    return isFailure(answer) ? undefined : answer;
  }

  snapshot(): Plain {
    return {
      registered: this.#registered,
      wasReady: this.#wasReady,
      reportedMs: this.#reportedMs,
      networkProblem: this.#networkProblem,
      announced: this.#announced,
      lease: this.#lease as unknown as Plain,
      node: this.#node as unknown as Plain,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      registered: boolean;
      wasReady: boolean;
      reportedMs: number;
      networkProblem?: string;
      announced: boolean;
      lease?: Lease;
      node?: Node;
    };
    this.#registered = saved.registered;
    this.#wasReady = saved.wasReady;
    this.#reportedMs = saved.reportedMs;
    this.#networkProblem = saved.networkProblem;
    this.#announced = saved.announced;
    this.#lease = saved.lease;
    this.#node = saved.node;
  }
}
