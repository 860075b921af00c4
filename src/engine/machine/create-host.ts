import type { ProgramTable } from '../../protocol/program.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { FileTree, FileTreeTable } from './files/trees/file-tree.ts';
import { HostFiles } from './files/host-files.ts';
import { HostKernel } from './kernel/host-kernel.ts';
import { NamespaceTable } from './kernel/namespaces.ts';
import type { ReactivePrograms } from './kernel/reactive/reactive-programs.ts';
import type { HostNetwork, Sockets } from './net/interface.ts';

/** A machine of 8 GB, without what its firmware keeps. */
const DEFAULT_MEMORY_BYTES = 8_323_596_288;

export interface KernelHostOptions {
  readonly simulation: Simulation;
  readonly name: string;
  /** One table for the sandbox. */
  readonly trees: FileTreeTable;
  readonly rootTree: FileTree;
  readonly programs: ProgramTable;
  readonly reactivePrograms: ReactivePrograms;
  /** Absent in tests that need no network. */
  readonly network?: HostNetwork;
  readonly sockets?: Sockets;
  readonly processors?: number;
  /** About 8 GB by default. */
  readonly memoryBytes?: number;
  /** Of the root disk; 40 GiB by default. */
  readonly diskBytes?: number;
}

export interface KernelHost {
  readonly kernel: HostKernel;
  readonly files: HostFiles;
}

/**
 * Makes a host's kernel and files and registers them as `kernel/<name>`. The disk is formatted and the usual file systems
 * are mounted; a restore replaces all of it.
 */
export function createKernelHost(options: KernelHostOptions): KernelHost {
  const { simulation, name, network, sockets } = options;
  const memoryBytes = options.memoryBytes ?? DEFAULT_MEMORY_BYTES;
  const namespaces = new NamespaceTable(name, network?.netns);
  const files = new HostFiles({
    host: name,
    target: `kernel/${name}`,
    loop: simulation.loop,
    trees: options.trees,
    rootTree: options.rootTree,
    diskBytes: options.diskBytes ?? 42_949_672_960,
    memoryBytes,
    hostNamespace: namespaces.host.mnt,
    allocateNamespace: () => namespaces.allocate('mnt'),
  });
  const kernel = new HostKernel({
    simulation,
    host: name,
    files,
    namespaces,
    network,
    sockets,
    programs: options.programs,
    reactivePrograms: options.reactivePrograms,
    ...(options.processors === undefined ? {} : { processors: options.processors }),
    memoryBytes,
  });
  files.format();
  files.root.write('/etc/hostname', `${name}\n`);
  files.root.write('/etc/machine-id', `${simulation.random.for('host', name, 'machine-id').hex(32)}\n`, {
    mode: 0o444,
  });
  return { kernel, files };
}
