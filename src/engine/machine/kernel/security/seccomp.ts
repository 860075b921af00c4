/**
 * The default filter of system calls of docker and containerd (profiles/seccomp/default.go): calls that need one of these
 * capabilities are let through only where the container was made with it, whatever a process of it has by then.
 */
import type { Credentials } from '../../../../protocol/program.ts';

const GUARDED: ReadonlySet<string> = new Set([
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_PACCT',
  'SYS_RAWIO',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'SYSLOG',
]);

export const passesFilter = (filter: Credentials['capabilities'] | undefined, capability: string): boolean =>
  filter === undefined || filter === 'all' || !GUARDED.has(capability) || filter.includes(capability);
