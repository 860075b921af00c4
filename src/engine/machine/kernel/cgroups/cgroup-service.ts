import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Notify } from '../../../sim/notify.ts';
import { cgroupFileNames, readCgroupFile, writeCgroupFile, type CgroupOrder } from './cgroup-files.ts';
import { cpuTime, pidsBelow, type Cgroup } from './cgroup-tree.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { Cgroups, CgroupStat } from '../interface.ts';
import { isAlive, type ProcessRecord } from '../processes/process-record.ts';

/** The tree as components and mounts use it, with what a write makes the kernel do. */
export class CgroupService implements Cgroups {
  constructor(private readonly kernel: HostKernel) {}

  create(path: string): void {
    this.kernel.cgroupTree.create(path);
  }

  add(path: string): void {
    this.kernel.cgroupTree.add(path);
  }

  exists(path: string): boolean {
    return this.kernel.cgroupTree.find(path) !== undefined;
  }

  remove(path: string): Result<void> {
    return this.kernel.cgroupTree.remove(path);
  }

  read(path: string, file: string): Result<string> {
    const group = this.kernel.cgroupTree.find(path);
    if (group === undefined) return fail('ENOENT');
    this.kernel.cpu.settle();
    return readCgroupFile(group, file);
  }

  write(path: string, file: string, value: string): Result<void> {
    const { cgroupTree, cpu } = this.kernel;
    const group = cgroupTree.find(path);
    if (group === undefined) return fail('ENOENT');
    cpu.settle();
    const order = writeCgroupFile(cgroupTree, group, file, value);
    if (failed(order) || order === undefined) return order;
    return this.#carryOut(group, order);
  }

  stat(path: string): Result<CgroupStat> {
    const group = this.kernel.cgroupTree.find(path);
    if (group === undefined) return fail('ENOENT');
    this.kernel.cpu.settle();
    const { userUs, systemUs } = cpuTime(group);
    return {
      cpuUsageUs: Math.floor(userUs + systemUs),
      cpuUserUs: Math.floor(userUs),
      cpuSystemUs: Math.floor(systemUs),
      throttledPeriods: Math.floor(group.throttledPeriods),
      periods: Math.floor(group.periods),
      throttledUs: Math.floor(group.throttledUs),
      memoryBytes: group.memory,
      memoryPeakBytes: group.memoryPeak,
      memoryLimitBytes: group.memoryMax,
      oomKills: group.oomKills,
      pids: group.pidCount,
      pidsLimit: group.pidsMax,
    };
  }

  processes(path: string): readonly number[] {
    return [...(this.kernel.cgroupTree.find(path)?.pids ?? [])].toSorted((a, b) => a - b);
  }

  children(path: string): readonly string[] {
    return [...(this.kernel.cgroupTree.find(path)?.children.keys() ?? [])];
  }

  allowDevices(path: string, devices: readonly string[]): void {
    const group = this.kernel.cgroupTree.find(path);
    if (group !== undefined) group.devices = devices;
  }

  watchOom(path: string, notify: Notify): void {
    const group = this.kernel.cgroupTree.find(path);
    if (group === undefined) return;
    group.watchers = [
      ...group.watchers.filter(({ target, type }) => target !== notify.target || type !== notify.type),
      notify,
    ];
  }

  watchEmpty(path: string, notify: Notify): void {
    const group = this.kernel.cgroupTree.find(path);
    if (group !== undefined) group.whenEmpty = notify;
  }

  attach(path: string, pid: number): Result<void> {
    const group = this.kernel.cgroupTree.find(path);
    return group === undefined ? fail('ENOENT') : this.#move(pid, group);
  }

  fileNames(path: string): readonly string[] {
    const group = this.kernel.cgroupTree.find(path);
    return group === undefined ? [] : cgroupFileNames(group);
  }

  #carryOut(group: Cgroup, order: CgroupOrder): Result<void> {
    const { kernel } = this;
    switch (order.order) {
      case 'move': {
        const caller = kernel.records.get(kernel.caller);
        const pid =
          order.pid === 0
            ? kernel.caller
            : (kernel.namespaces.hostPid(caller?.namespaces.pid ?? kernel.namespaces.host.pid, order.pid) ?? -1);
        return this.#move(pid, group);
      }
      case 'freeze':
        for (const record of this.#records(group)) kernel.signals.freeze(record);
        return undefined;
      case 'thaw':
        for (const record of this.#records(group)) kernel.signals.thaw(record);
        return undefined;
      case 'kill':
        for (const record of this.#records(group)) kernel.signals.send(record, 'SIGKILL');
        return undefined;
      case 'check-memory':
        kernel.lifecycle.checkMemory(group);
        return undefined;
      case 'rates':
        kernel.cpu.changed();
        return undefined;
    }
  }

  #move(pid: number, group: Cgroup): Result<void> {
    const { kernel } = this;
    const record = kernel.records.get(pid);
    if (record === undefined || !isAlive(record)) return fail('ESRCH');
    kernel.cpu.settle();
    kernel.cgroupTree.move(pid, record.cgroup, group, record.memoryBytes);
    record.cgroup = group;
    kernel.cpu.changed(pid, group);
    kernel.lifecycle.checkMemory(group);
    return undefined;
  }

  #records(group: Cgroup): ProcessRecord[] {
    return [...pidsBelow(group)]
      .map((pid) => this.kernel.records.get(pid))
      .filter((record) => record !== undefined && isAlive(record))
      .filter((record) => record !== undefined);
  }
}
