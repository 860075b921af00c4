/**
 * sudo 1.9.15.
 * Models: sudoers rules, password question, remembered for 15 minutes on a terminal, -u -g -i -s -E -H -n -k -K -v -l -U -b -S,
 * VAR=value, env_reset and secure_path, SUDO_*. Leaves out: plugins, sudoedit, logging.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf, groupNameOf } from '../../accounts.ts';
import type { Account } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { lookupPath, runAndWait } from '../../run-child.ts';
import { askPassword, credentialsOf, isPasswordOf } from '../accounts/become-user.ts';
import { invokingAccount } from '../accounts/invoking-user.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { listRules } from './sudo-list.ts';
import { grantTicket, hasTicket, revokeTicket } from './sudo-timestamp.ts';
import { fileText } from '../../io.ts';
import { matchingRule, readSudoers, rulesOf, sudoersFiles, type Sudoers, type SudoersRule } from './sudoers.ts';
import { sudoersErrors, sudoersErrorText } from './sudoers-syntax.ts';

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...
`;
const SPEC = {
  name: 'sudo',
  short: 'u:g:isEHnkKvlbSAVp:D:R:h:U:ePBC:T:N',
  stopEarly: true,
  absent: [...'eRAhPCTN'],
  long: {
    user: 'u',
    group: 'g',
    login: 'i',
    shell: 's',
    'preserve-env': 'preserve::',
    'set-home': 'H',
    'non-interactive': 'n',
    'reset-timestamp': 'k',
    validate: 'v',
    list: 'l',
    background: 'b',
    stdin: 'S',
    prompt: 'p',
    chdir: 'D',
    edit: 'e',
    version: 'V',
    'remove-timestamp': 'K',
  },
};

export const sudo = plainProgram('sudo', async (call) => {
  const { io, process } = call;
  const options = parseOptions(call.args, SPEC);
  if ('problem' in options) {
    await io.warn(options.problem.replace(/^(invalid option|option requires)/, '$1'));
    await io.raw(USAGE);
    return 1;
  }
  if (options.has('V')) {
    io.line('Sudo version 1.9.15p5');
    return await io.end(0);
  }
  const absent = absentOption(SPEC, options);
  if (absent !== undefined) return await notSimulated(io, `sudo ${absent}`);
  const caller = invokingAccount(process);
  if (caller === undefined) {
    await io.warn('you do not exist in the passwd database');
    return 1;
  }
  const assignments: string[] = [];
  const command = [...options.operands];
  while (command[0] !== undefined && /^[A-Za-z_]\w*=/.test(command[0])) assignments.push(command.shift() ?? '');
  if (options.has('k') || options.has('K')) {
    revokeTicket(process, caller.name);
    if (command.length === 0 && !options.has('i') && !options.has('s')) return 0;
  }
  for (const path of sudoersFiles(process))
    for (const error of sudoersErrors(fileText(process, path) ?? '')) await io.raw(sudoersErrorText(path, error));
  const sudoers = readSudoers(process);
  if (options.has('l')) {
    const free = caller.uid === 0 || hasTicket(process, caller.name);
    const open = rulesOf(sudoers, caller, groupNames(process, caller)).some(({ password }) => !password);
    return (
      (free || open ? undefined : await prove(call, options, caller)) ??
      (await listRules(call, options, sudoers, caller))
    );
  }
  if (options.has('v'))
    return (await authenticate(call, options, { sudoers, caller, target: 'root', path: 'ALL', line: 'ALL' })) ?? 0;
  if (command.length === 0 && !options.has('i') && !options.has('s')) {
    await io.raw(USAGE);
    return 1;
  }
  return await start(call, options, { sudoers, caller, command, assignments });
});

interface Request {
  readonly sudoers: Sudoers;
  readonly caller: Account;
  readonly command: readonly string[];
  readonly assignments: readonly string[];
}

async function start(
  call: PlainCall,
  options: Options,
  { sudoers, caller, command, assignments }: Request,
): Promise<number> {
  const { io, process } = call;
  const name = (options.value('u') ?? (options.has('g') ? caller.name : 'root')).replace(/^#/, '');
  const target = accountOf(process, name);
  if (target === undefined) {
    await io.warn(`unknown user ${options.value('u') ?? ''}`);
    await io.warn('error initializing audit plugin sudoers_audit');
    return 1;
  }
  const gid = options.has('g') ? groupIdOf(process, (options.value('g') ?? '').replace(/^#/, '')) : target.gid;
  if (gid === undefined) {
    await io.warn(`unknown group ${options.value('g') ?? ''}`);
    await io.warn('error initializing audit plugin sudoers_audit');
    return 1;
  }
  const env = environment(process, options, { sudoers, caller, target, command, assignments });
  const shell = options.has('i') ? target.shell : options.has('s') ? (process.env['SHELL'] ?? caller.shell) : undefined;
  const argv =
    shell === undefined
      ? command
      : [
          options.has('i') ? `-${shell.split('/').at(-1) ?? ''}` : shell,
          ...(command.length === 0 ? [] : ['-c', command.map(escaped).join(' ')]),
        ];
  const path = shell ?? lookupPath(process, command[0] ?? '', sudoers.securePath);
  const refused = await authenticate(call, options, {
    sudoers,
    caller,
    target: target.name,
    path: path ?? command[0] ?? '',
    line: [path ?? command[0] ?? '', ...command.slice(1)].join(' '),
  });
  if (refused !== undefined) return refused;
  if (path === undefined) {
    await io.warn(`${command[0] ?? ''}: command not found`);
    return 1;
  }
  const directory = options.value('D') ?? (options.has('i') ? target.home : undefined);
  if (directory !== undefined && failed(process.chdir(directory)) && !options.has('i')) {
    await io.warn(`unable to change directory to ${directory}: No such file or directory`);
    return 1;
  }
  const credentials = { ...credentialsOf(target), gid };
  if (options.has('b')) {
    const pid = process.spawn(path, argv, { env, credentials });
    return failed(pid) ? 1 : 0;
  }
  return await become(call, path, argv, env, credentials);
}

/** Replaces this process by the command, which keeps its place in pipelines and jobs. */
async function become(
  { io, process }: PlainCall,
  path: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  credentials: ReturnType<typeof credentialsOf>,
): Promise<number> {
  await io.flush();
  const set = process.setCredentials(credentials);
  if (failed(set)) {
    await io.warn(`unable to change to runas uid: ${strerror(set)}`);
    return 1;
  }
  const failure = await process.exec(path, argv, env);
  if (failed(failure) && failure.errno === 'ENOEXEC') {
    const done = await runAndWait(process, ['/bin/sh', path, ...argv.slice(1)], { env });
    return done.type === 'done' ? done.code : 1;
  }
  if (failed(failure) && failure.errno === 'ENOENT') await io.warn(`${argv[0] ?? ''}: command not found`);
  else await io.warn(`unable to execute ${path}: ${strerror(failure)}`);
  return 1;
}

