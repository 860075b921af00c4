import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fd, Pid, Process, Program, Signal, SpawnOptions, WaitStatus } from '../../protocol/program.ts';
import { Died } from './died.spec-support.ts';
import { makeContext } from './test-context.spec-support.ts';
import type { OpenFile } from './open-file.spec-support.ts';
import type { TestWorld } from './test-world.spec-support.ts';

const IGNORED_BY_DEFAULT: readonly Signal[] = ['SIGCHLD', 'SIGCONT', 'SIGWINCH', 'SIGURG'];

/** A process: descriptors, signals, children. Its program sees it through `makeContext`. */
export class TestProcess {
  readonly world: TestWorld;
  readonly pid: Pid;
  readonly ppid: Pid;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  directory: string;
  readonly fds = new Map<Fd, { readonly file: OpenFile; cloexec: boolean }>();
  mask = 0o022;
  group: Pid;
  /** What is not here is unlimited; these Linux starts every process with. */
  limits = new Map<string, { readonly soft: number; readonly hard: number }>([
    ['nice', { soft: 0, hard: 0 }],
    ['rtprio', { soft: 0, hard: 0 }],
    ['msgqueue', { soft: 819_200, hard: 819_200 }],
  ]);
  readonly dispositions = new Map<Signal, string>();
  pendingSignals: Signal[] = [];
  status: WaitStatus | undefined;
  readonly children = new Map<Pid, TestProcess>();
  /** Grows when another program takes the process over (exec) or it is killed. */
  generation = 0;
  #waiters: (() => void)[] = [];

  constructor(
    world: TestWorld,
    parent: TestProcess | undefined,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    directory: string,
  ) {
    this.world = world;
    this.pid = world.takePid();
    this.ppid = parent?.pid ?? 1;
    this.group = parent?.group ?? this.pid;
    this.argv = argv;
    this.env = env;
    this.directory = directory;
    world.processes.set(this.pid, this);
    if (parent === undefined) return;
    parent.children.set(this.pid, this);
    this.mask = parent.mask;
    this.limits = new Map(parent.limits);
    for (const [signal, how] of parent.dispositions) if (how === 'ignore') this.dispositions.set(signal, how);
  }

  /** A child that has not started to run anything. */
  bear(argv: readonly string[], env = this.env, directory = this.directory): TestProcess {
    return new TestProcess(this.world, this, argv, env, directory);
  }

  /** Waits until `register` calls back or a caught signal comes; ends the program where the process has gone meanwhile. */
  async blocked(register: (wake: () => void) => void): Promise<void> {
    if (this.pendingSignals.length === 0)
      await new Promise<void>((done) => {
        this.#waiters.push(done);
        register(done);
      });
    if (this.status !== undefined) throw new Died();
  }
  wake(): void {
    this.world.activity += 1;
    const list = this.#waiters;
    this.#waiters = [];
    for (const run of list) run();
  }

  resolve(name: string): string {
    const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(name);
    if (standard >= 0 || name.startsWith('/dev/fd/')) {
      const fd = standard >= 0 ? standard : Number(name.slice(8));
      return `/proc/self/fd/${String(this.fds.get(fd)?.file.real ?? 0)}`;
    }
    return path.resolve(this.directory, name) + (name.endsWith('/') && name.length > 1 ? '/' : '');
  }

  exit(status: WaitStatus): void {
    if (this.status !== undefined) return;
    this.status = status;
    for (const fd of [...this.fds.keys()]) this.closeFd(fd);
    const parent = this.world.processes.get(this.ppid);
    parent?.wake();
    parent?.signal('SIGCHLD');
    this.wake();
  }

  closeFd(fd: Fd): boolean {
    const entry = this.fds.get(fd);
    if (entry === undefined) return false;
    this.fds.delete(fd);
    const { file } = entry;
    file.count -= 1;
    if (file.count > 0) return true;
    if (file.real !== undefined) fs.closeSync(file.real);
    if (file.pipe === undefined) return true;
    if (file.kind === 'pipe-read') file.pipe.readers -= 1;
    else file.pipe.writers -= 1;
    file.pipe.wake();
    return true;
  }
  install(file: OpenFile, atLeast = 0): Fd {
    let fd = atLeast;
    while (this.fds.has(fd)) fd += 1;
    file.count += 1;
    this.fds.set(fd, { file, cloexec: false });
    return fd;
  }

  signal(signal: Signal): void {
    if (this.status !== undefined) return;
    const how = this.dispositions.get(signal) ?? 'default';
    if (signal === 'SIGKILL' || (how === 'default' && !IGNORED_BY_DEFAULT.includes(signal))) {
      this.generation += 1;
      this.exit({ pid: this.pid, type: 'killed', signal });
    } else if (how === 'catch') {
      this.pendingSignals.push(signal);
      this.wake();
    }
  }

  /** Starts a program in this process. */
  launch(load: () => Program | Promise<Program>, run: (program: Program, context: Process) => Promise<number>): void {
    const { generation, world } = this;
    const gone = (): boolean => generation !== this.generation;
    const start = async (): Promise<number> => {
      world.loading += 1;
      const program = await load();
      world.loading -= 1;
      return await run(program, makeContext(this));
    };
    void start().then(
      (code) => {
        if (!gone()) this.exit({ pid: this.pid, type: 'exited', code: code & 255 });
      },
      (error: unknown) => {
        if (error instanceof Died || gone()) return;
        world.crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
        this.exit({ pid: this.pid, type: 'exited', code: 134 });
      },
    );
  }

  /** What a child inherits. */
  copyFds(child: TestProcess, options: SpawnOptions | undefined, exec: boolean): void {
    const map =
      options?.fds ?? [...this.fds].filter(([, { cloexec }]) => !exec || !cloexec).map(([fd]) => [fd, fd] as const);
    for (const [to, from] of map) {
      const entry = this.fds.get(from);
      if (entry === undefined) continue;
      entry.file.count += 1;
      child.fds.set(to, { file: entry.file, cloexec: options?.fds === undefined && !exec && entry.cloexec });
    }
    if (options?.processGroup !== undefined)
      child.group = options.processGroup === 0 ? child.pid : options.processGroup;
    for (const signal of options?.ignoredSignals ?? []) child.dispositions.set(signal, 'ignore');
  }
}
