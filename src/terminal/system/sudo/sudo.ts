/**
 * sudo 1.9.15.
 * Models: sudoers with aliases, lists and Defaults, the password question, remembered for 15 minutes on a terminal, -u -g -i -s -E -H -n -k -K -v -l -U -b -S,
 * VAR=value, env_reset and secure_path, SUDO_*. Leaves out: plugins, sudoedit, logging.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import type { Account } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import { absentOption, parseOptions } from '../../coreutils/command.ts';
import { lookupPath, runAndWait } from '../../run-child.ts';
import { askPassword, credentialsOf, isPasswordOf } from '../accounts/become-user.ts';
import { invokingAccount } from '../accounts/invoking-user.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { listRules } from './sudo-list.ts';
import { environment, environmentFault } from './sudo-environment.ts';
import { settingsOf, unmodelled, type Settings } from './sudo-settings.ts';
import { grantTicket, hasTicket, revokeTicket, TIMEOUT_MINUTES } from './sudo-timestamp.ts';
import { fileText } from '../../io.ts';
import { readSudoers, sudoersFiles, type CommandSpec, type Sudoers } from './sudoers.ts';
import { decide, entriesFor, privilegesOf, type Decision, type Request } from './sudoers-match.ts';
import { sudoersErrors, sudoersErrorText } from './sudoers-syntax.ts';

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user]
            [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g
            group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user]
            [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group]
            [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...
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
    askpass: 'A',
    bell: 'B',
    'close-from': 'C:',
    'command-timeout': 'T:',
    'no-update': 'N',
    'preserve-groups': 'P',
    chroot: 'R:',
    'other-user': 'U',
    host: 'h',
    help: 'help',
    version: 'V',
    'remove-timestamp': 'K',
  },
};

export const sudo = plainProgram('sudo', async (call) => {
  const { io, process } = call;
  const helps = call.args.length === 1 && (call.args[0] === '-h' || call.args[0] === '--help');
  const options = parseOptions(helps ? ['--help'] : call.args, SPEC);
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    await io.raw(USAGE);
    return 1;
  }
  if (options.has('V')) {
    io.line('Sudo version 1.9.15p5');
    return await io.end(0);
  }
  const problem = conflictOf(options);
  if (problem !== undefined) {
    await io.warn(problem);
    await io.raw(USAGE);
    return 1;
  }
  if (options.has('help')) {
    io.out(`sudo - execute a command as another user\n\n${USAGE}`);
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
  const root = accountOf(process, 'root') ?? caller;
  if (options.has('l') || options.has('v')) {
    const settings = settingsOf(entriesFor(sudoers, process, caller));
    const specs = privilegesOf(sudoers, process, caller).flatMap(({ commands }) => commands);
    const free = (spec: CommandSpec): boolean => spec.tags.get('PASSWD') === false;
    // Listing takes one command without a password (listpw=any), validating all of them (verifypw=all).
    const open = options.has('l') ? specs.some(free) : specs.length > 0 && specs.every(free);
    const needed = caller.uid !== 0 && !open && settings.flags.get('authenticate') !== false;
    const refused = needed ? await prove(call, options, { caller, target: root, settings }) : undefined;
    if (refused !== undefined) return refused;
    if (options.has('l')) return await listRules(call, options, sudoers, caller);
    if (specs.length > 0 || caller.uid === 0) return 0;
    await io.raw(`Sorry, user ${caller.name} may not run sudo on ${process.hostname()}.\n`);
    return 1;
  }
  if (command.length === 0 && !options.has('i') && !options.has('s')) {
    await io.raw(USAGE);
    return 1;
  }
  return await start(call, options, { sudoers, caller, command, assignments });
});

interface Asked {
  readonly sudoers: Sudoers;
  readonly caller: Account;
  readonly command: readonly string[];
  readonly assignments: readonly string[];
}

async function start(
  call: PlainCall,
  options: Options,
  { sudoers, caller, command, assignments }: Asked,
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
  const firstSettings = settingsOf(entriesFor(sudoers, process, caller, target));
  const shell = options.has('i') ? target.shell : options.has('s') ? (process.env['SHELL'] ?? caller.shell) : undefined;
  const argv =
    shell === undefined
      ? command
      : [
          options.has('i') ? `-${shell.split('/').at(-1) ?? ''}` : shell,
          ...(command.length === 0 ? [] : ['-c', command.map(escaped).join(' ')]),
        ];
  const path = shell ?? lookupPath(process, command[0] ?? '', firstSettings.values.get('secure_path'));
  const args = shell === undefined ? command.slice(1) : argv.slice(1);
  const entries = entriesFor(sudoers, process, caller, target, { path: path ?? command[0] ?? '', args });
  for (const name of unmodelled(entries)) await io.raw(`drydock: 'Defaults ${name}' is not simulated\n`);
  const settings = settingsOf(entries);
  const request = { process, sudoers, caller, target, path: path ?? command[0] ?? '', args };
  const decision = decide({ ...request, gid: options.has('g') ? gid : undefined });
  const refused =
    (await authenticate(call, options, { request, settings, decision })) ??
    (await environmentFault(call, options, { caller, settings, decision, assignments, path: path ?? '' }));
  if (refused !== undefined) return refused;
  if (path === undefined || isNoCommand(process, path)) {
    await io.warn(`${command[0] ?? ''}: command not found`);
    return 1;
  }
  const env = environment(process, options, { settings, caller, target, command, assignments });
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

/** A directory, or nothing at all. */
function isNoCommand(process: Process, path: string): boolean {
  const stat = process.stat(path);
  return failed(stat) || stat.type === 'directory';
}

