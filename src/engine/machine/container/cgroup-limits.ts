/** Resource limits as files of cgroup v2 (runc libcontainer/cgroups/fs2). */
import type { Cgroups } from '../kernel/interface.ts';
import type { ContainerResources } from './interface.ts';

/** cpu.shares of cgroup v1 (2 to 262144) as cpu.weight (1 to 10000). */
export const cpuWeight = (shares: number): number =>
  1 + Math.floor(((Math.min(Math.max(shares, 2), 262_144) - 2) * 9999) / 262_142);

export function writeLimits(cgroups: Cgroups, path: string, resources: ContainerResources): void {
  const { memoryLimitBytes, cpuShares, cpuQuotaUs, cpuPeriodUs, pidsLimit, cpusetCpus } = resources;
  if (memoryLimitBytes !== undefined)
    cgroups.write(path, 'memory.max', memoryLimitBytes <= 0 ? 'max' : String(memoryLimitBytes));
  if (cpuShares !== undefined && cpuShares > 0) cgroups.write(path, 'cpu.weight', String(cpuWeight(cpuShares)));
  if (cpuQuotaUs !== undefined) {
    cgroups.write(path, 'cpu.max', `${cpuQuotaUs <= 0 ? 'max' : String(cpuQuotaUs)} ${String(cpuPeriodUs ?? 100_000)}`);
  }
  if (pidsLimit !== undefined) cgroups.write(path, 'pids.max', pidsLimit <= 0 ? 'max' : String(pidsLimit));
  if (cpusetCpus !== undefined && cpusetCpus !== '') cgroups.write(path, 'cpuset.cpus', cpusetCpus);
}
