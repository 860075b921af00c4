/** runuser and setsid (util-linux 2.39). */
import { failed, strerror } from '../../../protocol/errno.ts';
import { accountOf } from '../../accounts.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { lookupPath, waitFor } from '../../run-child.ts';
import { credentialsOf } from './become-user.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

/** `runuser -u USER COMMAND…`; the forms that are su's are left to su. */
export const runuser = plainProgram('runuser', async ({ io, process, args }) => {
  const options = parseOptions(args, {
    name: 'runuser',
    short: 'u:g:G:',
    long: { user: 'u', group: 'g' },
    stopEarly: true,
  });
  if ('problem' in options) {
    await io.warn(options.problem);
    await io.raw("Try 'runuser --help' for more information.\n");
    return 1;
  }
  const absent = absentOption({ absent: [...'gG'] }, options);
  if (absent !== undefined) return await notSimulated(io, `runuser ${absent}`);
  const name = options.value('u');
  if (name === undefined) return await notSimulated(io, 'runuser without -u');
  if (process.credentials().uid !== 0) {
    await io.warn('may not be used by non-root users');
    return 1;
  }
  const account = accountOf(process, name);
  if (account?.name !== name) {
    await io.warn(`user ${name} does not exist or the user entry does not contain all the required fields`);
    return 1;
  }
  const [program] = options.operands;
  if (program === undefined) {
    await io.warn('no command was specified');
    return 1;
  }
  process.setCredentials(credentialsOf(account));
  const failure = await process.exec(lookupPath(process, program) ?? program, options.operands, process.env);
  await io.warn(`failed to execute ${program}: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
});

export const setsid = plainProgram('setsid', async ({ io, process, args }) => {
  const options = parseOptions(args, {
    name: 'setsid',
    short: 'cfw',
    long: { ctty: 'c', fork: 'f', wait: 'w' },
    stopEarly: true,
  });
  if ('problem' in options) {
    await io.warn(options.problem);
    await io.raw("Try 'setsid --help' for more information.\n");
    return 1;
  }
  const [program] = options.operands;
  if (program === undefined) {
    await io.warn('no command specified');
    await io.raw("Try 'setsid --help' for more information.\n");
    return 1;
  }
  const path = lookupPath(process, program) ?? program;
  const started = failed(process.processGroup()) || process.processGroup() === process.pid || options.has('f');
  if (started) {
    const pid = process.spawn(path, options.operands, { newSession: true });
    if (failed(pid)) {
      await io.warn(`failed to execute ${program}: ${strerror(pid)}`);
      return pid.errno === 'ENOENT' ? 127 : 126;
    }
    return options.has('w') ? (await waitFor(process, pid)).code : 0;
  }
  process.setSession();
  const failure = await process.exec(path, options.operands, process.env);
  await io.warn(`failed to execute ${program}: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
});
