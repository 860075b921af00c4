/** Containers and networks as the API shows them. */
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import type { PodShape } from '../../protocol/simulation.ts';
import { formatRfc3339 } from '../sim/clock.ts';
import { familiarName } from '../machine/container/reference.ts';
import { formatNano } from '../machine/container/log-format.ts';
import type { ContainerRecord } from '../machine/container/interface.ts';
import { object, record, text } from './json-fields.ts';
import type { DockerContainer, DockerNetwork, Engine } from './model.ts';

const ZERO_TIME = '0001-01-01T00:00:00Z';
export const time = (unixUs: number): string => (unixUs === 0 ? ZERO_TIME : formatNano(unixUs, formatRfc3339));

export type StateName = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export function stateOf(container: DockerContainer, runtime: ContainerRecord | undefined): StateName {
  if (container.restarting && runtime?.pid === 0) return 'restarting';
  return runtime?.state ?? 'dead';
}

/** `Up 5 minutes (healthy)`, `Exited (0) 3 seconds ago`. */
export function statusOf(engine: Engine, container: DockerContainer, runtime: ContainerRecord | undefined): string {
  const state = stateOf(container, runtime);
  const since = (unixUs: number): string => dockerDuration((engine.sim.clock.unixUs - unixUs) / 1_000_000);
  const health =
    container.health === undefined
      ? ''
      : container.health.status === 'starting'
        ? ' (health: starting)'
        : ` (${container.health.status})`;
  switch (state) {
    case 'running':
      return `Up ${since(runtime?.startedUnixUs ?? 0)}${health}`;
    case 'paused':
      return `Up ${since(runtime?.startedUnixUs ?? 0)} (Paused)`;
    case 'restarting':
      return `Restarting (${String(runtime?.exitCode ?? 0)}) ${since(runtime?.finishedUnixUs ?? 0)} ago`;
    case 'exited':
      return `Exited (${String(runtime?.exitCode ?? 0)}) ${since(runtime?.finishedUnixUs ?? 0)} ago`;
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'created':
      return 'Created';
  }
}

/** The mark of a container in a picture. */
export function shapeOf(container: DockerContainer, runtime: ContainerRecord | undefined): PodShape {
  switch (stateOf(container, runtime)) {
    case 'running':
    case 'paused':
      return 'running';
    case 'created':
      return 'pending';
    case 'removing':
      return 'terminating';
    case 'exited':
      return (runtime?.exitCode ?? 0) === 0 ? 'succeeded' : 'failing';
    case 'restarting':
    case 'dead':
      return 'failing';
  }
}

/** go-units HumanDuration: `Less than a second`, `5 minutes`, `About an hour`. */
export function dockerDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 1) return 'Less than a second';
  if (whole === 1) return '1 second';
  if (whole < 60) return `${String(whole)} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${String(minutes)} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${String(hours)} hours`;
  if (hours < 24 * 7 * 2) return `${String(Math.floor(hours / 24))} days`;
  if (hours < 24 * 30 * 2) return `${String(Math.floor(hours / 24 / 7))} weeks`;
  if (hours < 24 * 365 * 2) return `${String(Math.floor(hours / 24 / 30))} months`;
  return `${String(Math.floor(seconds / 3600 / 24 / 365))} years`;
}

export function endpointsView(engine: Engine, container: DockerContainer): JsonObject {
  return Object.fromEntries(
    Object.entries(container.endpoints).map(([name, endpoint]) => {
      const network = engine.networks.get(endpoint.networkId);
      const connected = endpoint.ip !== '';
      return [
        name,
        {
          IPAMConfig: endpoint.requestedIp === '' ? null : { IPv4Address: endpoint.requestedIp },
          Links: null,
          Aliases: endpoint.aliases.length === 0 ? null : endpoint.aliases,
          MacAddress: endpoint.mac,
          DriverOpts: null,
          GwPriority: 0,
          NetworkID: connected || network?.driver !== 'bridge' ? endpoint.networkId : '',
          EndpointID: endpoint.endpointId,
          Gateway: connected ? (network?.gateway ?? '') : '',
          IPAddress: endpoint.ip,
          IPPrefixLen: connected ? Number(network?.subnet.split('/')[1] ?? '0') : 0,
          IPv6Gateway: '',
          GlobalIPv6Address: '',
          GlobalIPv6PrefixLen: 0,
          DNSNames: ['bridge', 'host', 'none'].includes(name)
            ? null
            : [container.name, ...endpoint.aliases, container.id.slice(0, 12)],
        },
      ];
    }),
  );
}

