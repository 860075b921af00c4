/**
 * A running simulation, made from a topology, a seed, a table of programs and the large parts that its topology asks for.
 * Everything that is anywhere in the engine is put together here and in `assembly/`.
 */
import type { Topology } from '../protocol/host.ts';
import type { Exchange, HttpRequest } from '../protocol/http.ts';
import type { Plain } from '../protocol/plain.ts';
import type { Pid, ProgramTable } from '../protocol/program.ts';
import type { Input, Output, SandboxExtension, ServerName, WorldReader, WorldView } from '../protocol/simulation.ts';
import { API_PORT } from './assembly/cluster/api-port.ts';
import type { Cluster } from './assembly/cluster/cluster.ts';
import type { ClusterWorld } from './assembly/cluster/cluster-world.ts';
import type { LabHost } from './assembly/lab-hosts.ts';
import { buildHosts } from './assembly/lab-hosts.ts';
import { SshKeys, writeSshFiles } from './assembly/ssh-files.ts';
import { Inputs } from './assembly/inputs.ts';
import { ScriptRunner } from './assembly/script-runner.ts';
import { Terminals } from './assembly/terminals.ts';
import { tellUnsimulatedConfig } from './assembly/containerd-config.ts';
import { ContainerdSocket } from './assembly/containerd-socket.ts';
import { UnitComponent } from './assembly/unit-components.ts';
import { worldReader } from './assembly/world-reader.ts';
import type { DockerEngine } from './docker/engine.ts';
import type { Network } from './machine/net/interface.ts';
import { createNetwork } from './machine/net/network.ts';
import { CronDaemon } from './machine/schedule/cron-daemon.ts';
import { PackageSites } from './machine/packages/package-sites.ts';
import type { Sandbox } from './session.ts';
import { createSimulation } from './sim/create-simulation.ts';
import type { DriveHost } from './sim/drive.ts';
import { drive } from './sim/drive.ts';
import { hashPlain } from './sim/plain-hash.ts';
import type { Simulation } from './sim/simulation.ts';
import type { SandboxParts } from './sandbox-parts.ts';

export interface SandboxOptions {
  readonly topology: Topology;
  readonly seed: number;
  readonly programs: ProgramTable;
  readonly parts: SandboxParts;
}

export interface Fingerprint {
  readonly trace: string;
  readonly events: number;
  readonly state: string;
}

/** A new world cannot need longer than this to come up, µs of virtual time. */
const BOOT_LIMIT_US = 600_000_000;

export class DrydockSandbox implements Sandbox {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly hosts: ReadonlyMap<string, LabHost>;
  readonly docker = new Map<string, DockerEngine>();
  readonly scripts: ScriptRunner;
  readonly terminals: Terminals;
  readonly reader: WorldReader;
  readonly #inputs: Inputs;
  readonly #clusterWorld: ClusterWorld | undefined;
  readonly #listeners = new Set<(output: Output) => void>();
  readonly #extensions = new Map<string, SandboxExtension>();

