/** Starts, stops, reloads and restarts services. */
import type { Signal } from '../../../protocol/program.ts';
import type { ProcessExit } from '../kernel/interface.ts';
import { unmetCondition } from './conditions.ts';
import { exitWords } from './exit-status.ts';
import type { HostSystemd } from './host-systemd.ts';
import { cgroupPath } from './unit-cgroup.ts';
import { commandsOf, environmentOf, type CommandSetting, type ServiceCommand } from './service-commands.ts';
import { runCommand, tellUnset } from './service-process.ts';
import { startLimitHit } from './start-limit.ts';
import { isYes, lastValue, parseSpan, type UnitFile } from './unit-file.ts';
import { isSignal } from './unit-name.ts';
import type { UnitState } from './unit-state.ts';

const START: readonly CommandSetting[] = ['ExecStartPre', 'ExecStart'];
const DEFAULT_STOP_US = 90_000_000;
const DEFAULT_RESTART_US = 100_000;
/** Signals after which a service counts as having ended well. */
const CLEAN_SIGNALS: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'];

export class ServiceRunner {
  constructor(private readonly systemd: HostSystemd) {}

  start(unit: UnitState): void {
    const { systemd } = this;
    const { file, load, text } = systemd.loaded(unit.name);
    unit.text ??= text;
    if (unit.active === 'active' || unit.active === 'activating') return;
    if (load !== 'loaded') {
      const failedBefore = unit.active === 'failed';
      systemd.setState(unit, failedBefore ? 'failed' : 'inactive', failedBefore ? 'failed' : 'dead');
      return;
    }
    const unmet = unmetCondition(file, systemd.files.root);
    if (unmet !== undefined) {
      systemd.say(unit.name, `${systemd.title(unit.name)} was skipped because of an unmet condition check (${unmet}).`);
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    if (startLimitHit(unit, file, systemd.simulation.clock.nowUs)) {
      this.#refuseStart(unit);
      return;
    }
    Object.assign(unit, { stopping: false, result: 'success', exitCode: undefined, exitSignal: undefined });
    unit.command = 0;
    unit.commands = [];
    systemd.setState(unit, 'activating', 'start');
    this.#runStart(unit, file);
    // What is up at once is not announced.
    if (isStarting(unit)) systemd.say(unit.name, `Starting ${systemd.title(unit.name)}...`);
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    this.#cancelTimer(unit);
    if (unit.mainPid === 0) {
      if (unit.active === 'active') {
        systemd.say(unit.name, `${unit.name}: Deactivated successfully.`);
        systemd.say(unit.name, `Stopped ${systemd.title(unit.name)}.`);
      } else if (unit.active === 'activating') systemd.say(unit.name, `Stopped ${systemd.title(unit.name)}.`);
      const remains = unit.active === 'failed';
      systemd.setState(unit, remains ? 'failed' : 'inactive', remains ? 'failed' : 'dead');
      return;
    }
    if (unit.stopping) return;
    unit.stopping = true;
    systemd.say(unit.name, `Stopping ${systemd.title(unit.name)}...`);
    const { file } = systemd.loaded(unit.name);
    unit.command = 0;
    if (!this.#runControl(unit, file, 'ExecStop')) this.#terminate(unit, file);
  }

  restart(unit: UnitState): void {
    if (unit.mainPid !== 0) {
      unit.again = true;
      this.stop(unit);
      return;
    }
    this.#cancelTimer(unit);
    if (unit.active !== 'inactive') unit.active = 'inactive';
    this.start(unit);
  }

  /** Runs ExecReload; false where the service has none or does not run. */
  reload(unit: UnitState): boolean {
    const { systemd } = this;
    const { file } = systemd.loaded(unit.name);
    if (unit.active !== 'active' || unit.controlPid !== 0) return false;
    unit.command = 0;
    if (this.#commands(unit, file, ['ExecReload']).length === 0) return false;
    systemd.say(unit.name, `Reloading ${systemd.title(unit.name)}...`);
    systemd.setState(unit, 'reloading', 'reload');
    return this.#runControl(unit, file, 'ExecReload');
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
    this.systemd.say(unit.name, `Started ${this.systemd.title(unit.name)}.`);
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
    const ended = unit.commands.find(({ pid }) => pid === exit.pid);
    if (ended !== undefined && exit.signal !== undefined) ended.exitSignal = exit.signal;
    else if (ended !== undefined) ended.exitCode = exit.exitCode;
    const { file } = this.systemd.loaded(unit.name);
    if (exit.pid === unit.controlPid) this.#controlExited(unit, file, exit);
    else if (exit.pid === unit.mainPid) this.#mainExited(unit, file, exit);
  }

  #mainExited(unit: UnitState, file: UnitFile, exit: ProcessExit): void {
    const { systemd } = this;
    unit.mainPid = 0;
    this.#cancelTimer(unit);
    unit.exitCode = exit.signal === undefined ? exit.exitCode : undefined;
    unit.exitSignal = exit.signal;
    const clean = exit.signal === undefined ? exit.exitCode === 0 : CLEAN_SIGNALS.includes(exit.signal);
    const commands = this.#commands(unit, file, START);
    const tolerated = clean || commands[unit.command]?.tolerant === true;
    if (!unit.stopping && unit.active === 'activating' && tolerated && unit.command < commands.length - 1) {
      unit.command += 1;
      this.#runStart(unit, file);
      return;
    }
    if (!clean) {
      const control = commands[unit.command]?.setting === 'ExecStartPre' ? 'Control' : 'Main';
      const words = exitWords(exit.exitCode, exit.signal);
      systemd.say(unit.name, `${unit.name}: ${control} process exited, code=${words}`, unit.stopping ? 6 : 5);
      if (unit.result === 'success')
        unit.result = exit.oomKilled ? 'oom-kill' : exit.signal === undefined ? 'exit-code' : 'signal';
    }
    if (unit.controlPid !== 0) return;
    if (unit.stopping) this.#stopped(unit);
    else this.#endedByItself(unit, file, clean);
  }

  #controlExited(unit: UnitState, file: UnitFile, exit: ProcessExit): void {
    const { systemd } = this;
    unit.controlPid = 0;
    const setting = unit.stopping ? 'ExecStop' : 'ExecReload';
    const clean = exit.signal === undefined && exit.exitCode === 0;
    if (!clean)
      systemd.say(
        unit.name,
        `${unit.name}: Control process exited, code=${exitWords(exit.exitCode, exit.signal)}`,
        clean ? 6 : 5,
      );
    unit.command += 1;
    if (clean && this.#runControl(unit, file, setting)) return;
    if (unit.stopping) {
      if (unit.mainPid === 0) this.#stopped(unit);
      else this.#terminate(unit, file);
      return;
    }
    if (clean) systemd.say(unit.name, `Reloaded ${systemd.title(unit.name)}.`);
    else systemd.say(unit.name, `Reload failed for ${systemd.title(unit.name)}.`, 3);
    systemd.setState(unit, 'active', 'running');
  }

  #stopped(unit: UnitState): void {
    const { systemd } = this;
    unit.stopping = false;
    const bad = unit.result !== 'success';
    systemd.say(
      unit.name,
      bad ? `${unit.name}: Failed with result '${unit.result}'.` : `${unit.name}: Deactivated successfully.`,
      bad ? 4 : 6,
    );
    systemd.say(unit.name, `Stopped ${systemd.title(unit.name)}.`);
    const { again } = unit;
    unit.again = false;
    if (!again) {
      systemd.setState(unit, bad ? 'failed' : 'inactive', bad ? 'failed' : 'dead');
      return;
    }
    systemd.leaveActive(unit);
    unit.active = 'inactive';
    this.start(unit);
  }

  #endedByItself(unit: UnitState, file: UnitFile, clean: boolean): void {
    const { systemd } = this;
    const title = systemd.title(unit.name);
    const starting = unit.active === 'activating';
    const oneshot = lastValue(file, 'Service', 'Type') === 'oneshot';
    if (clean && oneshot && starting) {
      const remains = isYes(lastValue(file, 'Service', 'RemainAfterExit'));
      if (!remains) systemd.say(unit.name, `${unit.name}: Deactivated successfully.`);
      systemd.say(unit.name, `Finished ${title}.`);
      systemd.setState(unit, remains ? 'active' : 'inactive', remains ? 'exited' : 'dead');
      return;
    }
    if (clean) systemd.say(unit.name, `${unit.name}: Deactivated successfully.`);
    else systemd.say(unit.name, `${unit.name}: Failed with result '${unit.result}'.`, 4);
    if (starting) systemd.say(unit.name, `Failed to start ${title}.`, 3);
    if (!this.#restartWanted(unit, file, clean)) {
      systemd.setState(unit, clean ? 'inactive' : 'failed', clean ? 'dead' : 'failed');
      return;
    }
    systemd.setState(unit, 'activating', 'auto-restart');
    // The job that began this start has failed; the restart is one of its own.
    if (starting && !clean) systemd.startFailed(unit);
    const delay = parseSpan(lastValue(file, 'Service', 'RestartSec'), DEFAULT_RESTART_US);
    unit.timer = systemd.simulation.loop.schedule(delay, systemd.target, 'service.restart', { unit: unit.name });
  }