/** A port of every address is one of both families. */
const familiesOf = (hostIp: string): readonly string[] => (hostIp === '0.0.0.0' ? [hostIp, '::'] : [hostIp]);

function portsView(container: DockerContainer): JsonObject {
  const ports: Record<string, JsonValue> = {};
  for (const port of Object.keys(object(container.config, 'ExposedPorts')).sort()) {
    const bound = container.ports.filter((mapping) => mapping.port === port);
    ports[port] =
      bound.length === 0
        ? null
        : bound.flatMap(({ hostIp, hostPort }) =>
            familiesOf(hostIp).map((ip) => ({ HostIp: ip, HostPort: String(hostPort) })),
          );
  }
  return ports;
}

export function inspectContainer(engine: Engine, container: DockerContainer, withSize: boolean): JsonObject {
  const runtime = engine.runtime.container(container.id);
  const [path = '', ...args] = runtime?.argv ?? [];
  const directory = `${engine.config.dataRoot}/containers/${container.id}`;
  const running = runtime !== undefined && runtime.pid !== 0;
  const execIds = [...engine.execs.values()]
    .filter((exec) => exec.containerId === container.id && exec.running)
    .map(({ id }) => id);
  return {
    Id: container.id,
    Created: time(container.createdUnixUs),
    Path: path,
    Args: args,
    State: stateView(container, runtime),
    Image: container.imageId,
    ResolvConfPath: `${directory}/resolv.conf`,
    HostnamePath: `${directory}/hostname`,
    HostsPath: `${directory}/hosts`,
    LogPath:
      text(object(container.hostConfig, 'LogConfig'), 'Type') === 'json-file'
        ? `${directory}/${container.id}-json.log`
        : '',
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execIds.length === 0 ? null : execIds,
    HostConfig: container.hostConfig,
    GraphDriver: {
      Data: {
        ID: container.id,
        LowerDir: '',
        MergedDir: runtime?.rootfs ?? '',
        UpperDir: runtime?.upperDirectory ?? '',
        WorkDir: (runtime?.upperDirectory ?? '').replace(/diff$/, 'work'),
      },
      Name: 'overlay2',
    },
    ...(withSize ? sizesOf(engine, container, runtime) : {}),
    Mounts: container.mounts,
    Config: container.config,
    NetworkSettings: networkSettingsView(engine, container, running),
  };
}

function stateView(container: DockerContainer, runtime: ContainerRecord | undefined): JsonObject {
  const state = stateOf(container, runtime);
  const { health } = container;
  return {
    Status: state,
    Running: runtime !== undefined && runtime.pid !== 0,
    Paused: state === 'paused',
    Restarting: state === 'restarting',
    OOMKilled: runtime?.oomKilled === true,
    Dead: state === 'dead',
    Pid: runtime?.pid ?? 0,
    ExitCode: runtime?.exitCode ?? 0,
    Error: container.error,
    StartedAt: time(runtime?.startedUnixUs ?? 0),
    FinishedAt: time(runtime?.finishedUnixUs ?? 0),
    ...(health === undefined
      ? {}
      : {
          Health: {
            Status: health.status,
            FailingStreak: health.failing,
            Log: health.log.map(({ start, end, exitCode, output }) => ({
              Start: time(start),
              End: time(end),
              ExitCode: exitCode,
              Output: output,
            })),
          },
        }),
  };
}

