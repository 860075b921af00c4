/** Timers, sockets and paths together, and what they have to do with the units that they start. */
import type { HostSystemd } from '../host-systemd.ts';
import { PathRunner } from './path-runner.ts';
import { SocketRunner } from '../sockets/socket-runner.ts';
import { TimerRunner } from './timer-runner.ts';
import type { TriggerRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';

export class Triggers {
  readonly timers: TimerRunner;
  readonly sockets: SocketRunner;
  readonly paths: PathRunner;

  constructor(private readonly systemd: HostSystemd) {
    this.timers = new TimerRunner(systemd);
    this.sockets = new SocketRunner(systemd);
    this.paths = new PathRunner(systemd);
  }

  /** What runs units of this type; undefined of those that start no other. */
  of(name: string): TriggerRunner | undefined {
    if (name.endsWith('.timer')) return this.timers;
    if (name.endsWith('.socket')) return this.sockets;
    return name.endsWith('.path') ? this.paths : undefined;
  }

  /** Units that start this one. */
  startersOf({ name, connection }: UnitState): readonly UnitState[] {
    return connection === undefined
      ? this.systemd.states().filter((unit) => this.of(unit.name)?.triggered(unit.name) === name)
      : [this.systemd.state(connection.of)];
  }

  unitChanged(changed: UnitState): void {
    for (const unit of this.startersOf(changed)) this.of(unit.name)?.triggeredChanged(unit, changed);
  }
}
