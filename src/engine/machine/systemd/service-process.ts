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

/** What a child of systemd fails at, and its exit status then (systemd.exec(5)). */
const STEPS = { EXEC: 203, USER: 217 } as const;

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
    ...(credentials === undefined || credentials === 'unknown' ? {} : { credentials }),
  };
  if (credentials === 'unknown') return failToRun(systemd, unit, common.cgroup, path, { step: 'USER', errno: 'ESRCH' });
  if (provided === undefined) {
    const stream = systemd.output.open(unit.name, path.slice(path.lastIndexOf('/') + 1));
    const pid = kernel.spawn({
      ...common,
      stdio: [{ type: 'null' }, { type: 'stream', stream }, { type: 'stream', stream }],
    });
    if (failed(pid)) return failToRun(systemd, unit, common.cgroup, path, { step: 'EXEC', errno: pid.errno });
    systemd.output.name(stream, pid);
    return pid;
  }
  const pid = kernel.spawnComponent({
    ...common,
    component: provided.component,
    ...(provided.memoryBytes === undefined ? {} : { memoryBytes: provided.memoryBytes }),
    handledSignals: provided.handledSignals.filter(isSignal),
  });
  if (failed(pid)) return failToRun(systemd, unit, common.cgroup, path, { step: 'EXEC', errno: pid.errno });
  systemd.simulation.loop.schedule(0, provided.component, 'service.start', {
    unit: unit.name,
    pid,
    argv: command.argv,
    env: common.env,
  });
  return pid;
}

interface Failure {
  readonly step: keyof typeof STEPS;
  readonly errno: ErrnoName;
}

/** systemd forks before it finds out: the child says later why it cannot become the program. */
function failToRun(systemd: HostSystemd, unit: UnitState, cgroup: string, path: string, failure: Failure): Pid {
  const pid = systemd.kernel.spawnComponent({
    component: systemd.target,
    argv: [childName(path)],
    path,
    env: {},
    cgroup,
    onExit: { target: systemd.target, type: 'service.exited', payload: { unit: unit.name } },
  });
  if (failed(pid)) return 0;
  systemd.simulation.loop.schedule(0, systemd.target, 'service.cannot-run', { unit: unit.name, pid, path, ...failure });
  return pid;
}

/** Members of the event `service.cannot-run`. */
export interface CannotRun extends Failure {
  readonly unit: string;
  readonly pid: Pid;
  readonly path: string;
}

/** The child says why, and ends. */
export function tellCannotRun(systemd: HostSystemd, { unit, pid, path, step, errno }: CannotRun): void {
  const say = (message: string): void => {
    systemd.record({ unit, identifier: childName(path), pid, priority: 3, transport: 'journal', message });
  };
  if (step === 'USER') say(`${unit}: Failed to determine user credentials: ${strerror(errno)}`);
  else if (errno === 'ENOENT') say(`${unit}: Unable to locate executable '${path}': ${strerror(errno)}`);
  say(`${unit}: Failed at step ${step} spawning ${path}: ${strerror(errno)}`);
  systemd.kernel.exitComponent(pid, STEPS[step]);
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
