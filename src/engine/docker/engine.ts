/**
 * dockerd of one host, API 1.50: a component behind /var/run/docker.sock.
 * Models: containers, images, networks, volumes, events, exec, attach, logs, stats, archive, commit, export, save, load,
 * import, prune, its own start and stop.
 * Leaves out: build, swarm, plugins, push, checkpoints.
 */
import { decodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { ChannelFrame } from '../../protocol/http.ts';
import type { JsonObject, Plain } from '../../protocol/plain.ts';
import type { PodShape } from '../../protocol/simulation.ts';
import type { Component } from '../sim/component.ts';
import type { Notify } from '../sim/notify.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Registry } from '../machine/container/registry.ts';
import type { HostContainerRuntime } from '../machine/container/runtime.ts';
import type { PullOutcome, PullProgress, StartOutcome } from '../machine/container/interface.ts';
import type { Host } from '../machine/host.ts';
import type { ExchangeId, Network } from '../machine/net/interface.ts';
import { Api } from './api.ts';
import { DEFAULT_CONFIG, parseDaemonConfig, settingsWithoutEffect } from './daemon-config.ts';
import { EmbeddedDns } from './embedded-dns.ts';
import { Healthchecks } from './healthcheck.ts';
import { pullDone, pullProgress } from './images/images-api.ts';
import type { SocketId } from '../machine/net/interface.ts';
import { closeListeners, hostsOf, openListeners } from './listeners.ts';
import { Lifecycle } from './lifecycle.ts';
import type { DockerEvent, Engine } from './model.ts';
import { setUpNetworks } from './networks.ts';
import { PortProxy } from './port-proxy.ts';
import { Streams } from './streams/streams.ts';
import { inspectContainer, shapeOf, statusOf } from './views.ts';

export const DOCKER_UNIT = 'docker.service';
const CONFIG_PATH = '/etc/docker/daemon.json';
/** From exec to the socket's first answer. */
const START_US = 600_000;
/** Events that `--since` can still see. */
const MAX_EVENTS = 256;

export interface DockerEngineOptions {
  readonly simulation: Simulation;
  readonly host: Host;
  readonly network: Network;
  readonly runtime: HostContainerRuntime;
  readonly registry: Registry;
}

export class DockerEngine implements Component {
  readonly target: string;
  readonly #engine: Engine;
  readonly #lifecycle: Lifecycle;
  readonly #streams: Streams;
  readonly #api: Api;
  readonly #proxy: PortProxy;
  readonly #dns: EmbeddedDns;
  readonly #health: Healthchecks;
  readonly #pulling = new Set<ExchangeId>();
  #listeners: readonly SocketId[] = [];
  /** Sockets that systemd has opened for this run. */
  #handed: readonly SocketId[] = [];

  /** Registers itself as `dockerd/<host>` and provides docker.service. */
  constructor({ simulation, host, network, runtime, registry }: DockerEngineOptions) {
    this.target = `dockerd/${host.name}`;
    const service = {
      open: (exchange: ExchangeId, head: Parameters<Api['open']>[1]) => this.#api.open(exchange, head),
      body: (exchange: ExchangeId, chunk: Parameters<Api['body']>[1]) => this.#api.body(exchange, chunk),
      finish: (exchange: ExchangeId) => this.#api.finish(exchange),
      frame: (exchange: ExchangeId, frame: ChannelFrame) => this.#streams.open.frame(exchange, frame),
      abort: (exchange: ExchangeId) => this.#api.abort(exchange),
      drained: (exchange: ExchangeId) => this.#streams.open.writable(exchange),
    };
    this.#engine = {
      sim: simulation,
      host,
      lab: network,
      runtime,
      registry,
      target: this.target,
      exchanges: network.http(this.target, service),
      config: DEFAULT_CONFIG,
      pid: 0,
      containers: new Map(),
      networks: new Map(),
      volumes: new Map(),
      execs: new Map(),
      waiters: [],
      events: [],
      hex: (purpose, digits) => simulation.random.for(this.target, purpose).hex(digits),
      notify: (type, payload = {}): Notify => ({ target: this.target, type, payload }),
      emit: (type, action, id, attributes) =>
        this.#emit({ type, action, id, attributes, unixUs: simulation.clock.unixUs }),
    };
    this.#proxy = new PortProxy(simulation, host, network);
    this.#dns = new EmbeddedDns(host, network, () => this.#engine.containers);
    this.#lifecycle = new Lifecycle(this.#engine, this.#proxy, this.#dns);
    this.#streams = new Streams(this.#engine);
    this.#health = new Healthchecks(this.#engine);
    this.#api = new Api(this.#engine, this.#lifecycle, this.#streams, this.#proxy);
    simulation.loop.register(this.target, this);
    host.systemd.provide(DOCKER_UNIT, this.target, {
      memoryBytes: 90 * 1024 * 1024,
      handledSignals: ['SIGTERM', 'SIGHUP'],
    });
  }

  #emit(event: DockerEvent): void {
    const { events } = this.#engine;
    events.push(event);
    if (events.length > MAX_EVENTS) events.shift();
    const { sim, target } = this.#engine;
    sim.trace.record(target, 'docker.event', `${event.type}/${event.attributes['name'] ?? event.id}`, {
      action: event.action,
    });
    this.#streams.reports.publish(event);
  }

  /** What a picture shows of the containers. */
  containerViews(): readonly {
    readonly id: string;
    readonly name: string;
    readonly image: string;
    readonly status: string;
    readonly running: boolean;
    readonly shape: PodShape;
  }[] {
    const engine = this.#engine;
    return [...engine.containers.values()].map((container) => {
      const record = engine.runtime.container(container.id);
      return {
        id: container.id,
        name: container.name,
        image: String(container.config['Image'] ?? ''),
        status: statusOf(engine, container, record),
        running: record?.state === 'running',
        shape: shapeOf(container, record),
      };
    });
  }

  /** `docker inspect`'s object of a container by name or id prefix, or undefined. */
  inspectContainer(name: string): JsonObject | undefined {
    const engine = this.#engine;
    const found = [...engine.containers.values()].find(
      (container) => container.name === name || container.id.startsWith(name),
    );
    return found === undefined ? undefined : inspectContainer(engine, found, false);
  }

  handle(type: string, payload: Plain): void {
    const event = payload as unknown as EnginePayload;
    const engine = this.#engine;
    switch (type) {
      case 'service.start':
        engine.pid = event.pid;
        this.#handed = event.sockets ?? [];
        engine.sim.loop.schedule(START_US, this.target, 'daemon.up', { pid: event.pid });
        return;
      case 'daemon.up':
        if (engine.pid === event.pid) this.#up();
        return;
      case 'process.signal':
        if (event.signal === 'SIGTERM') this.#down();
        return;
      case 'process.exited':
        this.#gone(event.pid);
        return;
      case 'request.whole':
        return this.#api.answer(event.exchange);
      case 'container.started':
        this.#lifecycle.started(event.id, event.exchange, event.result as StartOutcome);
        if (event.result.ok) this.#health.started(event.id);
        return;
      case 'container.stopped':
        return this.#lifecycle.stopped(event.id, event.exchange, event.then);
      case 'container.exited':
        this.#health.ended(event.id);
        this.#lifecycle.exited(event.id, event.exitCode, event.oomKilled);
        return this.#streams.logs.containerEnded(event.id);
      case 'container.restart':
        return this.#lifecycle.restart(event.id);
      case 'stream.output':
        return this.#streams.open.output(event.exchange, event.sessionId, event.channel, event.bytes);
      case 'stream.ended':
        return this.#streams.open.ended(event.exchange);
      case 'exec.ended':
        return this.#streams.execs.ended(event.execId, event.exchange, event.exitCode, event.error);
      case 'logs.more':
        return this.#streams.logs.more(event.exchange);
      case 'events.until':
        return this.#streams.open.ended(event.exchange);
      case 'stats.more':
        return this.#streams.reports.moreStats(event.exchange);
      case 'pull.progress':
        return pullProgress(engine, event.exchange, this.#pulling, event.progress);
      case 'pull.done':
        return pullDone(engine, event.exchange, this.#pulling, event.result as PullOutcome);
      case 'health.check':
        return this.#health.check(event.id);
      case 'health.result':
        return this.#health.result(event.id, event.exitCode, event.timedOut === true);
    }
  }

  #log(message: string, pid = this.#engine.pid): void {
    const { systemd } = this.#engine.host;
    systemd.log(DOCKER_UNIT, message, { identifier: 'dockerd', pid });
  }

  #up(): void {
    const engine = this.#engine;
    const { kernel, files, systemd } = engine.host;
    const read = files.root.read(CONFIG_PATH);
    const config = failed(read)
      ? DEFAULT_CONFIG
      : parseDaemonConfig(CONFIG_PATH, decodeUtf8(read), kernel.process(engine.pid)?.argv ?? []);
    if ('error' in config) {
      this.#log(config.error);
      kernel.exitComponent(engine.pid, 1);
      return;
    }
    for (const setting of failed(read) ? [] : settingsWithoutEffect(decodeUtf8(read)))
      this.#log(`drydock: '${setting}' of daemon.json is not simulated`);
    engine.config = config;
    setUpNetworks(engine);
    const listeners = openListeners(engine, hostsOf(kernel.process(engine.pid)?.argv ?? []), this.#handed);
    if ('problem' in listeners) {
      this.#log(`failed to load listeners: ${listeners.problem}`);
      kernel.exitComponent(engine.pid, 1);
      return;
    }
    this.#listeners = listeners.own;
    this.#log('Daemon has completed initialization');
    for (const place of listeners.places) this.#log(`API listen on ${place}`);
    systemd.ready(DOCKER_UNIT);
    for (const container of engine.containers.values()) {
      const policy = (container.hostConfig['RestartPolicy'] ?? {}) as { readonly Name?: string };
      const wanted =
        policy.Name === 'always' ||
        (policy.Name === 'unless-stopped' && !container.stoppedByUser) ||
        (policy.Name === 'on-failure' && engine.runtime.container(container.id)?.exitCode !== 0);
      if (wanted && engine.runtime.container(container.id)?.pid === 0) this.#lifecycle.start(container, 0);
    }
  }

  /** SIGTERM: containers are stopped, unless live restore keeps them. */
  #down(): void {
    const engine = this.#engine;
    this.#log("Processing signal 'terminated'");
    const { pid } = engine;
    engine.pid = 0;
    if (!engine.config.liveRestore) {
      for (const container of engine.containers.values())
        if ((engine.runtime.container(container.id)?.pid ?? 0) !== 0) engine.runtime.kill(container.id, 'SIGKILL');
    }
    this.#log('Daemon shutdown complete', pid);
    engine.host.kernel.exitComponent(pid, 0);
    this.#gone(pid);
  }

  #gone(pid: number): void {
    const engine = this.#engine;
    if (engine.pid !== pid && engine.pid !== 0) return;
    engine.pid = 0;
    closeListeners(engine, this.#listeners);
    this.#listeners = [];
    this.#api.reset();
  }

  snapshot(): Plain {
    const engine = this.#engine;
    return {
      config: engine.config as unknown as Plain,
      pid: engine.pid,
      listeners: this.#listeners,
      handed: this.#handed,
      pulling: [...this.#pulling],
      containers: [...engine.containers.values()] as unknown as Plain,
      networks: [...engine.networks.values()] as unknown as Plain,
      volumes: [...engine.volumes.values()] as unknown as Plain,
      execs: [...engine.execs.values()] as unknown as Plain,
      waiters: [...engine.waiters] as unknown as Plain,
      events: [...engine.events] as unknown as Plain,
      dns: this.#dns.snapshot(),
      streams: this.#streams.open.snapshot(),
      api: this.#api.snapshot(),
      exits: this.#lifecycle.snapshot(),
    };
  }

  restore(state: Plain): void {
    const engine = this.#engine;
    const saved = state as unknown as Saved;
    engine.config = saved.config;
    engine.pid = saved.pid;
    this.#listeners = saved.listeners;
    this.#handed = saved.handed;
    this.#pulling.clear();
    for (const exchange of saved.pulling) this.#pulling.add(exchange);
    refill(engine.containers, saved.containers, ({ id }) => id);
    refill(engine.networks, saved.networks, ({ id }) => id);
    refill(engine.volumes, saved.volumes, ({ name }) => name);
    refill(engine.execs, saved.execs, ({ id }) => id);
    engine.waiters.splice(0, engine.waiters.length, ...saved.waiters);
    engine.events.splice(0, engine.events.length, ...saved.events);
    this.#dns.restore(saved.dns);
    this.#streams.open.restore(saved.streams);
    this.#api.restore(saved.api);
    this.#lifecycle.restoreExits(saved.exits);
  }
}

