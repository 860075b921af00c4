import { DeviceRunner } from '../mounts/device-runner.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { MountRunner } from '../mounts/mount-runner.ts';
import { TargetRunner } from './target-runner.ts';
import type { UnitRunner } from './unit-runner.ts';

/** What runs units that are neither services nor start others. */
export class UnitRunners {
  readonly targets: TargetRunner;
  readonly mounts: MountRunner;
  readonly devices: DeviceRunner;

  constructor(systemd: HostSystemd) {
    this.targets = new TargetRunner(systemd);
    this.mounts = new MountRunner(systemd);
    this.devices = new DeviceRunner(systemd);
  }

  /** Of a unit by its type; undefined of services, timers, sockets and paths. */
  of(name: string): UnitRunner | undefined {
    if (/\.(service|timer|socket|path)$/.test(name)) return undefined;
    if (name.endsWith('.mount')) return this.mounts;
    return name.endsWith('.device') ? this.devices : this.targets;
  }
}
