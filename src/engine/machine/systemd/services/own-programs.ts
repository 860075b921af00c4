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

export const OWN_PROGRAMS: ReadonlyMap<string, OwnProgram> = new Map<string, OwnProgram>([
  ['/usr/bin/dbus-daemon', { memoryBytes: 4_718_592, handledSignals: ['SIGHUP'] }],
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
