/** The node IPAM controller: a pod range for every node. */
import { isFailure } from '../../apimachinery/status.ts';
import type { Node } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';
import { planBlock } from './plan.ts';

export class NodeIpamController implements Reconciler {
  readonly name = 'nodeipam';
  readonly #nodes: Informer<Node>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  /** Blocks given out, by node; taken from the nodes themselves and from what was written in this process. */
  readonly #blocks = new Map<string, string>();

  constructor(private readonly context: ControllerContext) {
    this.#nodes = context.informers.informer('nodes');
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('cidrAllocator');
    this.#nodes.addHandler((event) => {
      const { name } = event.object.metadata;
      const { podCIDR } = event.object.spec;
      if (event.type === 'deleted') this.#blocks.delete(name);
      else if (podCIDR !== undefined) this.#blocks.set(name, podCIDR);
      else this.#queue.add(name);
    });
  }

  reconcile(name: string): ReconcileResult {
    const node = this.#nodes.get(name);
    if (node === undefined || node.spec.podCIDR !== undefined) return undefined;
    const known = this.#blocks.get(name);
    const block =
      known ?? planBlock(this.context.podCidr, this.context.nodeCidrMaskSize, new Set(this.#blocks.values()))?.block;
    if (block === undefined) {
      this.#recorder.event(node, 'Normal', 'CIDRNotAvailable', `Node ${name} status is now: CIDRNotAvailable`);
      return { error: 'CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range' };
    }
    this.#blocks.set(name, block);
    const answer = this.context.client.patch('nodes', { name }, 'merge', {
      spec: { podCIDR: block, podCIDRs: [block] },
    });
    return isFailure(answer) ? { error: answer.message } : undefined;
  }

  snapshot(): readonly (readonly [string, string])[] {
    return [...this.#blocks];
  }

  restore(state: unknown): void {
    this.#blocks.clear();
    for (const [name, block] of state as [string, string][]) this.#blocks.set(name, block);
  }
}
