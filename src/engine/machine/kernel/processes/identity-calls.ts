/** System calls about who a process is: credentials, groups and sessions, signals it may send, directories, mounts. */
import type { Mount } from '../../files/mounts/mount-namespace.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Credentials, Signal, SignalDisposition } from '../../../../protocol/program.ts';
import type { FileCalls } from '../../files/file-calls.ts';
import type { MountRequest } from '../../files/interface.ts';
import { parameterProblem } from '../../files/mounts/mount-parameters.ts';
import { mayAccess } from '../../files/permissions.ts';
import type { HostKernel } from '../host-kernel.ts';
import { LOG_LEVEL } from '../message-log.ts';
import { isAlive, type ProcessRecord } from './process-record.ts';

export function setCredentials(kernel: HostKernel, record: ProcessRecord, next: Credentials): Result<void> {
  const { credentials } = record;
  if (next.uid !== credentials.uid && !kernel.can(record, 'SETUID')) return fail('EPERM');
  const groupsChange =
    next.gid !== credentials.gid ||
    next.groups.some((group) => group !== credentials.gid && !credentials.groups.includes(group));
  if (groupsChange && !kernel.can(record, 'SETGID')) return fail('EPERM');
  const had = credentials.capabilities;
  const capabilities =
    had === 'all'
      ? next.capabilities
      : next.capabilities === 'all'
        ? had
        : next.capabilities.filter((each) => had.includes(each));
  // The kernel keeps them in order (groups_sort).
  record.credentials = { ...next, groups: next.groups.toSorted((a, b) => a - b), capabilities };
}

export function setHostname(kernel: HostKernel, record: ProcessRecord, name: string): Result<void> {
  if (!kernel.can(record, 'SYS_ADMIN')) return fail('EPERM');
  if (name.length > 64) return fail('EINVAL');
  kernel.namespaces.setHostname(name, record.namespaces.uts);
}

/** A process by the number that the caller's namespace gives it; 0 and nothing are the caller. */
export function find(kernel: HostKernel, record: ProcessRecord, pid: number | undefined): ProcessRecord | undefined {
  if (pid === undefined || pid === 0) return record;
  const host = kernel.namespaces.hostPid(record.namespaces.pid, pid);
  return host === undefined ? undefined : kernel.records.get(host);
}

const inner = (kernel: HostKernel, record: ProcessRecord, pid: number): number =>
  kernel.namespaces.pidIn(pid, record.namespaces.pid) ?? 0;

export function groupOf(kernel: HostKernel, record: ProcessRecord, pid: number | undefined): Result<number> {
  const found = find(kernel, record, pid);
  return found === undefined ? fail('ESRCH') : inner(kernel, record, found.group);
}

export function setGroup(kernel: HostKernel, record: ProcessRecord, pid: number, group: number): Result<void> {
  const found = find(kernel, record, pid);
  if (found === undefined || (found !== record && found.parent !== record.pid)) return fail('ESRCH');
  if (found.session === found.pid || found.session !== record.session) return fail('EPERM');
  const target = group === 0 ? found.pid : kernel.namespaces.hostPid(record.namespaces.pid, group);
  if (target === undefined) return fail('EPERM');
  const known =
    target === found.pid ||
    [...kernel.records.values()].some((other) => other.group === target && other.session === found.session);
  if (!known) return fail('EPERM');
  found.group = target;
}

export function sessionOf(kernel: HostKernel, record: ProcessRecord, pid: number | undefined): Result<number> {
  const found = find(kernel, record, pid);
  return found === undefined ? fail('ESRCH') : inner(kernel, record, found.session);
}

export function setSession(kernel: HostKernel, record: ProcessRecord): Result<number> {
  if (record.group === record.pid) return fail('EPERM');
  record.session = record.pid;
  record.group = record.pid;
  record.tty = undefined;
  return inner(kernel, record, record.pid);
}

export function kill(kernel: HostKernel, record: ProcessRecord, pid: number, signal: Signal | 0): Result<void> {
  let targets: ProcessRecord[];
  if (pid > 0) {
    const found = find(kernel, record, pid);
    targets = found === undefined ? [] : [found];
  } else {
    const group = pid === 0 ? record.group : kernel.namespaces.hostPid(record.namespaces.pid, -pid);
    const { init } = kernel.namespaces.pids(record.namespaces.pid);
    targets = [...kernel.records.values()].filter((other) => {
      if (!isAlive(other)) return false;
      if (pid === -1)
        return (
          other !== record &&
          other.pid !== init &&
          kernel.namespaces.pidIn(other.pid, record.namespaces.pid) !== undefined
        );
      return other.group === group;
    });
  }
  if (targets.length === 0) return fail('ESRCH');
  const allowed = targets.filter((target) => {
    const { uid } = record.credentials;
    return (
      uid === target.credentials.uid ||
      uid === target.credentials.realUid ||
      kernel.can(record, 'KILL') ||
      (signal === 'SIGCONT' && target.session === record.session)
    );
  });
  if (allowed.length === 0) return fail('EPERM');
  if (signal !== 0) for (const target of allowed) kernel.signals.send(target, signal, record);
}

