import type { Process } from '../../../protocol/program.ts';
import type { Account } from '../../accounts.ts';
import { accountOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';

/** The real user: who called a set-user-id program, whatever it acts as. */
export function invokingUid(process: Process): number {
  const real = /^Uid:\s+(\d+)/m.exec(fileText(process, '/proc/self/status') ?? '')?.[1];
  return real === undefined ? process.credentials().uid : Number(real);
}

/** The account of the real user; undefined where /etc/passwd does not have it. */
export const invokingAccount = (process: Process): Account | undefined =>
  accountOf(process, String(invokingUid(process)));
