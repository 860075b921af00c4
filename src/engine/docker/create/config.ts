/** `Config` and `HostConfig` of a container: what was asked, completed from the image and the daemon. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { ImageRecord } from '../../machine/container/interface.ts';
import { flag, number, object, optionalTexts, record, text, texts } from '../json-fields.ts';
import type { Engine } from '../model.ts';

/** `Config` of inspect: what was asked, completed from the image. */
export function configOf(id: string, body: JsonObject, image: ImageRecord): JsonObject {
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

export function hostConfigOf(engine: Engine, body: JsonObject): JsonObject {
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
