/** What dockerd keeps: containers, networks, volumes, as data. */
import type { JsonObject } from '../../protocol/plain.ts';
import type { Notify } from '../sim/notify.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Host } from '../machine/host.ts';
import type { HostContainerRuntime } from '../machine/container/runtime.ts';
import type { Registry } from '../machine/container/registry.ts';
import type { ExchangeId, Exchanges, Network as Lab } from '../machine/net/interface.ts';
import type { DaemonConfig } from './daemon-config.ts';

export interface PortMapping {
  /** `80/tcp`. */
  readonly port: string;
  readonly hostIp: string;
  readonly hostPort: number;
}

export interface Endpoint {
  readonly networkId: string;
  readonly endpointId: string;
  readonly aliases: readonly string[];
  /** Given by the user, else ''. */
  readonly requestedIp: string;
  /** Set while connected to a running container. */
  readonly ip: string;
  readonly mac: string;
  /** Interface name in the container and its other end on the host. */
  readonly link: string;
  readonly hostLink: string;
}

export interface DockerContainer {
  readonly id: string;
  /** Without the slash. */
  readonly name: string;
  readonly createdUnixUs: number;
  /** `Config` and `HostConfig` as inspect shows them. */
  readonly config: JsonObject;
  readonly hostConfig: JsonObject;
  readonly imageId: string;
  readonly mounts: readonly JsonObject[];
  /** By network name, in order of connection. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly ports: readonly PortMapping[];
  readonly proxies: readonly { readonly socket: number; readonly pid: number }[];
  readonly netns: number;
  readonly restartCount: number;
  readonly stoppedByUser: boolean;
  readonly restarting: boolean;
  readonly restartSeq?: number;
  readonly restartDelayMs: number;
  readonly error: string;
  readonly removing: boolean;
  readonly removeVolumes: boolean;
  readonly health?: Health;
}

export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  readonly failing: number;
  readonly log: readonly {
    readonly start: number;
    readonly end: number;
    readonly exitCode: number;
    readonly output: string;
  }[];
}

export interface DockerNetwork {
  readonly id: string;
  readonly name: string;
  readonly createdUnixUs: number;
  readonly driver: 'bridge' | 'host' | 'null';
  readonly subnet: string;
  readonly gateway: string;
  /** Linux bridge: `docker0`, `br-…`. */
  readonly bridge: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

export interface DockerVolume {
  readonly name: string;
  readonly createdUnixUs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly anonymous: boolean;
}

export interface DockerEvent {
  readonly type: 'container' | 'image' | 'network' | 'volume' | 'daemon';
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unixUs: number;
}

/** Somebody waits for a container's end. */
export interface Waiter {
  readonly exchange: ExchangeId;
  readonly containerId: string;
  readonly condition: 'not-running' | 'next-exit' | 'removed';
}

/** An exec as docker knows it; the runtime knows it once it is started. */
export interface DockerExec {
  readonly id: string;
  readonly containerId: string;
  readonly request: JsonObject;
  readonly sessionId: string;
  readonly exchange: ExchangeId;
  readonly running: boolean;
  readonly exitCode: number | null;
}

/** What the daemon's parts share. */
export interface Engine {
  readonly sim: Simulation;
  readonly host: Host;
  readonly lab: Lab;
  readonly runtime: HostContainerRuntime;
  readonly registry: Registry;
  readonly target: string;
  readonly exchanges: Exchanges;
  config: DaemonConfig;
  pid: number;
  readonly containers: Map<string, DockerContainer>;
  readonly networks: Map<string, DockerNetwork>;
  readonly volumes: Map<string, DockerVolume>;
  readonly execs: Map<string, DockerExec>;
  readonly waiters: Waiter[];
  readonly events: DockerEvent[];
  /** Numbers below which the engine draws ids: keyed chance. */
  hex(purpose: string, digits: number): string;
  notify(type: string, payload?: { readonly [key: string]: string | number | boolean }): Notify;
  emit(type: DockerEvent['type'], action: string, id: string, attributes: Readonly<Record<string, string>>): void;
}

/** Replaces members of a container. */
export function update(engine: Engine, id: string, change: Partial<DockerContainer>): DockerContainer | undefined {
  const known = engine.containers.get(id);
  if (known === undefined) return undefined;
  const next = { ...known, ...change };
  engine.containers.set(id, next);
  return next;
}

export interface ApiError {
  readonly status: number;
  readonly message: string;
}
export const isApiError = (value: unknown): value is ApiError =>
  typeof value === 'object' && value !== null && 'status' in value && 'message' in value;
export const apiError = (status: number, message: string): ApiError => ({ status, message });

/** A container by id, name or unique prefix of its id. */
export function findContainer(engine: Engine, reference: string): DockerContainer | ApiError {
  const exact = engine.containers.get(reference);
  if (exact !== undefined) return exact;
  const name = reference.replace(/^\//, '');
  for (const container of engine.containers.values()) if (container.name === name) return container;
  const matches = [...engine.containers.values()].filter(({ id }) => reference !== '' && id.startsWith(reference));
  const [only] = matches;
  if (matches.length > 1) return apiError(400, `multiple IDs found with provided prefix: ${reference}`);
  return only ?? apiError(404, `No such container: ${reference}`);
}

/** A network by name, id or unique prefix of its id. */
export function findNetwork(engine: Engine, reference: string): DockerNetwork | ApiError {
  const exact = engine.networks.get(reference);
  if (exact !== undefined) return exact;
  for (const network of engine.networks.values()) if (network.name === reference) return network;
  const matches = [...engine.networks.values()].filter(({ id }) => reference !== '' && id.startsWith(reference));
  return (matches.length === 1 ? matches[0] : undefined) ?? apiError(404, `network ${reference} not found`);
}
