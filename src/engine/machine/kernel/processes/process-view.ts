import type { HostKernel } from '../host-kernel.ts';
import type { ProcessState, ProcessView } from '../interface.ts';
import type { ProcessRecord } from './process-record.ts';

export function stateOf(kernel: HostKernel, record: ProcessRecord): ProcessState {
  if (record.exit !== undefined) return 'zombie';
  if (record.stopped) return 'stopped';
  return record.busy !== undefined && kernel.cpu.isRunning(record.pid) ? 'running' : 'sleeping';
}

/** A process as components and /proc see it. */
export function viewOf(kernel: HostKernel, record: ProcessRecord): ProcessView {
  kernel.cpu.settle();
  return {
    pid: record.pid,
    parent: record.parent,
    group: record.group,
    session: record.session,
    name: record.name,
    path: record.path,
    argv: record.argv,
    env: record.env,
    cwd: record.mounts.pathOf(record.cwd, record.root) ?? '/',
    state: stateOf(kernel, record),
    credentials: record.credentials,
    namespaces: record.namespaces,
    cgroup: record.cgroup.path,
    startedUs: record.startedUs,
    cpuUserUs: Math.floor(record.userUs),
    cpuSystemUs: Math.floor(record.systemUs),
    memoryBytes: record.memoryBytes,
    ...(record.tty === undefined ? {} : { tty: kernel.ttys.name(record.tty).slice(5) }),
    nice: record.nice,
    namespacePids: kernel.namespaces.numbers(record.pid, record.namespaces.pid),
    ...(record.kind.type === 'component' ? { component: record.kind.component } : {}),
    oomScoreAdj: record.oomScoreAdj,
  };
}
