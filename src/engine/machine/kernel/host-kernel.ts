/**
 * The kernel of one host: processes, their files, signals, terminals, cgroups and namespaces.
 * Models what protocol/program.ts and interface.ts say. Leaves out: threads, shared memory, ptrace, futexes.
 */
import { failed, fail, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Credentials, Fd, Pid, ProgramTable, Signal } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { HostFiles } from '../files/host-files.ts';
import { hasCapability, mayAccess, ROOT } from '../files/permissions.ts';
import type { Vnode } from '../files/vnode.ts';
import { walk, type Walker } from '../files/walk.ts';
import { nodeKey } from '../files/vnode.ts';
import type { BindAddress, HostNetwork, SocketId, Sockets } from '../net/interface.ts';
import { attempt } from './processes/blocking-calls.ts';
import { CgroupService } from './cgroups/cgroup-service.ts';
import { CgroupTree } from './cgroups/cgroup-tree.ts';
import { DescriptorTable } from './descriptors/descriptor-table.ts';
import { CpuScheduler } from './cpu/cpu.ts';
import { findExecutable } from './processes/executables.ts';
import { OomKiller } from './memory/oom-killer.ts';
import { ForkBound } from './processes/fork-bound.ts';
import type {
  ComponentProcessSpec,
  Kernel,
  KernelModule,
  NamespaceId,
  ProcessSpec,
  ProcessView,
  SwapArea,
} from './interface.ts';
import { handleEvent } from './kernel-events.ts';
import { Lifecycle } from './processes/lifecycle.ts';
import { type NamespaceTable } from './namespaces.ts';
import { viewOf } from './processes/process-view.ts';
import { exitCodeOf, isAlive, type PendingCall, type ProcessRecord } from './processes/process-record.ts';
import { isStuck, ProgramRunner } from './processes/program-runner.ts';
import type { ReactivePrograms } from './reactive/reactive-programs.ts';
import { ReactiveHost } from './reactive/reactive-host.ts';
import { passesFilter } from './security/seccomp.ts';
import { SignalService } from './processes/signals.ts';
import { restoreKernel, snapshotKernel } from './kernel-snapshot.ts';
import { FileLocks } from './descriptors/file-locks.ts';
import { PipeTable, type Waiter } from './descriptors/streams.ts';
import { SystemTables } from './system-tables.ts';
import { TtyTable } from './tty/ttys.ts';
import { registerSynthetic } from './synthetic-mounts.ts';

export interface HostKernelOptions {
  readonly simulation: Simulation;
  readonly host: string;
  readonly files: HostFiles;
  readonly namespaces: NamespaceTable;
  readonly network: HostNetwork | undefined;
  readonly sockets: Sockets | undefined;
  readonly programs: ProgramTable;
  readonly reactivePrograms: ReactivePrograms;
  readonly processors?: number;
  readonly memoryBytes: number;
}

export class HostKernel implements Kernel, Component {
  readonly host: string;
  readonly target: string;
  readonly simulation: Simulation;
  readonly files: HostFiles;
  readonly network: HostNetwork | undefined;
  readonly sockets: Sockets | undefined;
  readonly namespaces: NamespaceTable;
  readonly streams: PipeTable;
  readonly locks: FileLocks;
  readonly ttys: TtyTable;
  readonly cgroupTree: CgroupTree;
  readonly cgroups: CgroupService;
  readonly cpu: CpuScheduler;
  readonly descriptors: DescriptorTable;
  readonly lifecycle: Lifecycle;
  readonly forkBound = new ForkBound(this);
  readonly oomKiller = new OomKiller(this);
  readonly signals: SignalService;
  readonly runner: ProgramRunner;
  readonly reactive: ReactiveHost;
  readonly tables: SystemTables;
  readonly processors: number;
  readonly memoryBytes: number;
  /** By pid, ascending. */
  readonly records = new Map<Pid, ProcessRecord>();
  /** The process whose call is being served: /proc/self. */
  caller: Pid = 0;
  resting: (() => void) | undefined;
  bootedUs: number;