interface Wanted {
  readonly request: Request;
  readonly settings: Settings;
  readonly decision: Decision | undefined;
}

/** Undefined where the command may run, or the exit status. */
async function authenticate(call: PlainCall, options: Options, wanted: Wanted): Promise<number | undefined> {
  const { caller, target } = wanted.request;
  const { settings, decision } = wanted;
  if (caller.uid === 0) return undefined;
  const tag = decision?.spec.tags.get('PASSWD');
  const needed = tag ?? settings.flags.get('authenticate') !== false;
  const isSelf = decision?.allowed === true && target.uid === caller.uid && !options.has('g');
  const refused = needed && !isSelf ? await prove(call, options, { caller, target, settings }) : undefined;
  return refused ?? (await permit(call, wanted));
}

/** Asks for the caller's password, or whose Defaults say; undefined where it was right or given lately. */
async function prove(
  call: PlainCall,
  options: Options,
  { caller, target, settings }: { readonly caller: Account; readonly target: Account; readonly settings: Settings },
): Promise<number | undefined> {
  const { io, process } = call;
  const minutes = Number(settings.values.get('timestamp_timeout') ?? TIMEOUT_MINUTES);
  if (
    !options.has('k') &&
    hasTicket(process, caller.name, settings.flags.get('timestamp_timeout') === false ? 0 : minutes)
  )
    return undefined;
  const whose =
    settings.flags.get('rootpw') === true
      ? 'root'
      : settings.flags.get('targetpw') === true
        ? target.name
        : caller.name;
  const tries = Number(settings.values.get('passwd_tries') ?? 3);
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
  const shown = options.value('p') ?? settings.values.get('passprompt') ?? '[sudo] password for %p: ';
  const prompt = shown.replace(/%([%pHhUu])/g, (_, letter: string) =>
    letter === '%'
      ? '%'
      : letter === 'p'
        ? whose
        : letter === 'u'
          ? caller.name
          : letter === 'U'
            ? target.name
            : process.hostname(),
  );
  const told = (count: number): string => `${String(count)} incorrect password attempt${count === 1 ? '' : 's'}`;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const password = await askPassword(process, prompt);
    if (password === undefined) {
      await io.warn(attempt === 1 ? 'no password was provided' : told(attempt - 1));
      if (attempt === 1) await io.warn('a password is required');
      return 1;
    }
    if (isPasswordOf(process, whose, password)) {
      grantTicket(process, caller.name);
      return undefined;
    }
    if (attempt < tries) await io.raw(`${settings.values.get('badpass_message') ?? 'Sorry, try again.'}\n`);
  }
  await io.warn(told(tries));
  return 1;
}

/** After the password: whether a rule lets the command through. */
async function permit({ io }: PlainCall, { request, decision }: Wanted): Promise<number | undefined> {
  if (decision?.allowed === true) return undefined;
  const { process, sudoers, caller, target, path, args } = request;
  const command = [path, ...args].join(' ');
  await io.raw(
    privilegesOf(sudoers, process, caller).length === 0
      ? `${caller.name} is not in the sudoers file.\n`
      : `Sorry, user ${caller.name} is not allowed to execute '${command}' as ${target.name} on ${process.hostname()}.\n`,
  );
  return 1;
}

/** Options that do not go together. */
function conflictOf(options: Options): string | undefined {
  const modes = [...'eilsvVK'].filter((letter) => options.has(letter));
  if (options.has('i') && options.has('s')) return 'you may not specify both the -i and -s options';
  if (modes.length > 1) return 'Only one of the -e, -h, -i, -K, -l, -s, -v or -V options may be specified';
  if (options.has('i') && (options.has('E') || options.values('preserve').includes('')))
    return 'you may not specify both the -i and -E options';
  return options.has('U') && !options.has('l') ? 'the -U option may only be used with the -l option' : undefined;
}
