/**
 * The composition root: a topology, a seed and a table of programs become a running simulation. Everything that is
 * anywhere in the engine is put together here and in `assembly/`.
 */
import type { Topology } from '../protocol/host.ts';
import type { Exchange, HttpRequest } from '../protocol/http.ts';
import type { Plain } from '../protocol/plain.ts';
import type { Pid, ProgramTable } from '../protocol/program.ts';
import type { Input, Output, SandboxExtension, ServerName, WorldReader, WorldView } from '../protocol/simulation.ts';
import { Cluster } from './assembly/cluster/cluster.ts';
import { API_PORT } from './assembly/cluster/cluster-context.ts';
import { ClusterSetup } from './assembly/kubeadm/cluster-setup.ts';
import { writeNodeFiles } from './assembly/kubeadm/node-files.ts';
import { clusterPki } from './assembly/kubeadm/pki.ts';
import type { LabHost } from './assembly/lab-hosts.ts';
import { buildHosts } from './assembly/lab-hosts.ts';
import { SshKeys, writeSshFiles } from './assembly/ssh-files.ts';
import { Inputs } from './assembly/inputs.ts';
import { traceStore } from './assembly/store-trace.ts';
import { ScriptRunner } from './assembly/script-runner.ts';
import { Terminals } from './assembly/terminals.ts';
import { ContainerdSocket } from './assembly/containerd-socket.ts';
import { UnitComponent } from './assembly/unit-components.ts';
import { worldReader } from './assembly/world-reader.ts';
import { WorldProjection } from './assembly/world-view.ts';
import { DockerEngine } from './docker/engine.ts';
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
import { clusterReady, preloadImages } from './assembly/boot.ts';

export interface SandboxOptions {
  readonly topology: Topology;
  readonly seed: number;
  readonly programs: ProgramTable;
}

export interface Fingerprint {
  readonly trace: string;
  readonly events: number;
  readonly state: string;
}

/** A new world cannot need longer than this to come up, µs of virtual time. */
const BOOT_LIMIT_US = 600_000_000;

export function createSandbox(options: SandboxOptions): DrydockSandbox {
  return new DrydockSandbox(options);
}

export class DrydockSandbox implements Sandbox {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly hosts: ReadonlyMap<string, LabHost>;
  readonly cluster: Cluster | undefined;
  readonly docker = new Map<string, DockerEngine>();
  readonly scripts: ScriptRunner;
  readonly terminals: Terminals;
  readonly reader: WorldReader;
  readonly #inputs: Inputs;
  readonly #administrator: () => string;
  readonly #setup: ClusterSetup | undefined;
  readonly #projection: WorldProjection | undefined;
  readonly #listeners = new Set<(output: Output) => void>();
  readonly #extensions = new Map<string, SandboxExtension>();

  constructor(private readonly options: SandboxOptions) {
    const { topology, seed, programs } = options;
    this.simulation = createSimulation(seed, topology.startMs);
    const { simulation } = this;
    this.network = createNetwork(simulation);
    new PackageSites(simulation, this.network);
    const pki = clusterPki(seed, topology.startMs);
    this.#administrator = () =>
      pki.client({ commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'] }).certificatePem;
    let hosts: ReadonlyMap<string, LabHost> = new Map();
    this.cluster =
      topology.cluster === undefined
        ? undefined
        : new Cluster({
            simulation,
            network: this.network,
            topology,
            cluster: topology.cluster,
            pki,
            hosts: () => hosts,
          });
    const { cluster } = this;
    hosts = buildHosts(topology, {
      simulation,
      network: this.network,
      programs,
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
    if (cluster !== undefined && topology.cluster !== undefined) {
      const facts = topology.cluster;
      this.#setup = new ClusterSetup(
        simulation,
        () => ({
          cluster: facts,
          server: `https://${this.#controlPlaneIp()}:${String(API_PORT)}`,
          authorityPem: pki.authority.certificatePem,
        }),
        () => cluster.isRunning('kube-apiserver'),
        () => cluster.admin(),
        (apiVersion, kind) =>
          [...cluster.server.registry.all()].find((info) => info.apiVersion === apiVersion && info.kind === kind)
            ?.groupResource,
      );
      for (const host of hosts.values()) writeNodeFiles(host.files.root, host.spec, topology, facts, pki);
    }
    this.#projection = cluster === undefined ? undefined : new WorldProjection(cluster.store);
    if (cluster !== undefined) traceStore(cluster.store, simulation.trace);
    this.reader = worldReader(this);
    simulation.trace.subscribe((record) => {
      for (const extension of this.#extensions.values()) extension.observe(record);
    });
  }

  get topology(): Topology {
    return this.options.topology;
  }
  /** Where scripts run and the first terminal opens. */
  get defaultHost(): string {
    return this.options.topology.hosts[0]?.name ?? '';
  }

  async boot(driveHost: DriveHost): Promise<void> {
    const { simulation, cluster, options } = this;
    writeHostNames(this.hosts, options.topology);
    for (const host of this.hosts.values()) {
      if (cluster !== undefined && options.topology.cluster?.nodes === true) preloadImages(host);
      host.systemd.boot();
      if (options.topology.cluster?.nodes === true) host.systemd.enable('kubelet.service');
      if (options.topology.cluster?.nodes === true) host.systemd.start('kubelet.service');
      if (host.spec.docker) {
        host.systemd.enable('docker.service');
        host.systemd.start('docker.service');
      }
    }
    if (cluster === undefined) {
      await drive(simulation, driveHost, { untilUs: simulation.clock.nowUs + 5_000_000 });
      return;
    }
    if (options.topology.cluster?.nodes === false) this.#startApiOnly(cluster);
    this.#setup?.start();
    const untilUs = simulation.clock.nowUs + BOOT_LIMIT_US;
    await drive(simulation, driveHost, {
      untilUs,
      stop: () => this.#setup?.done === true && clusterReady(cluster, options.topology),
    });
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
      const identity =
        request.headers['authorization'] === undefined ? { clientCertificate: this.#administrator() } : {};
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
    const picture = this.#projection?.picture() ?? { nodes: [], pods: [], services: [], workloads: [] };
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
    this.#projection?.invalidate();
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
    if (host.spec.docker)
      this.docker.set(
        host.name,
        new DockerEngine({ simulation, host, network: this.network, runtime: host.runtime, registry: host.registry }),
      );
  }

  /** Clients' own test suites expect a server without nodes: its processes are started by hand. */
  #startApiOnly(cluster: Cluster): void {
    const host = this.hosts.get(cluster.controlPlane);
    if (host === undefined) return;
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager']) {
      const pid = host.kernel.spawnComponent({
        component: 'kubeadm',
        argv: [name],
        path: `/usr/local/bin/${name}`,
        env: {},
      });
      if (typeof pid === 'number') cluster.processStarted(name, host.name, pid);
    }
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
