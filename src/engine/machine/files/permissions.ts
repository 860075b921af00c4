import type { Credentials } from '../../../protocol/program.ts';
import type { Access } from './vnode.ts';

/** root in a mount namespace of the host: passes every check. */
export const ROOT: Credentials = { uid: 0, gid: 0, groups: [0], capabilities: 'all' };

/** Whether a process has an effective capability (`NET_ADMIN`). */
export const hasCapability = ({ capabilities }: Credentials, name: string): boolean =>
  capabilities === 'all' || capabilities.includes(name);

export type AccessMode = 'read' | 'write' | 'execute';
const BIT = { read: 4, write: 2, execute: 1 } as const;

/** Discretionary access control, with CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (path_resolution(7)). */
export function mayAccess(credentials: Credentials, stat: Access, mode: AccessMode): boolean {
  if (hasCapability(credentials, 'DAC_OVERRIDE'))
    return mode !== 'execute' || stat.type === 'directory' || (stat.mode & 0o111) !== 0;
  if (mode !== 'write' && stat.type === 'directory' && hasCapability(credentials, 'DAC_READ_SEARCH')) return true;
  const bit = BIT[mode];
  if (credentials.uid === stat.uid) return ((stat.mode >> 6) & bit) !== 0;
  if (credentials.gid === stat.gid || credentials.groups.includes(stat.gid)) return ((stat.mode >> 3) & bit) !== 0;
  return (stat.mode & bit) !== 0;
}

/** Owner or CAP_FOWNER. */
export const owns = (credentials: Credentials, stat: Pick<Access, 'uid'>): boolean =>
  credentials.uid === stat.uid || hasCapability(credentials, 'FOWNER');
