/** `docker update`: other limits and another restart policy for a container that is there (moby daemon/update.go). */
import type { JsonObject } from '../../protocol/plain.ts';
import type { ContainerResources } from '../machine/container/interface.ts';
import { refuseResources } from './create/resources.ts';
import { storedOnlyWarnings } from './create/stored-only.ts';
import { number, object, text } from './json-fields.ts';
import { apiError, update, type ApiError, type DockerContainer, type Engine } from './model.ts';

export function updateContainer(
  engine: Engine,
  container: DockerContainer,
  body: JsonObject,
): { readonly Warnings: readonly string[] | null } | ApiError {
  const refused = refuseResources(engine.host.kernel.processors, body, 'update');
  if (refused !== undefined) return refused;
  const conflict = conflictWith(container.hostConfig, body);
  if (conflict !== undefined)
    return apiError(conflict.code, `Cannot update container ${container.id}: ${conflict.text}`);
  const given = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== 0 && value !== '' && value !== null && value !== undefined),
  );
  update(engine, container.id, { hostConfig: { ...container.hostConfig, ...given } });
  engine.runtime.update(container.id, limitsOf(body));
  const warnings = storedOnlyWarnings({ HostConfig: given });
  return { Warnings: warnings.length === 0 ? null : warnings };
}

/** What was set before does not go with what is asked for now (container/container_unix.go). */
function conflictWith(
  set: JsonObject,
  asked: JsonObject,
): { readonly code: number; readonly text: string } | undefined {
  const has = (of: JsonObject, name: string): boolean => number(of, name) > 0;
  const conflicts: readonly (readonly [isThere: boolean, text: string])[] = [
    [
      has(asked, 'NanoCpus') && has(set, 'CpuPeriod'),
      'Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set',
    ],
    [
      has(asked, 'NanoCpus') && has(set, 'CpuQuota'),
      'Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set',
    ],
    [
      has(asked, 'CpuQuota') && has(set, 'NanoCpus'),
      'Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set',
    ],
    [
      has(asked, 'CpuPeriod') && has(set, 'NanoCpus'),
      'Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set',
    ],
    [
      has(asked, 'Memory') && number(asked, 'Memory') > number(set, 'MemorySwap') && number(asked, 'MemorySwap') === 0,
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    ],
  ];
  const found = conflicts.find(([isThere]) => isThere)?.[1];
  if (found !== undefined) return { code: 409, text: found };
  const policy = text(object(asked, 'RestartPolicy'), 'Name');
  if (set['AutoRemove'] === true && policy !== '' && policy !== 'no')
    return { code: 409, text: 'Restart policy cannot be updated because AutoRemove is enabled for the container' };
  return undefined;
}

function limitsOf(body: JsonObject): ContainerResources {
  const [memory, nanoCpus, shares, pids] = ['Memory', 'NanoCpus', 'CpuShares', 'PidsLimit'].map((name) =>
    number(body, name),
  );
  const quota = nanoCpus !== undefined && nanoCpus > 0 ? Math.round(nanoCpus / 10_000) : number(body, 'CpuQuota');
  const cpuset = text(body, 'CpusetCpus');
  return {
    ...(memory !== undefined && memory > 0 ? { memoryLimitBytes: memory } : {}),
    ...(quota > 0 ? { cpuQuotaUs: quota, cpuPeriodUs: number(body, 'CpuPeriod') || 100_000 } : {}),
    ...(shares !== undefined && shares > 0 ? { cpuShares: shares } : {}),
    ...(pids !== undefined && pids > 0 ? { pidsLimit: pids } : {}),
    ...(cpuset === '' ? {} : { cpusetCpus: cpuset }),
  };
}
