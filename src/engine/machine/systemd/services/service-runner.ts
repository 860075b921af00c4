/**
 * What leads a service from one state to the next: what is asked of it, the ends of its processes, times that are over.
 * Source: systemd src/core/service.c.
 */
import type { ProcessExit } from '../../kernel/interface.ts';
import { unmetCondition } from '../jobs/conditions.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { CommandSetting } from './service-commands.ts';
import { endCommand, resultOf, type ServiceResult } from './service-endings.ts';
import { tellExit, tellLeftovers } from './service-messages.ts';
import { ServiceStates, type Service } from './service-states.ts';
import { startLimitHit } from '../jobs/start-limit.ts';
import type { UnitState } from '../units/unit-state.ts';

/** Whose command the control process of a state is. */
const CONTROL_SETTINGS: Readonly<Record<string, CommandSetting>> = {
  condition: 'ExecCondition',
  'start-pre': 'ExecStartPre',
  start: 'ExecStart',
  'start-post': 'ExecStartPost',
  reload: 'ExecReload',
  'stop-post': 'ExecStopPost',
};

export class ServiceRunner {
  private readonly states: ServiceStates;

  constructor(private readonly systemd: HostSystemd) {
    this.states = new ServiceStates(systemd);
  }

  start(unit: UnitState): void {
    if (unit.active === 'active' || unit.active === 'activating') return;
    unit.restarts = 0;
    // What is on its way down gets there first.
    if (unit.active === 'deactivating') {
      unit.again = true;
      return;
    }
    this.#start(unit);
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    const service = this.states.service(unit);
    if (unit.job === 'stop') return;
    unit.jobFailure = undefined;
    if (unit.sub === 'auto-restart') {
      this.states.cancelTimer(unit);
      systemd.say(unit.name, `Stopped ${systemd.title(unit.name)}.`);
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    if (unit.active === 'inactive' || unit.active === 'failed') {
      systemd.setState(unit, unit.active, unit.sub);
      return;
    }
    unit.job = 'stop';
    if (unit.sub === 'running' || unit.sub === 'exited') this.states.enterStop(service, 'success');
    else if (unit.active === 'activating' || unit.active === 'reloading')
      this.states.enterSignal(service, 'stop-sigterm', 'success');
    // What is down at once is not announced.
    if (unit.active === 'deactivating') systemd.say(unit.name, `Stopping ${systemd.title(unit.name)}...`);
  }

  restart(unit: UnitState): void {
    if (unit.active === 'inactive' || unit.active === 'failed' || unit.sub === 'auto-restart') {
      this.states.cancelTimer(unit);
      unit.active = 'inactive';
      this.start(unit);
      return;
    }
    unit.again = true;
    this.stop(unit);
  }

  /** Runs ExecReload; false where the service has none or does not run. */
  reload(unit: UnitState): boolean {
    const { systemd } = this;
    unit.jobFailure = undefined;
    if (unit.sub !== 'running' && unit.sub !== 'exited') return false;
    const service = this.states.service(unit);
    if (this.states.commands(service, 'ExecReload').length === 0) return false;
    systemd.say(unit.name, `Reloading ${systemd.title(unit.name)}...`);
    return this.states.enterControl(service, 'ExecReload');
  }

  timedOut(unit: UnitState): void {
    const service = this.states.service(unit);
    const say = (text: string): void => {
      this.systemd.say(unit.name, `${unit.name}: ${text}`, 4);
    };
    unit.timer = undefined;
    switch (unit.sub) {
      case 'condition':
      case 'start-pre':
      case 'start':
      case 'start-post':
        say(`${unit.sub} operation timed out. Terminating.`);
        this.states.enterSignal(service, 'stop-sigterm', 'timeout');
        return;
      case 'running':
        say('Service reached runtime time limit. Stopping.');
        this.states.enterStop(service, 'timeout');
        return;
      case 'reload':
        say('Reload operation timed out. Killing reload process.');
        this.systemd.kernel.kill(unit.controlPid, 'SIGKILL');
        return;
      case 'stop':
        say('Stopping timed out. Terminating.');
        this.states.enterSignal(service, 'stop-sigterm', 'timeout');
        return;
      case 'stop-post':
        say(`State 'stop-post' timed out. Terminating.`);
        this.states.enterSignal(service, 'final-sigterm', 'timeout');
        return;
      case 'stop-sigterm':
      case 'final-sigterm':
        say(`State '${unit.sub}' timed out. ${service.settings.sendsSigkill ? 'Killing' : 'Skipping SIGKILL'}.`);
        if (service.settings.sendsSigkill)
          this.states.enterSignal(service, unit.sub === 'stop-sigterm' ? 'stop-sigkill' : 'final-sigkill', 'timeout');
        else if (unit.sub === 'stop-sigterm') this.states.enterStopPost(service, 'timeout');
        else this.states.enterDead(service, 'timeout');
        return;
      default:
        say('Processes still around after SIGKILL. Ignoring.');
        if (unit.sub === 'stop-sigkill') this.states.enterStopPost(service, 'timeout');
        else this.states.enterDead(service, 'timeout');
    }
  }

  /** The service is up (Type=notify). */
  becameReady(unit: UnitState): void {
    if (unit.sub === 'start') this.states.enterStartPost(this.states.service(unit));
  }

  restartNow(unit: UnitState): void {
    unit.timer = undefined;
    if (unit.sub !== 'auto-restart') return;
    unit.restarts += 1;
    this.systemd.say(unit.name, `${unit.name}: Scheduled restart job, restart counter is at ${String(unit.restarts)}.`);
    unit.active = 'inactive';
    this.#start(unit);
  }

  /** A process of the unit that systemd started has ended. */
  exited(unit: UnitState, exit: ProcessExit): void {
    endCommand(unit, exit);
    if (exit.pid === unit.mainPid) this.#mainExited(this.states.service(unit), exit);
    else if (exit.pid === unit.controlPid) this.#controlExited(this.states.service(unit), exit);
  }

  /** The last process of the unit's control group has gone. */
  emptied(unit: UnitState): void {
    if (unit.mainPid !== 0 || unit.controlPid !== 0) return;
    const service = this.states.service(unit);
    if (unit.sub === 'running') this.states.enterRunning(service, 'success');
    else if (unit.sub === 'stop-sigterm' || unit.sub === 'stop-sigkill') this.states.enterStopPost(service, 'success');
    else if (unit.sub === 'final-sigterm' || unit.sub === 'final-sigkill') this.states.enterDead(service, 'success');
  }

  // ---- starting

  #start(unit: UnitState): void {
    const { systemd } = this;
    const { file, load, text } = systemd.loaded(unit.name);
    unit.text ??= text;
    if (load !== 'loaded') {
      const failedBefore = unit.sub === 'failed';
      systemd.setState(unit, failedBefore ? 'failed' : 'inactive', failedBefore ? 'failed' : 'dead');
      return;
    }
    const unmet = unmetCondition(file, systemd.files.root);
    if (unmet !== undefined) {
      systemd.say(unit.name, `${systemd.title(unit.name)} was skipped because of an unmet condition check (${unmet}).`);
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    const service = this.states.service(unit);
    unit.job = 'start';
    if (startLimitHit(unit, file, systemd.simulation.clock.nowUs)) {
      systemd.say(unit.name, `${unit.name}: Start request repeated too quickly.`, 4);
      this.states.enterDead(service, 'start-limit-hit', false);
      return;
    }
    Object.assign(unit, { result: 'success', exitCode: undefined, exitSignal: undefined, statusText: undefined });
    unit.invocation = systemd.simulation.random.for('systemd', systemd.target, 'invocation').hex(32);
    unit.commands = [];
    tellLeftovers(systemd, unit, 'start');
    if (!this.states.enterControl(service, 'ExecCondition')) this.states.enterStartPre(service);
    // What is up at once is not announced.
    if (unit.active === 'activating' && unit.job === 'start')
      systemd.say(unit.name, `Starting ${systemd.title(unit.name)}...`);
  }

  // ---- processes that have ended

  #mainExited(service: Service, exit: ProcessExit): void {
    const { unit, settings } = service;
    const commands = this.states.commands(service, 'ExecStart');
    const isOneshot = settings.type === 'oneshot';
    const at = isOneshot && unit.sub === 'start' ? unit.command : 0;
    unit.mainPid = 0;
    unit.exitCode = exit.signal === undefined ? exit.exitCode : undefined;
    unit.exitSignal = exit.signal;
    const ended = resultOf(exit, settings, isOneshot ? 'command' : 'daemon');
    const result = commands[at]?.tolerant === true ? 'success' : ended;
    tellExit(this.systemd, unit, 'Main', exit, result);
    this.states.note(unit, result);
    const next = commands[at + 1];
    if (isOneshot && unit.sub === 'start' && result === 'success' && next !== undefined) {
      unit.command = at + 1;
      unit.mainPid = this.states.run(service, next)?.pid ?? 0;
      return;
    }
    switch (unit.sub) {
      case 'start-post':
      case 'reload':
        if (unit.controlPid === 0) this.states.enterStop(service, result);
        return;
      case 'stop':
        return;
      case 'start':
        if (isOneshot && result === 'success') this.states.enterStartPost(service);
        else if (settings.type.startsWith('notify') && result === 'success')
          this.states.enterSignal(service, 'stop-sigterm', 'protocol');
        else this.states.enterRunning(service, result);
        return;
      case 'stop-sigterm':
      case 'stop-sigkill':
        if (unit.controlPid === 0) this.states.enterStopPost(service, result);
        return;
      case 'stop-post':
        return;
      case 'final-sigterm':
      case 'final-sigkill':
        if (unit.controlPid === 0) this.states.enterDead(service, result);
        return;
      default:
        this.states.enterRunning(service, result);
    }
  }

