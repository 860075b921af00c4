/** POST /containers/create: from a request body to a container that the runtime knows. */
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import {
  familiarName,
  formatReference,
  isReferenceError,
  parseReference,
  withDefaultTag,
} from '../machine/container/reference.ts';
import {
  isFailure,
  type ContainerSpec,
  type ImageRecord,
  type LogSpec,
  type MountSpec,
  type NamespaceSource,
} from '../machine/container/interface.ts';
import { flag, isObject, list, number, object, optionalTexts, record, text, texts } from './json-fields.ts';
import {
  apiError,
  findContainer,
  findNetwork,
  isApiError,
  type ApiError,
  type DockerContainer,
  type Endpoint,
  type Engine,
} from './model.ts';
import { randomName } from './names.ts';
import { createVolume, volumePath } from './volumes.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export function createContainer(
  engine: Engine,
  requestedName: string,
  body: JsonObject,
): { readonly Id: string; readonly Warnings: readonly string[] } | ApiError {
  const reference = text(body, 'Image');
  const parsed = parseReference(reference);
  if (isReferenceError(parsed) && !/^[0-9a-f]{64}$/.test(reference)) return apiError(400, parsed.detail);
  const image = engine.runtime.images('moby').find(reference);
  if (image === undefined)
    return apiError(
      404,
      `No such image: ${isReferenceError(parsed) ? reference : familiarName(formatReference(withDefaultTag(parsed)))}`,
    );
  const given = requestedName.replace(/^\//, '');
  if (given !== '' && !NAME.test(given))
    return apiError(400, `Invalid container name (${given}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const taken = (candidate: string): DockerContainer | undefined =>
    [...engine.containers.values()].find(({ name }) => name === candidate);
  const holder = given === '' ? undefined : taken(given);
  if (holder !== undefined)
    return apiError(
      409,
      `Conflict. The container name "/${given}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  const name =
    given === ''
      ? randomName(engine.sim.random.for(engine.target, 'names'), (candidate) => taken(candidate) !== undefined)
      : given;
  const id = engine.hex('container', 64);
  const config = configOf(id, body, image);
  const hostConfig = hostConfigOf(engine, body);
  const entrypoint = texts(config, 'Entrypoint');
  if (entrypoint.length === 0 && texts(config, 'Cmd').length === 0) return apiError(400, 'no command specified');
  const memory = number(hostConfig, 'Memory');
  if (memory > 0 && memory < 6 * 1024 * 1024) return apiError(400, 'Minimum memory limit allowed is 6MB');
  const cpus = number(hostConfig, 'NanoCpus');
  if (cpus > engine.host.kernel.processors * 1e9)
    return apiError(
      400,
      `range of CPUs is from 0.01 to ${String(engine.host.kernel.processors)}.00, as there are only ${String(engine.host.kernel.processors)} CPUs available`,
    );
  const mounts = mountsOf(engine, id, hostConfig, config, image);
  if (isApiError(mounts)) return mounts;
  const network = networkOf(engine, body, hostConfig);
  if (isApiError(network)) return network;
  const netns = network.own ? engine.host.net.createNamespace() : 0;
  if (network.own) engine.host.net.changeLink(netns, 'lo', { up: true });
  const spec = specOf(engine, {
    id,
    name,
    config,
    hostConfig,
    image,
    mounts: mounts.specs,
    source: network.own ? { id: netns } : network.source,
  });
  const made = engine.runtime.create(spec);
  if (isFailure(made)) return apiError(made.failure === 'invalid' ? 400 : 500, made.message);
  engine.containers.set(id, {
    id,
    name,
    createdUnixUs: engine.sim.clock.unixUs,
    config,
    hostConfig,
    imageId: image.id,
    mounts: mounts.shown,
    endpoints: network.endpoints,
    ports: [],
    proxies: [],
    netns,
    restartCount: 0,
    stoppedByUser: false,
    restarting: false,
    restartDelayMs: 0,
    error: '',
    removing: false,
    removeVolumes: false,
  });
  engine.emit('container', 'create', id, { ...record(config, 'Labels'), image: reference, name });
  return { Id: id, Warnings: [] };
}

/** `Config` of inspect: what was asked, completed from the image. */
function configOf(id: string, body: JsonObject, image: ImageRecord): JsonObject {
  const own = optionalTexts(body, 'Entrypoint');
  const cleared = own?.length === 1 && own[0] === '';
  const entrypoint = own === undefined || own.length === 0 ? (image.config.Entrypoint ?? null) : cleared ? null : own;
  const cmd = optionalTexts(body, 'Cmd');
  const useImageCmd = (cmd === undefined || cmd.length === 0) && (own === undefined || own.length === 0);
  const env = texts(body, 'Env').filter((line) => line.includes('='));
  const names = new Set(texts(body, 'Env').map((line) => line.split('=', 1)[0]));
  const volumes = { ...object(body, 'Volumes'), ...image.config.Volumes };
  const healthcheck = object(body, 'Healthcheck');
  return {
    Hostname: text(body, 'Hostname') === '' ? id.slice(0, 12) : text(body, 'Hostname'),
    Domainname: text(body, 'Domainname'),
    User: text(body, 'User') === '' ? (image.config.User ?? '') : text(body, 'User'),
    AttachStdin: flag(body, 'AttachStdin'),
    AttachStdout: flag(body, 'AttachStdout'),
    AttachStderr: flag(body, 'AttachStderr'),
    ...exposed(body, image),
    Tty: flag(body, 'Tty'),
    OpenStdin: flag(body, 'OpenStdin'),
    StdinOnce: flag(body, 'StdinOnce'),
    Env: [...env, ...(image.config.Env ?? []).filter((line) => !names.has(line.split('=', 1)[0]))],
    Cmd: useImageCmd ? (image.config.Cmd ?? null) : (cmd ?? null),
    ...(image.config.Healthcheck === undefined && Object.keys(healthcheck).length === 0
      ? {}
      : {
          Healthcheck:
            Object.keys(healthcheck).length > 0 ? healthcheck : (image.config.Healthcheck as unknown as JsonValue),
        }),
    Image: text(body, 'Image'),
    Volumes: Object.keys(volumes).length === 0 ? null : volumes,
    WorkingDir: text(body, 'WorkingDir') === '' ? (image.config.WorkingDir ?? '') : text(body, 'WorkingDir'),
    Entrypoint: entrypoint,
    OnBuild: null,
    Labels: { ...image.config.Labels, ...record(body, 'Labels') },
    ...(text(body, 'StopSignal') === '' && image.config.StopSignal === undefined
      ? {}
      : { StopSignal: text(body, 'StopSignal') === '' ? (image.config.StopSignal ?? '') : text(body, 'StopSignal') }),
    ...(number(body, 'StopTimeout') === 0 ? {} : { StopTimeout: number(body, 'StopTimeout') }),
  };
}

function exposed(body: JsonObject, image: ImageRecord): JsonObject {
  const ports = { ...image.config.ExposedPorts, ...object(body, 'ExposedPorts') };
  const bound = Object.keys(object(object(body, 'HostConfig'), 'PortBindings'));
  for (const port of bound) ports[port] = {};
  return Object.keys(ports).length === 0 ? {} : { ExposedPorts: ports };
}

function hostConfigOf(engine: Engine, body: JsonObject): JsonObject {
  const given = object(body, 'HostConfig');
  const log = object(given, 'LogConfig');
  return {
    Binds: null,
    ContainerIDFile: '',
    NetworkMode: 'bridge',
    PortBindings: {},
    AutoRemove: false,
    VolumeDriver: '',
    VolumesFrom: null,
    ConsoleSize: [0, 0],
    CapAdd: null,
    CapDrop: null,
    CgroupnsMode: 'private',
    Dns: [],
    DnsOptions: [],
    DnsSearch: [],
    ExtraHosts: null,
    GroupAdd: null,
    IpcMode: 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: 0,
    PidMode: '',
    Privileged: false,
    PublishAllPorts: false,
    ReadonlyRootfs: false,
    SecurityOpt: null,
    UTSMode: '',
    UsernsMode: '',
    ShmSize: 67_108_864,
    Runtime: 'runc',
    Isolation: '',
    CpuShares: 0,
    Memory: 0,
    NanoCpus: 0,
    CgroupParent: '',
    CpuPeriod: 0,
    CpuQuota: 0,
    CpusetCpus: '',
    MemoryReservation: 0,
    MemorySwap: 0,
    PidsLimit: null,
    Ulimits: [],
    ...given,
    LogConfig:
      text(log, 'Type') === ''
        ? { Type: engine.config.logDriver, Config: engine.config.logOptions }
        : { Type: text(log, 'Type'), Config: record(log, 'Config') },
    RestartPolicy:
      text(object(given, 'RestartPolicy'), 'Name') === ''
        ? { Name: 'no', MaximumRetryCount: 0 }
        : object(given, 'RestartPolicy'),
    ...(text(given, 'NetworkMode') === '' || text(given, 'NetworkMode') === 'default' ? { NetworkMode: 'bridge' } : {}),
  };
}

interface MountPlan {
  readonly specs: readonly MountSpec[];
  readonly shown: readonly JsonObject[];
}

function mountsOf(
  engine: Engine,
  id: string,
  hostConfig: JsonObject,
  config: JsonObject,
  image: ImageRecord,
): MountPlan | ApiError {
  const specs = new Map<string, MountSpec>();
  const shown = new Map<string, JsonObject>();
  const addVolume = (volumeName: string, target: string, readonly: boolean, copyUp: boolean): void => {
    const name = volumeName === '' ? engine.hex('volume', 64) : volumeName;
    createVolume(engine, { Name: name, anonymous: volumeName === '' });
    const source = volumePath(engine, name);
    specs.set(target, { type: 'volume', source, target, readonly, createSource: true, copyUp });
    shown.set(target, {
      Type: 'volume',
      Name: name,
      Source: source,
      Destination: target,
      Driver: 'local',
      Mode: readonly ? 'ro' : 'z',
      RW: !readonly,
      Propagation: '',
    });
  };
  for (const bind of texts(hostConfig, 'Binds')) {
    const [source = '', target = '', mode = ''] = bind.split(':');
    if (target === '') return apiError(400, `invalid volume specification: '${bind}'`);
    if (!target.startsWith('/'))
      return apiError(
        400,
        `invalid volume specification: '${bind}': invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
      );
    if (target === '/')
      return apiError(
        400,
        `invalid volume specification: '${bind}': invalid mount config for type "bind": invalid specification: destination can't be '/'`,
      );
    const modes = mode.split(',');
    const readonly = modes.includes('ro');
    if (!source.startsWith('/')) {
      if (!NAME.test(source))
        return apiError(
          400,
          `${source} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
        );
      addVolume(source, target, readonly, !modes.includes('nocopy'));
      continue;
    }
    specs.set(target, { type: 'bind', source, target, readonly, createSource: true });
    shown.set(target, {
      Type: 'bind',
      Source: source,
      Destination: target,
      Mode: mode,
      RW: !readonly,
      Propagation: 'rprivate',
    });
  }
  for (const mount of list(hostConfig, 'Mounts')) {
    if (!isObject(mount)) continue;
    const target = text(mount, 'Target');
    const source = text(mount, 'Source');
    const readonly = flag(mount, 'ReadOnly');
    if (text(mount, 'Type') === 'tmpfs')
      specs.set(target, {
        type: 'tmpfs',
        source: '',
        target,
        readonly,
        ...(number(object(mount, 'TmpfsOptions'), 'SizeBytes') === 0
          ? {}
          : { sizeBytes: number(object(mount, 'TmpfsOptions'), 'SizeBytes') }),
      });
    else if (text(mount, 'Type') === 'volume')
      addVolume(source, target, readonly, !flag(object(mount, 'VolumeOptions'), 'NoCopy'));
    else {
      if (!engine.host.files.root.exists(source))
        return apiError(400, `invalid mount config for type "bind": bind source path does not exist: ${source}`);
      specs.set(target, { type: 'bind', source, target, readonly });
    }
    if (text(mount, 'Type') !== 'volume')
      shown.set(target, {
        Type: text(mount, 'Type'),
        Source: source,
        Destination: target,
        Mode: '',
        RW: !readonly,
        Propagation: text(mount, 'Type') === 'bind' ? 'rprivate' : '',
      });
  }
  for (const [target, options] of Object.entries(record(hostConfig, 'Tmpfs'))) {
    const size = /size=(\d+)([kmg]?)/.exec(options);
    const unit = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[size?.[2] ?? ''] ?? 1;
    specs.set(target, {
      type: 'tmpfs',
      source: '',
      target,
      ...(size === null ? {} : { sizeBytes: Number(size[1]) * unit }),
    });
  }
  for (const other of texts(hostConfig, 'VolumesFrom')) {
    const source = findContainer(engine, other.split(':')[0] ?? '');
    if (isApiError(source)) return source;
    for (const mount of source.mounts) {
      const target = text(mount, 'Destination');
      specs.set(target, {
        type: text(mount, 'Type') === 'volume' ? 'volume' : 'bind',
        source: text(mount, 'Source'),
        target,
        readonly: other.endsWith(':ro') || mount['RW'] === false,
      });
      shown.set(target, mount);
    }
  }
  for (const target of Object.keys({ ...image.config.Volumes, ...object(config, 'Volumes') }))
    if (!specs.has(target)) addVolume('', target, false, true);
  const own = `${engine.config.dataRoot}/containers/${id}`;
  for (const name of ['hostname', 'hosts', 'resolv.conf']) {
    const target = `/etc/${name}`;
    if (!specs.has(target)) specs.set(target, { type: 'bind', source: `${own}/${name}`, target });
  }
  return { specs: [...specs.values()], shown: [...shown.values()] };
}

interface NetworkPlan {
  /** A namespace of its own. */
  readonly own: boolean;
  readonly source: NamespaceSource;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
}

export const newEndpoint = (networkId: string, aliases: readonly string[], requestedIp: string): Endpoint => ({
  networkId,
  endpointId: '',
  aliases,
  requestedIp,
  ip: '',
  mac: '',
  link: '',
  hostLink: '',
});

function networkOf(engine: Engine, body: JsonObject, hostConfig: JsonObject): NetworkPlan | ApiError {
  const mode = text(hostConfig, 'NetworkMode');
  if (mode.startsWith('container:')) {
    const other = findContainer(engine, mode.slice('container:'.length));
    return isApiError(other) ? other : { own: false, source: { container: other.id }, endpoints: {} };
  }
  const wanted = object(object(body, 'NetworkingConfig'), 'EndpointsConfig');
  const names = [mode, ...Object.keys(wanted).filter((name) => name !== mode && name !== 'default')];
  const endpoints: Record<string, Endpoint> = {};
  let own = true;
  for (const name of names) {
    const network = findNetwork(engine, name);
    if (isApiError(network)) return network;
    if (network.driver === 'host') own = false;
    const settings = object(wanted, name);
    endpoints[network.name] = newEndpoint(
      network.id,
      texts(settings, 'Aliases'),
      text(object(settings, 'IPAMConfig'), 'IPv4Address'),
    );
  }
  return { own, source: 'host', endpoints };
}

interface SpecInput {
  readonly id: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly hostConfig: JsonObject;
  readonly image: ImageRecord;
  readonly mounts: readonly MountSpec[];
  readonly source: NamespaceSource;
}

function specOf(engine: Engine, { id, name, config, hostConfig, image, mounts, source }: SpecInput): ContainerSpec {
  const memory = number(hostConfig, 'Memory');
  const nanoCpus = number(hostConfig, 'NanoCpus');
  const quota = nanoCpus > 0 ? Math.round(nanoCpus / 10_000) : number(hostConfig, 'CpuQuota');
  const join = (mode: string): NamespaceSource =>
    mode === 'host'
      ? 'host'
      : mode.startsWith('container:')
        ? joined(engine, mode.slice('container:'.length))
        : 'private';
  const log = object(hostConfig, 'LogConfig');
  const options = record(log, 'Config');
  const path = `${engine.config.dataRoot}/containers/${id}/${id}-json.log`;
  const size = /^(\d+)([kmg]?)/i.exec(options['max-size'] ?? '');
  const unit = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 }[(size?.[2] ?? '').toLowerCase()] ?? 1;
  const logSpec: LogSpec =
    text(log, 'Type') === 'none'
      ? { driver: 'none' }
      : {
          driver: 'json-file',
          path,
          ...(size === null ? {} : { maxSizeBytes: Number(size[1]) * unit }),
          ...(options['max-file'] === undefined ? {} : { maxFiles: Number(options['max-file']) }),
        };
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
    resources: {
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
    },
    cgroupParent:
      text(hostConfig, 'CgroupParent') === ''
        ? engine.config.cgroupDriver === 'systemd'
          ? '/system.slice'
          : '/docker'
        : text(hostConfig, 'CgroupParent'),
    privileged: flag(hostConfig, 'Privileged'),
    capAdd: texts(hostConfig, 'CapAdd'),
    capDrop: texts(hostConfig, 'CapDrop'),
    supplementaryGroups: texts(hostConfig, 'GroupAdd')
      .filter((group) => /^\d+$/.test(group))
      .map(Number),
    network: source,
    pid: join(text(hostConfig, 'PidMode')),
    ipc: join(text(hostConfig, 'IpcMode')),
    uts: text(hostConfig, 'UTSMode') === 'host' || text(hostConfig, 'NetworkMode') === 'host' ? 'host' : 'private',
    ...(text(config, 'StopSignal') === '' ? {} : { stopSignal: text(config, 'StopSignal') }),
    init: flag(hostConfig, 'Init'),
    sysctls: record(hostConfig, 'Sysctls'),
    log: logSpec,
    exited: engine.notify('container.exited', { id }),
  };
}

function joined(engine: Engine, reference: string): NamespaceSource {
  const other = findContainer(engine, reference);
  return isApiError(other) ? 'private' : { container: other.id };
}
