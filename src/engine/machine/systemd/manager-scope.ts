/** What one manager is for: the whole machine, or the services of one user (systemd(1), --system and --user). */
import type { Credentials } from '../../../protocol/program.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Files } from '../files/interface.ts';
import type { Kernel } from '../kernel/interface.ts';
import type { NetnsId, Sockets } from '../net/interface.ts';
import type { HostSystemd } from './host-systemd.ts';
import { FIRST_ENVIRONMENT } from './calls/manager-environment.ts';
import type { Account } from './services/service-identity.ts';
import { SYSTEM_PATHS, type UnitPaths } from './units/unit-paths.ts';

export interface ManagerScope {
  /** Name of its component in the loop. */
  readonly target: string;
  readonly paths: UnitPaths;
  /** Above all its control groups; empty where that is the root. */
  readonly cgroup: string;
  /** Where units are that name no slice. */
  readonly slice: string;
  /** Where it listens. */
  readonly socket: string;
  /** Whom it runs as, and so its services that name nobody. */
  readonly account: Account;
  /** Undefined: those of process 1. */
  readonly credentials: Credentials | undefined;
  readonly runtimeDirectory: string;
  /** What each service finds in its environment to begin with. */
  readonly environment: Readonly<Record<string, string>>;
}

export const systemScope = (host: string): ManagerScope => ({
  target: `systemd/${host}`,
  paths: SYSTEM_PATHS,
  cgroup: '',
  slice: 'system.slice',
  socket: '/run/systemd/private',
  account: { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' },
  credentials: undefined,
  runtimeDirectory: '/run',
  environment: FIRST_ENVIRONMENT,
});

export interface HostSystemdOptions {
  readonly simulation: Simulation;
  readonly host: string;
  readonly kernel: Kernel;
  readonly files: Files;
  readonly sockets?: Sockets;
  readonly netns?: NetnsId;
  /** The whole machine by default. */
  readonly scope?: ManagerScope;
  /** Of a user's manager: the system's. */
  readonly system?: HostSystemd;
  /** What `systemctl reboot` and `poweroff` do; refused where the machine has no such switch. */
  readonly power?: (action: 'reboot' | 'poweroff') => void;
}
