/** runuser and setsid (util-linux 2.39). */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { lookupPath, waitFor } from '../../run-child.ts';
import { versionAsked } from '../../program-version.ts';
import { becomeShell, SHELL_OPTIONS, takeIdentity, targetOf } from './become-shell.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

const SPEC = {
  name: 'runuser',
  ...SHELL_OPTIONS,
  short: `${SHELL_OPTIONS.short}u:`,
  long: { ...SHELL_OPTIONS.long, user: 'u' },
};

/** `runuser -u USER -- COMMAND…`, or all that su can, for root and without a password. */
export const runuser = plainProgram('runuser', async (call) => {
  const { io, process, args } = call;
  const options = parseOptions(
    args.map((arg) => (arg === '-' ? '-l' : arg)),
    SPEC,
  );
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    await io.raw(`${helpHint(io)}\n`);
    return 1;
  }
  const version = versionAsked('runuser', args);
  if (version !== undefined || options.has('h')) {
    io.line(
      version ??
        '\nUsage:\n runuser [options] -u <user> [[--] <command>]\n runuser [options] [-] [<user> [<argument>...]]',
    );
    return await io.end(0);
  }
  const absent = absentOption(SPEC, options);
  if (absent !== undefined) return await notSimulated(io, `runuser ${absent}`);
  if (process.credentials().uid !== 0) {
    await io.warn('may not be used by non-root users');
    return 1;
  }
  const user = options.value('u');
  if (user === undefined) {
    const [name = 'root', ...rest] = options.operands;
    const target = await targetOf(call, name);
    if (target === undefined) return 1;
    const path =
      target.uid === 0
        ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
        : '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';
    return await becomeShell(call, options, target, rest, { PATH: path });
  }
  if ([...'scfl', 'session-command'].some((letter) => options.has(letter))) {
    await io.warn('options --{shell,fast,command,session-command,login} and --user are mutually exclusive');
    return 1;
  }
  const [program] = options.operands;
  if (program === undefined) {
    await io.warn('no command was specified');
    return 1;
  }
  const target = await targetOf(call, user);
  if (target === undefined || !(await takeIdentity(call, options, target))) return 1;
  const failure = await process.exec(lookupPath(process, program) ?? program, options.operands, process.env);
  await io.warn(`failed to execute ${program}: ${strerror(failure)}`);
  return 1;
});

export const setsid = plainProgram('setsid', async (call) => {
  const { io, process, args } = call;
  const options = parseOptions(args, {
    name: 'setsid',
    short: 'cfw',
    long: { ctty: 'c', fork: 'f', wait: 'w' },
    stopEarly: true,
  });
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    await io.raw(`${helpHint(io)}\n`);
    return 1;
  }
  const [program] = options.operands;
  if (program === undefined) {
    await io.warn('no command specified');
    await io.raw(`${helpHint(io)}\n`);
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
