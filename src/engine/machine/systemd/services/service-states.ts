/**
 * The states of a service, which `systemctl` shows as SubState, and what systemd does on entering each.
 * Source: systemd src/core/service.c.
 */
import type { Signal } from '../../../../protocol/program.ts';
import type { HostSystemd } from '../host-systemd.ts';
import {
  commandsOf,
  environmentOf,
  missingEnvironmentFile,
  type CommandSetting,
  type ServiceCommand,
} from './service-commands.ts';
import { removeRuntimeDirectories } from './service-directories.ts';
import { shallRestart, type ServiceResult } from './service-endings.ts';
import { mainOfForking, mainOfPidFile } from './service-main-process.ts';
import { tellEnded, tellLeftovers } from './service-messages.ts';
import { runCommand, tellUnset, type Run } from './service-process.ts';
import { serviceSettings, type ServiceSettings } from './service-settings.ts';
import { cgroupPath } from '../units/unit-cgroup.ts';
import type { UnitFile } from '../units/unit-file.ts';
import type { UnitState } from '../units/unit-state.ts';
import { noteLeaving } from '../units/unit-times.ts';

/** States in which processes are asked to end, then killed: before ExecStopPost and after it. */
type KillState = 'stop-sigterm' | 'stop-sigkill' | 'final-sigterm' | 'final-sigkill';

/** A service whose files have been read. */
export interface Service {
  readonly unit: UnitState;
  readonly file: UnitFile;
  readonly settings: ServiceSettings;
}

/** What runs beside the main process, in which state. */
const CONTROL_STATES = {
  ExecCondition: ['activating', 'condition'],
  ExecStartPre: ['activating', 'start-pre'],
  ExecStartPost: ['activating', 'start-post'],
  ExecReload: ['reloading', 'reload'],
  ExecStop: ['deactivating', 'stop'],
  ExecStopPost: ['deactivating', 'stop-post'],
} as const;
type ControlSetting = keyof typeof CONTROL_STATES;

export class ServiceStates {
  constructor(private readonly systemd: HostSystemd) {}

  service(unit: UnitState): Service {
    const { file } = this.systemd.loaded(unit.name);
    return { unit, file, settings: serviceSettings(file) };
  }

  // ---- starting

  enterStartPre(service: Service): void {
    if (!this.enterControl(service, 'ExecStartPre')) this.enterStart(service);
  }

  enterStart(service: Service): void {
    const { systemd } = this;
    const { unit, settings } = service;
    unit.command = 0;
    const [command] = this.commands(service, 'ExecStart');
    if (command === undefined) {
      this.enterStartPost(service);
      return;
    }
    systemd.setState(unit, 'activating', 'start');
    this.arm(unit, settings.startTimeoutUs);
    const ran = this.run(service, command);
    if (ran === undefined) return;
    if (settings.type === 'forking') {
      unit.controlPid = ran.pid;
      return;
    }
    unit.mainPid = ran.pid;
    if (isUpAtOnce(settings, ran)) this.enterStartPost(service);
    // The child says so: later than those who started it.
    tellUnset(systemd, unit, ran.pid, command);
  }

  enterStartPost(service: Service): void {
    if (!this.enterControl(service, 'ExecStartPost')) this.enterRunning(service, 'success');
  }

  enterRunning(service: Service, result: ServiceResult): void {
    const { unit, settings } = service;
    this.note(unit, result);
    this.cancelTimer(unit);
    if (unit.result !== 'success') this.enterSignal(service, 'stop-sigterm', result);
    else if (unit.mainPid !== 0 || (settings.type === 'forking' && this.groupOf(service).length > 0)) {
      this.isUp(unit, settings, 'running');
      this.arm(unit, settings.runtimeUs);
    } else if (settings.remainsAfterExit) this.isUp(unit, settings, 'exited');
    else this.enterStop(service, 'success');
  }

  isUp(unit: UnitState, { type }: ServiceSettings, sub: 'running' | 'exited'): void {
    const { systemd } = this;
    if (unit.job === 'start')
      systemd.say(unit.name, `${type === 'oneshot' ? 'Finished' : 'Started'} ${systemd.title(unit.name)}.`);
    Object.assign(unit, { job: undefined, lastJob: 'start' });
    systemd.setState(unit, 'active', sub);
  }

  // ---- stopping

