/**
 * sulogin (util-linux 2.39 as Ubuntu builds it: a root account whose password is locked needs none here).
 * Leaves out: -t; consoles beside the one it is started on.
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { accountOf } from '../../accounts.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { askPassword, isPasswordOf, shadowHash } from './become-user.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

const SPEC = {
  name: 'sulogin',
  short: 'pt:e',
  absent: ['t'],
  long: { 'login-shell': 'p', timeout: 't', force: 'e' },
};
const isLocked = (hash: string): boolean => hash === '' || /^[!*]/.test(hash);

export const sulogin = plainProgram('sulogin', async ({ io, invoked, process, args }) => {
  const options = parseOptions(args, SPEC);
  if ('problem' in options) {
    await io.raw(`${invoked}: ${options.problem}\n`);
    await io.raw(`${helpHint(io)}\n`);
    return 1;
  }
  const absent = absentOption(SPEC, options);
  if (absent !== undefined) return await notSimulated(io, `sulogin ${absent}`);
  const root = accountOf(process, 'root');
  if (root === undefined) {
    await io.warn('cannot open password database');
    return 2;
  }
  const isOpen = isLocked(shadowHash(process, 'root') ?? '');
  const question = isOpen ? 'Press Enter for maintenance' : 'Give root password for maintenance';
  for (;;) {
    const answer = await askPassword(process, `${question}\n(or press Control-D to continue): `);
    if (answer === undefined) return 0;
    if (isOpen || isPasswordOf(process, 'root', answer)) break;
    await io.raw('Login incorrect\n\n');
  }
  process.chdir(root.home);
  const base = root.shell.slice(root.shell.lastIndexOf('/') + 1);
  const failure = await process.exec(root.shell, [options.has('p') ? `-${base}` : base], {
    ...process.env,
    HOME: root.home,
    USER: root.name,
    LOGNAME: root.name,
    SHELL: root.shell,
  });
  await io.warn(`cannot execute ${root.shell}: ${failed(failure) ? strerror(failure) : ''}`);
  return 1;
});
