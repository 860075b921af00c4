/** What every verb is given: the process, the flags, the server, and ways to say something. */
import type { Process } from '../../../protocol/program.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Flags } from '../framework/flags.ts';
import { type Io } from '../../io.ts';
import { Api } from './api.ts';
import { Discovery } from './discovery.ts';
import { Fatal, FileFault, fatal, usageError } from './fatal.ts';
import { connectionOf, loadConfig, type Connection, type KubeConfig } from './kubeconfig.ts';

export type DryRun = 'none' | 'client' | 'server';

export class Context {
  readonly process: Process;
  readonly io: Io;
  readonly flags: Flags;
  /** Names from the root to the command. */
  readonly path: readonly string[];
  private loaded: KubeConfig | undefined;
  private connected: { readonly connection: Connection; readonly api: Api; readonly discovery: Discovery } | undefined;
  private readonly pendingErrors: string[] = [];
  private readonly warned = new Set<string>();

  /** Flags as far as they concern the connection. */
  private readonly global: Flags;

  /** `own` are the command's own flags: one of `create rolebinding --user` is no user of the kubeconfig. */
  constructor(process: Process, io: Io, flags: Flags, path: readonly string[], own: ReadonlySet<string> = new Set()) {
    this.global = own.size === 0 ? flags : flags.without(own);
    this.process = process;
    this.io = io;
    this.flags = flags;
    this.path = path;
  }

  get config(): KubeConfig {
    this.loaded ??= loadConfig(this.process, this.global);
    return this.loaded;
  }

  /** Reads the kubeconfig now. */
  connect(): void {
    this.link();
  }

  get connection(): Connection {
    return this.link().connection;
  }

  get api(): Api {
    return this.link().api;
  }

  get discovery(): Discovery {
    return this.link().discovery;
  }

  get namespace(): string {
    return this.connection.namespace;
  }

  /** How many different warnings the server gave. */
  get warnings(): number {
    return this.warned.size;
  }

  /** Wall clock of the host, ms. */
  get nowMs(): number {
    return this.process.time().realtimeUs / 1000;
  }

  line(text: string): void {
    this.io.line(text);
  }

  /** A line on standard error, after what standard output holds. */
  async error(text: string): Promise<void> {
    await this.flushWarnings();
    await this.io.flush();
    await this.process.write(2, encodeUtf8(text.endsWith('\n') ? text : `${text}\n`));
  }

  async flushWarnings(): Promise<void> {
    const texts = this.pendingErrors.splice(0);
    if (texts.length === 0) return;
    await this.io.flush();
    await this.process.write(2, encodeUtf8(texts.map((text) => `Warning: ${text}\n`).join('')));
  }

  /** Ends the command with a fault of usage. */
  usage(message: string): never {
    return usageError(this.path, message);
  }

  /** Ends the command at something that is not modelled. */
  notSimulated(what: string): never {
    throw new Fatal(`drydock: '${what}' is not simulated`);
  }

  /** What --dry-run says. */
  dryRun(): DryRun {
    const value = this.flags.string('dry-run');
    switch (value) {
      case '':
      case 'none':
      case 'false':
        return 'none';
      case 'client':
      case 'server':
        return value;
      case 'true':
        return fatal('Invalid dry-run value (true). Must be "none", "server", or "client".');
      case 'unchanged':
        return fatal(
          '--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".',
        );
      default:
        return fatal(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
    }
  }

  private link(): { readonly connection: Connection; readonly api: Api; readonly discovery: Discovery } {
    if (this.connected === undefined) {
      const connection = connectionOf(this.process, this.global, this.config);
      const api = new Api(this.process, connection, (text) => {
        if (this.warned.has(text)) return;
        this.warned.add(text);
        this.pendingErrors.push(text);
      });
      this.connected = { connection, api, discovery: new Discovery(api) };
    }
    return this.connected;
  }

  close(): void {
    this.connected?.api.close();
  }
}

interface Fault {
  readonly text: string;
  readonly listed: string;
  readonly inFile: boolean;
}

/** Gathers faults of several objects; one is told with its prefix, several as they are. */
export class Faults {
  private readonly faults: Fault[];

  /** `before` are texts of faults gathered before a checkpoint. */
  constructor(before: readonly string[] = []) {
    this.faults = before.map((text) => ({ text, listed: new Fatal(text).listed, inFile: false }));
  }

  /** The texts so far, for a checkpoint. */
  list(): readonly string[] {
    return this.faults.map(({ text }) => text);
  }

  /** Runs a step and keeps its fault. */
  async guard<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (problem) {
      this.add(problem);
      return undefined;
    }
  }

  add(problem: unknown): void {
    if (!(problem instanceof Fatal)) throw problem;
    this.faults.push({ text: problem.text, listed: problem.listed, inFile: problem instanceof FileFault });
  }

  get empty(): boolean {
    return this.faults.length === 0;
  }

  /** Ends the command if anything went wrong. */
  raise(): void {
    const [only] = this.faults;
    if (only === undefined) return;
    if (this.faults.length === 1) throw new Fatal(only.text);
    const inFiles = this.faults.filter(({ inFile }) => inFile).map(({ listed }) => listed);
    throw new Fatal(
      [
        ...this.faults.filter(({ inFile }) => !inFile).map(({ listed }) => listed),
        ...(inFiles.length > 1 ? [`[${inFiles.join(', ')}]`] : inFiles),
      ].join('\n'),
    );
  }
}
