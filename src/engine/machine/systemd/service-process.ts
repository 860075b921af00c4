/** Runs one command of a service: as a program, or as the component of the engine that stands for it. */
import { failed, strerror, type ErrnoName } from '../../../protocol/errno.ts';
import type { Pid } from '../../../protocol/program.ts';
import type { Notify } from '../../sim/notify.ts';
import type { HostSystemd } from './host-systemd.ts';
import { credentialsOf, environmentOf, type ServiceCommand } from './service-commands.ts';
import { prepareCgroup } from './unit-cgroup.ts';
import { lastValue, type UnitFile } from './unit-file.ts';
import { isSignal } from './unit-name.ts';
import type { UnitState } from './unit-state.ts';

/** EXIT_EXEC of systemd.exec(5): the program could not be run. */
const EXIT_EXEC = 203;

/** Starts the command; its end comes as `service.exited`. */
export function runCommand(systemd: HostSystemd, unit: UnitState, file: UnitFile, command: ServiceCommand): Pid {
  const { kernel } = systemd;
  const provided = command.setting === 'ExecStart' ? systemd.provided.get(unit.name) : undefined;
  const [path = ''] = command.argv;
  const credentials = credentialsOf(file, systemd.files.root);
  const cwd = lastValue(file, 'Service', 'WorkingDirectory');
  const env = environmentOf(file, systemd.files.root);
  const onExit: Notify = { target: systemd.target, type: 'service.exited', payload: { unit: unit.name } };
  const common = {
    argv: command.argv,
    path,
    env: unit.mainPid > 0 ? { ...env, MAINPID: String(unit.mainPid) } : env,
    cgroup: prepareCgroup(unit.name, file, kernel),
    onExit,
    ...(cwd === undefined ? {} : { cwd }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  if (provided === undefined) {
    const stream = systemd.output.open(unit.name, path.slice(path.lastIndexOf('/') + 1));
    const pid = kernel.spawn({
      ...common,
      stdio: [{ type: 'null' }, { type: 'stream', stream }, { type: 'stream', stream }],
    });
    if (failed(pid)) return failToRun(systemd, unit, common.cgroup, path, pid.errno);
    systemd.output.name(stream, pid);
    return pid;
  }
  const pid = kernel.spawnComponent({
    ...common,
    component: provided.component,
    ...(provided.memoryBytes === undefined ? {} : { memoryBytes: provided.memoryBytes }),
    handledSignals: provided.handledSignals.filter(isSignal),
  });
  if (failed(pid)) return failToRun(systemd, unit, common.cgroup, path, pid.errno);
  systemd.simulation.loop.schedule(0, provided.component, 'service.start', {
    unit: unit.name,
    pid,
    argv: command.argv,
    env: common.env,
  });
  return pid;
}

/** systemd forks before it finds out: the child says later why it cannot become the program. */
function failToRun(systemd: HostSystemd, unit: UnitState, cgroup: string, path: string, errno: ErrnoName): Pid {
  const pid = systemd.kernel.spawnComponent({
    component: systemd.target,
    argv: [childName(path)],
    path,
    env: {},
    cgroup,
    onExit: { target: systemd.target, type: 'service.exited', payload: { unit: unit.name } },
  });
  if (failed(pid)) return 0;
  systemd.simulation.loop.schedule(0, systemd.target, 'service.cannot-run', { unit: unit.name, pid, path, errno });
  return pid;
}

/** Members of the event `service.cannot-run`. */
export interface CannotRun {
  readonly unit: string;
  readonly pid: Pid;
  readonly path: string;
  readonly errno: ErrnoName;
}

/** The child says why, and ends with 203. */
export function tellCannotRun(systemd: HostSystemd, { unit, pid, path, errno }: CannotRun): void {
  const say = (message: string): void => {
    systemd.record({ unit, identifier: childName(path), pid, priority: 3, transport: 'journal', message });
  };
  if (errno === 'ENOENT') say(`${unit}: Unable to locate executable '${path}': ${strerror(errno)}`);
  say(`${unit}: Failed at step EXEC spawning ${path}: ${strerror(errno)}`);
  systemd.kernel.exitComponent(pid, EXIT_EXEC);
}

/** The child notes which variables of its command line nothing has set. */
export function tellUnset(systemd: HostSystemd, { name, mainPid }: UnitState, { argv, unset }: ServiceCommand): void {
  if (unset.length === 0) return;
  systemd.record({
    unit: name,
    identifier: childName(argv[0] ?? ''),
    pid: mainPid,
    priority: 6,
    transport: 'journal',
    message: `${name}: Referenced but unset environment variable evaluates to an empty string: ${unset.join(', ')}`,
  });
}

/** Name of a process of systemd that is about to become a program: its last eight characters. */
const childName = (path: string): string => `(${path.slice(path.lastIndexOf('/') + 1).slice(-8)})`;
