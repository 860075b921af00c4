/** Birth of processes: spawn, fork, exec. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { ForkOptions, Pid, SpawnOptions } from '../../../../protocol/program.ts';
import { ROOT } from '../../files/permissions.ts';
import { walk, type Walker } from '../../files/walk.ts';
import { isFrozen } from '../cgroups/cgroup-tree.ts';
import { inheritDescriptors, joinSession, openStdio } from './child-setup.ts';
import { COST, DEFAULT_PID_MAX, DEFAULT_PROGRAM_BYTES, FORKED_BYTES } from '../cost.ts';
import { credentialsAfterExec, findExecutable, loadExecutable, type Executable } from './executables.ts';
import type { ComponentProcessSpec, NamespaceSet, ProcessSpec } from '../interface.ts';
import { Journal } from './journal.ts';
import { Mortality } from './mortality.ts';
import { commandName, newRecord, type Birth } from './new-record.ts';
import { isAlive, type ProcessKind, type ProcessRecord } from './process-record.ts';

export class Lifecycle extends Mortality {
  #lastPid = 0;

  get lastPid(): number {
    return this.#lastPid;
  }
  set lastPid(pid: number) {
    this.#lastPid = pid;
  }

  /** A program file started by a component. */
  spawn(spec: ProcessSpec): Result<Pid> {
    const { kernel } = this;
    const prepared = this.#prepare(spec);
    if (failed(prepared)) return prepared;
    const { walker } = prepared;
    const executable = findExecutable(kernel, walker, spec.path, spec.argv, spec.env['PATH']);
    if (failed(executable)) return executable;
    const kind = this.kindOf(executable);
    const record = this.#birth({
      ...prepared,
      kind,
      called: executable.called,
      path: executable.path,
      argv: executable.argv,
      env: spec.env,
      bytes: this.#programBytes(kind),
    });
    if (failed(record)) return record;
    this.#dress(record, spec);
    record.credentials = credentialsAfterExec(record.credentials, executable, record.bounding, record.noNewPrivileges);
    const stdio = openStdio(this.kernel, record, spec, prepared.parent);
    if (failed(stdio)) return this.#stillborn(record, stdio);
    return this.#live(record);
  }

  spawnComponent(spec: ComponentProcessSpec): Result<Pid> {
    const prepared = this.#prepare(spec);
    if (failed(prepared)) return prepared;
    const kind: ProcessKind = { type: 'component', component: spec.component, handled: spec.handledSignals ?? [] };
    const record = this.#birth({
      ...prepared,
      kind,
      called: spec.path ?? spec.argv[0] ?? '',
      path: spec.path ?? spec.argv[0] ?? '',
      argv: spec.argv,
      env: spec.env,
      bytes: spec.memoryBytes ?? 20_971_520,
    });
    if (failed(record)) return record;
    this.#dress(record, spec);
    const stdio = openStdio(this.kernel, record, spec, prepared.parent);
    if (failed(stdio)) return this.#stillborn(record, stdio);
    record.running = true;
    return this.#live(record);
  }

  /** A child started by a process: fork and exec in one. */
  spawnChild(parent: ProcessRecord, path: string, argv: readonly string[], options: SpawnOptions = {}): Result<Pid> {
    const { kernel } = this;
    const env = options.env ?? parent.env;
    const credentials = options.credentials ?? parent.credentials;
    const base: Walker = { ...kernel.walkerOf(parent), credentials };
    const cwd = options.cwd === undefined ? parent.cwd : walk(base, options.cwd);
    if (failed(cwd)) return cwd;
    if (cwd.node.type !== 'directory') return fail('ENOTDIR');
    const walker: Walker = { ...base, cwd };
    const executable = findExecutable(kernel, walker, path, argv, env['PATH']);
    if (failed(executable)) return executable;
    const kind = this.kindOf(executable);
    const record = this.#child(parent, kind, {
      called: executable.called,
      path: executable.path,
      argv: executable.argv,
      env,
      walker,
    });
    if (failed(record)) return record;
    record.credentials = credentialsAfterExec(credentials, executable, record.bounding, record.noNewPrivileges);
    for (const signal of options.ignoredSignals ?? []) record.dispositions.set(signal, 'ignore');
    const fds = inheritDescriptors(this.kernel, parent, record, options.fds, true);
    if (failed(fds)) return this.#stillborn(record, fds);
    joinSession(this.kernel, parent, record, options);
    return this.#live(record);
  }

  /** A child that goes on from a state, of the same program or of the one that does its work. */
  fork(parent: ProcessRecord, state: Plain, options: ForkOptions = {}): Result<Pid> {
    const { kind } = parent;
    const record = this.#child(
      parent,
      kind.type === 'program' && options.program !== undefined ? { ...kind, program: options.program } : kind,
      {
        called: parent.path,
        path: parent.path,
        argv: parent.argv,
        env: parent.env,
        walker: this.kernel.walkerOf(parent),
      },
      FORKED_BYTES,
    );
    if (failed(record)) return record;
    record.credentials = parent.credentials;
    record.name = parent.name;
    record.journal = Journal.forked(state);
    for (const [signal, disposition] of parent.dispositions) record.dispositions.set(signal, disposition);
    for (const signal of options.ignoredSignals ?? []) record.dispositions.set(signal, 'ignore');
    const fds = inheritDescriptors(this.kernel, parent, record, options.fds, false);
    if (failed(fds)) return this.#stillborn(record, fds);
    joinSession(this.kernel, parent, record, options);
    return this.#live(record);
  }

  /** A worker process of a reactive program: a record that stands there. */
  forkWorker(parent: ProcessRecord, name: string, argv: readonly string[]): Result<Pid> {
    if (parent.kind.type !== 'reactive') return fail('ENOSYS');
    const kind: ProcessKind = { type: 'reactive', program: parent.kind.program, instance: undefined };
    const record = this.#child(parent, kind, {
      called: parent.path,
      path: parent.path,
      argv,
      env: parent.env,
      walker: this.kernel.walkerOf(parent),
    });
    if (failed(record)) return record;
    record.credentials = parent.credentials;
    record.name = name.slice(0, 15);
    record.running = true;
    inheritDescriptors(this.kernel, parent, record, undefined, false);
    return this.#live(record);
  }

  /** Replaces a process's program; the old one's calls never settle. */
  exec(
    record: ProcessRecord,
    path: string,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Result<void> {
    const executable = loadExecutable(this.kernel, this.kernel.walkerOf(record), path, argv);
    return failed(executable) ? executable : this.#become(record, executable, env);
  }

  /** exec after a search in PATH, as execvp(3). */
  execFound(record: ProcessRecord, path: string, argv: readonly string[]): Result<void> {
    const { env } = record;
    const executable = findExecutable(this.kernel, this.kernel.walkerOf(record), path, argv, env['PATH']);
    return failed(executable) ? executable : this.#become(record, executable, env);
  }

  #become(record: ProcessRecord, executable: Executable, env: Readonly<Record<string, string>>): void {
    const { kernel } = this;
    kernel.reactive.drop(record);
    record.generation += 1;
    record.pending.clear();
    record.kind = this.kindOf(executable);
    record.path = executable.path;
    record.name = commandName(executable.called);
    record.argv = executable.argv;
    record.env = env;
    record.credentials = credentialsAfterExec(record.credentials, executable, record.bounding, record.noNewPrivileges);
    record.journal = new Journal();
    record.caught = [];
    record.running = false;
    for (const [signal, disposition] of [...record.dispositions])
      if (disposition === 'catch') record.dispositions.delete(signal);
    for (const [fd, { closeOnExec }] of [...record.descriptors]) if (closeOnExec) kernel.descriptors.close(record, fd);
    this.#resizeMemory(record, this.#programBytes(record.kind));
    if (isAlive(record)) this.#launch(record);
  }

  kindOf({ program }: Executable): ProcessKind {
    return this.kernel.options.reactivePrograms.has(program)
      ? { type: 'reactive', program, instance: undefined }
      : { type: 'program', program };
  }

  // ---- parts

  #prepare(spec: Omit<ProcessSpec, 'path'>): Result<Pick<Birth, 'parent' | 'namespaces' | 'walker' | 'cgroup'>> {
    const { kernel } = this;
    const parent = kernel.records.get(spec.parent ?? kernel.namespaces.hostPids.init);
    const inherited =
      spec.parent === undefined ? kernel.namespaces.host : (parent?.namespaces ?? kernel.namespaces.host);
    const namespaces: NamespaceSet = { ...inherited, ...spec.namespaces };
    const own = spec.parent !== undefined && namespaces.mnt === inherited.mnt && parent !== undefined;
    const base = own ? kernel.walkerOf(parent) : kernel.files.walkerOf(namespaces.mnt);
    const walker: Walker = { ...base, cwd: own ? base.cwd : base.root, credentials: spec.credentials ?? ROOT };
    const cwd = spec.cwd === undefined ? walker.cwd : walk(walker, spec.cwd);
    if (failed(cwd)) return cwd;
    if (cwd.node.type !== 'directory') return fail('ENOTDIR');
    const cgroup =
      spec.cgroup === undefined ? (parent?.cgroup ?? kernel.cgroupTree.root) : kernel.cgroupTree.find(spec.cgroup);
    if (cgroup === undefined) return fail('ENOENT');
    return { parent, namespaces, walker: { ...walker, cwd }, cgroup };
  }

  #dress(record: ProcessRecord, spec: Omit<ProcessSpec, 'path'>): void {
    record.credentials = spec.credentials ?? ROOT;
    record.bounding = spec.boundingCapabilities ?? record.credentials.capabilities;
    if (spec.umask !== undefined) record.umask = spec.umask;
    if (spec.oomScoreAdj !== undefined) record.oomScoreAdj = spec.oomScoreAdj;
    record.noNewPrivileges = spec.noNewPrivileges === true;
    record.seccomp = spec.seccomp;
    record.onExit = spec.onExit;
    if (spec.rlimits !== undefined) record.limits = new Map([...record.limits, ...Object.entries(spec.rlimits)]);
    if (spec.pidVariable !== undefined) record.env = { ...record.env, [spec.pidVariable]: String(record.pid) };
    record.group = record.pid;
    record.session = record.pid;
  }

  #child(
    parent: ProcessRecord,
    kind: ProcessKind,
    what: Pick<Birth, 'called' | 'path' | 'argv' | 'env' | 'walker'>,
    bytes = this.#programBytes(kind),
  ): Result<ProcessRecord> {
    parent.debtUs += COST.fork;
    const limit = parent.limits.get('nproc')?.soft ?? Infinity;
    if (parent.credentials.uid !== 0 && this.#processesOf(parent.credentials.uid) >= limit) return fail('EAGAIN');
    const fresh: ProcessKind = kind.type === 'reactive' ? { ...kind, instance: undefined } : kind;
    const record = this.#birth({
      ...what,
      kind: fresh,
      parent,
      namespaces: parent.namespaces,
      cgroup: parent.cgroup,
      bytes,
    });
    if (failed(record)) return record;
    record.bounding = parent.bounding;
    record.umask = parent.umask;
    record.nice = parent.nice;
    record.oomScoreAdj = parent.oomScoreAdj;
    record.noNewPrivileges = parent.noNewPrivileges;
    record.seccomp = parent.seccomp;
    record.limits = parent.limits;
    record.group = parent.group;
    record.session = parent.session;
    record.tty = parent.tty;
    return record;
  }

  #processesOf(uid: number): number {
    let count = 0;
    for (const { credentials } of this.kernel.records.values()) if (credentials.uid === uid) count += 1;
    return count;
  }

  #birth(birth: Birth): Result<ProcessRecord> {
    const { kernel } = this;
    const { parent, namespaces, cgroup, bytes } = birth;
    if (!kernel.forkBound.hasRoom()) return kernel.forkBound.refuse(parent);
    if (kernel.namespaces.pids(namespaces.pid).dead) return fail('ENOMEM');
    const pid = this.#allocatePid();
    const entered = kernel.cgroupTree.enter(pid, cgroup, bytes);
    if (failed(entered)) return entered;
    kernel.namespaces.enter(pid, namespaces.pid);
    const init = kernel.namespaces.pids(namespaces.pid).init;
    const record = newRecord(birth, pid, parent?.pid ?? (init === pid ? 0 : init), kernel.simulation.clock.nowUs);
    kernel.records.set(pid, record);
    kernel.records.get(record.parent)?.children.add(pid);
    kernel.trace('process.spawned', record, { name: record.name, parent: record.parent });
    return record;
  }

  /**
   * Begins to live with what it was given: memory that is not there for it may end it, or others, at once.
   * Answers its pid also then; its end is told as any other.
   */
  #live(record: ProcessRecord): Pid {
    this.checkMemory(record.cgroup, record);
    if (isAlive(record)) this.checkHost(record);
    if (isAlive(record)) this.#launch(record);
    return record.pid;
  }

  #allocatePid(): Pid {
    do this.#lastPid = this.#lastPid >= DEFAULT_PID_MAX - 1 ? 300 : this.#lastPid + 1;
    while (this.kernel.records.has(this.#lastPid));
    return this.#lastPid;
  }

  #stillborn<T>(record: ProcessRecord, failure: T): T {
    const { kernel } = this;
    kernel.descriptors.closeAll(record);
    kernel.cgroupTree.leave(record.pid, record.cgroup, record.memoryBytes);
    kernel.namespaces.leave(record.pid, record.namespaces.pid);
    kernel.records.delete(record.pid);
    kernel.records.get(record.parent)?.children.delete(record.pid);
    return failure;
  }

  /** The program begins after its exec has been paid for. */
  #launch(record: ProcessRecord): void {
    const { kernel } = this;
    if (record.running) return;
    if (record.kind.type === 'reactive') {
      record.systemUs += COST.exec;
      record.cgroup.systemUs += COST.exec;
      kernel.simulation.loop.schedule(COST.exec, kernel.target, 'proc.start', { pid: record.pid });
      return;
    }
    record.busy = 'start';
    if (isFrozen(record.cgroup)) record.suspendedUs = COST.exec;
    else kernel.cpu.add(record.pid, COST.exec, record.cgroup, record.nice);
  }

  #programBytes(kind: ProcessKind): number {
    if (kind.type === 'component') return DEFAULT_PROGRAM_BYTES;
    const { programs, reactivePrograms } = this.kernel.options;
    const known = kind.type === 'reactive' ? reactivePrograms.get(kind.program) : programs.get(kind.program);
    return (typeof known === 'object' ? known.memoryBytes : undefined) ?? DEFAULT_PROGRAM_BYTES;
  }

  #resizeMemory(record: ProcessRecord, bytes: number): void {
    record.baseBytes = bytes;
    this.setMemory(record, bytes);
  }
}
