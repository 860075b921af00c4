/**
 * Timers: wait for their moment, start their unit, wait again once it has ended.
 * Models: OnCalendar= and the spans after boot, activation and the unit's own activity, Unit=, Persistent= with its stamp file,
 * RandomizedDelaySec=, RemainAfterElapse=.
 * Leaves out: AccuracySec= (they elapse on the microsecond), FixedRandomDelay=, OnClockChange=, OnTimezoneChange=, WakeSystem=.
 */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { planTimer } from './timer-plan.ts';
import { timerSettings, type TimerSettings } from './timer-settings.ts';
import { mayBeginToWait } from './trigger-start.ts';
import type { TriggerRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';
import { tellResult } from '../units/unit-result.ts';

const STAMPS = '/var/lib/systemd/timers';

export class TimerRunner implements TriggerRunner {
  constructor(private readonly systemd: HostSystemd) {}

  triggered(name: string): string {
    return timerSettings(name, this.systemd.loaded(name).file).unit;
  }

  start(unit: UnitState): void {
    const { systemd } = this;
    if (unit.active === 'active' || !mayBeginToWait(systemd, unit, this.triggered(unit.name))) return;
    const settings = this.#settings(unit);
    unit.spentTriggers = [];
    unit.lastTriggerUnixUs = settings.isPersistent ? this.#readStamp(unit) : 0;
    systemd.say(unit.name, `Started ${systemd.title(unit.name)}.`);
    systemd.setState(unit, 'active', 'waiting');
    this.#wait(unit);
  }

  stop(unit: UnitState): void {
    this.#cancel(unit);
    if (unit.active === 'active') {
      tellResult(this.systemd, unit.name, 'success');
      this.systemd.say(unit.name, `Stopped ${this.systemd.title(unit.name)}.`);
    }
    this.systemd.setState(unit, 'inactive', 'dead');
  }

  restart(unit: UnitState): void {
    if (unit.active === 'active') this.stop(unit);
    this.start(unit);
  }

  elapsed(unit: UnitState): void {
    const { systemd } = this;
    unit.timer = undefined;
    unit.nextElapseUnixUs = undefined;
    if (unit.active !== 'active') return;
    const settings = this.#settings(unit);
    unit.lastTriggerUnixUs = systemd.simulation.clock.unixUs;
    if (settings.isPersistent) this.#writeStamp(unit);
    systemd.setState(unit, 'active', 'running');
    systemd.start(settings.unit);
    // It may have ended within the same moment, or not have begun at all.
    if (unit.sub === 'running') this.#waitUnlessBusy(unit, settings);
  }

  triggeredChanged(unit: UnitState): void {
    if (unit.active === 'active') this.#waitUnlessBusy(unit, this.#settings(unit));
  }

  #waitUnlessBusy(unit: UnitState, settings: TimerSettings): void {
    const { active } = this.systemd.state(settings.unit);
    if (unit.sub !== 'running' || active === 'inactive' || active === 'failed') this.#wait(unit);
  }

  #wait(unit: UnitState): void {
    const { systemd } = this;
    const { clock, loop, random } = systemd.simulation;
    const settings = this.#settings(unit);
    const service = systemd.state(settings.unit);
    this.#cancel(unit);
    const { nextUs, spent } = planTimer(
      settings,
      {
        nowUs: clock.unixUs,
        bootUs: clock.unixUs - systemd.kernel.uptimeUs,
        activeUs: unit.activeFromUnixUs,
        lastTriggerUs: unit.lastTriggerUnixUs,
        unitActiveUs: service.inactiveUntilUnixUs,
        unitInactiveUs: service.inactiveFromUnixUs,
      },
      unit.spentTriggers,
    );
    unit.spentTriggers = [...spent];
    if (nextUs === undefined) {
      if (settings.remainsAfterElapse) systemd.setState(unit, 'active', 'elapsed');
      else systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    const { randomizedDelayUs } = settings;
    const delayUs =
      randomizedDelayUs > 0
        ? Math.floor(
            random.for('component', systemd.target, unit.name, 'randomized-delay').fraction() * randomizedDelayUs,
          )
        : 0;
    unit.nextElapseUnixUs = nextUs + delayUs;
    unit.timer = loop.schedule(Math.max(0, nextUs + delayUs - clock.unixUs), systemd.target, 'timer.elapsed', {
      unit: unit.name,
    });
    systemd.setState(unit, 'active', 'waiting');
  }

  #settings(unit: UnitState): TimerSettings {
    return timerSettings(unit.name, this.systemd.loaded(unit.name).file);
  }

  #cancel(unit: UnitState): void {
    if (unit.timer !== undefined) this.systemd.simulation.loop.cancel(unit.timer);
    unit.timer = undefined;
    unit.nextElapseUnixUs = undefined;
  }

  /** The last elapse before the boot; a timer that never ran gets its stamp now. */
  #readStamp(unit: UnitState): number {
    const stat = this.systemd.files.root.stat(stampPath(unit));
    if (!failed(stat)) return stat.modifiedMs * 1000;
    this.#writeStamp(unit);
    return 0;
  }

  #writeStamp(unit: UnitState): void {
    const files = this.systemd.files.root;
    files.mkdirp(STAMPS);
    files.write(stampPath(unit), '');
  }
}

const stampPath = ({ name }: UnitState): string => `${STAMPS}/stamp-${name}`;
