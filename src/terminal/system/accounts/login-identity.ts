/** logname and hostid (coreutils 9.4). Leaves out: the login of a session without a terminal, an identity kept in /etc/hostid. */
import { command, usageError } from '../../coreutils/command.ts';
import { resolveHost } from '../../resolver.ts';
import { loginSessions } from './login-sessions.ts';

/** Who logged in at this terminal, whoever the user has become since. */
export const logname = command({ name: 'logname', short: '', usage: '[OPTION]' }, async (call) => {
  const { io, operands, process } = call;
  const [extra] = operands;
  if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
  const own = process.ttyName(0);
  const session = loginSessions(process).find(({ tty }) => own === `/dev/${tty}`);
  if (session === undefined) {
    await io.warn('no login name');
    return 1;
  }
  io.line(session.user);
  return await io.end(0);
});

/** As glibc makes it: the first address of the host's own name, its bytes in pairs. */
export const hostid = command({ name: 'hostid', short: '', usage: '[OPTION]' }, async (call) => {
  const { io, operands, process } = call;
  const [extra] = operands;
  if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
  const found = await resolveHost(process, process.hostname());
  const address = found.type === 'found' ? (found.addresses[0] ?? '0.0.0.0') : '0.0.0.0';
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  io.line([b, a, d, c].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  return await io.end(0);
});
