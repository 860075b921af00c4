/**
 * One world and two clients: the official one as a process of this machine, ours as a process of a simulated host.
 * Both ask the same servers at the same time of the same clock, so that their whole output can be compared.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { topologyOf } from '../../engine/assembly/topologies.ts';
import type { DrydockSandbox } from '../../engine/sandbox.ts';
import { createSandbox } from '../../engine/sandbox.ts';
import { programs } from '../../terminal/program-table.ts';
import { macrotask } from '../macrotask.ts';
import { RealTime } from '../serve/real-time.ts';
import { catchUp, dockerServer, kubernetesServer, open } from '../serve/sandbox-servers.ts';
import type { Ran } from './served-sandbox.spec-support.ts';
import { start } from './served-sandbox.spec-support.ts';

export class Tandem {
  /** Home and working directory of the official client. */
  readonly home = mkdtempSync(join(tmpdir(), 'drydock-tandem-'));
  readonly #realTime: RealTime;
  readonly #running: Promise<void>;
  #scripts = 0;

  private constructor(
    private readonly sandbox: DrydockSandbox,
    private readonly servers: readonly Server[],
    realTime: RealTime,
    readonly ports: { readonly kubernetes: number; readonly docker: number },
  ) {
    this.#realTime = realTime;
    this.#running = realTime.run();
  }

  /** A world that came up `ageMinutes` ago; `prepare` is a script that its default host ran at the beginning. */
  static async begin(topologyName: string, ageMinutes: number, prepare = 'true'): Promise<Tandem> {
    const topology = topologyOf(topologyName);
    if (topology === undefined) throw new Error(`no topology ${topologyName}`);
    const startMs = Math.floor(Date.now() / 1000) * 1000 - ageMinutes * 60_000;
    const sandbox = createSandbox({ topology: { ...topology, startMs }, seed: 1, programs });
    await sandbox.boot({ macrotask });
    const prepared = sandbox.scripts.start('prepare', sandbox.defaultHost, ['bash', '-c', prepare], {
      output: () => undefined,
      ended: () => undefined,
    });
    if ('error' in prepared) throw new Error(prepared.error);
    prepared.closeInput();
    await catchUp(sandbox);
    const realTime = new RealTime(sandbox.simulation, 1);
    const dockerHost = [...sandbox.docker.keys()][0];
    const kubernetes = sandbox.cluster === undefined ? undefined : kubernetesServer(sandbox, realTime);
    const docker = dockerHost === undefined ? undefined : dockerServer(sandbox, realTime, dockerHost);
    const ports = { kubernetes: await portOf(kubernetes), docker: await portOf(docker) };
    return new Tandem(
      sandbox,
      [kubernetes, docker].filter((server) => server !== undefined),
      realTime,
      ports,
    );
  }

  /** The same file beside both clients, by a relative path. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.home, path)), { recursive: true });
    writeFileSync(join(this.home, path), text);
    this.sandbox.writeFile(this.sandbox.defaultHost, `/root/${path}`, text);
  }

  /** A text file of the host that ours runs on. */
  read(path: string): string {
    const text = this.sandbox.hosts.get(this.sandbox.defaultHost)?.files.root.readText(path);
    if (typeof text !== 'string') throw new Error(`${path}: ${text?.errno ?? 'no host'}`);
    return text;
  }

  /** Runs the official client at `path`. */
  theirs(path: string, args: readonly string[], env: Readonly<Record<string, string>>, input?: string): Promise<Ran> {
    return start(path, args, { HOME: this.home, ...env }, input, this.home).done;
  }

  /** Runs a program of the simulated host, in /root as root. */
  ours(argv: readonly string[], input = ''): Promise<Ran> {
    return new Promise((resolve) => {
      this.#realTime.act(() => {
        const text = { stdout: '', stderr: '' };
        const id = `tandem-${String((this.#scripts += 1))}`;
        const decoder = { stdout: new TextDecoder(), stderr: new TextDecoder() };
        const script = this.sandbox.scripts.start(id, this.sandbox.defaultHost, argv, {
          output: (channel, bytes) => {
            text[channel] += decoder[channel].decode(bytes, { stream: true });
          },
          ended: (code) => {
            resolve({ code, ...text });
          },
        });
        if ('error' in script) throw new Error(script.error);
        script.input(new TextEncoder().encode(input));
        script.closeInput();
      });
    });
  }

  async end(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
    this.#realTime.stop();
    await this.#running;
    rmSync(this.home, { recursive: true, force: true });
  }
}

async function portOf(server: Server | undefined): Promise<number> {
  if (server === undefined) return 0;
  const port = await open(server, 0);
  if (typeof port === 'string') throw new Error(port);
  return port;
}
