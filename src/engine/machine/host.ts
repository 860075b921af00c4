/** One Linux host: its kernel, files, network stack and systemd. `sandbox.ts` makes one per machine of a topology. */
import type { Files } from './files/interface.ts';
import type { Kernel } from './kernel/interface.ts';
import type { HostNetwork } from './net/interface.ts';
import type { Systemd } from './systemd/interface.ts';

export interface Host {
  readonly name: string;
  readonly kernel: Kernel;
  readonly files: Files;
  readonly net: HostNetwork;
  readonly systemd: Systemd;
}