export function setDisposition(
  record: ProcessRecord,
  signal: Signal,
  disposition: SignalDisposition,
): Result<SignalDisposition> {
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') return fail('EINVAL');
  const before = record.dispositions.get(signal) ?? 'default';
  if (disposition === 'default') record.dispositions.delete(signal);
  else record.dispositions.set(signal, disposition);
  if (disposition !== 'catch') record.caught = record.caught.filter((each) => each !== signal);
  return before;
}

export function changeDirectory(record: ProcessRecord, files: FileCalls, path: string): Result<void> {
  const place = files.walk(path);
  if (failed(place)) return place;
  if (place.node.type !== 'directory') return fail('ENOTDIR');
  if (!mayAccess(record.credentials, place.node.stat(), 'execute')) return fail('EACCES');
  record.cwd = place;
}

export function changeRoot(kernel: HostKernel, record: ProcessRecord, files: FileCalls, path: string): Result<void> {
  if (!kernel.can(record, 'SYS_CHROOT')) return fail('EPERM');
  const place = files.walk(path);
  if (failed(place)) return place;
  if (place.node.type !== 'directory') return fail('ENOTDIR');
  record.root = place;
}

export function nice(kernel: HostKernel, record: ProcessRecord, increment: number): Result<number> {
  if (increment < 0 && !kernel.can(record, 'SYS_NICE')) return fail('EPERM');
  record.nice = Math.max(-20, Math.min(19, record.nice + increment));
  return record.nice;
}

export function setPriority(kernel: HostKernel, record: ProcessRecord, pid: number, value: number): Result<void> {
  const hostPid = kernel.namespaces.hostPid(record.namespaces.pid, pid);
  const target = hostPid === undefined ? undefined : kernel.records.get(hostPid);
  if (target === undefined) return fail('ESRCH');
  const privileged = kernel.can(record, 'SYS_NICE');
  if (target.credentials.uid !== record.credentials.uid && !privileged) return fail('EPERM');
  if (value < target.nice && !privileged) return fail('EACCES');
  target.nice = Math.max(-20, Math.min(19, value));
  kernel.cpu.reweigh(target.pid, target.cgroup, target.nice);
}

export function mount(kernel: HostKernel, record: ProcessRecord, request: MountRequest): Result<void> {
  if (!kernel.can(record, 'SYS_ADMIN')) return fail('EPERM');
  const problem = mountProblem(kernel, record, request);
  if (problem !== undefined) {
    kernel.tables.log(problem, LOG_LEVEL.error);
    return fail('EINVAL');
  }
  return kernel.files.mountAs(request, kernel.walkerOf(record), {
    pidNamespace: record.namespaces.pid,
    networkNamespace: record.namespaces.net,
  });
}

/** A bind mount takes no options of a file system; a remount takes those of what is mounted. */
function mountProblem(kernel: HostKernel, record: ProcessRecord, request: MountRequest): string | undefined {
  const { options, target, type } = request;
  if (options.includes('bind') || options.includes('rbind')) return undefined;
  const place = kernel.descriptors.calls(record).walk(target);
  if (failed(place)) return undefined;
  return parameterProblem(options.includes('remount') ? place.mount.type : type, options);
}

/** A process inside, or with a file of it open. */
function keepsBusy(record: ProcessRecord, mount: Mount): boolean {
  if (record.cwd.mount === mount || record.root.mount === mount) return true;
  for (const { file } of record.descriptors.values()) if (file.place?.mount === mount) return true;
  return false;
}

export function umount(kernel: HostKernel, record: ProcessRecord, target: string, lazy: boolean): Result<void> {
  if (!kernel.can(record, 'SYS_ADMIN')) return fail('EPERM');
  const walker = kernel.walkerOf(record);
  if (!lazy) {
    const place = kernel.descriptors.calls(record).walk(target);
    if (failed(place)) return place;
    if (place.node.inode !== place.mount.root.inode) return fail('EINVAL');
    for (const other of kernel.records.values())
      if (isAlive(other) && keepsBusy(other, place.mount)) return fail('EBUSY');
  }
  return kernel.files.umountAs(target, walker, lazy);
}