const escaped = (text: string): string => text.replace(/[^A-Za-z0-9_$-]/g, (char) => `\\${char}`);

function environment(
  process: Process,
  options: Options,
  { sudoers, caller, target, command, assignments }: Request & { readonly target: Account },
): Record<string, string> {
  const kept = ['TERM', 'LANG', 'LANGUAGE', 'LC_ALL', 'LC_CTYPE', 'COLORTERM', 'DISPLAY', 'PATH', 'TZ'];
  const preserved = options
    .values('preserve')
    .flatMap((list) => list.split(','))
    .filter((each) => each !== '');
  const all = options.has('E') || options.values('preserve').includes('');
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (name !== '_' && ((all && !options.has('i')) || kept.includes(name) || preserved.includes(name)))
      env[name] = value;
  if (sudoers.securePath !== undefined) env['PATH'] = sudoers.securePath;
  const login = {
    HOME: target.home,
    LOGNAME: target.name,
    USER: target.name,
    SHELL: target.shell,
    MAIL: `/var/mail/${target.name}`,
  };
  if (all && !options.has('i'))
    Object.assign(env, {
      HOME: options.has('H') ? target.home : (process.env['HOME'] ?? target.home),
      LOGNAME: target.name,
      USER: target.name,
    });
  else Object.assign(env, login);
  Object.assign(env, {
    SUDO_COMMAND:
      command.length === 0
        ? target.shell
        : [lookupPath(process, command[0] ?? '', sudoers.securePath) ?? command[0] ?? '', ...command.slice(1)].join(
            ' ',
          ),
    SUDO_USER: caller.name,
    SUDO_UID: String(caller.uid),
    SUDO_GID: String(caller.gid),
  });
  for (const text of assignments) env[text.slice(0, text.indexOf('='))] = text.slice(text.indexOf('=') + 1);
  return env;
}

