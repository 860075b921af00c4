/** Runs one command of a service: as a program, or as the component of the engine that stands for it. */
import { failed, strerror, type ErrnoName } from '../../../../protocol/errno.ts';
import type { Credentials, Pid } from '../../../../protocol/program.ts';
import type { ComponentProcessSpec, ProcessSpec, StdioSpec } from '../../kernel/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { environmentOf, type ServiceCommand } from './service-commands.ts';
import { directoryVariables, makeDirectories } from './service-directories.ts';
import { identityOf, type Account } from './service-identity.ts';
import { limitsOf } from './service-limits.ts';
import { sinksOf, type Sink } from './service-output.ts';
import { OWN_PROGRAMS, type OwnProgram } from './own-programs.ts';
import { serviceSettings } from './service-settings.ts';
import { handOver } from '../sockets/socket-connections.ts';
import { descriptorsOf, passedSockets } from '../sockets/socket-passing.ts';
import { prepareCgroup } from '../units/unit-cgroup.ts';
import { lastValue, type UnitFile } from '../units/unit-file.ts';
import { isSignal } from '../units/unit-name.ts';
import type { HeldSocket, UnitState } from '../units/unit-state.ts';

/** What a child of systemd fails at, and its exit status then (systemd.exec(5)). */
const STEPS = { CHDIR: 200, EXEC: 203, GROUP: 216, USER: 217 } as const;

export interface Run {
  readonly pid: Pid;
  readonly cgroup: string;
  /** The process has become the program; otherwise it says why not and ends. */
  readonly isProgram: boolean;
  /** It needs not say that it is up. */
  readonly isReady: boolean;
}

/** Starts the command; its end comes as `service.exited`. */
export function runCommand(systemd: HostSystemd, unit: UnitState, file: UnitFile, command: ServiceCommand): Run {
  const { kernel } = systemd;
  const provided = command.setting === 'ExecStart' ? systemd.provided.get(unit.name) : undefined;
  const [path = ''] = command.argv;
  const cgroup = prepareCgroup(systemd, unit.name);
  const cannot = (failure: Failure): Run => ({
    pid: failToRun(systemd, unit, cgroup, path, failure),
    cgroup,
    isProgram: false,
    isReady: false,
  });
  const setting = settingOf(systemd, unit, file, command);
  if ('step' in setting) return cannot(setting);
  const passed = passedSockets(systemd, unit, file, command.setting);
  const common = {
    argv: command.argv,
    path,
    env: { ...environment(systemd, unit, file, setting), ...passed.env },
    cgroup,
    onExit: { target: systemd.target, type: 'service.exited', payload: { unit: unit.name } },
    ...limitsOf(file),
    ...(setting.cwd === undefined ? {} : { cwd: setting.cwd }),
    ...(setting.credentials === undefined ? {} : { credentials: setting.credentials }),
  };
  const own = provided === undefined ? OWN_PROGRAMS.get(path) : undefined;
  if (own !== undefined) return runOwn(systemd, own, { ...common, env: common.env });
  if (provided === undefined) {
    const { stdio, streams } = stdioOf(systemd, unit, file, path, passed.sockets[0]);
    const pid = kernel.spawn({ ...common, stdio, ...descriptorsOf(passed, stdio) });
    if (failed(pid)) return cannot({ step: 'EXEC', errno: pid.errno });
    handOver(systemd, unit, pid);
    for (const stream of streams) systemd.output.name(stream, pid);
    return { pid, cgroup, isProgram: true, isReady: NOTIFIES.has(path.slice(path.lastIndexOf('/') + 1)) };
  }
  const pid = kernel.spawnComponent({
    ...common,
    component: provided.component,
    ...(provided.memoryBytes === undefined ? {} : { memoryBytes: provided.memoryBytes }),
    handledSignals: provided.handledSignals.filter(isSignal),
  });
  if (failed(pid)) return cannot({ step: 'EXEC', errno: pid.errno });
  systemd.simulation.loop.schedule(0, provided.component, 'service.start', {
    unit: unit.name,
    pid,
    argv: command.argv,
    env: common.env,
    sockets: passed.sockets.map(({ socket }) => socket),
  });
  return { pid, cgroup, isProgram: true, isReady: false };
}

/** A program that process 1's component stands for: it is up as soon as it runs. */
function runOwn(
  systemd: HostSystemd,
  own: OwnProgram,
  spec: Omit<ComponentProcessSpec, 'component'> & { readonly cgroup: string },
): Run {
  const { memoryBytes, handledSignals, run } = own;
  const pid = systemd.kernel.spawnComponent({ ...spec, component: systemd.target, memoryBytes, handledSignals });
  const { cgroup } = spec;
  if (failed(pid)) return { pid: 0, cgroup, isProgram: false, isReady: false };
  run?.(systemd, { pid, argv: spec.argv });
  return { pid, cgroup, isProgram: true, isReady: true };
}