  enterStop(service: Service, result: ServiceResult): void {
    this.note(service.unit, result);
    this.cancelTimer(service.unit);
    if (!this.enterControl(service, 'ExecStop')) this.enterSignal(service, 'stop-sigterm', 'success');
  }

  enterSignal(service: Service, state: KillState, result: ServiceResult): void {
    const { systemd } = this;
    const { unit, settings } = service;
    this.note(unit, result);
    this.cancelTimer(unit);
    if (this.killAll(service, state.endsWith('kill') ? 'SIGKILL' : settings.killSignal)) {
      systemd.setState(unit, 'deactivating', state);
      this.arm(unit, settings.stopTimeoutUs);
    } else if (state === 'stop-sigterm' && settings.sendsSigkill) this.enterSignal(service, 'stop-sigkill', 'success');
    else if (state.startsWith('stop')) this.enterStopPost(service, 'success');
    else if (state === 'final-sigterm' && settings.sendsSigkill) this.enterSignal(service, 'final-sigkill', 'success');
    else this.enterDead(service, 'success');
  }

  enterStopPost(service: Service, result: ServiceResult): void {
    this.note(service.unit, result);
    if (!this.enterControl(service, 'ExecStopPost')) this.enterSignal(service, 'final-sigterm', 'success');
  }

  enterDead(service: Service, result: ServiceResult, mayRestart = true): void {
    const { systemd } = this;
    const { unit, file, settings } = service;
    this.note(unit, result);
    this.cancelTimer(unit);
    const { job, again } = unit;
    Object.assign(unit, { job: undefined, lastJob: job, again: false, statusText: undefined });
    tellEnded(systemd, unit, settings, job);
    tellLeftovers(systemd, unit, 'stop');
    if (settings.pidFile !== undefined) systemd.files.root.remove(settings.pidFile);
    if (!again) removeRuntimeDirectories(file, systemd.files.root);
    if (again) {
      noteLeaving(unit, systemd.simulation.clock.unixUs);
      unit.active = 'inactive';
      systemd.runner.start(unit);
      return;
    }
    const failed = unit.result !== 'success' && unit.result !== 'exec-condition';
    if (!mayRestart || job === 'stop' || unit.result === 'exec-condition' || !shallRestart(unit, settings)) {
      systemd.setState(unit, failed ? 'failed' : 'inactive', failed ? 'failed' : 'dead');
      return;
    }
    systemd.setState(unit, 'activating', 'auto-restart');
    // The job that began this start has failed; the restart is one of its own.
    if (job === 'start' && failed) systemd.startFailed(unit);
    unit.timer = systemd.simulation.loop.schedule(settings.restartUs, systemd.target, 'service.restart', {
      unit: unit.name,
    });
  }

  /** Sends the signal to those that KillMode= names; whether there is anybody to wait for. */
  killAll(service: Service, signal: Signal): boolean {
    const { unit, settings } = service;
    const { kernel } = this.systemd;
    if (settings.killMode === 'none') return false;
    const own = [unit.mainPid, unit.controlPid].filter((pid) => pid > 0);
    const takesGroup = settings.killMode === 'control-group' || (settings.killMode === 'mixed' && signal === 'SIGKILL');
    const others = takesGroup ? this.groupOf(service).filter((pid) => !own.includes(pid)) : [];
    for (const pid of [...others, ...own]) {
      if (signal === 'SIGKILL')
        this.systemd.say(
          unit.name,
          `${unit.name}: Killing process ${String(pid)} (${kernel.process(pid)?.name ?? 'n/a'}) with signal SIGKILL.`,
          5,
        );
      kernel.kill(pid, signal);
      // A stopped process gets to see the signal.
      if (signal !== 'SIGKILL') kernel.kill(pid, 'SIGCONT');
    }
    return own.length + others.length > 0;
  }

  /** The first process of a forking service has left: the one that stays is the main one. */
  hasForked(service: Service): void {
    const { systemd } = this;
    const { unit, settings } = service;
    if (settings.pidFile === undefined) {
      unit.mainPid = mainOfForking(systemd, unit, this.groupOf(service));
      this.enterStartPost(service);
      return;
    }
    const found = mainOfPidFile(systemd, unit, settings.pidFile);
    // Without the file the start is over when its time is, or when nobody is left to write it.
    if (found === undefined && this.groupOf(service).length > 0) return;
    if (found === undefined) {
      systemd.say(unit.name, `${unit.name}: Daemon never wrote its PID file. Failing.`, 4);
      this.enterSignal(service, 'stop-sigterm', 'protocol');
      return;
    }
    unit.mainPid = found;
    this.enterStartPost(service);
  }

