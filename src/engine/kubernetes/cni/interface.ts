/** What a CNI plugin is called with (containernetworking spec 1.0: ADD, DEL, CHECK). */
import type { FileView } from '../../machine/files/interface.ts';
import type { HostNetwork, NetnsId } from '../../machine/net/interface.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { JsonObject } from '../../../protocol/plain.ts';

export interface CniContext {
  readonly simulation: Simulation;
  /** The host's own files and network. */
  readonly files: FileView;
  readonly net: HostNetwork;
  readonly containerId: string;
  readonly netns: NetnsId;
  /** `eth0`. */
  readonly interfaceName: string;
  /** `name` of the network list and this plugin's own configuration. */
  readonly network: string;
  readonly config: JsonObject;
}

export type CniResult = { readonly ips: readonly string[] } | { readonly error: string };

export interface CniPlugin {
  /** File name in /opt/cni/bin. */
  readonly type: string;
  add(context: CniContext): CniResult;
  /** Safe to repeat. */
  del(context: CniContext): void;
  /** What is wrong, or undefined. */
  check(context: CniContext): string | undefined;
}
