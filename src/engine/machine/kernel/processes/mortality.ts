/** How processes end: exit and signals; what becomes of their children, sessions and namespaces; wait. */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Pid, WaitOptions, WaitStatus } from '../../../../protocol/program.ts';
import type { Cgroup } from '../cgroups/cgroup-tree.ts';
import type { HostKernel } from '../host-kernel.ts';
import { Journal } from './journal.ts';
import { BLOCKED, exitCodeOf, isAlive, type ProcessRecord } from './process-record.ts';

export class Mortality {
  constructor(protected readonly kernel: HostKernel) {}

  die(record: ProcessRecord, status: WaitStatus): void {
    const { kernel } = this;
    if (!isAlive(record)) return;
    kernel.cpu.remove(record.pid);
    kernel.runner.payDebt(record);
    kernel.reactive.drop(record);
    record.exit = status;
    record.generation += 1;
    for (const pending of record.pending.values())
      if (pending.timer !== undefined) kernel.simulation.loop.cancel(pending.timer);
    kernel.descriptors.forgetWaits(record);
    record.pending.clear();
    record.journal = new Journal();
    kernel.cgroupTree.leave(record.pid, record.cgroup, record.memoryBytes);
    kernel.trace(
      'process.exited',
      record,
      status.type === 'exited'
        ? { code: status.code }
        : { signal: 'signal' in status ? status.signal : '', ...(record.oomKilled ? { oom: true } : {}) },
    );
    const namespace = kernel.namespaces.pids(record.namespaces.pid);
    if (namespace.init === record.pid && namespace !== kernel.namespaces.hostPids) {
      namespace.dead = true;
      kernel.cpu.together(() => {
        this.#killAll([...namespace.inner.keys()]);
      });
    }
    kernel.descriptors.closeAll(record);
    kernel.sockets?.closeOwnedBy(kernel.host, record.pid);
    this.#leaveSession(record);
    const groups = this.#orphan(record);
    kernel.tellExit(record);
    const parent = kernel.records.get(record.parent);
    const unwatched =
      record.onExit !== undefined ||
      parent === undefined ||
      !isAlive(parent) ||
      parent.kind.type === 'component' ||
      parent.dispositions.get('SIGCHLD') === 'ignore';
    if (parent !== undefined && isAlive(parent)) kernel.reactive.childExited(parent, record.pid, exitCodeOf(record));
    if (unwatched || parent.kind.type === 'reactive') this.#reap(record, parent);
    this.tellParent(record);
    kernel.signals.releaseOrphans(groups);
  }

  #killAll(pids: readonly Pid[]): void {
    for (const pid of pids) {
      const record = this.kernel.records.get(pid);
      if (record !== undefined && isAlive(record)) this.die(record, { pid, type: 'killed', signal: 'SIGKILL' });
    }
  }

  /** SIGCHLD, and a waiting wait(2) looks again. */
  tellParent(record: ProcessRecord): void {
    const parent = this.kernel.records.get(record.parent);
    if (parent === undefined || !isAlive(parent)) return;
    for (const pending of parent.pending.values()) {
      if (pending.name === 'wait' && pending.stage === 'wait')
        this.kernel.wake([{ pid: parent.pid, call: pending.number }]);
    }
    this.kernel.signals.send(parent, 'SIGCHLD');
  }

  /** wait4(2), once. */
  waitOnce(record: ProcessRecord, target: Pid, options: WaitOptions): Result<WaitStatus | undefined> | typeof BLOCKED {
    const { kernel } = this;
    let candidates = 0;
    for (const childPid of record.children) {
      const child = kernel.records.get(childPid);
      if (child === undefined) continue;
      const inner = kernel.namespaces.pidIn(child.pid, record.namespaces.pid) ?? 0;
      const group = kernel.namespaces.pidIn(child.group, record.namespaces.pid) ?? 0;
      const matches =
        target === -1 ||
        target === inner ||
        (target < -1 && group === -target) ||
        (target === 0 && child.group === record.group);
      if (!matches) continue;
      candidates += 1;
      if (child.exit !== undefined) {
        const status = { ...child.exit, pid: inner };
        this.#reap(child, record);
        return status;
      }
      if (options.stopped === true && child.change !== undefined) {
        const status = { ...child.change, pid: inner };
        child.change = undefined;
        return status;
      }
    }
    if (candidates === 0) return fail('ECHILD');
    return options.noHang === true ? undefined : BLOCKED;
  }

  setMemory(record: ProcessRecord, bytes: number): void {
    const by = Math.max(0, Math.round(bytes)) - record.memoryBytes;
    record.memoryBytes += by;
    const over = this.kernel.cgroupTree.charge(record.cgroup, by);
    if (over !== undefined) this.kernel.oomKiller.inGroup(over, record);
    else if (by > 0) this.checkHost(record);
  }

  /** After a limit was lowered, or a process came. */
  checkMemory(group: Cgroup, invoker?: ProcessRecord): void {
    const over = this.kernel.cgroupTree.overLimit(group);
    if (over !== undefined) this.kernel.oomKiller.inGroup(over, invoker);
  }

  protected checkHost(invoker: ProcessRecord): void {
    if (this.kernel.tables.isOutOfMemory()) this.kernel.oomKiller.onHost(invoker);
  }

  #leaveSession(record: ProcessRecord): void {
    if (record.session !== record.pid || record.tty === undefined) return;
    const tty = this.kernel.ttys.get(record.tty);
    if (tty === undefined || tty.session !== record.session) return;
    if (tty.foreground !== 0 && tty.foreground !== record.group)
      this.kernel.signals.sendToGroup(tty.foreground, 'SIGHUP');
    tty.session = 0;
    tty.foreground = 0;
    for (const other of this.kernel.records.values()) if (other.session === record.session) other.tty = undefined;
  }

  /** Children go to process 1 of their namespace; answers the groups that may have become orphaned. */
  #orphan(record: ProcessRecord): number[] {
    const { kernel } = this;
    const groups: number[] = [record.group];
    const { init } = kernel.namespaces.pids(record.namespaces.pid);
    const parent = init === record.pid ? kernel.namespaces.hostPids.init : init;
    const heir = kernel.records.get(parent);
    const children = [...record.children];
    record.children.clear();
    for (const pid of children) {
      const child = kernel.records.get(pid);
      if (child === undefined) continue;
      child.parent = parent;
      heir?.children.add(pid);
      groups.push(child.group);
      if (child.exit !== undefined && (heir === undefined || heir.kind.type !== 'program')) this.#reap(child, heir);
      else if (child.exit !== undefined) this.tellParent(child);
    }
    return groups;
  }

  #reap(record: ProcessRecord, parent: ProcessRecord | undefined): void {
    if (parent !== undefined) {
      parent.childrenUserUs += record.userUs + record.childrenUserUs;
      parent.childrenSystemUs += record.systemUs + record.childrenSystemUs;
    }
    this.kernel.records.delete(record.pid);
    this.kernel.records.get(record.parent)?.children.delete(record.pid);
    this.kernel.namespaces.leave(record.pid, record.namespaces.pid);
  }
}