  constructor(readonly options: HostKernelOptions) {
    const { simulation, host } = options;
    this.host = host;
    this.target = `kernel/${host}`;
    this.simulation = simulation;
    this.files = options.files;
    this.network = options.network;
    this.sockets = options.sockets;
    this.namespaces = options.namespaces;
    this.processors = options.processors ?? 4;
    this.cgroupTree = new CgroupTree(this.processors, (group) => {
      if (group.whenEmpty !== undefined) tell(simulation.loop, group.whenEmpty, { path: group.path });
    });
    this.memoryBytes = options.memoryBytes;
    this.bootedUs = simulation.clock.nowUs;
    this.streams = new PipeTable(simulation.loop, (waiters) => {
      this.wake(waiters);
    });
    this.locks = new FileLocks((waiters) => {
      this.wake(waiters);
    });
    this.signals = new SignalService(this);
    this.ttys = new TtyTable(simulation.loop, {
      nowMs: () => simulation.clock.unixMs,
      wake: (waiters) => {
        this.wake(waiters);
      },
      signalGroup: (group, signal) => {
        this.signals.sendToGroup(group, signal);
      },
      hangUp: (tty) => {
        this.signals.hangUp(tty);
      },
    });
    this.cgroups = new CgroupService(this);
    this.cpu = new CpuScheduler(simulation.clock, simulation.loop, this.target, this.processors, this.cgroupTree, {
      charge: (pid, us) => {
        this.runner.charge(pid, us);
      },
      done: (pid) => {
        this.runner.cpuDone(pid);
      },
    });
    this.descriptors = new DescriptorTable(this);
    this.lifecycle = new Lifecycle(this);
    this.runner = new ProgramRunner(this);
    this.reactive = new ReactiveHost(this);
    this.tables = new SystemTables(this);
    registerSynthetic(this);
    simulation.loop.register(this.target, this);
    this.reactive.attach();
  }

  get uptimeUs(): number {
    return this.simulation.clock.nowUs - this.bootedUs;
  }

  // ---- Component

  handle(type: string, payload: Plain): void {
    handleEvent(this, type, payload);
  }

  snapshot(): Plain {
    return snapshotKernel(this);
  }

  restore(state: Plain): void {
    restoreKernel(this, state);
  }

  /** Every process ends at once, and what the kernel kept in memory is gone. */
  powerOff(): void {
    this.resting?.();
    for (const tty of this.ttys.ids()) this.ttys.hangup(tty);
    this.cpu.together(() => {
      for (const record of [...this.records.values()].toReversed())
        this.lifecycle.die(record, { pid: record.pid, type: 'killed', signal: 'SIGKILL' });
    });
    this.cgroupTree.clear();
    this.tables.clear();
    this.lifecycle.lastPid = 0;
  }

  /** A boot begins: its clock runs from now. */
  powerOn(hostname: string): void {
    this.bootedUs = this.simulation.clock.nowUs;
    this.namespaces.startAnew(hostname);
    this.tables.beginBoot();
  }

  // ---- processes

  spawn(spec: ProcessSpec): Result<Pid> {
    this.resting?.();
    return this.lifecycle.spawn(spec);
  }

  spawnComponent(spec: ComponentProcessSpec): Result<Pid> {
    this.resting?.();
    return this.lifecycle.spawnComponent(spec);
  }

  exitComponent(pid: Pid, code: number): void {
    const record = this.records.get(pid);
    if (record !== undefined && isAlive(record)) this.lifecycle.die(record, { pid, type: 'exited', code: code & 255 });
  }

  watchExit(pid: Pid, notify: Notify): void {
    const record = this.records.get(pid);
    if (record !== undefined && isAlive(record)) record.onExit = notify;
  }

  kill(pid: Pid, signal: Signal | 0): Result<void> {
    const record = this.records.get(pid);
    if (record === undefined) return fail('ESRCH');
    if (signal !== 0) this.signals.send(record, signal);
  }

  killGroup(group: Pid, signal: Signal): Result<void> {
    return this.signals.sendToGroup(group, signal) === 0 ? fail('ESRCH') : undefined;
  }

  killNamespace(pidNamespace: NamespaceId): void {
    const { init } = this.namespaces.pids(pidNamespace);
    const record = this.records.get(init);
    if (record !== undefined) this.signals.send(record, 'SIGKILL');
  }

  process(pid: Pid): ProcessView | undefined {
    const record = this.records.get(pid);
    return record === undefined ? undefined : viewOf(this, record);
  }

  processes(): readonly ProcessView[] {
    this.resting?.();
    return [...this.records.values()].map((record) => viewOf(this, record));
  }

  canExecute(
    path: string,
    env: Readonly<Record<string, string>>,
    mountNamespace: NamespaceId,
    credentials: Credentials = ROOT,
  ): Result<string> {
    const walker: Walker = { ...this.files.walkerOf(mountNamespace), credentials };
    const found = findExecutable(this, walker, path, [path], env['PATH']);
    return failed(found) ? found : found.called;
  }

  unixAddress(path: string, options: Parameters<Kernel['unixAddress']>[1] = {}): Result<BindAddress> {
    return this.unixAddressOf(this.files.walkerOf(options.namespace ?? this.namespaces.host.mnt), path, options.create);
  }

  unixAddressOf(
    walker: Walker,
    path: string,
    create: { readonly mode?: number; readonly uid?: number; readonly gid?: number } | undefined,
  ): Result<BindAddress> {
    if (path.startsWith('@')) return { family: 'unix', path, key: `${this.host}:${path}` };
    if (create !== undefined) {
      const made = this.descriptors.callsOf(() => walker).mknod(path, 'socket', create.mode ?? 0o755);
      if (failed(made)) return made.errno === 'EEXIST' ? fail('EADDRINUSE') : made;
    }
    const place = walk(walker, path);
    if (failed(place)) return place;
    if (place.node.type !== 'socket') return fail('ECONNREFUSED');
    // unix(7): connecting needs write permission on the socket.
    if (create === undefined && !mayAccess(walker.credentials, place.node.stat(), 'write')) return fail('EACCES');
    if (create?.uid !== undefined || create?.gid !== undefined)
      place.node.change({ uid: create.uid ?? 0, gid: create.gid ?? 0 });
    return { family: 'unix', path, key: `${this.host}:${nodeKey(place.node)}` };
  }

