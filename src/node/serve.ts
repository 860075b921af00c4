/**
 * npm run -s serve: a sandbox behind plain HTTP on 127.0.0.1, in real time, for the official clients. Prints one line
 * `ready {json}` on standard output. Whoever sends no credentials acts as kubernetes-admin; a bearer token acts as its user.
 */
import { TOPOLOGY_NAMES, topologyOf } from '../engine/assembly/topologies.ts';
import type { DrydockSandbox } from '../engine/sandbox.ts';
import { createSandbox } from '../engine/sandbox.ts';
import { programs } from '../terminal/program-table.ts';
import { macrotask } from './macrotask.ts';
import { RealTime } from './serve/real-time.ts';
import { catchUp, dockerServer, kubernetesServer, open } from './serve/sandbox-servers.ts';
import type { ServeOptions } from './serve/serve-options.ts';
import { SERVE_USAGE, parseServeOptions } from './serve/serve-options.ts';

/** Longer than any topology takes to come up, ms of virtual time. */
const BOOT_MS = 60_000;

async function main(args: readonly string[]): Promise<number> {
  const options = parseServeOptions(args);
  if (typeof options === 'string') return complain(`${options}\n${SERVE_USAGE}`, 2);
  const topology = topologyOf(options.topology);
  if (topology === undefined) return complain(`no topology ${options.topology}; there are ${TOPOLOGY_NAMES}`, 2);
  // Clients compute ages with their own clock: the simulated one is brought up to it.
  const startMs = Math.floor(Date.now() / 1000) * 1000 - BOOT_MS;
  const sandbox = createSandbox({ topology: { ...topology, startMs }, seed: options.seed, programs });
  await sandbox.boot({ macrotask });
  await catchUp(sandbox);
  const realTime = new RealTime(sandbox.simulation, options.speed);
  const ports = await listen(sandbox, realTime, options);
  if (typeof ports === 'string') return complain(ports, 1);
  process.stdout.write(`ready ${JSON.stringify(ports)}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      realTime.stop();
    });
  }
  await realTime.run();
  return 0;
}

/** Opens the ports of the servers that the topology has; a string says which is taken. */
async function listen(
  sandbox: DrydockSandbox,
  realTime: RealTime,
  options: ServeOptions,
): Promise<Readonly<Record<string, string | number>> | string> {
  const ports: Record<string, string | number> = { topology: options.topology };
  if (sandbox.cluster !== undefined) {
    const port = await open(kubernetesServer(sandbox, realTime), options.kubePort);
    if (typeof port === 'string') return port;
    Object.assign(ports, { kubePort: port, kubernetes: `http://127.0.0.1:${String(port)}` });
  }
  const dockerHost = options.dockerHost ?? [...sandbox.docker.keys()][0];
  if (dockerHost !== undefined) {
    const port = await open(dockerServer(sandbox, realTime, dockerHost), options.dockerPort);
    if (typeof port === 'string') return port;
    Object.assign(ports, { dockerPort: port, docker: `tcp://127.0.0.1:${String(port)}`, dockerHost });
  }
  return ports;
}

function complain(message: string, status: number): number {
  process.stderr.write(`drydock: ${message}\n`);
  return status;
}

void main(process.argv.slice(2)).then((status) => process.exit(status));
