/** System calls on terminals (tty_ioctl(4)). */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Termios, WindowSize } from '../../../../protocol/program.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

export function ttyName(kernel: HostKernel, record: ProcessRecord, fd: number): Result<string> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  return failed(tty) ? tty : kernel.ttys.name(tty.id);
}

export function termios(kernel: HostKernel, record: ProcessRecord, fd: number): Result<Termios> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  return failed(tty) ? tty : tty.line.termios;
}

export function setTermios(
  kernel: HostKernel,
  record: ProcessRecord,
  fd: number,
  change: Partial<Termios>,
): Result<void> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  if (failed(tty)) return tty;
  const access = kernel.signals.backgroundAccess(record, tty, 'SIGTTOU');
  if (access !== 'allowed') return fail(access === 'error' ? 'EIO' : 'EINTR');
  kernel.ttys.setTermios(tty, change);
}

export function windowSize(kernel: HostKernel, record: ProcessRecord, fd: number): Result<WindowSize> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  return failed(tty) ? tty : tty.size;
}

export function setWindowSize(kernel: HostKernel, record: ProcessRecord, fd: number, size: WindowSize): Result<void> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  if (failed(tty)) return tty;
  kernel.ttys.resize(tty.id, size);
}

export function foregroundGroup(kernel: HostKernel, record: ProcessRecord, fd: number): Result<number> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  if (failed(tty)) return tty;
  if (record.tty !== tty.id) return fail('ENOTTY');
  return kernel.namespaces.pidIn(tty.foreground, record.namespaces.pid) ?? 0;
}

export function setForegroundGroup(kernel: HostKernel, record: ProcessRecord, fd: number, group: number): Result<void> {
  const tty = kernel.descriptors.ttyOf(record, fd);
  if (failed(tty)) return tty;
  // A session leader's first terminal becomes its controlling one (TIOCSCTTY).
  if (record.tty === undefined && record.session === record.pid && tty.session === 0)
    kernel.descriptors.takeTty(record, tty);
  if (record.tty !== tty.id || tty.session !== record.session) return fail('ENOTTY');
  const access = kernel.signals.backgroundAccess(record, tty, 'SIGTTOU');
  if (access !== 'allowed') return fail(access === 'error' ? 'EIO' : 'EINTR');
  const target = kernel.namespaces.hostPid(record.namespaces.pid, group);
  if (
    target === undefined ||
    ![...kernel.records.values()].some((other) => other.group === target && other.session === record.session)
  )
    return fail('EPERM');
  tty.foreground = target;
}
