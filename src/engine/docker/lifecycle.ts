/** Starting, stopping, restarting and removing containers, and what follows when one ends. */
import type { JsonValue, Plain } from '../../protocol/plain.ts';
import { isFailure, type StartOutcome } from '../machine/container/interface.ts';
import type { ExchangeId } from '../machine/net/interface.ts';
import type { EmbeddedDns } from './embedded-dns.ts';
import { object, number, text, texts, flag, record } from './json-fields.ts';
import {
  apiError,
  findContainer,
  isApiError,
  update,
  type ApiError,
  type DockerContainer,
  type Engine,
  type Waiter,
} from './model.ts';
import { plug, publish, unplug, unpublish } from './networks.ts';
import type { PortProxy } from './port-proxy.ts';
import { removeVolume } from './volumes.ts';

const FIRST_RESTART_DELAY_MS = 100;
const MAX_RESTART_DELAY_MS = 60_000;
/** A container that ran this long starts its back-off anew. */
const STABLE_US = 10_000_000;

export class Lifecycle {
  constructor(
    private readonly engine: Engine,
    private readonly proxy: PortProxy,
    private readonly dns: EmbeddedDns,
  ) {}

  attributes(container: DockerContainer): Readonly<Record<string, string>> {
    return { ...record(container.config, 'Labels'), image: text(container.config, 'Image'), name: container.name };
  }

  /** Begins to start; the answer to `exchange` follows (0: nobody waits). */
  start(container: DockerContainer, exchange: ExchangeId): ApiError | 'already' | undefined {
    const { engine } = this;
    const state = engine.runtime.container(container.id)?.state;
    if (state === 'paused') return apiError(409, 'cannot start a paused container, try unpause instead');
    if (state === 'running') return 'already';
    if (container.restartSeq !== undefined) engine.sim.loop.cancel(container.restartSeq);
    const { restartSeq: _, ...rest } = container;
    engine.containers.set(container.id, { ...rest, stoppedByUser: false });
    const wired = this.#wire(engine.containers.get(container.id) ?? container);
    if (isApiError(wired)) {
      this.#unwire(container.id);
      this.#failed(container.id, wired.message, 128);
      return wired;
    }
    const refused = engine.runtime.start(
      container.id,
      engine.notify('container.started', { id: container.id, exchange }),
    );
    return refused === undefined ? undefined : apiError(409, refused.message);
  }