function refill<T>(map: Map<string, T>, items: readonly T[], key: (item: T) => string): void {
  map.clear();
  for (const item of items) map.set(key(item), item);
}

/** Members of the events this component gets; each type has some of them. */
interface EnginePayload {
  readonly pid: number;
  readonly sockets?: readonly SocketId[];
  readonly signal: string;
  readonly id: string;
  readonly exchange: ExchangeId;
  readonly execId: string;
  readonly sessionId: string;
  readonly channel: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error?: string;
  readonly timedOut?: boolean;
  readonly then: string;
  readonly result: StartOutcome | PullOutcome;
  readonly progress: PullProgress;
}

interface Saved {
  readonly config: Engine['config'];
  readonly pid: number;
  readonly listeners: readonly SocketId[];
  readonly handed: readonly SocketId[];
  readonly pulling: readonly ExchangeId[];
  readonly containers: readonly (Engine['containers'] extends Map<string, infer T> ? T : never)[];
  readonly networks: readonly (Engine['networks'] extends Map<string, infer T> ? T : never)[];
  readonly volumes: readonly (Engine['volumes'] extends Map<string, infer T> ? T : never)[];
  readonly execs: readonly (Engine['execs'] extends Map<string, infer T> ? T : never)[];
  readonly waiters: Engine['waiters'];
  readonly events: Engine['events'];
  readonly dns: Plain;
  readonly streams: Plain;
  readonly api: Plain;
  readonly exits: Plain;
}
