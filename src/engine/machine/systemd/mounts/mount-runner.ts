/**
 * Mounts: mount(8) and umount(8) are run as control processes.
 * Models: What=, Where=, Type=, Options=, the device that is waited for, mounts that somebody else has made or undone.
 * Leaves out: checks of file systems (systemd-fsck@.service), automounts, TimeoutSec=, ReadWriteOnly=, LazyUnmount=.
 * Source: systemd.mount(5), systemd src/core/mount.c.
 */
import type { ProcessExit } from '../../kernel/interface.ts';
import { exitWords } from '../services/exit-status.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { endCommand } from '../services/service-endings.ts';
import { mountSettings } from './mount-settings.ts';
import { runCommand } from '../services/service-process.ts';
import { tellResult } from '../units/unit-result.ts';
import type { UnitRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';

/** Options that speak to mount(8) and systemd, not to the file system. */
const USERSPACE = /^(defaults|auto|noauto|nofail|_netdev|users?|owner|group|comment=.*|x-.*)$/;

export class MountRunner implements UnitRunner {
  constructor(private readonly systemd: HostSystemd) {}

  start(unit: UnitState): void {
    const { systemd } = this;
    const { load, file, text } = systemd.loaded(unit.name);
    if (load !== 'loaded') {
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    unit.text ??= text;
    const { what, where, type, options } = mountSettings(file);
    if (systemd.files.isMountPoint(where)) {
      systemd.setState(unit, 'active', 'mounted');
      return;
    }
    Object.assign(unit, { result: 'success', job: 'start', jobFailure: undefined });
    systemd.say(unit.name, `Mounting ${systemd.title(unit.name)}...`);
    systemd.setState(unit, 'activating', 'mounting');
    systemd.files.root.mkdirp(where);
    const flags = options.filter((option) => !USERSPACE.test(option)).join(',');
    unit.commands = [];
    this.#run(unit, 'ExecMount', [
      '/usr/bin/mount',
      what,
      where,
      ...(type === undefined ? [] : ['-t', type]),
      ...(flags === '' ? [] : ['-o', flags]),
    ]);
  }

  stop(unit: UnitState): void {
    const { systemd } = this;
    const { where } = mountSettings(systemd.loaded(unit.name).file);
    if (!systemd.files.isMountPoint(where)) {
      systemd.setState(
        unit,
        unit.active === 'failed' ? 'failed' : 'inactive',
        unit.active === 'failed' ? 'failed' : 'dead',
      );
      return;
    }
    Object.assign(unit, { result: 'success', job: 'stop', jobFailure: undefined });
    systemd.say(unit.name, `Unmounting ${systemd.title(unit.name)}...`);
    systemd.setState(unit, 'deactivating', 'unmounting');
    this.#run(unit, 'ExecUnmount', ['/usr/bin/umount', where, '-c']);
  }

  restart(unit: UnitState): void {
    if (unit.active !== 'active') {
      this.start(unit);
      return;
    }
    unit.again = true;
    this.stop(unit);
  }

  /** mount(8) or umount(8) is done. */
  exited(unit: UnitState, exit: ProcessExit): void {
    const { systemd } = this;
    if (exit.pid !== unit.controlPid) return;
    unit.controlPid = 0;
    endCommand(unit, exit);
    const { name, sub } = unit;
    const isDone = exit.signal === undefined && exit.exitCode === 0;
    Object.assign(unit, { job: undefined, lastJob: sub === 'mounting' ? 'start' : 'stop' });
    if (!isDone) systemd.say(name, `${name}: Mount process exited, code=${exitWords(exit.exitCode, exit.signal)}`, 5);
    if (sub === 'mounting') this.#mounted(unit, isDone);
    else this.#unmounted(unit, isDone);
  }

  #mounted(unit: UnitState, isDone: boolean): void {
    const { systemd } = this;
    const title = systemd.title(unit.name);
    if (isDone) {
      systemd.say(unit.name, `Mounted ${title}.`);
      systemd.setState(unit, 'active', 'mounted');
      return;
    }
    unit.result = 'exit-code';
    tellResult(systemd, unit.name, unit.result);
    systemd.say(unit.name, `Failed to mount ${title}.`, 3);
    systemd.setState(unit, 'failed', 'failed');
  }

  #unmounted(unit: UnitState, isDone: boolean): void {
    const { systemd } = this;
    const title = systemd.title(unit.name);
    const { again } = unit;
    unit.again = false;
    if (!isDone) {
      systemd.say(unit.name, `Failed unmounting ${title}.`, 3);
      unit.jobFailure = 'refused';
      systemd.setState(unit, 'active', 'mounted');
      return;
    }
    tellResult(systemd, unit.name, 'success');
    systemd.say(unit.name, `Unmounted ${title}.`);
    if (again) this.start(unit);
    else systemd.setState(unit, 'inactive', 'dead');
  }

  #run(unit: UnitState, setting: 'ExecMount' | 'ExecUnmount', argv: readonly string[]): void {
    const { systemd } = this;
    const { file } = systemd.loaded(unit.name);
    unit.controlPid = runCommand(systemd, unit, file, {
      setting: 'ExecStart',
      argv,
      tolerant: false,
      privileged: false,
      unset: [],
    }).pid;
    unit.commands = [...unit.commands, { setting, argv, pid: unit.controlPid }];
  }
}