  /** Network links, ports and the files in /etc. */
  #wire(container: DockerContainer): ApiError | undefined {
    const { engine } = this;
    const mode = text(container.hostConfig, 'NetworkMode');
    if (mode.startsWith('container:')) {
      const other = findContainer(engine, mode.slice('container:'.length));
      if (isApiError(other)) return other;
      if (other.netns !== 0 && engine.runtime.container(other.id)?.state !== 'running')
        return apiError(
          409,
          `cannot join network namespace of a non running container: Container ${other.name} is not running`,
        );
    }
    if (container.netns !== 0) {
      engine.host.net.ensureNamespace(container.netns);
      engine.host.net.changeLink(container.netns, 'lo', { up: true });
    }
    let index = 0;
    for (const name of Object.keys(container.endpoints)) {
      const problem = plug(engine, engine.containers.get(container.id) ?? container, name, index);
      if (problem !== undefined) return problem;
      index += 1;
    }
    const plugged = engine.containers.get(container.id) ?? container;
    const userDefined = Object.keys(container.endpoints).some((name) => !['bridge', 'host', 'none'].includes(name));
    if (userDefined) this.dns.listen(plugged);
    this.#writeFiles(plugged, userDefined);
    return publish(engine, this.proxy, plugged, wantedPorts(plugged));
  }

  #writeFiles(container: DockerContainer, userDefined: boolean): void {
    const { engine } = this;
    const { root } = engine.host.files;
    const directory = `${engine.config.dataRoot}/containers/${container.id}`;
    const hostname = text(container.config, 'Hostname');
    const own = Object.values(container.endpoints).filter(({ ip }) => ip !== '');
    const extra = texts(container.hostConfig, 'ExtraHosts').map((line) => {
      const [name = '', ip = ''] = line.split(/[:=](.*)/);
      return `${ip === 'host-gateway' ? (engine.config.bridgeCidr.split('/')[0] ?? '') : ip}\t${name}`;
    });
    const isHost = text(container.hostConfig, 'NetworkMode') === 'host';
    const hostFile = (path: string): string => {
      const read = root.readText(path);
      return typeof read === 'string' ? read : '';
    };
    const lines = [
      '127.0.0.1\tlocalhost',
      '::1\tlocalhost ip6-localhost ip6-loopback',
      'fe00::\tip6-localnet',
      'ff00::\tip6-mcastprefix',
      'ff02::1\tip6-allnodes',
      'ff02::2\tip6-allrouters',
      ...extra,
      ...own.map(({ ip }) => `${ip}\t${hostname}`),
    ];
    root.write(`${directory}/hosts`, isHost ? hostFile('/etc/hosts') : `${lines.join('\n')}\n`, { parents: true });
    root.write(`${directory}/hostname`, `${isHost ? engine.host.name : hostname}\n`, { parents: true });
    const upstream = hostFile('/run/systemd/resolve/resolv.conf');
    const resolver = (upstream === '' ? hostFile('/etc/resolv.conf') : upstream)
      .split('\n')
      .filter((line) => !line.startsWith('#') && line !== '');
    const servers =
      texts(container.hostConfig, 'Dns').length > 0 ? texts(container.hostConfig, 'Dns') : engine.config.dns;
    const others = resolver.filter((line) => !line.startsWith('nameserver'));
    const nameservers = userDefined
      ? ['nameserver 127.0.0.11']
      : servers.length > 0
        ? servers.map((ip) => `nameserver ${ip}`)
        : resolver.filter((line) => line.startsWith('nameserver'));
    const options = userDefined ? [...others.filter((line) => !line.startsWith('options')), 'options ndots:0'] : others;
    root.write(
      `${directory}/resolv.conf`,
      isHost ? hostFile('/etc/resolv.conf') : `${[...nameservers, ...options].join('\n')}\n`,
      { parents: true },
    );
  }

  #unwire(id: string): void {
    const { engine } = this;
    const container = engine.containers.get(id);
    if (container === undefined) return;
    unpublish(engine, this.proxy, container);
    this.dns.close(container);
    for (const name of Object.keys(container.endpoints)) unplug(engine, engine.containers.get(id) ?? container, name);
  }

  #failed(id: string, message: string, exitCode: number): void {
    const container = update(this.engine, id, { error: message });
    if (container === undefined) return;
    this.engine.emit('container', 'die', id, { ...this.attributes(container), exitCode: String(exitCode) });
    this.#settleWaiters(id, ['not-running', 'next-exit'], exitCode);
    if (flag(container.hostConfig, 'AutoRemove')) this.#erase(id);
  }

  /** The runtime has started the process, or could not. */
  started(id: string, exchange: ExchangeId, result: StartOutcome): void {
    const { engine } = this;
    const container = engine.containers.get(id);
    if (container === undefined) return;
    if (!result.ok) {
      this.#unwire(id);
      const message = result.message.startsWith('failed to create shim')
        ? `failed to create task for container: ${result.message}`
        : result.message;
      this.#failed(id, message, result.exitCode);
      if (exchange !== 0)
        engine.exchanges.respond(
          exchange,
          result.failure === 'executable-not-found' ||
            result.failure === 'permission-denied' ||
            result.failure === 'user-unknown'
            ? 400
            : 500,
          { object: { message } },
        );
      return;
    }
    update(engine, id, { error: '', restarting: false });
    engine.emit('container', 'start', id, this.attributes(container));
    if (exchange !== 0) engine.exchanges.respond(exchange, 204);
  }

  /** Asks for the end; `exchange` is answered when it has come. `then`: what is done next. */
  stop(
    container: DockerContainer,
    exchange: ExchangeId,
    then: 'respond' | 'restart',
    seconds?: number,
    signal?: string,
  ): ApiError | 'already' | undefined {
    const { engine } = this;
    const record = engine.runtime.container(container.id);
    const timeout = seconds ?? (number(container.config, 'StopTimeout') || 10);
    if (container.restartSeq !== undefined) engine.sim.loop.cancel(container.restartSeq);
    const { restartSeq: _, ...rest } = container;
    engine.containers.set(container.id, { ...rest, stoppedByUser: true, restarting: false });
    if (record === undefined || record.pid === 0) return 'already';
    const refused = engine.runtime.stop(
      container.id,
      timeout,
      engine.notify('container.stopped', { id: container.id, exchange, then }),
      signal,
    );
    if (refused !== undefined) return apiError(400, refused.message);
    const first = signal ?? record.stopSignal;
    engine.emit('container', 'kill', container.id, { ...this.attributes(container), signal: first });
    return undefined;
  }

  /** The main process has ended. */
  exited(id: string, exitCode: number, oomKilled: boolean): void {
    const { engine } = this;
    const container = engine.containers.get(id);
    if (container === undefined) return;
    const runtime = engine.runtime.container(id);
    const ranUs = engine.sim.clock.unixUs - (runtime?.startedUnixUs ?? 0);
    this.#unwire(id);
    if (oomKilled) engine.emit('container', 'oom', id, this.attributes(container));
    engine.emit('container', 'die', id, {
      ...this.attributes(container),
      execDuration: String(Math.floor(ranUs / 1_000_000)),
      exitCode: String(exitCode),
    });
    const current = engine.containers.get(id) ?? container;
    if (current.removing) {
      this.#settleWaiters(id, ['not-running', 'next-exit'], exitCode);
      this.#erase(id);
      return;
    }
    this.#settleWaiters(id, ['next-exit'], exitCode);
    if (this.#restarts(current, exitCode)) {
      const delayMs =
        ranUs > STABLE_US || current.restartDelayMs === 0
          ? FIRST_RESTART_DELAY_MS
          : Math.min(current.restartDelayMs * 2, MAX_RESTART_DELAY_MS);
      const restartSeq = engine.sim.loop.schedule(delayMs * 1000, engine.target, 'container.restart', { id });
      update(engine, id, {
        restarting: true,
        restartDelayMs: delayMs,
        restartSeq,
        restartCount: current.restartCount + 1,
      });
      return;
    }
    this.#settleWaiters(id, ['not-running'], exitCode);
    if (flag(current.hostConfig, 'AutoRemove')) {
      update(engine, id, { removing: true, removeVolumes: true });
      this.#erase(id);
    }
  }

  #restarts(container: DockerContainer, exitCode: number): boolean {
    if (container.stoppedByUser || this.engine.pid === 0) return false;
    const policy = object(container.hostConfig, 'RestartPolicy');
    const max = number(policy, 'MaximumRetryCount');
    switch (text(policy, 'Name')) {
      case 'always':
      case 'unless-stopped':
        return true;
      case 'on-failure':
        return exitCode !== 0 && (max === 0 || container.restartCount < max);
      default:
        return false;
    }
  }

  restart(id: string): void {
    const container = this.engine.containers.get(id);
    if (container !== undefined && container.restarting) this.start(container, 0);
  }

  stopped(id: string, exchange: ExchangeId, then: string): void {
    const { engine } = this;
    const container = engine.containers.get(id);
    if (container !== undefined) engine.emit('container', 'stop', id, this.attributes(container));
    if (then !== 'restart') {
      engine.exchanges.respond(exchange, 204);
      return;
    }
    if (container === undefined) return;
    engine.emit('container', 'restart', id, this.attributes(container));
    const problem = this.start(container, exchange);
    if (isApiError(problem))
      engine.exchanges.respond(exchange, problem.status, { object: { message: problem.message } });
  }

  remove(
    container: DockerContainer,
    options: { readonly force: boolean; readonly volumes: boolean },
  ): ApiError | undefined {
    const { engine } = this;
    const state = engine.runtime.container(container.id)?.state;
    const running = state === 'running' || state === 'paused' || container.restarting;
    if (running && !options.force) {
      const fix =
        state === 'paused'
          ? 'unpause and then stop the container before removal or force remove'
          : 'stop the container before removing or force remove';
      return apiError(
        409,
        `cannot remove container "${container.name}": container is ${container.restarting ? 'restarting' : (state ?? 'running')}: ${fix}`,
      );
    }
    if (container.restartSeq !== undefined) engine.sim.loop.cancel(container.restartSeq);
    update(engine, container.id, { removing: true, removeVolumes: options.volumes, stoppedByUser: true });
    if (state === 'running' || state === 'paused') {
      if (state === 'paused') engine.runtime.unpause(container.id);
      engine.emit('container', 'kill', container.id, { ...this.attributes(container), signal: '9' });
      engine.runtime.kill(container.id, 'SIGKILL');
      return undefined;
    }
    this.#erase(container.id);
    return undefined;
  }

  #erase(id: string): void {
    const { engine } = this;
    const container = engine.containers.get(id);
    if (container === undefined) return;
    const refused = engine.runtime.remove(id, { force: true });
    if (isFailure(refused)) return;
    if (container.netns !== 0) engine.host.net.deleteNamespace(container.netns);
    engine.host.files.root.remove(`${engine.config.dataRoot}/containers/${id}`, { recursive: true });
    engine.containers.delete(id);
    for (const exec of [...engine.execs.values()]) if (exec.containerId === id) engine.execs.delete(exec.id);
    if (container.removeVolumes) {
      for (const mount of container.mounts) {
        const volume = engine.volumes.get(text(mount, 'Name'));
        if (volume?.anonymous === true) removeVolume(engine, volume.name);
      }
    }
    engine.emit('container', 'destroy', id, this.attributes(container));
    this.#settleWaiters(
      id,
      ['not-running', 'next-exit', 'removed'],
      engine.runtime.container(id)?.exitCode ?? this.#lastExit.get(id) ?? 0,
    );
    this.#lastExit.delete(id);
  }

  /** Exit codes of containers whose waiters want their removal. */
  readonly #lastExit = new Map<string, number>();

  #settleWaiters(id: string, conditions: readonly Waiter['condition'][], exitCode: number): void {
    const { waiters, exchanges } = this.engine;
    this.#lastExit.set(id, exitCode);
    for (let index = waiters.length - 1; index >= 0; index -= 1) {
      const waiter = waiters[index];
      if (waiter?.containerId !== id || !conditions.includes(waiter.condition)) continue;
      waiters.splice(index, 1);
      exchanges.chunk(waiter.exchange, { object: { StatusCode: exitCode } });
      exchanges.end(waiter.exchange);
    }
  }

  snapshot(): Plain {
    return [...this.#lastExit];
  }
  restoreExits(state: Plain): void {
    this.#lastExit.clear();
    for (const [id, code] of state as unknown as [string, number][]) this.#lastExit.set(id, code);
  }
}

/** Port bindings of the host configuration, and all exposed ports with -P. */
function wantedPorts(
  container: DockerContainer,
): readonly { readonly port: string; readonly hostIp: string; readonly hostPort: number }[] {
  const bindings = object(container.hostConfig, 'PortBindings');
  const wanted: { port: string; hostIp: string; hostPort: number }[] = [];
  for (const [port, entries] of Object.entries(bindings)) {
    for (const entry of Array.isArray(entries) ? (entries as readonly JsonValue[]) : []) {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
      const { HostIp = '', HostPort = '' } = entry as { HostIp?: string; HostPort?: string };
      wanted.push({
        port: port.includes('/') ? port : `${port}/tcp`,
        hostIp: HostIp === '::' ? '' : HostIp,
        hostPort: Number(HostPort) || 0,
      });
    }
  }
  if (flag(container.hostConfig, 'PublishAllPorts')) {
    for (const port of Object.keys(object(container.config, 'ExposedPorts')).sort())
      if (!wanted.some((one) => one.port === port)) wanted.push({ port, hostIp: '', hostPort: 0 });
  }
  return wanted;
}