  #controlExited(service: Service, exit: ProcessExit): void {
    const { unit, settings } = service;
    const setting = CONTROL_SETTINGS[unit.sub] ?? 'ExecStop';
    const commands = this.states.commands(service, setting);
    const kind = unit.sub === 'start' ? 'daemon' : 'command';
    const ended = resultOf(exit, settings, kind);
    unit.controlPid = 0;
    const tolerated = commands[unit.command]?.tolerant === true ? 'success' : ended;
    const skips = unit.sub === 'condition' && tolerated === 'exit-code' && exit.exitCode < 255;
    const result = skips ? 'exec-condition' : tolerated;
    tellExit(
      this.systemd,
      unit,
      unit.sub === 'condition' ? 'Condition check' : 'Control',
      exit,
      skips ? 'success' : result,
    );
    if (unit.sub !== 'reload') this.states.note(unit, result);
    const next = commands[unit.command + 1];
    if (result === 'success' && next !== undefined && unit.sub !== 'start') {
      unit.command += 1;
      unit.controlPid = this.states.run(service, next)?.pid ?? 0;
      return;
    }
    this.#afterControl(service, result);
  }

  #afterControl(service: Service, result: ServiceResult): void {
    const { unit } = service;
    const ok = result === 'success';
    switch (unit.sub) {
      case 'condition':
        if (ok) this.states.enterStartPre(service);
        else this.states.enterSignal(service, 'stop-sigterm', result);
        return;
      case 'start-pre':
        if (ok) this.states.enterStart(service);
        else this.states.enterSignal(service, 'stop-sigterm', result);
        return;
      case 'start':
        if (ok) this.states.hasForked(service);
        else this.states.enterSignal(service, 'stop-sigterm', result);
        return;
      case 'start-post':
        if (ok) this.states.enterRunning(service, 'success');
        else this.states.enterStop(service, result);
        return;
      case 'reload':
        this.states.hasReloaded(service, ok);
        return;
      case 'stop':
        this.states.enterSignal(service, 'stop-sigterm', result);
        return;
      case 'stop-post':
        this.states.enterSignal(service, 'final-sigterm', result);
        return;
      case 'stop-sigterm':
      case 'stop-sigkill':
        if (unit.mainPid === 0) this.states.enterStopPost(service, result);
        return;
      default:
        if (unit.mainPid === 0) this.states.enterDead(service, result);
    }
  }
}
