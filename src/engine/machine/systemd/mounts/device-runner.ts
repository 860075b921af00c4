/**
 * Devices: a job for one waits until the device file is there, 90 s at most.
 * Leaves out: devices that come later (nothing is plugged into a simulated machine while it runs), properties of udev.
 * Source: systemd.device(5), systemd src/core/device.c.
 */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import { failStart } from '../jobs/dependencies.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { lastValue, parseSpan } from '../units/unit-file.ts';
import { unescapePath } from '../units/unit-name.ts';
import type { UnitRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';

/** DefaultDeviceTimeoutSec= */
const TIMEOUT_US = 90_000_000;

/** Whether the device of dev-sda1.device is there. */
export function isPlugged(files: FileView, name: string): boolean {
  const stat = files.stat(unescapePath(name.replace(/\.device$/, '')));
  return !failed(stat) && (stat.type === 'block' || stat.type === 'char');
}

export class DeviceRunner implements UnitRunner {
  constructor(private readonly systemd: HostSystemd) {}

  start(unit: UnitState): void {
    const { systemd } = this;
    if (isPlugged(systemd.files.root, unit.name)) {
      systemd.setState(unit, 'active', 'plugged');
      return;
    }
    if (unit.job === 'start') return;
    unit.job = 'start';
    systemd.say(unit.name, `Expecting device ${systemd.title(unit.name)}...`);
    const { file } = systemd.loaded(unit.name);
    const timeoutUs = parseSpan(lastValue(file, 'Unit', 'JobRunningTimeoutSec'), TIMEOUT_US);
    if (Number.isFinite(timeoutUs))
      unit.timer = systemd.simulation.loop.schedule(timeoutUs, systemd.target, 'device.timed-out', { unit: unit.name });
  }

  timedOut(unit: UnitState): void {
    const { name } = unit;
    unit.timer = undefined;
    this.systemd.say(name, `${name}: Job ${name}/start timed out.`, 4);
    failStart(this.systemd, unit, 'timeout');
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    if (unit.timer !== undefined) systemd.simulation.loop.cancel(unit.timer);
    Object.assign(unit, { timer: undefined, job: undefined });
    systemd.setState(unit, 'inactive', 'dead');
  }

  restart(unit: UnitState): void {
    this.start(unit);
  }
}