  openSocket(pid: Pid, socket: SocketId, kind: 'listening' | 'stream' | 'datagram'): Result<Fd> {
    const record = this.records.get(pid);
    return record === undefined
      ? fail('ESRCH')
      : this.descriptors.installSocket(record, socket, {
          listening: kind === 'listening',
          datagram: kind === 'datagram',
        });
  }

  closeDescriptor(pid: Pid, fd: Fd): Result<void> {
    const record = this.records.get(pid);
    return record === undefined ? fail('ESRCH') : this.descriptors.close(record, fd);
  }

  charge(pid: Pid, us: number): void {
    this.runner.charge(pid, us);
  }

  setMemory(pid: Pid, bytes: number): void {
    const record = this.records.get(pid);
    if (record !== undefined && isAlive(record)) this.lifecycle.setMemory(record, bytes);
  }

  sysctl(name: string, networkNamespace?: NamespaceId): string | undefined {
    return this.tables.sysctl(name, networkNamespace);
  }

  setSysctl(name: string, value: string, networkNamespace?: NamespaceId): Result<void> {
    return this.tables.setSysctl(name, value, networkNamespace);
  }

  modules(): readonly KernelModule[] {
    return this.tables.modules();
  }

  loadModule(name: string): Result<void> {
    return this.tables.loadModule(name);
  }

  swaps(): readonly SwapArea[] {
    return this.tables.swaps();
  }

  swapOn(path: string): Result<void> {
    const place = walk(this.files.walkerOf(this.namespaces.host.mnt), path);
    return failed(place) ? place : this.tables.swapOnNode(path, place.node);
  }

  swapOff(path: string): Result<void> {
    return this.tables.swapOff(path);
  }

  memory(): ReturnType<Kernel['memory']> {
    this.resting?.();
    return this.tables.memory();
  }

  loadAverage(): readonly [number, number, number] {
    return this.cpu.loadAverage();
  }

  log(message: string, level?: number): void {
    this.tables.log(message, level);
  }

  onMessage(listener: (message: { readonly level: number; readonly text: string }) => void): void {
    this.tables.messageLog.listener = listener;
  }

  messages(): ReturnType<Kernel['messages']> {
    return this.tables.messageLog.all();
  }

  stuckPrograms(): readonly { readonly pid: Pid; readonly name: string }[] {
    return [...this.records.values()].filter(isStuck).map(({ pid, name }) => ({ pid, name }));
  }

  unsaveable(): readonly Pid[] {
    return [...this.records.values()]
      .filter((record) => isAlive(record) && record.kind.type === 'program' && record.journal.overflown)
      .map(({ pid }) => pid);
  }

  // ---- for the parts of the kernel

  trace(type: string, record: ProcessRecord, data?: { readonly [key: string]: string | number | boolean }): void {
    this.simulation.trace.record(this.target, type, `process/${this.host}/${String(record.pid)}`, data);
  }

  /** Waiting calls may go on: each in an event of its own. */
  wake(waiters: readonly Waiter[]): void {
    for (const { pid, call } of waiters) {
      if (call < 0) this.simulation.loop.schedule(0, this.target, 'reactive.ready', { pid, fd: -call - 1 });
      else this.simulation.loop.schedule(0, this.target, 'proc.ready', { pid, call });
    }
  }

  attempt(record: ProcessRecord, pending: PendingCall): ReturnType<typeof attempt> {
    return attempt(this, record, pending);
  }

  walkerOf(record: ProcessRecord): Walker {
    return { namespace: record.mounts, root: record.root, cwd: record.cwd, credentials: record.credentials };
  }

  /** What a device's file reads and writes. */
  behind(node: Vnode): Vnode {
    return this.files.block?.behind(node) ?? node;
  }

  can(record: ProcessRecord, capability: string): boolean {
    return hasCapability(record.credentials, capability) && passesFilter(record.seccomp, capability);
  }

  tellExit(record: ProcessRecord): void {
    const { exit } = record;
    if (exit === undefined) return;
    const members = {
      pid: record.pid,
      exitCode: exitCodeOf(record),
      ...(exit.type === 'killed' ? { signal: exit.signal } : {}),
      oomKilled: record.oomKilled,
    };
    if (record.onExit !== undefined) tell(this.simulation.loop, record.onExit, members);
    if (record.kind.type === 'component')
      this.simulation.loop.schedule(0, record.kind.component, 'process.exited', members);
  }
}