  #restartWanted(unit: UnitState, file: UnitFile, clean: boolean): boolean {
    const policy = lastValue(file, 'Service', 'Restart') ?? 'no';
    if (policy === 'always') return true;
    if (clean) return policy === 'on-success';
    const abnormal = unit.exitSignal !== undefined || unit.result === 'timeout';
    return policy === 'on-failure' || ((policy === 'on-abnormal' || policy === 'on-abort') && abnormal);
  }

  #refuseStart(unit: UnitState): void {
    const { systemd } = this;
    systemd.say(unit.name, `${unit.name}: Start request repeated too quickly.`, 4);
    if (unit.result === 'success') unit.result = 'start-limit-hit';
    systemd.say(unit.name, `${unit.name}: Failed with result '${unit.result}'.`, 4);
    systemd.say(unit.name, `Failed to start ${systemd.title(unit.name)}.`, 3);
    systemd.setState(unit, 'failed', 'failed');
  }

  #runStart(unit: UnitState, file: UnitFile): void {
    const { systemd } = this;
    const command = this.#commands(unit, file, START)[unit.command];
    if (command === undefined) return;
    unit.mainPid = runCommand(systemd, unit, file, command);
    this.#remember(unit, command, unit.mainPid);
    const type = lastValue(file, 'Service', 'Type') ?? 'simple';
    const tellsItself = type === 'oneshot' || (type.startsWith('notify') && systemd.provided.has(unit.name));
    if (command.setting === 'ExecStart' && !tellsItself) this.becameReady(unit);
    tellUnset(systemd, unit, command);
  }

  /** Runs the next command of ExecReload or ExecStop; false where there is none. */
  #runControl(unit: UnitState, file: UnitFile, setting: 'ExecReload' | 'ExecStop'): boolean {
    const command = this.#commands(unit, file, [setting])[unit.command];
    if (command === undefined) return false;
    if (setting === 'ExecStop') this.systemd.setState(unit, 'deactivating', 'stop');
    unit.controlPid = runCommand(this.systemd, unit, file, command);
    this.#remember(unit, command, unit.controlPid);
    return true;
  }

  #remember(unit: UnitState, { setting, argv }: ServiceCommand, pid: number): void {
    unit.commands = [...unit.commands.filter((each) => each.setting !== setting), { setting, argv, pid }];
  }

  #commands(unit: UnitState, file: UnitFile, settings: readonly CommandSetting[]): readonly ServiceCommand[] {
    const { files, kernel } = this.systemd;
    const env = environmentOf(file, files.root);
    return commandsOf(
      unit.name,
      file,
      settings,
      unit.mainPid > 0 ? { ...env, MAINPID: String(unit.mainPid) } : env,
      kernel.namespaces.hostname(),
    );
  }

  #terminate(unit: UnitState, file: UnitFile): void {
    const { systemd } = this;
    systemd.setState(unit, 'deactivating', 'stop-sigterm');
    const asked = lastValue(file, 'Service', 'KillSignal') ?? 'SIGTERM';
    this.#killAll(unit, file, isSignal(asked) ? asked : 'SIGTERM');
    const timeout = parseSpan(
      lastValue(file, 'Service', 'TimeoutStopSec') ?? lastValue(file, 'Service', 'TimeoutSec'),
      DEFAULT_STOP_US,
    );
    if (unit.mainPid !== 0 && Number.isFinite(timeout))
      unit.timer = systemd.simulation.loop.schedule(timeout, systemd.target, 'service.stop-timeout', {
        unit: unit.name,
      });
  }

  #killAll(unit: UnitState, file: UnitFile, signal: Signal): void {
    const { kernel } = this.systemd;
    const mode = lastValue(file, 'Service', 'KillMode') ?? 'control-group';
    const { mainPid } = unit;
    const others = mode === 'process' ? [] : kernel.cgroups.processes(cgroupPath(unit.name, file));
    for (const pid of others) if (pid !== mainPid) kernel.kill(pid, signal);
    kernel.kill(mainPid, signal);
  }

  #cancelTimer(unit: UnitState): void {
    if (unit.timer !== undefined) this.systemd.simulation.loop.cancel(unit.timer);
    unit.timer = undefined;
  }
}

const isStarting = ({ active }: UnitState): boolean => active === 'activating';