  hasReloaded(service: Service, ok: boolean): void {
    const { systemd } = this;
    const { unit } = service;
    if (ok) systemd.say(unit.name, `Reloaded ${systemd.title(unit.name)}.`);
    else systemd.say(unit.name, `Reload failed for ${systemd.title(unit.name)}.`, 3);
    unit.jobFailure = ok ? undefined : 'reload';
    this.enterRunning(service, 'success');
  }

  // ---- commands

  /** Begins with the first command of a setting; false where there is none. */
  enterControl(service: Service, setting: ControlSetting): boolean {
    const { unit, settings } = service;
    const [command] = this.commands(service, setting);
    if (command === undefined) return false;
    unit.command = 0;
    const [active, sub] = CONTROL_STATES[setting];
    this.systemd.setState(unit, active, sub);
    this.arm(unit, active === 'deactivating' ? settings.stopTimeoutUs : settings.startTimeoutUs);
    unit.controlPid = this.run(service, command)?.pid ?? 0;
    return true;
  }

  /** Starts a command; where that cannot even be tried the unit goes down. */
  run(service: Service, command: ServiceCommand): Run | undefined {
    const { systemd } = this;
    const { unit, file } = service;
    const missing = missingEnvironmentFile(file, systemd.files.root);
    if (missing !== undefined) {
      systemd.say(unit.name, `${unit.name}: Failed to load environment files: ${missing}`, 3);
      systemd.say(unit.name, `${unit.name}: Failed to spawn '${taskOf(command.setting)}' task: ${missing}`, 4);
      this.#couldNotRun(service, command.setting);
      return undefined;
    }
    const ran = runCommand(systemd, unit, file, command);
    const { cgroup } = ran;
    systemd.kernel.cgroups.watchEmpty(cgroup, {
      target: systemd.target,
      type: 'service.emptied',
      payload: { unit: unit.name },
    });
    const { setting, argv } = command;
    if (unit.command === 0) unit.commands = unit.commands.filter((each) => each.setting !== setting);
    unit.commands = [...unit.commands, { setting, argv, pid: ran.pid }];
    return ran;
  }

  #couldNotRun(service: Service, setting: CommandSetting): void {
    if (setting === 'ExecReload') this.enterRunning(service, 'success');
    else if (setting === 'ExecStopPost') this.enterSignal(service, 'final-sigterm', 'resources');
    else this.enterSignal(service, 'stop-sigterm', 'resources');
  }

  commands({ unit, file }: Service, setting: CommandSetting): readonly ServiceCommand[] {
    const { files } = this.systemd;
    const env = environmentOf(file, files.root, this.systemd.environment);
    return commandsOf(
      file,
      [setting],
      unit.mainPid > 0 ? { ...env, MAINPID: String(unit.mainPid) } : env,
      this.systemd.specifiers(unit.name),
    );
  }

  /** The first thing that went wrong is what the unit ends with. */
  note(unit: UnitState, result: ServiceResult): void {
    if (unit.result === 'success') unit.result = result;
  }

  groupOf({ unit }: Service): readonly number[] {
    return this.systemd.kernel.cgroups.processes(cgroupPath(this.systemd, unit.name));
  }

  arm(unit: UnitState, us: number): void {
    const { systemd } = this;
    this.cancelTimer(unit);
    if (Number.isFinite(us))
      unit.timer = systemd.simulation.loop.schedule(us, systemd.target, 'service.timed-out', { unit: unit.name });
  }

  cancelTimer(unit: UnitState): void {
    if (unit.timer !== undefined) this.systemd.simulation.loop.cancel(unit.timer);
    unit.timer = undefined;
  }
}

/** Whether the service is up as soon as its main process runs. */
function isUpAtOnce({ type }: ServiceSettings, { isProgram, isReady }: Run): boolean {
  if (type === 'exec') return isProgram;
  return type === 'simple' || type === 'idle' || (type !== 'oneshot' && isReady);
}

/** `start-pre` of ExecStartPre. */
const taskOf = (setting: CommandSetting): string =>
  setting
    .slice(4)
    .replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
