/** What a new process gets from its parent or from who starts it: descriptors, terminal, group and session. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { SpawnOptions } from '../../../../protocol/program.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessSpec } from '../interface.ts';
import type { ProcessRecord } from './process-record.ts';

/** Opens the first descriptors; a terminal among them may become the controlling one. */
export function openStdio(
  kernel: HostKernel,
  record: ProcessRecord,
  spec: Omit<ProcessSpec, 'path'>,
  parent: ProcessRecord | undefined,
): Result<void> {
  const { descriptors } = kernel;
  const specs = spec.stdio ?? [{ type: 'null' }, { type: 'null' }, { type: 'null' }];
  for (const [fd, each] of [...specs, ...(spec.furtherDescriptors ?? [])].entries()) {
    const installed = descriptors.installStdio(record, fd, each, parent);
    if (failed(installed)) return installed;
    if (each.type !== 'tty' || spec.controllingTty !== true) continue;
    const tty = kernel.ttys.get(each.tty);
    if (tty === undefined) continue;
    record.tty = tty.id;
    tty.session = record.session;
    tty.foreground = record.group;
  }
}

/** A child's descriptors: its parent's, or those that are named. */
export function inheritDescriptors(
  kernel: HostKernel,
  parent: ProcessRecord,
  record: ProcessRecord,
  fds: SpawnOptions['fds'],
  exec: boolean,
): Result<void> {
  const { descriptors } = kernel;
  if (fds === undefined) {
    for (const [fd, descriptor] of parent.descriptors) {
      if (exec && descriptor.closeOnExec) continue;
      descriptors.install(record, fd, descriptor.file, descriptor.closeOnExec);
    }
    return;
  }
  for (const [child, from] of fds) {
    const descriptor = parent.descriptors.get(from);
    if (descriptor === undefined) return fail('EBADF');
    descriptors.install(record, child, descriptor.file, false);
  }
}

/** Puts a child into a group and session. */
export function joinSession(
  kernel: HostKernel,
  parent: ProcessRecord,
  record: ProcessRecord,
  options: Pick<SpawnOptions, 'processGroup' | 'foreground' | 'newSession'>,
): void {
  if (options.newSession === true) {
    record.session = record.pid;
    record.group = record.pid;
    record.tty = undefined;
  } else if (options.processGroup !== undefined) {
    const group =
      options.processGroup === 0 ? record.pid : kernel.namespaces.hostPid(parent.namespaces.pid, options.processGroup);
    record.group = group ?? record.pid;
  }
  if (options.foreground !== true || record.tty === undefined) return;
  const tty = kernel.ttys.get(record.tty);
  if (tty !== undefined) tty.foreground = record.group;
}