function networkSettingsView(engine: Engine, container: DockerContainer, running: boolean): JsonObject {
  const bridge = container.endpoints['bridge'];
  const view = endpointsView(engine, container);
  const first = object(view, 'bridge');
  const connected = bridge !== undefined && bridge.ip !== '';
  return {
    Bridge: '',
    SandboxID: container.netns === 0 ? '' : container.id,
    SandboxKey: container.netns === 0 ? '' : `/var/run/docker/netns/${container.id.slice(0, 12)}`,
    Ports: running ? portsView(container) : {},
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: connected ? text(first, 'EndpointID') : '',
    Gateway: connected ? text(first, 'Gateway') : '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: connected ? bridge.ip : '',
    IPPrefixLen: connected ? (first['IPPrefixLen'] ?? 0) : 0,
    IPv6Gateway: '',
    MacAddress: connected ? bridge.mac : '',
    Networks: view,
  };
}

/** One entry of GET /containers/json. */
export function summarise(engine: Engine, container: DockerContainer, withSize: boolean): JsonObject {
  const runtime = engine.runtime.container(container.id);
  const state = stateOf(container, runtime);
  const typed = text(container.config, 'Image');
  // A name that now belongs to another image is shown as the id.
  const named = engine.runtime.images('moby').find(typed)?.id === container.imageId ? typed : container.imageId;
  const exposed = Object.keys(object(container.config, 'ExposedPorts')).sort();
  const ports: JsonObject[] =
    state === 'running' || state === 'paused'
      ? exposed.flatMap((port): JsonObject[] => {
          const [number = '0', protocol = 'tcp'] = port.split('/');
          const bound = container.ports.filter((mapping) => mapping.port === port);
          if (bound.length === 0) return [{ PrivatePort: Number(number), Type: protocol }];
          return bound.flatMap(({ hostIp, hostPort }) =>
            familiesOf(hostIp).map((ip) => ({
              IP: ip,
              PrivatePort: Number(number),
              PublicPort: hostPort,
              Type: protocol,
            })),
          );
        })
      : [];
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: named,
    ImageID: container.imageId,
    Command: (runtime?.argv ?? []).map((word) => (word === '' || /[\s'"]/.test(word) ? `'${word}'` : word)).join(' '),
    Created: Math.floor(container.createdUnixUs / 1_000_000),
    Ports: ports,
    ...(withSize ? sizesOf(engine, container, runtime) : {}),
    Labels: record(container.config, 'Labels'),
    State: state,
    Status: statusOf(engine, container, runtime),
    HostConfig: { NetworkMode: text(container.hostConfig, 'NetworkMode') },
    NetworkSettings: { Networks: endpointsView(engine, container) },
    Mounts: container.mounts,
  };
}

/** What the container wrote, and what there is with its image. */
function sizesOf(engine: Engine, container: DockerContainer, runtime: ContainerRecord | undefined): JsonObject {
  const written = runtime === undefined ? 0 : engine.host.files.root.usage(runtime.upperDirectory).bytes;
  const image = engine.runtime.images('moby').find(container.imageId);
  return { SizeRw: written, SizeRootFs: (image?.sizeBytes ?? 0) + written };
}

export function networkView(engine: Engine, network: DockerNetwork, withContainers: boolean): JsonObject {
  const containers: Record<string, JsonValue> = {};
  if (withContainers) {
    for (const container of engine.containers.values()) {
      for (const endpoint of Object.values(container.endpoints)) {
        if (
          endpoint.networkId !== network.id ||
          (endpoint.ip === '' && network.driver === 'bridge') ||
          engine.runtime.container(container.id)?.pid === 0
        )
          continue;
        containers[container.id] = {
          Name: container.name,
          EndpointID: endpoint.endpointId,
          MacAddress: endpoint.mac,
          IPv4Address: endpoint.ip === '' ? '' : `${endpoint.ip}/${network.subnet.split('/')[1] ?? ''}`,
          IPv6Address: '',
        };
      }
    }
  }
  return {
    Name: network.name,
    Id: network.id,
    Created: time(network.createdUnixUs),
    Scope: 'local',
    Driver: network.driver,
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: network.name === 'bridge' ? null : network.driver === 'bridge' ? {} : null,
      Config: network.subnet === '' ? null : [{ Subnet: network.subnet, Gateway: network.gateway }],
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: containers,
    Options: network.options,
    Labels: network.labels,
  };
}

export const imageName = (normalised: string): string => familiarName(normalised);
