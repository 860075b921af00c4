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
    Volumes: Object.keys(volumes).length === 0 ? null : sorted(volumes),
    WorkingDir: text(body, 'WorkingDir') === '' ? (image.config.WorkingDir ?? '') : text(body, 'WorkingDir'),
    Entrypoint: entrypoint,
    OnBuild: null,
    Labels: sorted({ ...image.config.Labels, ...record(body, 'Labels') }),
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
  return Object.keys(ports).length === 0 ? {} : { ExposedPorts: sorted(ports) };
}

export function hostConfigOf(engine: Engine, body: JsonObject): JsonObject {
  const given = object(body, 'HostConfig');
  const log = object(given, 'LogConfig');
  const logConfig =
    text(log, 'Type') === ''
      ? { Type: engine.config.logDriver, Config: engine.config.logOptions }
      : { Type: text(log, 'Type'), Config: record(log, 'Config') };
  const restart = object(given, 'RestartPolicy');
  const network = text(given, 'NetworkMode');
  const whole: JsonObject = {
    ...HOST_CONFIG,
    ...Object.fromEntries(
      Object.entries(given).filter(([name, value]) => !(DAEMONS_CHOICE.has(name) && isUnset(value))),
    ),
    LogConfig: logConfig,
    RestartPolicy: text(restart, 'Name') === '' ? HOST_CONFIG.RestartPolicy : restart,
    NetworkMode: network === '' || network === 'default' ? 'bridge' : network,
    PortBindings: sorted(object(given, 'PortBindings')),
    // Memory alone allows as much swap again.
    MemorySwap: number(given, 'MemorySwap') === 0 ? 2 * number(given, 'Memory') : number(given, 'MemorySwap'),
  };
  return Object.fromEntries(Object.entries(whole).filter(([name, value]) => !(OMITTED.has(name) && isEmpty(value))));
}

/** Fields that the daemon fills in where they are sent empty. */
const DAEMONS_CHOICE: ReadonlySet<string> = new Set([
  'CgroupnsMode',
  'IpcMode',
  'MemorySwappiness',
  'OomKillDisable',
  'PidsLimit',
  'Runtime',
  'ShmSize',
]);
const isUnset = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || value === 0 || value === -1 || value === false;

/** Fields that inspect shows only where they were asked for. */
const OMITTED: ReadonlySet<string> = new Set(['Annotations', 'Init', 'Mounts', 'StorageOpt', 'Sysctls', 'Tmpfs']);

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

/** Go prints maps by their keys. */
const sorted = <T extends JsonValue>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** What is not asked for, in the order in which inspect shows it. */
const HOST_CONFIG = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: {},
  NetworkMode: 'bridge',
  PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  Annotations: null,
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
  StorageOpt: null,
  Tmpfs: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67_108_864,
  Sysctls: null,
  Runtime: 'runc',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: [],
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  Mounts: null,
  MaskedPaths: null,
  ReadonlyPaths: null,
  Init: null,
};