interface Wanted {
  readonly sudoers: Sudoers;
  readonly caller: Account;
  readonly target: string;
  readonly path: string;
  readonly line: string;
}

/** Undefined where the command may run, or the exit status. */
async function authenticate(
  call: PlainCall,
  options: Options,
  { sudoers, caller, target, path, line }: Wanted,
): Promise<number | undefined> {
  const { process } = call;
  if (caller.uid === 0) return undefined;
  const rule = matchingRule(sudoers, caller, groupNames(process, caller), { runAs: target, path, line });
  if (rule !== undefined && !rule.password) return undefined;
  if (hasTicket(process, caller.name)) return await permit(call, rule, { sudoers, caller, target, path, line });
  return (await prove(call, options, caller)) ?? (await permit(call, rule, { sudoers, caller, target, path, line }));
}

/** Asks for the caller's password; undefined where it was right, or the exit status. */
async function prove(call: PlainCall, options: Options, caller: Account): Promise<number | undefined> {
  const { io, process } = call;
  if (options.has('n')) {
    await io.warn('a password is required');
    return 1;
  }
  const fromInput = options.has('S');
  if (!fromInput && !process.isatty(0)) {
    await io.warn(
      'a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper',
    );
    await io.warn('a password is required');
    return 1;
  }
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const password = await askPassword(
      process,
      (options.value('p') ?? '[sudo] password for %p: ').replace('%p', caller.name).replace('%u', caller.name),
    );
    if (password === undefined) {
      await io.warn(
        attempt === 1
          ? 'no password was provided'
          : `${String(attempt - 1)} incorrect password attempt${attempt === 2 ? '' : 's'}`,
      );
      if (attempt === 1) await io.warn('a password is required');
      return 1;
    }
    if (isPasswordOf(process, caller.name, password)) {
      grantTicket(process, caller.name);
      return undefined;
    }
    if (attempt < 3) await io.raw('Sorry, try again.\n');
  }
  await io.warn('3 incorrect password attempts');
  return 1;
}

const groupNames = (process: Process, { gid, groups }: Account): readonly string[] =>
  [gid, ...groups].map((each) => groupNameOf(process, each)).filter((name) => name !== undefined);

/** After the password: whether a rule lets the command through. */
async function permit(
  { io, process }: PlainCall,
  rule: SudoersRule | undefined,
  { sudoers, caller, target, path, line }: Wanted,
): Promise<number | undefined> {
  if (rule !== undefined) return undefined;
  const host = process.hostname();
  const [, ...args] = line.split(' ');
  await io.raw(
    rulesOf(sudoers, caller, groupNames(process, caller)).length === 0
      ? `${caller.name} is not in the sudoers file.\n`
      : `Sorry, user ${caller.name} is not allowed to execute '${[path, ...args].join(' ')}' as ${target} on ${host}.\n`,
  );
  return 1;
}
