/** Builds the machines of a topology: disk, kernel, network, systemd, container runtime. */
import type { Topology, TopologyHost } from '../../protocol/host.ts';
import type { ProgramTable } from '../../protocol/program.ts';
import { HostContainerRuntime } from '../machine/container/runtime.ts';
import { Registry } from '../machine/container/registry.ts';
import { RootfsStore } from '../machine/container/rootfs.ts';
import { createKernelHost } from '../machine/create-host.ts';
import { CONTAINER_DEVICES, HOST_DEVICES, PRIVILEGED_DEVICES } from '../machine/files/trees/device-trees.ts';
import type { FileTree } from '../machine/files/trees/file-tree.ts';
import { FileTreeTable } from '../machine/files/trees/file-tree.ts';
import { programPath, ubuntuRoot } from '../machine/files/trees/ubuntu-root.ts';
import type { HostFiles } from '../machine/files/host-files.ts';
import type { Host } from '../machine/host.ts';
import { IMAGES, NOT_SIMULATED } from '../machine/images/catalogue.ts';
import type { ImagePrograms } from '../machine/images/image-programs.ts';
import type { HostKernel } from '../machine/kernel/host-kernel.ts';
import type { ReactivePrograms } from '../machine/kernel/reactive/reactive-programs.ts';
import type { ReactiveProgram } from '../machine/kernel/reactive/reactive.ts';
import type { Network } from '../machine/net/interface.ts';
import { hostDatabase } from '../machine/packages/installed-packages.ts';
import { HostPower } from '../machine/power.ts';
import { HostSystemd } from '../machine/systemd/host-systemd.ts';
import type { Simulation } from '../sim/simulation.ts';
import { HOST_ENTRIES, HOST_PROGRAMS, NOT_ON_HOSTS } from './host-contents.ts';

export interface LabHost extends Host {
  readonly registry: Registry;
  readonly spec: TopologyHost;
  readonly files: HostFiles;
  readonly kernel: HostKernel;
  readonly systemd: HostSystemd;
  readonly runtime: HostContainerRuntime;
  readonly power: HostPower;
}

export interface LabParts {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly programs: ProgramTable;
  readonly imagePrograms: ImagePrograms;
  /** Programs of the engine's own components, per host. */
  componentPrograms(host: string): ReadonlyMap<string, ReactiveProgram>;
}

interface SharedContent {
  readonly tree: FileTree;
  readonly registry: Registry;
}
/** Made once per program table: content that every host of every sandbox shares. */
const contents = new Map<ProgramTable, SharedContent>();

function contentOf({ programs, imagePrograms }: LabParts): SharedContent {
  const known = contents.get(programs);
  if (known !== undefined) return known;
  const executables = [...new Set([...programs.keys(), ...HOST_PROGRAMS])].filter((name) => !NOT_ON_HOSTS.has(name));
  const made = {
    tree: ubuntuRoot({ programs: executables, entries: [...HOST_ENTRIES, ...hostDatabase(commandPaths(executables))] }),
    registry: new Registry(IMAGES, NOT_SIMULATED, imagePrograms),
  };
  contents.set(programs, made);
  return made;
}

/** Where the programs of a host may be: dpkg asks for its packages' paths. */
const commandPaths = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => programPath(name)));

export function buildHosts(topology: Topology, parts: LabParts): ReadonlyMap<string, LabHost> {
  const content = contentOf(parts);
  const trees = new FileTreeTable((id) => content.registry.layerTree(id));
  trees.add(content.tree);
  for (const tree of [...RootfsStore.trees, HOST_DEVICES, CONTAINER_DEVICES, PRIVILEGED_DEVICES]) trees.add(tree);
  return new Map(topology.hosts.map((spec) => [spec.name, buildHost(spec, parts, content, trees)]));
}

const programsOf = (components: ReadonlyMap<string, ReactiveProgram>, images: ImagePrograms): ReactivePrograms => ({
  get: (id) => components.get(id) ?? images.get(id),
  has: (id) => components.has(id) || images.has(id),
});

function buildHost(spec: TopologyHost, parts: LabParts, content: SharedContent, trees: FileTreeTable): LabHost {
  const { simulation, network, programs } = parts;
  const net = network.addHost({ name: spec.name, ip: spec.ip });
  const { kernel, files } = createKernelHost({
    simulation,
    name: spec.name,
    trees,
    rootTree: content.tree,
    programs,
    reactivePrograms: programsOf(parts.componentPrograms(spec.name), parts.imagePrograms),
    network: net,
    sockets: network.sockets,
    processors: spec.cpus,
    memoryBytes: spec.memoryBytes,
  });
  const systemd = new HostSystemd({
    simulation,
    host: spec.name,
    kernel,
    files,
    sockets: network.sockets,
    netns: net.netns,
    power: (action) => {
      power.shutDown(action);
    },
  });
  const power = new HostPower({ simulation, host: spec.name, kernel, files, network, systemd });
  const host = { name: spec.name, spec, kernel, files, net, systemd };
  return {
    ...host,
    power,
    registry: content.registry,
    runtime: new HostContainerRuntime(simulation, host, content.registry),
  };
}
