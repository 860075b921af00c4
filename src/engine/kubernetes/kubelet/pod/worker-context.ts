/** What a pod worker has of its kubelet. */
import type { Notify } from '../../../sim/notify.ts';
import type { Service } from '../../apimachinery/types.ts';
import type { KubeletOptions } from '../interface.ts';
import type { HttpCall, TcpCall } from '../probes/call.ts';

export interface WorkerContext {
  readonly options: KubeletOptions;
  /** Target of the kubelet's events. */
  readonly target: string;
  readonly nodeAllocatable: Readonly<Record<string, string>>;
  /** Services whose variables pods of a namespace get. */
  servicesFor(namespace: string): readonly Service[];
  /** The pod's status is to be sent. */
  statusChanged(uid: string): void;
  /** Looks at the pod again after a time. */
  syncAfter(uid: string, delayUs: number): void;
  /** Everything of a deleted pod is gone from this host. */
  podGone(uid: string): void;
  /** Questions over the network; answers come back through the prober. */
  readonly calls: { tcp(call: TcpCall): void; http(call: HttpCall): void };
  /** A notification that comes back to the pod's worker. */
  notify(type: string, uid: string, container?: string): Notify;
}