/** Descriptors 0, 1 and 2, and the pipes among them that systemd reads. */
function stdioOf(
  systemd: HostSystemd,
  unit: UnitState,
  file: UnitFile,
  path: string,
  socket: HeldSocket | undefined,
): { readonly stdio: NonNullable<ProcessSpec['stdio']>; readonly streams: readonly number[] } {
  const [input, output, error] = sinksOf(file, systemd.files.root);
  const identifier = lastValue(file, 'Service', 'SyslogIdentifier') ?? path.slice(path.lastIndexOf('/') + 1);
  const streams: number[] = [];
  const open = (sink: Sink): StdioSpec => {
    if (sink === 'null') return { type: 'null' };
    if (sink === 'socket') return socket === undefined ? { type: 'null' } : { type: 'inherit', fd: socket.fd };
    const stream = systemd.output.open(unit.name, identifier, sink === 'journal' ? undefined : sink.path);
    streams.push(stream);
    return { type: 'stream', stream };
  };
  if (unit.stdioOf !== undefined) {
    const of = unit.stdioOf;
    const end = (fd: number): StdioSpec => ({ type: 'inherit', fd, of });
    return { stdio: [end(0), end(1), end(2)], streams };
  }
  const first = open(output);
  const isSame = output === error || JSON.stringify(output) === JSON.stringify(error);
  const second = isSame ? first : open(error);
  const from: StdioSpec = typeof input === 'string' ? open(input) : { type: 'file', path: input.path };
  return { stdio: [from, first, second], streams };
}

/** Programs that tell systemd when they are up; ours are so as soon as they run. */
const NOTIFIES: ReadonlySet<string> = new Set(['sshd', 'redis-server', 'nginx', 'apache2', 'mysqld', 'containerd']);

interface Setting {
  readonly account: Account | undefined;
  readonly credentials: Credentials | undefined;
  readonly cwd: string | undefined;
}

/** Whom the command runs as and where; or at which step the child finds that it cannot. */
function settingOf(systemd: HostSystemd, unit: UnitState, file: UnitFile, command: ServiceCommand): Setting | Failure {
  const files = systemd.files.root;
  const identity = identityOf(file, files, systemd.specifiers(unit.name));
  if (identity === 'no user') return { step: 'USER', errno: 'ESRCH' };
  if (identity === 'no group') return { step: 'GROUP', errno: 'ESRCH' };
  const { account } = identity;
  makeDirectories(file, files, identity);
  const asked = lastValue(file, 'Service', 'WorkingDirectory');
  const place = asked?.replace(/^-/, '');
  const cwd = place === '~' ? (account ?? systemd.scope.account).home : place;
  const credentials = command.privileged ? undefined : (identity.credentials ?? systemd.scope.credentials);
  if (cwd === undefined) return { account, credentials, cwd };
  const stat = files.stat(cwd);
  if (!failed(stat) && stat.type === 'directory') return { account, credentials, cwd };
  if (asked?.startsWith('-') === true) return { account, credentials, cwd: undefined };
  return { step: 'CHDIR', errno: failed(stat) ? stat.errno : 'ENOTDIR' };
}

/** What it finds in its environment: the unit's own settings over what systemd sets for it. */
function environment(
  systemd: HostSystemd,
  unit: UnitState,
  file: UnitFile,
  { account }: Setting,
): Readonly<Record<string, string>> {
  const { type, pidFile } = serviceSettings(file);
  const { LANG = '', PATH = '', ...own } = environmentOf(file, systemd.files.root, systemd.environment);
  return {
    LANG,
    PATH,
    ...(type.startsWith('notify') ? { NOTIFY_SOCKET: '/run/systemd/notify' } : {}),
    INVOCATION_ID: unit.invocation,
    ...(pidFile === undefined ? {} : { PIDFILE: pidFile }),
    ...directoryVariables(file),
    ...(account === undefined
      ? {}
      : { HOME: account.home, LOGNAME: account.name, SHELL: account.shell, USER: account.name }),
    ...(unit.mainPid > 0 ? { MAINPID: String(unit.mainPid) } : {}),
    ...own,
  };
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
  else if (step === 'GROUP') say(`${unit}: Failed to determine group credentials: ${strerror(errno)}`);
  else if (step === 'CHDIR') say(`${unit}: Changing to the requested working directory failed: ${strerror(errno)}`);
  else if (errno === 'ENOENT') say(`${unit}: Unable to locate executable '${path}': ${strerror(errno)}`);
  say(`${unit}: Failed at step ${step} spawning ${path}: ${strerror(errno)}`);
  systemd.kernel.exitComponent(pid, STEPS[step]);
}

/** The child notes which variables of its command line nothing has set. */
export function tellUnset(systemd: HostSystemd, { name }: UnitState, pid: Pid, { argv, unset }: ServiceCommand): void {
  if (unset.length === 0) return;
  systemd.record({
    unit: name,
    identifier: childName(argv[0] ?? ''),
    pid,
    priority: 6,
    transport: 'journal',
    message: `${name}: Referenced but unset environment variable evaluates to an empty string: ${unset.join(', ')}`,
  });
}

/** Name of a process of systemd that is about to become a program: its last eight characters. */
const childName = (path: string): string => `(${path.slice(path.lastIndexOf('/') + 1).slice(-8)})`;