  constructor(private readonly options: SandboxOptions) {
    const { topology, seed, programs } = options;
    this.simulation = createSimulation(seed, topology.startMs);
    const { simulation } = this;
    this.network = createNetwork(simulation);
    new PackageSites(simulation, this.network);
    let hosts: ReadonlyMap<string, LabHost> = new Map();
    this.#clusterWorld = this.#makeCluster(() => hosts);
    const { cluster } = this;
    hosts = buildHosts(topology, {
      simulation,
      network: this.network,
      programs,
      imagePrograms: options.parts.imagePrograms,
      componentPrograms: (host) => cluster?.programs(host) ?? new Map(),
    });
    this.hosts = hosts;
    cluster?.connectKubelets();
    const sshKeys = new SshKeys(seed);
    for (const host of hosts.values()) {
      this.#provideUnits(host);
      writeSshFiles(host.files.root, host.spec, topology, sshKeys);
    }
    const send = (output: Output): void => {
      for (const listener of this.#listeners) listener(output);
    };
    this.terminals = new Terminals(simulation, hosts, send);
    this.scripts = new ScriptRunner(simulation, hosts);
    this.#inputs = new Inputs(this, send);
    this.#clusterWorld?.prepare();
    this.reader = worldReader(this);
    simulation.trace.subscribe((record) => {
      for (const extension of this.#extensions.values()) extension.observe(record);
    });
  }

  get cluster(): Cluster | undefined {
    return this.#clusterWorld?.cluster;
  }
  get topology(): Topology {
    return this.options.topology;
  }
  /** Where scripts run and the first terminal opens. */
  get defaultHost(): string {
    return this.options.topology.hosts[0]?.name ?? '';
  }

  async boot(driveHost: DriveHost): Promise<void> {
    const { simulation, options } = this;
    const world = this.#clusterWorld;
    writeHostNames(this.hosts, options.topology);
    for (const host of this.hosts.values()) {
      world?.preloadImages(host);
      host.systemd.boot();
      if (options.topology.cluster?.nodes === true) host.systemd.enable('kubelet.service');
      if (options.topology.cluster?.nodes === true) host.systemd.start('kubelet.service');
      if (host.spec.docker) {
        host.systemd.enable('docker.service');
        host.systemd.enable('docker.socket');
        host.systemd.start('docker.service');
      }
    }
    if (world === undefined) {
      await drive(simulation, driveHost, { untilUs: simulation.clock.nowUs + 5_000_000 });
      return;
    }
    world.start();
    const untilUs = simulation.clock.nowUs + BOOT_LIMIT_US;
    await drive(simulation, driveHost, { untilUs, stop: () => world.isReady() });
  }

  apply(input: Input): void {
    this.#inputs.apply(input);
    for (const extension of this.#extensions.values()) extension.applied(input);
  }

  listen(listener: (output: Output) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds something whose state is saved with the sandbox; before boot or restore. */
  extend(name: string, extension: SandboxExtension): void {
    this.#extensions.set(name, extension);
  }

  /** A request from outside the simulated hosts. */
  handle(server: ServerName, request: HttpRequest, options: { readonly streamingBody?: boolean } = {}): Exchange {
    if (server === 'kubernetes') {
      // Without credentials of its own a request is the administrator's, as with the kubeconfig of an operator's laptop.
      const administrator = this.#clusterWorld?.administrator();
      const identity =
        request.headers['authorization'] === undefined && administrator !== undefined
          ? { clientCertificate: administrator }
          : {};
      const ip = this.#controlPlaneIp();
      return this.network.outside.handle(
        { host: ip, port: API_PORT, tls: { serverName: ip, authorities: 'insecure', ...identity } },
        request,
        options,
      );
    }
    return this.#inputs.docker(server.docker, request, options);
  }

  view(): WorldView {
    const picture = this.#clusterWorld?.picture() ?? { nodes: [], pods: [], services: [], workloads: [] };
    const { clock, loop } = this.simulation;
    return { nowMs: clock.unixMs, ran: loop.ran, hosts: this.#inputs.hostViews(), ...picture };
  }

  writeFile(host: string, path: string, text: string): void {
    this.hosts.get(host)?.files.root.write(path, text, { parents: true });
  }

  /** ^C: SIGINT to the group of a process. */
  interrupt(host: string, pid: Pid): void {
    const kernel = this.hosts.get(host)?.kernel;
    kernel?.kill(pid, 'SIGINT');
  }

  /** What programs of a host wait on (`cpu`: they compute), for a message about a bound that was hit. */
  blockedProcesses(host: string): readonly { readonly pid: Pid; readonly name: string; readonly on: string }[] {
    const kernel = this.hosts.get(host)?.kernel;
    return [...(kernel?.records.values() ?? [])].flatMap(({ pid, name, pending }) =>
      [...pending.values()].map((call) => ({ pid, name, on: call.stage === 'cost' ? 'cpu' : call.name })),
    );
  }

  /** Programs that await neither a system call nor a hold after their turn: a mistake of the program, by host, name and pid. */
  stuckPrograms(): readonly string[] {
    return [...this.hosts.values()].flatMap(({ name, kernel }) =>
      kernel.stuckPrograms().map((program) => `${name}: ${program.name} (pid ${String(program.pid)})`),
    );
  }

  unsaveable(): readonly string[] {
    return [...this.hosts.values()].flatMap(({ name, kernel }) =>
      kernel.unsaveable().map((pid) => `${name}: ${kernel.process(pid)?.name ?? '?'} (pid ${String(pid)})`),
    );
  }

  snapshot(): Plain {
    const { loop, trace, random } = this.simulation;
    return {
      loop: loop.snapshot(),
      trace: trace.snapshot(),
      random: random.snapshot(),
      processes: this.cluster?.snapshotProcesses() as unknown as Plain,
      inputs: this.#inputs.snapshot(),
      components: Object.fromEntries(loop.components().map(([target, component]) => [target, component.snapshot()])),
      extensions: Object.fromEntries([...this.#extensions].map(([name, extension]) => [name, extension.snapshot()])),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      loop: Plain;
      trace: Plain;
      random: Plain;
      processes: ReturnType<Cluster['snapshotProcesses']>;
      inputs: Plain;
      components: Record<string, Plain>;
      extensions: Record<string, Plain>;
    };
    const { loop, trace, random } = this.simulation;
    loop.restore(saved.loop);
    random.restore(saved.random);
    if (saved.processes !== undefined) this.cluster?.restoreProcesses(saved.processes);
    for (const [target, component] of loop.components().toSorted(imagesFirst))
      component.restore(saved.components[target]);
    this.#inputs.restore(saved.inputs);
    // Restoring must leave no trace of its own.
    loop.restore(saved.loop);
    random.restore(saved.random);
    trace.restore(saved.trace);
    for (const [name, extension] of this.#extensions)
      if (saved.extensions[name] !== undefined) extension.restore(saved.extensions[name]);
    this.#clusterWorld?.restored();
  }

  /** Trace hash, events and a hash over the whole state: equal in every run of the same inputs. */
  fingerprint(): Fingerprint {
    return { trace: this.simulation.trace.hash, events: this.simulation.loop.ran, state: hashPlain(this.snapshot()) };
  }

  #controlPlaneIp(): string {
    return this.options.topology.hosts.find(({ role }) => role === 'control-plane')?.ip ?? '';
  }

  #provideUnits(host: LabHost): void {
    const { simulation, cluster } = this;
    const cri = new ContainerdSocket({ simulation, host, sockets: this.network.sockets });
    new UnitComponent({
      simulation,
      host,
      unit: 'containerd.service',
      target: `containerd/${host.name}`,
      memoryBytes: 48_000_000,
      started: (pid) => {
        cri.listen(pid);
        tellUnsimulatedConfig(host);
      },
      ended: () => {
        cri.close();
      },
    });
    const cron = new CronDaemon(simulation, host);
    new UnitComponent({
      simulation,
      host,
      unit: 'cron.service',
      target: `cron-unit/${host.name}`,
      memoryBytes: 2_600_000,
      started: (pid) => {
        cron.started(pid);
      },
      ended: () => {
        cron.ended();
      },
    });
    if (cluster !== undefined) {
      new UnitComponent({
        simulation,
        host,
        unit: 'kubelet.service',
        target: `kubelet-unit/${host.name}`,
        memoryBytes: 78_000_000,
        started: (pid) => {
          cluster.processStarted('kubelet', host.name, pid);
        },
        ended: (pid) => {
          cluster.processEnded('kubelet', host.name, pid);
        },
      });
    }
    if (host.spec.docker) this.docker.set(host.name, this.#makeDocker(host));
  }

  #makeDocker(host: LabHost): DockerEngine {
    const { DockerEngine: Engine } = this.options.parts;
    if (Engine === undefined) throw new Error(`${host.name} has Docker, and its part of the engine is not loaded`);
    const { simulation, network } = this;
    return new Engine({ simulation, host, network, runtime: host.runtime, registry: host.registry });
  }

  #makeCluster(hosts: () => ReadonlyMap<string, LabHost>): ClusterWorld | undefined {
    const { topology, seed, parts } = this.options;
    const facts = topology.cluster;
    if (facts === undefined) return undefined;
    const { ClusterWorld: World } = parts;
    if (World === undefined)
      throw new Error(`${topology.name} has a cluster, and its part of the engine is not loaded`);
    const { simulation, network } = this;
    return new World({ simulation, network, topology, facts, seed, hosts });
  }
}

/** Container runtimes know which images' layers the file systems show. */
const imagesFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  Number(b.startsWith('runtime/')) - Number(a.startsWith('runtime/'));

/** /etc/hosts of every machine names its neighbours, as an installer of a lab would write it. */
function writeHostNames(hosts: ReadonlyMap<string, LabHost>, topology: Topology): void {
  const few = topology.hosts.length <= 32;
  for (const host of hosts.values()) {
    const others = few ? topology.hosts.map(({ ip, name }) => `${ip} ${name}`) : [`${host.spec.ip} ${host.name}`];
    host.files.root.write(
      '/etc/hosts',
      ['127.0.0.1 localhost', `127.0.1.1 ${host.name}`, '', ...others, ''].join('\n'),
    );
  }
}
