/** /version, /info, /system/df. */
import { failed } from '../../protocol/errno.ts';
import type { JsonObject } from '../../protocol/plain.ts';
import {
  CONTAINERD_VERSION,
  DOCKER_API_VERSION,
  DOCKER_VERSION,
  KERNEL_RELEASE,
  RUNC_VERSION,
  UBUNTU_PRETTY_NAME,
  UBUNTU_VERSION,
} from '../versions.ts';
import { listImages } from './images/images-api.ts';
import type { Engine } from './model.ts';
import { stateOf, summarise, time } from './views.ts';
import { volumePath, volumeUsers, volumeView } from './volumes.ts';

const BUILD_TIME = '2025-05-30T12:07:28.000000000+00:00';

export function versionView(): JsonObject {
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: DOCKER_VERSION,
        Details: {
          ApiVersion: DOCKER_API_VERSION,
          Arch: 'amd64',
          BuildTime: BUILD_TIME,
          Experimental: 'false',
          GitCommit: 'simulated',
          GoVersion: 'go1.24.3',
          KernelVersion: KERNEL_RELEASE,
          MinAPIVersion: '1.24',
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: CONTAINERD_VERSION, Details: { GitCommit: 'simulated' } },
      { Name: 'runc', Version: RUNC_VERSION, Details: { GitCommit: 'simulated' } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: 'de40ad0' } },
    ],
    Version: DOCKER_VERSION,
    ApiVersion: DOCKER_API_VERSION,
    MinAPIVersion: '1.24',
    GitCommit: 'simulated',
    GoVersion: 'go1.24.3',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: KERNEL_RELEASE,
    BuildTime: BUILD_TIME,
  };
}

export function infoView(engine: Engine, eventFollowers: number): JsonObject {
  const states = [...engine.containers.values()].map((container) =>
    stateOf(container, engine.runtime.container(container.id)),
  );
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  const { kernel } = engine.host;
  return {
    ID: engine.host.name,
    Containers: states.length,
    ContainersRunning: count('running'),
    ContainersPaused: count('paused'),
    ContainersStopped: states.length - count('running') - count('paused'),
    Images: engine.runtime.images('moby').list().length,
    Driver: 'overlay2',
    ...STORAGE_AND_PLUGINS,
    ...RESOURCE_CONTROLS,
    Debug: engine.config.debug,
    NFd: openFiles(engine),
    OomKillDisable: false,
    // The simulated daemon has none.
    NGoroutines: 0,
    SystemTime: time(engine.sim.clock.unixUs),
    LoggingDriver: engine.config.logDriver,
    CgroupDriver: engine.config.cgroupDriver,
    CgroupVersion: '2',
    NEventsListener: eventFollowers,
    KernelVersion: KERNEL_RELEASE,
    OperatingSystem: UBUNTU_PRETTY_NAME,
    OSVersion: UBUNTU_VERSION,
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: registryView(engine),
    NCPU: kernel.processors,
    MemTotal: kernel.memoryBytes,
    GenericResources: null,
    DockerRootDir: engine.config.dataRoot,
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: engine.host.name,
    Labels: engine.config.labels,
    ExperimentalBuild: false,
    ServerVersion: DOCKER_VERSION,
    ...RUNTIMES,
    Swarm: NO_SWARM,
    LiveRestoreEnabled: engine.config.liveRestore,
    Isolation: '',
    // The simulated kernel has no AppArmor.
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    ...(engine.config.addressPools.length === 0
      ? {}
      : { DefaultAddressPools: engine.config.addressPools.map(({ base, size }) => ({ Base: base, Size: size })) }),
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Warnings: null,
  };
}

const STORAGE_AND_PLUGINS: JsonObject = {
  DriverStatus: [
    ['Backing Filesystem', 'extfs'],
    ['Supports d_type', 'true'],
    ['Using metacopy', 'false'],
    ['Native Overlay Diff', 'true'],
    ['userxattr', 'false'],
  ],
  Plugins: {
    Volume: ['local'],
    Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
    Authorization: null,
    Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
  },
};

/** What the kernel's cgroups can limit. */
const RESOURCE_CONTROLS: JsonObject = {
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
};

const RUNTIMES: JsonObject = {
  Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
  DefaultRuntime: 'runc',
  InitBinary: 'docker-init',
  ContainerdCommit: { ID: `v${CONTAINERD_VERSION}` },
  RuncCommit: { ID: `v${RUNC_VERSION}` },
  InitCommit: { ID: 'de40ad0' },
};

const NO_SWARM: JsonObject = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
};

function openFiles({ host, pid }: Engine): number {
  const found = host.files.root.list(`/proc/${String(pid)}/fd`);
  return failed(found) ? -1 : found.length;
}

/** Addresses of networks are told apart from names of registries by their slash. */
function registryView({ config }: Engine): JsonObject {
  const isNetwork = (item: string): boolean => item.includes('/');
  const mirrors = config.registryMirrors.map((mirror) => `${mirror.replace(/\/$/, '')}/`);
  const insecure = config.insecureRegistries.filter((item) => !isNetwork(item));
  return {
    IndexConfigs: {
      'docker.io': { Mirrors: mirrors, Name: 'docker.io', Official: true, Secure: true },
      ...Object.fromEntries(
        insecure.map((name) => [name, { Mirrors: [], Name: name, Official: false, Secure: false }]),
      ),
    },
    InsecureRegistryCIDRs: ['::1/128', ...config.insecureRegistries.filter(isNetwork)],
    Mirrors: mirrors,
  };
}

export function diskUsage(engine: Engine): JsonObject {
  const containers = [...engine.containers.values()];
  const images = listImages(engine, {}).map((image) => ({
    ...image,
    SharedSize: 0,
    Containers: containers.filter(({ imageId }) => imageId === image['Id']).length,
  }));
  return {
    LayersSize: engine.runtime.images('moby').usedBytes(),
    Images: images,
    Containers: containers.map((container) => summarise(engine, container, true)),
    Volumes: [...engine.volumes.values()].map((volume) => ({
      ...volumeView(engine, volume),
      UsageData: {
        RefCount: volumeUsers(engine, volume.name).length,
        Size: engine.host.files.root.usage(volumePath(engine, volume.name)).bytes,
      },
    })),
    BuildCache: [],
  };
}
