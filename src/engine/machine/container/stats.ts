/** What one container uses now: its cgroup, its writable layer and the links of its network namespace. */
import { failed } from '../../../protocol/errno.ts';
import type { Host } from '../host.ts';
import type { ContainerCell } from './cells.ts';
import type { ContainerStats, RuntimeFailure } from './interface.ts';

export function statsOf(
  { kernel, files, net }: Host,
  { record, rootfs, namespaces }: ContainerCell,
): ContainerStats | RuntimeFailure {
  const stat = kernel.cgroups.stat(record.cgroupPath);
  if (failed(stat)) return { failure: 'not-running', message: `container ${record.id} is not running` };
  return {
    cpuUsageUs: stat.cpuUsageUs,
    cpuUserUs: stat.cpuUserUs,
    cpuSystemUs: stat.cpuSystemUs,
    memoryBytes: stat.memoryBytes,
    memoryLimitBytes: stat.memoryLimitBytes ?? kernel.memoryBytes,
    pids: stat.pids,
    pidsLimit: stat.pidsLimit ?? 0,
    writableLayerBytes: files.root.usage(rootfs.upper).bytes,
    links: namespaces === undefined ? {} : linkCounts(net, namespaces.net),
    throttledPeriods: stat.throttledPeriods,
    throttledUs: stat.throttledUs,
  };
}

function linkCounts(net: Host['net'], netns: number): ContainerStats['links'] {
  return Object.fromEntries(
    net.links(netns).flatMap(({ kind, name }) => {
      const counts = kind === 'loopback' ? undefined : net.counters(netns, name);
      return counts === undefined ? [] : [[name, counts]];
    }),
  );
}
