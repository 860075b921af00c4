import type { Process } from '../../protocol/program.ts';
import type { Account } from '../accounts.ts';
import { accountOf } from '../accounts.ts';
import { fileText } from '../io.ts';

/**
 * Who called a set-user-id program. The kernel keeps the group across such an exec, and the parent still has the user: where
 * the two do not belong together (the shell was replaced by this program), the group decides.
 */
export function invokingAccount(process: Process): Account | undefined {
  const parentUid = /^Uid:\s+(\d+)/m.exec(fileText(process, `/proc/${String(process.ppid)}/status`) ?? '')?.[1] ?? '0';
  const { gid } = process.credentials();
  const parent = accountOf(process, parentUid);
  if (parent?.gid === gid) return parent;
  const owner = (fileText(process, '/etc/passwd') ?? '')
    .split('\n')
    .find((line) => line.split(':')[3] === String(gid))
    ?.split(':')[0];
  return owner === undefined ? parent : accountOf(process, owner);
}
