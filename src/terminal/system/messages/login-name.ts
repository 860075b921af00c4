/** getlogin(3): who logged in, whoever the user has become since; where nobody did, whose process it is. */
import type { Process } from '../../../protocol/program.ts';
import { failed } from '../../../protocol/errno.ts';
import { userNameOf } from '../../accounts.ts';
import { loginSessions } from '../accounts/login-sessions.ts';

export function loginName(process: Process): string {
  const own = process.ttyName(0);
  const session = failed(own) ? undefined : loginSessions(process).find(({ tty }) => own === `/dev/${tty}`);
  return session?.user ?? userNameOf(process, process.credentials().uid) ?? '???';
}
