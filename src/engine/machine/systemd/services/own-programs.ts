/**
 * Programs of systemd and its message bus that services run and that have no code of their own here: a process stands for
 * each, and what it does, the component of process 1 does.
 */
import type { Pid, Signal } from '../../../../protocol/program.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { changeRuntimeDirectory } from '../users/runtime-directory.ts';

export interface OwnProgram {
  readonly memoryBytes: number;
  readonly handledSignals: readonly Signal[];
  /** What its start does; one without it is just there. */
  readonly run?: (systemd: HostSystemd, process: { readonly pid: Pid; readonly argv: readonly string[] }) => void;
}

const DAEMON_SIGNALS: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** A daemon that is just there: its executable's name behind `systemd-` and the memory that it takes. */
const daemon = (name: string, memoryBytes: number): readonly [string, OwnProgram] => [
  `/usr/lib/systemd/systemd-${name}`,
  { memoryBytes, handledSignals: DAEMON_SIGNALS },
];

export const OWN_PROGRAMS: ReadonlyMap<string, OwnProgram> = new Map<string, OwnProgram>([
  daemon('journald', 15_204_352),
  daemon('udevd', 7_864_320),
  daemon('logind', 8_912_896),
  daemon('networkd', 9_568_256),
  [
    '/usr/sbin/rsyslogd',
    {
      memoryBytes: 5_898_240,
      handledSignals: DAEMON_SIGNALS,
      run: ({ simulation, target }) => {
        simulation.loop.schedule(0, target, 'syslog.write', {});
      },
    },
  ],
  ['/usr/bin/dbus-daemon', { memoryBytes: 4_718_592, handledSignals: DAEMON_SIGNALS }],
  [
    '/usr/lib/systemd/systemd',
    {
      memoryBytes: 11_534_336,
      handledSignals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
      run: (systemd, { pid }) => {
        systemd.users.begin(pid);
      },
    },
  ],
  [
    '/usr/lib/systemd/systemd-user-runtime-dir',
    {
      memoryBytes: 6_291_456,
      handledSignals: [],
      run: (systemd, { pid, argv: [, verb = '', uid = ''] }) => {
        systemd.kernel.exitComponent(pid, changeRuntimeDirectory(systemd, verb, Number(uid)) ? 0 : 1);
      },
    },
  ],
]);
