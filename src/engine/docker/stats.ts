/** GET /containers/ID/stats, from the container's cgroup. */
import type { JsonObject } from '../../protocol/plain.ts';
import { isFailure } from '../machine/container/interface.ts';
import type { DockerContainer, Engine } from './model.ts';
import { time } from './views.ts';

export function statsView(engine: Engine, container: DockerContainer): JsonObject {
  const stats = engine.runtime.stats(container.id);
  const head = { name: `/${container.name}`, id: container.id };
  const { kernel } = engine.host;
  if (isFailure(stats) || engine.runtime.container(container.id)?.pid === 0) {
    return {
      ...head,
      read: time(0),
      preread: time(0),
      pids_stats: {},
      blkio_stats: {},
      num_procs: 0,
      storage_stats: {},
      cpu_stats: { cpu_usage: { total_usage: 0 } },
      precpu_stats: { cpu_usage: { total_usage: 0 } },
      memory_stats: {},
    };
  }
  const system = engine.sim.clock.nowUs * 1000 * kernel.processors;
  const cpu = {
    cpu_usage: {
      total_usage: stats.cpuUsageUs * 1000,
      usage_in_kernelmode: stats.cpuSystemUs * 1000,
      usage_in_usermode: stats.cpuUserUs * 1000,
    },
    system_cpu_usage: system,
    online_cpus: kernel.processors,
    throttling_data: {
      periods: 0,
      throttled_periods: stats.throttledPeriods,
      throttled_time: stats.throttledUs * 1000,
    },
  };
  return {
    ...head,
    read: time(engine.sim.clock.unixUs),
    preread: time(0),
    num_procs: 0,
    pids_stats: { current: stats.pids, ...(stats.pidsLimit > 0 ? { limit: stats.pidsLimit } : {}) },
    cpu_stats: cpu,
    precpu_stats: {
      cpu_usage: { total_usage: 0 },
      throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
    },
    memory_stats: { usage: stats.memoryBytes, limit: stats.memoryLimitBytes, stats: { inactive_file: 0 } },
    networks: Object.fromEntries(
      Object.values(container.endpoints)
        .filter(({ link }) => link !== '')
        .map(({ link }) => {
          const counts = stats.links[link];
          return [
            link,
            {
              rx_bytes: counts?.rxBytes ?? 0,
              rx_packets: counts?.rxPackets ?? 0,
              rx_errors: 0,
              rx_dropped: counts?.rxDropped ?? 0,
              tx_bytes: counts?.txBytes ?? 0,
              tx_packets: counts?.txPackets ?? 0,
              tx_errors: 0,
              tx_dropped: counts?.txDropped ?? 0,
            },
          ];
        }),
    ),
    blkio_stats: { io_service_bytes_recursive: null },
    storage_stats: {},
  };
}
