/** A host with dockerd for specs: everything real but systemd. */
import type { BodyChunk, ResponseHead } from '../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import { concatBytes, decodeUtf8 } from '../../protocol/bytes.ts';
import { createSimulation } from '../sim/create-simulation.ts';
import { drive } from '../sim/drive.ts';
import { HostContainerRuntime } from '../machine/container/runtime.ts';
import { Registry } from '../machine/container/registry.ts';
import { createKernelHost } from '../machine/create-host.ts';
import { FileTree, FileTreeTable } from '../machine/files/trees/file-tree.ts';
import type { Host } from '../machine/host.ts';
import { IMAGES, NOT_SIMULATED } from '../machine/images/catalogue.ts';
import { IMAGE_PROGRAMS } from '../machine/images/programs/all-programs.ts';
import { createNetwork } from '../machine/net/network.ts';
import type { Systemd } from '../machine/systemd/interface.ts';
import { DockerEngine } from './engine.ts';
import { DOCKER_SOCKET } from './listeners.ts';

export interface Reply {
  readonly status: number;
  readonly json: JsonValue | undefined;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export async function dockerHost(files: Readonly<Record<string, string>> = {}) {
  const simulation = createSimulation(7);
  const lab = createNetwork(simulation);
  const net = lab.addHost({ name: 'docker-1', ip: '192.168.56.10' });
  const rootTree = new FileTree('spec-root', [
    { type: 'directory', path: '/run' },
    { type: 'directory', path: '/tmp' },
    { type: 'symlink', path: '/var/run', target: '/run' },
    ...Object.entries({ '/etc/resolv.conf': 'nameserver 127.0.0.53\n', ...files }).map(
      ([path, text]) => ({ type: 'file', path, text }) as const,
    ),
  ]);
  const kernelHost = createKernelHost({
    simulation,
    name: 'docker-1',
    trees: new FileTreeTable(),
    rootTree,
    programs: new Map(),
    reactivePrograms: IMAGE_PROGRAMS,
    network: net,
    sockets: lab.sockets,
    processors: 2,
  });
  const journal: string[] = [];
  const systemd = {
    provide: () => undefined,
    ready: () => undefined,
    log: (_unit: string, message: string) => void journal.push(message),
  } as unknown as Systemd;
  const host: Host = { name: 'docker-1', ...kernelHost, net, systemd };
  const registry = new Registry(IMAGES, NOT_SIMULATED);
  const runtime = new HostContainerRuntime(simulation, host, registry);
  const engine = new DockerEngine({ simulation, host, network: lab, runtime, registry });
  const macrotask = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const advance = (us: number) => drive(simulation, { macrotask }, { untilUs: simulation.clock.nowUs + us });
  const pid = kernelHost.kernel.spawnComponent({ component: engine.target, argv: ['/usr/bin/dockerd'], env: {} });
  engine.handle('service.start', { pid: typeof pid === 'number' ? pid : 0 });
  await advance(1_000_000);

  const exchange = (method: string, target: string, body?: JsonObject | Uint8Array) => {
    const address = kernelHost.kernel.unixAddress(DOCKER_SOCKET);
    const endpoint = {
      netns: net.netns,
      address: 'errno' in address || address.family !== 'unix' ? { errno: 'ENOENT' as const } : address,
    };
    return lab.outside.handle(endpoint, {
      method,
      target,
      headers: body instanceof Uint8Array ? { 'content-type': 'application/x-tar' } : {},
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? { bytes: body } : { object: body } }),
    });
  };
  /** Asks and runs the world for `us` of virtual time, or until the answer is whole. */
  const ask = async (
    method: string,
    target: string,
    body?: JsonObject | Uint8Array,
    us = 30_000_000,
  ): Promise<Reply> => {
    let head: ResponseHead | undefined;
    let ended = false;
    const chunks: BodyChunk[] = [];
    exchange(method, target, body).listen((event) => {
      if (event.type === 'head') head = event.head;
      else if (event.type === 'chunk') chunks.push(event.chunk);
      else if (event.type === 'end') ended = true;
    });
    await drive(simulation, { macrotask }, { untilUs: simulation.clock.nowUs + us, stop: () => ended });
    const [first] = chunks;
    return {
      status: head?.status ?? 0,
      json: first !== undefined && 'object' in first ? first.object : undefined,
      text: chunks
        .map((chunk) => ('bytes' in chunk ? decodeUtf8(chunk.bytes) : JSON.stringify(chunk.object)))
        .join('\n'),
      bytes: concatBytes(chunks.map((chunk) => ('bytes' in chunk ? chunk.bytes : new Uint8Array(0)))),
    };
  };
  return { simulation, lab, host, runtime, engine, journal, advance, ask, exchange };
}
