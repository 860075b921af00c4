import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { executableText, type Process, type Program } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import { createSimulation } from '../../sim/create-simulation.ts';
import { drive } from '../../sim/drive.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Network } from '../net/interface.ts';
import { createNetwork } from '../net/network.ts';
import { createKernelHost } from '../create-host.ts';
import { FileTree, FileTreeTable, type FileTreeEntry } from '../files/trees/file-tree.ts';
import type { HostFiles } from '../files/host-files.ts';
import type { HostKernel } from './host-kernel.ts';
import type { ReactiveProgram } from './reactive/reactive.ts';

/** Remembers the events it gets. */
export class Recorder implements Component {
  readonly events: { readonly type: string; readonly payload: Plain }[] = [];
  handle(type: string, payload: Plain): void {
    this.events.push({ type, payload });
  }
  snapshot(): Plain {
    return undefined;
  }
  restore(): void {
    // Nothing to put back.
  }
}

export interface World {
  readonly simulation: Simulation;
  readonly network: Network | undefined;
  readonly kernel: HostKernel;
  readonly files: HostFiles;
  readonly recorder: Recorder;
  readonly run: (us?: number) => Promise<void>;
}

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A host whose /bin has the given programs. */
export function worldOf(
  programs: readonly Program[],
  options: {
    readonly reactive?: readonly ReactiveProgram[];
    readonly entries?: readonly FileTreeEntry[];
    readonly processors?: number;
    readonly network?: boolean;
  } = {},
): World {
  const simulation = createSimulation(7);
  const recorder = new Recorder();
  simulation.loop.register('test', recorder);
  const names = [...programs, ...(options.reactive ?? [])].map(({ name }) => name);
  const rootTree = new FileTree('test-root', [
    ...names.map((name) => ({ path: `bin/${name}`, type: 'file' as const, text: executableText(name), mode: 0o755 })),
    { path: 'tmp', type: 'directory', mode: 0o1777 },
    { path: 'etc/passwd', type: 'file', text: 'root:x:0:0::/root:/bin/sh\n' },
    ...(options.entries ?? []),
  ]);
  const network = options.network === true ? createNetwork(simulation) : undefined;
  const hostNetwork = network?.addHost({ name: 'alpha', ip: '192.168.56.10' });
  const { kernel, files } = createKernelHost({
    ...(network === undefined || hostNetwork === undefined ? {} : { network: hostNetwork, sockets: network.sockets }),
    simulation,
    name: 'alpha',
    trees: new FileTreeTable(),
    rootTree,
    programs: new Map(programs.map((program) => [program.name, program])),
    reactivePrograms: new Map((options.reactive ?? []).map((program) => [program.name, program])),
    processors: options.processors ?? 4,
  });
  return {
    simulation,
    network,
    kernel,
    files,
    recorder,
    run: async (us) => {
      const end = await drive(
        simulation,
        { macrotask },
        us === undefined ? {} : { untilUs: simulation.clock.nowUs + us },
      );
      if (us !== undefined && end !== 'stopped')
        simulation.clock.advanceTo(Math.max(simulation.clock.nowUs, simulation.clock.nowUs));
    },
  };
}

export const text = (value: string): Uint8Array => encodeUtf8(value);
export const readText = (bytes: Uint8Array | undefined): string => decodeUtf8(bytes ?? new Uint8Array(0));

/** A program from a function. */
export const program = (
  name: string,
  run: (process: Process) => Promise<number>,
  resume?: Program['resume'],
): Program => ({ name, run, ...(resume === undefined ? {} : { resume }) });

/** Spawns with output to one pipe that the test reads; answers how to read it. */
export function spawn(
  world: World,
  argv: readonly string[],
  extra: Partial<Parameters<HostKernel['spawn']>[0]> = {},
): { readonly pid: number; readonly output: () => string } {
  const out = world.kernel.streams.create({ readable: { target: 'test', type: 'output' }, capacity: 1_048_576 });
  const pid = world.kernel.spawn({
    path: argv[0] ?? '',
    argv,
    env: { PATH: '/bin' },
    stdio: [{ type: 'null' }, { type: 'stream', stream: out }, { type: 'stream', stream: out }],
    onExit: { target: 'test', type: 'exit' },
    ...extra,
  });
  if (failed(pid)) throw new Error(`spawn failed: ${pid.errno}`);
  return { pid, output: () => readText(world.kernel.streams.read(out)) };
}

/** Exit code that was told for a pid. */
export function exitCode(world: World, pid: number): unknown {
  const event = world.recorder.events.find(
    ({ type, payload }) => type === 'exit' && (payload as { pid?: number }).pid === pid,
  );
  return (event?.payload as { exitCode?: number } | undefined)?.exitCode;
}
