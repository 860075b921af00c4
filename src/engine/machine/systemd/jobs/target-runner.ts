/** Targets: they are reached as soon as what they stand after is up, and left without further ado. */
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitRunner } from './unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';

export class TargetRunner implements UnitRunner {
  constructor(private readonly systemd: HostSystemd) {}

  start(unit: UnitState): void {
    const { systemd } = this;
    const { load } = systemd.loaded(unit.name);
    if (load === 'masked') {
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    if (load === 'loaded' && unit.active !== 'active')
      systemd.say(unit.name, `Reached target ${systemd.title(unit.name)}.`);
    systemd.setState(unit, 'active', 'active');
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    if (unit.active === 'active') systemd.say(unit.name, `Stopped target ${systemd.title(unit.name)}.`);
    systemd.setState(unit, 'inactive', 'dead');
  }

  restart(unit: UnitState): void {
    this.stop(unit);
    this.start(unit);
  }
}
