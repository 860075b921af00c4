import type { Credentials } from '../../../../protocol/program.ts';
import { hasCapability } from '../../files/permissions.ts';
import type { ProcessCredentials } from '../processes/process-record.ts';

/**
 * Whether somebody may look into another process: its environment, descriptors, directories, program and namespaces in
 * /proc (PTRACE_MODE_READ_FSCREDS of kernel/ptrace.c and security/commoncap.c).
 */
export function mayInspect(observer: Credentials, observed: ProcessCredentials): boolean {
  if (observer === observed || observer.capabilities === 'all' || hasCapability(observer, 'SYS_PTRACE')) return true;
  const { uid, gid, realUid = uid, capabilities } = observed;
  if (observer.uid !== uid || observer.uid !== realUid || observer.gid !== gid) return false;
  return capabilities !== 'all' && capabilities.every((name) => hasCapability(observer, name));
}
