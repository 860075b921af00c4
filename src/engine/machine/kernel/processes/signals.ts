/** Sending signals and what they do: default actions, stop and continue, groups and sessions (signal(7)). */
import { isRealtime, type Signal } from '../../../../protocol/program.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive, type ProcessRecord } from './process-record.ts';
import type { Tty } from '../tty/ttys.ts';

const IGNORED: ReadonlySet<Signal> = new Set(['SIGCHLD', 'SIGURG', 'SIGWINCH']);
const STOPS: ReadonlySet<Signal> = new Set(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
const CORE: ReadonlySet<Signal> = new Set([
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGSYS',
]);

export class SignalService {
  constructor(private readonly kernel: HostKernel) {}

  /** Delivers a signal; permission has been checked. `from` is the sending process, none for the kernel and components. */
  send(record: ProcessRecord, signal: Signal, from?: ProcessRecord): void {
    if (!isAlive(record)) return;
    if (signal === 'SIGKILL') {
      if (!this.#protectsInit(record, signal, from))
        this.kernel.lifecycle.die(record, { pid: record.pid, type: 'killed', signal });
      return;
    }
    if (signal === 'SIGCONT') this.#continue(record);
    const disposition = record.dispositions.get(signal);
    if (signal !== 'SIGSTOP') {
      if (disposition === 'ignore') return;
      if (record.kind.type === 'component' && record.kind.handled.includes(signal)) {
        this.kernel.simulation.loop.schedule(0, record.kind.component, 'process.signal', { pid: record.pid, signal });
        return;
      }
      if (disposition === 'catch') {
        if (isRealtime(signal) || !record.caught.includes(signal)) record.caught.push(signal);
        this.#interrupt(record);
        return;
      }
    }
    if (IGNORED.has(signal) || signal === 'SIGCONT' || this.#protectsInit(record, signal, from)) return;
    if (STOPS.has(signal)) {
      if (signal === 'SIGSTOP' || !this.isOrphaned(record.group)) this.#stop(record, signal);
      return;
    }
    this.kernel.lifecycle.die(record, {
      pid: record.pid,
      type: 'killed',
      signal,
      ...(CORE.has(signal) ? { coreDumped: false } : {}),
    });
  }

  /** Answers how many processes were there. */
  sendToGroup(group: number, signal: Signal, from?: ProcessRecord): number {
    const members = [...this.kernel.records.values()].filter((record) => record.group === group && isAlive(record));
    this.kernel.cpu.together(() => {
      for (const record of members) this.send(record, signal, from);
    });
    return members.length;
  }

  /** The terminal's line has dropped, or its session's leader has ended. */
  hangUp(tty: Tty): void {
    const leader = this.kernel.records.get(tty.session);
    if (leader !== undefined && isAlive(leader)) {
      this.send(leader, 'SIGHUP');
      this.send(leader, 'SIGCONT');
    }
    if (tty.foreground !== 0 && tty.foreground !== tty.session) this.sendToGroup(tty.foreground, 'SIGHUP');
  }

  /** No member's parent is in another group of the same session: nobody could continue it. */
  isOrphaned(group: number): boolean {
    for (const record of this.kernel.records.values()) {
      if (record.group !== group || !isAlive(record)) continue;
      const parent = this.kernel.records.get(record.parent);
      if (parent !== undefined && parent.group !== group && parent.session === record.session && isAlive(parent))
        return false;
    }
    return true;
  }

  /** A stopped group that has become orphaned is hung up and continued. */
  releaseOrphans(groups: Iterable<number>): void {
    for (const group of new Set(groups)) {
      if (!this.#hasStopped(group) || !this.isOrphaned(group)) continue;
      for (const record of this.kernel.records.values()) {
        if (record.group !== group || !isAlive(record)) continue;
        this.send(record, 'SIGHUP');
        this.send(record, 'SIGCONT');
      }
    }
  }

  #hasStopped(group: number): boolean {
    for (const record of this.kernel.records.values())
      if (record.stopped && record.group === group && isAlive(record)) return true;
    return false;
  }

  /** Background access to the controlling terminal: true where the call has to stop. */
  backgroundAccess(record: ProcessRecord, tty: Tty, signal: 'SIGTTIN' | 'SIGTTOU'): 'allowed' | 'signalled' | 'error' {
    if (
      record.tty !== tty.id ||
      tty.session !== record.session ||
      tty.foreground === 0 ||
      record.group === tty.foreground
    )
      return 'allowed';
    const ignored = record.dispositions.get(signal) === 'ignore';
    if (signal === 'SIGTTOU' && ignored) return 'allowed';
    if (ignored || this.isOrphaned(record.group)) return 'error';
    this.sendToGroup(record.group, signal);
    return 'signalled';
  }

  freeze(record: ProcessRecord): void {
    if (record.stopped) return;
    record.suspendedUs = this.kernel.cpu.remove(record.pid);
  }

  thaw(record: ProcessRecord): void {
    if (!record.stopped) this.#resume(record);
  }

  /** Process 1 of a namespace gets only what it catches; SIGKILL and SIGSTOP only from outside. */
  #protectsInit(record: ProcessRecord, signal: Signal, from: ProcessRecord | undefined): boolean {
    const namespace = this.kernel.namespaces.pids(record.namespaces.pid);
    if (namespace.init !== record.pid) return false;
    if (signal === 'SIGKILL' || signal === 'SIGSTOP')
      return namespace === this.kernel.namespaces.hostPids
        ? from !== undefined
        : from?.namespaces.pid === record.namespaces.pid;
    // A component that runs as process 1 of a container handles its signals as the real program does: it ends.
    return record.kind.type !== 'component' || namespace === this.kernel.namespaces.hostPids;
  }

  #interrupt(record: ProcessRecord): void {
    if (record.kind.type === 'reactive') {
      this.kernel.simulation.loop.schedule(0, this.kernel.target, 'reactive.signal', { pid: record.pid });
      return;
    }
    for (const pending of record.pending.values()) {
      if (pending.stage === 'wait')
        this.kernel.simulation.loop.schedule(0, this.kernel.target, 'proc.ready', {
          pid: record.pid,
          call: pending.number,
        });
    }
  }

  #stop(record: ProcessRecord, signal: Signal): void {
    if (record.stopped) return;
    record.stopped = true;
    record.suspendedUs = this.kernel.cpu.remove(record.pid);
    record.change = { pid: record.pid, type: 'stopped', signal };
    this.kernel.trace('process.stopped', record, { signal });
    this.kernel.lifecycle.tellParent(record);
  }

  #continue(record: ProcessRecord): void {
    if (!record.stopped) return;
    record.stopped = false;
    record.change = { pid: record.pid, type: 'continued' };
    this.kernel.trace('process.continued', record);
    this.#resume(record);
    this.kernel.lifecycle.tellParent(record);
  }

  #resume(record: ProcessRecord): void {
    if (record.suspendedUs > 0 || (record.busy !== undefined && record.busy !== 'start')) {
      this.kernel.cpu.add(record.pid, record.suspendedUs, record.cgroup, record.nice);
      record.suspendedUs = 0;
    }
    for (const pending of record.pending.values()) {
      if (!pending.deferred) continue;
      pending.deferred = false;
      this.kernel.simulation.loop.schedule(0, this.kernel.target, 'proc.ready', {
        pid: record.pid,
        call: pending.number,
      });
    }
  }
}
