/** su (util-linux 2.39): another user's shell or command. Leaves out: a terminal of its own (-P). */
import { helpHint } from '../../coreutils/help-hint.ts';
import type { Process } from '../../../protocol/program.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { readRows, today } from './account-files.ts';
import { askPassword, isPasswordOf } from './become-user.ts';
import { invokingAccount } from './invoking-user.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';
import { versionAsked } from '../../program-version.ts';
import { becomeShell, SHELL_OPTIONS, targetOf } from './become-shell.ts';

const SPEC = { name: 'su', ...SHELL_OPTIONS };

/** The day in the account's row of /etc/shadow has come (pam_unix's account check; root is no exception). */
function hasExpired(process: Process, user: string): boolean {
  const day = readRows(process, '/etc/shadow').find(([name]) => name === user)?.[7] ?? '';
  return day !== '' && Number(today(process)) >= Number(day);
}

export const su = plainProgram('su', async (call) => {
  const { io, process, args, flavour } = call;
  const options = parseOptions(
    args.map((arg) => (arg === '-' ? '-l' : arg)),
    SPEC,
  );
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    await io.raw(`${helpHint(io)}\n`);
    return 1;
  }
  const version = flavour === 'gnu' ? versionAsked('su', args) : undefined;
  if (version !== undefined || options.has('h')) {
    io.line(version ?? '\nUsage:\n su [options] [-] [<user> [<argument>...]]');
    return await io.end(0);
  }
  const absent = absentOption(SPEC, options);
  if (absent !== undefined) return await notSimulated(io, `su ${absent}`);
  const [name = 'root', ...rest] = options.operands;
  const caller = invokingAccount(process);
  const target = await targetOf(call, name);
  if (target === undefined) return 1;
  if (caller?.uid !== 0 && (options.has('g') || options.has('G'))) {
    await io.warn('only root can specify alternative groups');
    return 1;
  }
  if (caller?.uid !== 0) {
    const password = await askPassword(process, 'Password: ');
    if (password === undefined || !isPasswordOf(process, target.name, password)) {
      await io.warn(flavour === 'busybox' ? 'incorrect password' : 'Authentication failure');
      return 1;
    }
  }
  if (hasExpired(process, target.name)) {
    await io.raw('Your account has expired; please contact your system administrator.\n');
    await io.warn('Authentication failure');
    return 1;
  }
  return await becomeShell(call, options, target, rest, {
    // pam_env reads /etc/environment.
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin',
    MAIL: `/var/mail/${target.name}`,
  });
});
