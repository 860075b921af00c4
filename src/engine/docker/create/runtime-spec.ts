/** A container as the runtime makes it. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type {
  ContainerSpec,
  ImageRecord,
  LogSpec,
  MountSpec,
  NamespaceSource,
} from '../../machine/container/interface.ts';
import { UNPRIVILEGED_SYSCTLS } from '../../machine/container/unprivileged.ts';
import { flag, number, object, record, text, texts } from '../json-fields.ts';
import { findContainer, isApiError, type Engine } from '../model.ts';

export interface SpecInput {
  readonly id: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly hostConfig: JsonObject;
  readonly image: ImageRecord;
  readonly mounts: readonly MountSpec[];
  readonly source: NamespaceSource;
}

export function specOf(
  engine: Engine,
  { id, name, config, hostConfig, image, mounts, source }: SpecInput,
): ContainerSpec {
  return {
    id,
    namespace: 'moby',
    name,
    image: image.id,
    labels: record(config, 'Labels'),
    // What the configuration says is final: an empty entrypoint means none.
    entrypoint: texts(config, 'Entrypoint').length > 0 ? texts(config, 'Entrypoint') : texts(config, 'Cmd'),
    command: texts(config, 'Entrypoint').length > 0 ? texts(config, 'Cmd') : [],
    env: texts(config, 'Env'),
    workingDir: text(config, 'WorkingDir'),
    user: text(config, 'User'),
    hostname:
      text(hostConfig, 'NetworkMode') === 'host' && text(config, 'Hostname') === id.slice(0, 12)
        ? engine.host.name
        : text(config, 'Hostname'),
    tty: flag(config, 'Tty'),
    stdin: flag(config, 'OpenStdin'),
    stdinOnce: flag(config, 'StdinOnce'),
    mounts,
    readonlyRootfs: flag(hostConfig, 'ReadonlyRootfs'),
    resources: resourcesOf(hostConfig),
    cgroupParent: cgroupParentOf(engine, hostConfig),
    privileged: flag(hostConfig, 'Privileged'),
    capAdd: texts(hostConfig, 'CapAdd'),
    ...(texts(hostConfig, 'SecurityOpt').some((each) => /^no-new-privileges(?:[:=]true)?$/.test(each))
      ? { noNewPrivileges: true }
      : {}),
    seccomp:
      !flag(hostConfig, 'Privileged') &&
      !texts(hostConfig, 'SecurityOpt').some((each) => /^seccomp[:=]unconfined$/.test(each)),
    capDrop: texts(hostConfig, 'CapDrop'),
    supplementaryGroups: texts(hostConfig, 'GroupAdd'),
    network: source,
    pid: namespaceOf(engine, text(hostConfig, 'PidMode')),
    ipc: namespaceOf(engine, text(hostConfig, 'IpcMode')),
    uts: text(hostConfig, 'UTSMode') === 'host' || text(hostConfig, 'NetworkMode') === 'host' ? 'host' : 'private',
    ...(text(config, 'StopSignal') === '' ? {} : { stopSignal: text(config, 'StopSignal') }),
    init: flag(hostConfig, 'Init'),
    sysctls: {
      ...(source === 'host' || (typeof source === 'object' && 'container' in source) ? {} : UNPRIVILEGED_SYSCTLS),
      ...record(hostConfig, 'Sysctls'),
    },
    log: logOf(engine, id, hostConfig),
    exited: engine.notify('container.exited', { id }),
  };
}

function resourcesOf(hostConfig: JsonObject): ContainerSpec['resources'] {
  const memory = number(hostConfig, 'Memory');
  const nanoCpus = number(hostConfig, 'NanoCpus');
  const quota = nanoCpus > 0 ? Math.round(nanoCpus / 10_000) : number(hostConfig, 'CpuQuota');
  return {
    ...(memory > 0 ? { memoryLimitBytes: memory } : {}),
    ...(number(hostConfig, 'CpuShares') > 0 ? { cpuShares: number(hostConfig, 'CpuShares') } : {}),
    ...(quota > 0
      ? {
          cpuQuotaUs: quota,
          cpuPeriodUs: number(hostConfig, 'CpuPeriod') > 0 ? number(hostConfig, 'CpuPeriod') : 100_000,
        }
      : {}),
    ...(number(hostConfig, 'PidsLimit') > 0 ? { pidsLimit: number(hostConfig, 'PidsLimit') } : {}),
    ...(text(hostConfig, 'CpusetCpus') === '' ? {} : { cpusetCpus: text(hostConfig, 'CpusetCpus') }),
  };
}

function cgroupParentOf(engine: Engine, hostConfig: JsonObject): string {
  const given = text(hostConfig, 'CgroupParent');
  if (given !== '') return given;
  return engine.config.cgroupDriver === 'systemd' ? '/system.slice' : '/docker';
}

function namespaceOf(engine: Engine, mode: string): NamespaceSource {
  if (mode === 'host') return 'host';
  if (!mode.startsWith('container:')) return 'private';
  const other = findContainer(engine, mode.slice('container:'.length));
  return isApiError(other) ? 'private' : { container: other.id };
}

function logOf(engine: Engine, id: string, hostConfig: JsonObject): LogSpec {
  const log = object(hostConfig, 'LogConfig');
  if (text(log, 'Type') === 'none') return { driver: 'none' };
  const options = record(log, 'Config');
  const size = /^(\d+)([kmg]?)/i.exec(options['max-size'] ?? '');
  const unit = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 }[(size?.[2] ?? '').toLowerCase()] ?? 1;
  return {
    driver: 'json-file',
    path: `${engine.config.dataRoot}/containers/${id}/${id}-json.log`,
    ...(size === null ? {} : { maxSizeBytes: Number(size[1]) * unit }),
    ...(options['max-file'] === undefined ? {} : { maxFiles: Number(options['max-file']) }),
  };
}
