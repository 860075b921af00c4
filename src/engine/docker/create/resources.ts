/** Which limits a daemon takes, for a new container and for one that is there (moby daemon/daemon_unix.go). */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { parseCpuList } from '../../machine/kernel/cgroups/cpuset.ts';
import { number, text } from '../json-fields.ts';
import { apiError, type ApiError } from '../model.ts';

const LEAST_MEMORY_BYTES = 6 * 1024 * 1024;
const LEAST_CPU_US = 1000;
const MOST_CPU_PERIOD_US = 1_000_000;

/** `resources`: those of a HostConfig, or of a request for an update. */
export function refuseResources(
  processors: number,
  resources: JsonObject,
  purpose: 'create' | 'update',
): ApiError | undefined {
  const problem =
    memoryProblem(resources, purpose) ?? cpuProblem(processors, resources) ?? cpusetProblem(processors, resources);
  return problem === undefined ? undefined : apiError(400, problem);
}

function memoryProblem(resources: JsonObject, purpose: 'create' | 'update'): string | undefined {
  const memory = number(resources, 'Memory');
  const swap = number(resources, 'MemorySwap');
  const reservation = number(resources, 'MemoryReservation');
  if (memory !== 0 && memory < LEAST_MEMORY_BYTES) return 'Minimum memory limit allowed is 6MB';
  if (memory > 0 && swap > 0 && swap < memory)
    return 'Minimum memoryswap limit should be larger than memory limit, see usage';
  if (memory === 0 && swap > 0 && purpose === 'create')
    return 'You should always set the Memory limit when using Memoryswap limit, see usage';
  if (reservation > 0 && reservation < LEAST_MEMORY_BYTES) return 'Minimum memory reservation allowed is 6MB';
  if (memory > 0 && reservation > 0 && memory < reservation)
    return 'Minimum memory limit can not be less than memory reservation limit, see usage';
  return undefined;
}

function cpuProblem(processors: number, resources: JsonObject): string | undefined {
  const [nano, period, quota] = ['NanoCpus', 'CpuPeriod', 'CpuQuota'].map((name) => number(resources, name));
  if (nano === undefined || period === undefined || quota === undefined) return undefined;
  if (nano > 0 && period > 0) return 'Conflicting options: Nano CPUs and CPU Period cannot both be set';
  if (nano > 0 && quota > 0) return 'Conflicting options: Nano CPUs and CPU Quota cannot both be set';
  const count = String(processors);
  if (nano < 0 || nano > processors * 1e9)
    return `range of CPUs is from 0.01 to ${count}.00, as there are only ${count} CPUs available`;
  if (period !== 0 && (period < LEAST_CPU_US || period > MOST_CPU_PERIOD_US))
    return 'CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)';
  if (quota > 0 && quota < LEAST_CPU_US) return 'CPU cfs quota can not be less than 1ms (i.e. 1000)';
  return undefined;
}

function cpusetProblem(processors: number, resources: JsonObject): string | undefined {
  const wanted = text(resources, 'CpusetCpus');
  const list = parseCpuList(wanted, processors);
  if (!failed(list)) return undefined;
  return list.errno === 'ERANGE'
    ? `Requested CPUs are not available - requested ${wanted}, available: 0-${String(processors - 1)}`
    : `Invalid value ${wanted} for cpuset cpus`;
}
