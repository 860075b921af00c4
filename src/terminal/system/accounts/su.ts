/** su (util-linux 2.39): another user's shell or command. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf } from '../../accounts.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { readRows, today } from './account-files.ts';
import { askPassword, credentialsOf, isPasswordOf } from './become-user.ts';
import { invokingAccount } from './invoking-user.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

const SPEC = {
  name: 'su',
  short: 'lc:s:mpfg:G:Pw:',
  absent: [...'gGPw'],
  long: { login: 'l', command: 'c', shell: 's', 'preserve-environment': 'm', 'whitelist-environment': 'w' },
};

/** The day in the account's row of /etc/shadow has come (pam_unix's account check; root is no exception). */
function hasExpired(process: Process, user: string): boolean {
  const day = readRows(process, '/etc/shadow').find(([name]) => name === user)?.[7] ?? '';
  return day !== '' && Number(today(process)) >= Number(day);
}

export const su = plainProgram('su', async ({ io, process, args, flavour }) => {
  const options = parseOptions(
    args.map((arg) => (arg === '-' ? '-l' : arg)),
    SPEC,
  );
  if ('problem' in options) {
    await io.warn(options.problem);
    await io.raw("Try 'su --help' for more information.\n");
    return 1;
  }
  const absent = absentOption(SPEC, options);
  if (absent !== undefined) return await notSimulated(io, `su ${absent}`);
  const [name = 'root', ...rest] = options.operands;
  const target = accountOf(process, name);
  const caller = invokingAccount(process);
  if (target === undefined || target.name !== name) {
    await io.warn(`user ${name} does not exist or the user entry does not contain all the required fields`);
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
  const login = options.has('l');
  const keep = options.has('m') || options.has('p');
  const shell = options.value('s') ?? target.shell;
  const env: Record<string, string> = login ? { TERM: process.env['TERM'] ?? 'dumb' } : { ...process.env };
  if (process.env['LANG'] !== undefined) env['LANG'] = process.env['LANG'];
  if (!keep)
    Object.assign(env, {
      HOME: target.home,
      SHELL: shell,
      ...(login || target.uid !== 0 ? { USER: target.name, LOGNAME: target.name } : {}),
    });
  if (login)
    Object.assign(env, {
      MAIL: `/var/mail/${target.name}`,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin',
    });
  const command = options.value('c');
  const base = shell.split('/').at(-1) ?? '';
  const argv = [login ? `-${base}` : base, ...(command === undefined ? [] : ['-c', command]), ...rest];
  if (login && failed(process.chdir(target.home)))
    await io.warn(`warning: cannot change directory to ${target.home}: No such file or directory`);
  const set = process.setCredentials(credentialsOf(target));
  if (failed(set)) {
    await io.warn(`${flavour === 'busybox' ? "can't" : 'cannot'} set groups: ${strerror(set)}`);
    return 1;
  }
  const failure = await process.exec(shell, argv, env);
  await io.warn(`failed to execute ${shell}: ${strerror(failure)}`);
  return failed(failure) && failure.errno === 'ENOENT' ? 127 : 126;
});
