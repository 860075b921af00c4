/** Starts, stops and restarts services. */
import { failed, strerror, type ErrnoName } from '../../../protocol/errno.ts';
import { SIGNALS, type Credentials, type Signal } from '../../../protocol/program.ts';
import type { ProcessExit } from '../kernel/interface.ts';
import type { HostSystemd } from './host-systemd.ts';
import { isSignal } from './unit-name.ts';
import { isYes, lastValue, parseCommand, parseSpan, type Command, type UnitFile } from './unit-file.ts';
import type { UnitState } from './unit-state.ts';

const DEFAULT_ENV = { LANG: 'C.UTF-8', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

export class ServiceRunner {
  constructor(private readonly systemd: HostSystemd) {}

  start(unit: UnitState): void {
    const { systemd } = this;
    const loaded = systemd.loaded(unit.name);
    unit.text ??= loaded.text;
    if (!unit.name.endsWith('.service')) {
      systemd.setState(unit, loaded.load === 'masked' ? 'inactive' : 'active', 'active');
      return;
    }
    if (unit.active === 'active' || unit.active === 'activating') return;
    if (loaded.load !== 'loaded') {
      systemd.setState(
        unit,
        unit.active === 'failed' ? 'failed' : 'inactive',
        unit.active === 'failed' ? 'failed' : 'dead',
      );
      return;
    }
    if (this.#limited(unit, loaded.file)) return;
    unit.stopping = false;
    unit.result = 'success';
    unit.exitCode = undefined;
    unit.exitSignal = undefined;
    unit.command = 0;
    systemd.say(unit.name, `Starting ${this.#title(unit)}...`);
    systemd.setState(unit, 'activating', 'start');
    this.#runCommand(unit);
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    this.#cancelTimer(unit);
    if (!unit.name.endsWith('.service') || unit.mainPid === 0) {
      if (unit.active !== 'inactive' && unit.active !== 'failed')
        systemd.say(unit.name, `Stopped ${this.#title(unit)}.`);
      systemd.setState(
        unit,
        unit.active === 'failed' ? 'failed' : 'inactive',
        unit.active === 'failed' ? 'failed' : 'dead',
      );
      return;
    }
    if (unit.stopping) return;
    unit.stopping = true;
    systemd.say(unit.name, `Stopping ${this.#title(unit)}...`);
    systemd.setState(unit, 'deactivating', 'stop-sigterm');
    const { file } = systemd.loaded(unit.name);
    const asked = lastValue(file, 'Service', 'KillSignal') ?? 'SIGTERM';
    this.#killAll(unit, file, isSignal(asked) ? asked : 'SIGTERM');
    const timeout = parseSpan(
      lastValue(file, 'Service', 'TimeoutStopSec') ?? lastValue(file, 'Service', 'TimeoutSec'),
      90_000_000,
    );
    if (unit.mainPid !== 0 && Number.isFinite(timeout))
      unit.timer = systemd.simulation.loop.schedule(timeout, systemd.target, 'service.stop-timeout', {
        unit: unit.name,
      });
  }

  restart(unit: UnitState): void {
    if (unit.mainPid === 0 || !unit.name.endsWith('.service')) {
      unit.active = unit.active === 'failed' ? 'inactive' : unit.active === 'active' ? 'inactive' : unit.active;
      this.#cancelTimer(unit);
      this.start(unit);
      return;
    }
    unit.command = -1;
    this.stop(unit);
  }

  stopTimedOut(unit: UnitState): void {
    unit.timer = undefined;
    if (unit.mainPid === 0) return;
    this.systemd.say(unit.name, `${unit.name}: State 'stop-sigterm' timed out. Killing.`, 4);
    unit.result = 'timeout';
    this.#killAll(unit, this.systemd.loaded(unit.name).file, 'SIGKILL');
  }

  becameReady(unit: UnitState): void {
    if (unit.active !== 'activating') return;
    this.systemd.say(unit.name, `Started ${this.#title(unit)}.`);
    this.systemd.setState(unit, 'active', 'running');
  }

  restartNow(unit: UnitState): void {
    unit.timer = undefined;
    if (unit.active !== 'activating') return;
    unit.restarts += 1;
    this.systemd.say(unit.name, `${unit.name}: Scheduled restart job, restart counter is at ${String(unit.restarts)}.`);
    unit.active = 'inactive';
    this.start(unit);
  }

  /** A process of the unit that systemd started has ended. */
  exited(unit: UnitState, exit: ProcessExit): void {
    if (exit.pid !== unit.mainPid) return;
    const { systemd } = this;
    const { file } = systemd.loaded(unit.name);
    unit.mainPid = 0;
    this.#cancelTimer(unit);
    unit.exitCode = exit.signal === undefined ? exit.exitCode : undefined;
    unit.exitSignal = exit.signal;
    const again = unit.command === -1;
    const clean =
      (exit.signal === undefined && exit.exitCode === 0) ||
      (exit.signal !== undefined && ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'].includes(exit.signal));
    const commands = this.#commands(unit, file);
    const current = commands[unit.command];
    if (
      !unit.stopping &&
      unit.active === 'activating' &&
      (clean || current?.tolerant === true) &&
      unit.command < commands.length - 1
    ) {
      unit.command += 1;
      this.#runCommand(unit);
      return;
    }
    if (!clean) {
      const how =
        exit.signal === undefined
          ? `exited, status=${String(exit.exitCode)}/${statusName(exit.exitCode)}`
          : `killed, status=${String(SIGNALS.indexOf(exit.signal) + 1)}/${exit.signal.slice(3)}`;
      systemd.say(unit.name, `${unit.name}: Main process exited, code=${how}`, unit.stopping ? 6 : 5);
      if (unit.result === 'success')
        unit.result = exit.oomKilled ? 'oom-kill' : exit.signal === undefined ? 'exit-code' : 'signal';
    }
    if (unit.stopping) this.#stopped(unit, again);
    else this.#endedByItself(unit, file, clean);
  }

  #stopped(unit: UnitState, again: boolean): void {
    const { systemd } = this;
    unit.stopping = false;
    const bad = unit.result === 'timeout';
    systemd.say(
      unit.name,
      bad ? `${unit.name}: Failed with result 'timeout'.` : `${unit.name}: Deactivated successfully.`,
      bad ? 4 : 6,
    );
    systemd.say(unit.name, `Stopped ${this.#title(unit)}.`);
    if (!bad) unit.result = 'success';
    if (!again) {
      systemd.setState(unit, bad ? 'failed' : 'inactive', bad ? 'failed' : 'dead');
      return;
    }
    unit.active = 'inactive';
    this.start(unit);
  }

  #endedByItself(unit: UnitState, file: UnitFile, clean: boolean): void {
    const { systemd } = this;
    const oneshot = lastValue(file, 'Service', 'Type') === 'oneshot';
    if (clean && oneshot && unit.active === 'activating') {
      const remains = isYes(lastValue(file, 'Service', 'RemainAfterExit'));
      systemd.say(unit.name, remains ? `Finished ${this.#title(unit)}.` : `${unit.name}: Deactivated successfully.`);
      if (!remains) systemd.say(unit.name, `Finished ${this.#title(unit)}.`);
      systemd.setState(unit, remains ? 'active' : 'inactive', remains ? 'exited' : 'dead');
      return;
    }
    if (clean) systemd.say(unit.name, `${unit.name}: Deactivated successfully.`);
    else systemd.say(unit.name, `${unit.name}: Failed with result '${unit.result}'.`, 4);
    const policy = lastValue(file, 'Service', 'Restart') ?? 'no';
    const wanted =
      policy === 'always' ||
      (clean
        ? policy === 'on-success'
        : policy === 'on-failure' || (policy === 'on-abnormal' && unit.exitSignal !== undefined));
    if (!wanted) {
      if (unit.active === 'activating') systemd.say(unit.name, `Failed to start ${this.#title(unit)}.`, 3);
      systemd.setState(unit, clean ? 'inactive' : 'failed', clean ? 'dead' : 'failed');
      return;
    }
    // The job that began this start has failed; the restart is one of its own.
    const failedStart = unit.active === 'activating' && !clean;
    if (failedStart) systemd.say(unit.name, `Failed to start ${this.#title(unit)}.`, 3);
    systemd.setState(unit, 'activating', 'auto-restart');
    if (failedStart) systemd.startFailed(unit);
    const delay = parseSpan(lastValue(file, 'Service', 'RestartSec'), 100_000);
    unit.timer = systemd.simulation.loop.schedule(delay, systemd.target, 'service.restart', { unit: unit.name });
  }

  #limited(unit: UnitState, file: UnitFile): boolean {
    const { clock } = this.systemd.simulation;
    const interval = parseSpan(
      lastValue(file, 'Unit', 'StartLimitIntervalSec') ?? lastValue(file, 'Service', 'StartLimitInterval'),
      10_000_000,
    );
    const burst = Number(
      lastValue(file, 'Unit', 'StartLimitBurst') ?? lastValue(file, 'Service', 'StartLimitBurst') ?? 5,
    );
    unit.starts = unit.starts.filter((at) => at > clock.nowUs - interval);
    if (interval > 0 && unit.starts.length >= burst) {
      this.systemd.say(unit.name, `${unit.name}: Start request repeated too quickly.`, 4);
      if (unit.result === 'success') unit.result = 'start-limit-hit';
      this.systemd.say(unit.name, `${unit.name}: Failed with result '${unit.result}'.`, 4);
      this.systemd.say(unit.name, `Failed to start ${this.#title(unit)}.`, 3);
      this.systemd.setState(unit, 'failed', 'failed');
      return true;
    }
    unit.starts.push(clock.nowUs);
    return false;
  }

  #runCommand(unit: UnitState): void {
    const { systemd } = this;
    const { file } = systemd.loaded(unit.name);
    const commands = this.#commands(unit, file);
    const command = commands[unit.command];
    if (command === undefined) return;
    const env = this.environment(file);
    const main = unit.command >= (file.sections.get('Service')?.get('ExecStartPre')?.length ?? 0);
    const cgroup = this.#cgroup(unit, file);
    const provided = main ? systemd.provided.get(unit.name) : undefined;
    const [path = ''] = command.argv;
    const credentials = this.#credentials(file);
    const cwd = lastValue(file, 'Service', 'WorkingDirectory');
    const onExit = { target: systemd.target, type: 'service.exited', payload: { unit: unit.name } };
    const place = cwd === undefined ? {} : { cwd };
    if (provided !== undefined) {
      const pid = systemd.kernel.spawnComponent({
        component: provided.component,
        argv: command.argv,
        path,
        env,
        cgroup,
        onExit,
        ...place,
        ...(credentials === undefined ? {} : { credentials }),
        ...(provided.memoryBytes === undefined ? {} : { memoryBytes: provided.memoryBytes }),
        handledSignals: provided.handledSignals.filter(isSignal),
      });
      if (failed(pid)) return this.#cannotRun(unit, path, pid.errno);
      unit.mainPid = pid;
      systemd.simulation.loop.schedule(0, provided.component, 'service.start', {
        unit: unit.name,
        pid,
        argv: command.argv,
        env,
      });
    } else {
      const stream = systemd.outputStream(unit.name, path.slice(path.lastIndexOf('/') + 1));
      const pid = systemd.kernel.spawn({
        path,
        argv: command.argv,
        env,
        cgroup,
        onExit,
        ...place,
        ...(credentials === undefined ? {} : { credentials }),
        stdio: [{ type: 'null' }, { type: 'stream', stream }, { type: 'stream', stream }],
      });
      if (failed(pid)) return this.#cannotRun(unit, path, pid.errno);
      systemd.nameStream(stream, pid);
      unit.mainPid = pid;
    }
    const type = lastValue(file, 'Service', 'Type') ?? 'simple';
    if (
      main &&
      (type === 'simple' ||
        type === 'exec' ||
        type === 'forking' ||
        type === 'idle' ||
        (type.startsWith('notify') && provided === undefined))
    )
      this.becameReady(unit);
  }

  #cannotRun(unit: UnitState, path: string, errno: ErrnoName): void {
    this.systemd.say(unit.name, `${unit.name}: Failed at step EXEC spawning ${path}: ${strerror(errno)}`, 3);
    unit.mainPid = -1;
    this.exited(unit, { pid: -1, exitCode: 203, oomKilled: false });
  }

  #commands(_unit: UnitState, file: UnitFile): readonly Command[] {
    const env = this.environment(file);
    const service = file.sections.get('Service');
    const specifiers = {
      n: _unit.name,
      N: _unit.name.replace(/\.\w+$/, ''),
      H: this.systemd.kernel.namespaces.hostname(),
      i: /@(.*)\./.exec(_unit.name)?.[1] ?? '',
    };
    return [...(service?.get('ExecStartPre') ?? []), ...(service?.get('ExecStart') ?? [])].map((line) =>
      parseCommand(line, env, specifiers),
    );
  }

  /** Environment= and EnvironmentFile= over the defaults. */
  environment(file: UnitFile): Readonly<Record<string, string>> {
    const env: Record<string, string> = { ...DEFAULT_ENV };
    const assign = (text: string): void => {
      for (const match of text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
        const word = match[1] ?? match[2] ?? match[3] ?? '';
        const equals = word.indexOf('=');
        if (equals > 0) env[word.slice(0, equals)] = word.slice(equals + 1);
      }
    };
    for (const line of file.sections.get('Service')?.get('Environment') ?? []) assign(line);
    for (const path of file.sections.get('Service')?.get('EnvironmentFile') ?? []) {
      const text = this.systemd.files.root.readText(path.replace(/^-/, ''));
      if (failed(text)) continue;
      for (const line of text.split('\n')) {
        const match = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line);
        if (match !== null) env[match[1] ?? ''] = (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
      }
    }
    return env;
  }

  #credentials(file: UnitFile): Credentials | undefined {
    const user = lastValue(file, 'Service', 'User');
    if (user === undefined || user === 'root') return undefined;
    const passwd = this.systemd.files.root.readText('/etc/passwd');
    const fields = failed(passwd)
      ? undefined
      : passwd
          .split('\n')
          .find((line) => line.startsWith(`${user}:`))
          ?.split(':');
    const uid = Number(fields?.[2] ?? 65_534);
    const gid = Number(fields?.[3] ?? 65_534);
    return { uid, gid, groups: [gid], capabilities: [] };
  }

  #cgroup(unit: UnitState, file: UnitFile): string {
    const slice = lastValue(file, 'Service', 'Slice') ?? 'system.slice';
    const path = `/${slice}/${unit.name}`;
    const { cgroups } = this.systemd.kernel;
    cgroups.create(path);
    const settings: readonly (readonly [key: string, file: string])[] = [
      ['MemoryMax', 'memory.max'],
      ['CPUWeight', 'cpu.weight'],
      ['TasksMax', 'pids.max'],
    ];
    for (const [key, name] of settings) {
      const value = lastValue(file, 'Service', key);
      if (value !== undefined) cgroups.write(path, name, value === 'infinity' ? 'max' : value);
    }
    const quota = /^(\d+)%$/.exec(lastValue(file, 'Service', 'CPUQuota') ?? '');
    if (quota !== null) cgroups.write(path, 'cpu.max', `${String(Number(quota[1]) * 1000)} 100000`);
    return path;
  }

  #killAll(unit: UnitState, file: UnitFile, signal: Signal): void {
    const { kernel } = this.systemd;
    const mode = lastValue(file, 'Service', 'KillMode') ?? 'control-group';
    const { mainPid } = unit;
    const others =
      mode === 'process'
        ? []
        : kernel.cgroups.processes(`/${lastValue(file, 'Service', 'Slice') ?? 'system.slice'}/${unit.name}`);
    for (const pid of others) if (pid !== mainPid) kernel.kill(pid, signal);
    kernel.kill(mainPid, signal);
  }

  #cancelTimer(unit: UnitState): void {
    if (unit.timer !== undefined) this.systemd.simulation.loop.cancel(unit.timer);
    unit.timer = undefined;
  }

  /** `docker.service - Docker Application Container Engine`. */
  #title(unit: UnitState): string {
    const description = lastValue(this.systemd.loaded(unit.name).file, 'Unit', 'Description');
    return description === undefined ? unit.name : `${unit.name} - ${description}`;
  }
}

const statusName = (code: number): string =>
  ({ 0: 'SUCCESS', 1: 'FAILURE', 2: 'INVALIDARGUMENT', 200: 'CHDIR', 203: 'EXEC', 217: 'USER' })[code] ?? 'n/a';
