import { fail, type Result } from '../../../../protocol/errno.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

/** How many bytes a process may write at an offset (RLIMIT_FSIZE); where it may write none it gets SIGXFSZ for having tried. */
export function roomBelowLimit(kernel: HostKernel, record: ProcessRecord, offset: number): Result<number> {
  const limit = record.limits.get('fsize')?.soft ?? Infinity;
  if (offset < limit) return limit - offset;
  kernel.signals.send(record, 'SIGXFSZ');
  return fail('EFBIG');
}
