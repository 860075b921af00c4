/** Runs one command on a host with plain pipes, for the headless runner, acting checks and tests. */
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Host } from '../machine/host.ts';
import type { Component } from '../sim/component.ts';
import type { Simulation } from '../sim/simulation.ts';
import { loginEnvironment } from './terminals.ts';

export const SCRIPTS_TARGET = 'scripts';

export interface ScriptListener {
  output(channel: 'stdout' | 'stderr', bytes: Uint8Array): void;
  ended(exitCode: number): void;
}

export interface ScriptOptions {
  /** Its argument 0. */
  readonly name?: string;
  /** Somebody's own command, run in a login session, and not a look from outside. */
  readonly login?: boolean;
}

export interface RunningScript {
  readonly id: string;
  readonly pid: number;
  /** Bytes for standard input; answers how many were taken. */
  input(bytes: Uint8Array): number;
  closeInput(): void;
}

interface Script {
  readonly host: string;
  readonly pid: number;
  readonly streams: readonly [stdin: number, stdout: number, stderr: number];
  exitCode?: number;
  open: number;
}

export class ScriptRunner implements Component {
  readonly #scripts = new Map<string, Script>();
  /** Listeners are outside the simulation and not saved; a restored script's output is dropped. */
  readonly #listeners = new Map<string, ScriptListener>();

  constructor(
    simulation: Simulation,
    private readonly hosts: ReadonlyMap<string, Host>,
  ) {
    simulation.loop.register(SCRIPTS_TARGET, this);
  }

  /** Starts a program; answers why not where the host or the program is missing. */
  start(
    id: string,
    hostName: string,
    argv: readonly string[],
    listener: ScriptListener,
    { name, login = false }: ScriptOptions = {},
  ): RunningScript | { readonly error: string } {
    const host = this.hosts.get(hostName);
    if (host === undefined) return { error: `no host ${hostName}; there are ${[...this.hosts.keys()].join(', ')}` };
    const { streams } = host.kernel;
    const told = (
      channel: string,
    ): { readonly target: string; readonly type: string; readonly payload: { readonly [key: string]: Plain } } => ({
      target: SCRIPTS_TARGET,
      type: 'readable',
      payload: { script: id, channel },
    });
    const stdin = streams.create({});
    const stdout = streams.create({ readable: told('stdout') });
    const stderr = streams.create({ readable: told('stderr') });
    const pid = host.kernel.spawn({
      path: argv[0] ?? 'bash',
      argv: name === undefined ? argv : [name, ...argv.slice(1)],
      env: { ...loginEnvironment(), ...(login ? host.systemd.loginEnvironment({ uid: 0 }) : {}) },
      cwd: '/root',
      stdio: [stdin, stdout, stderr].map((stream) => ({ type: 'stream' as const, stream })) as unknown as [
        { type: 'stream'; stream: number },
        { type: 'stream'; stream: number },
        { type: 'stream'; stream: number },
      ],
      onExit: { target: SCRIPTS_TARGET, type: 'exited', payload: { script: id } },
    });
    if (failed(pid)) return { error: `${argv[0] ?? ''}: ${pid.errno}` };
    if (login) host.systemd.login({ user: 'root', uid: 0, service: 'login', leader: pid });
    this.#scripts.set(id, { host: hostName, pid, streams: [stdin, stdout, stderr], open: 2 });
    this.#listeners.set(id, listener);
    return {
      id,
      pid,
      input: (bytes) => {
        const taken = streams.write(stdin, bytes);
        return failed(taken) ? bytes.length : taken;
      },
      closeInput: () => {
        streams.closeWriter(stdin);
      },
    };
  }

  handle(type: string, payload: Plain): void {
    const {
      script: id,
      channel,
      exitCode,
    } = payload as { script: string; channel?: 'stdout' | 'stderr'; exitCode?: number };
    const script = this.#scripts.get(id);
    if (script === undefined) return;
    if (type === 'exited') {
      script.exitCode = exitCode ?? 0;
      this.#drain(id, script, 'stdout');
      this.#drain(id, script, 'stderr');
      // Background jobs may hold the pipes; the script's own end ends the run.
      this.#scripts.delete(id);
      this.#listeners.get(id)?.ended(script.exitCode);
      this.#listeners.delete(id);
    } else if (channel !== undefined) this.#drain(id, script, channel);
  }

  snapshot(): Plain {
    return [...this.#scripts].map(([id, script]) => ({ id, ...script }));
  }

  restore(state: Plain): void {
    this.#scripts.clear();
    for (const { id, ...script } of state as unknown as (Script & { id: string })[]) this.#scripts.set(id, script);
  }

  #drain(id: string, script: Script, channel: 'stdout' | 'stderr'): void {
    const host = this.hosts.get(script.host);
    const stream = script.streams[channel === 'stdout' ? 1 : 2];
    if (host === undefined) return;
    for (;;) {
      const bytes = host.kernel.streams.read(stream);
      if (bytes === undefined || bytes.length === 0) return;
      this.#listeners.get(id)?.output(channel, bytes);
    }
  }
}
