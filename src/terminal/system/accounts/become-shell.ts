/** What su and runuser share (util-linux' su-common): the options, whose shell it is, its environment and groups. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { accountOf, groupIdOf, type Account } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import type { PlainCall } from '../plain-program.ts';
import { credentialsOf } from './become-user.ts';

export const SHELL_OPTIONS = {
  // No shell of this world has a mode that -f would ask for; without -P there is no terminal to make or not to make (-T).
  short: 'c:fg:G:hlmpPs:Tw:V',
  absent: ['P', 'session-command'],
  long: {
    command: 'c',
    fast: 'f',
    group: 'g',
    'supp-group': 'G',
    help: 'h',
    login: 'l',
    'preserve-environment': 'm',
    pty: 'P',
    'no-pty': 'T',
    shell: 's',
    'session-command': 'session-command:',
    'whitelist-environment': 'w',
    version: 'V',
  },
};

/** The account of a name; it is complained about where there is none. */
export async function targetOf({ io, process }: PlainCall, name: string): Promise<Account | undefined> {
  const target = accountOf(process, name);
  if (target?.name === name) return target;
  await io.warn(`user ${name} does not exist or the user entry does not contain all the required fields`);
  return undefined;
}

/** Takes the user's numbers on, with other groups where -g and -G say so. */
export async function takeIdentity(
  { io, process, flavour }: PlainCall,
  options: Options,
  target: Account,
): Promise<boolean> {
  const named = [...options.values('g').slice(-1), ...options.values('G')];
  const unknown = named.find((group) => groupIdOf(process, group) === undefined);
  if (unknown !== undefined) {
    await io.warn(`group ${unknown} does not exist`);
    return false;
  }
  const [gid] = options
    .values('g')
    .slice(-1)
    .flatMap((group) => groupIdOf(process, group) ?? []);
  const extra = options.values('G').flatMap((group) => groupIdOf(process, group) ?? []);
  const own = credentialsOf(target);
  // The first of -G is the primary group where -g is not given, and either stands for all the user's groups.
  const primary = gid ?? extra[0] ?? own.gid;
  const groups = extra.length > 0 ? extra : gid === undefined ? own.groups : [gid];
  const set = process.setCredentials({ ...own, gid: primary, groups });
  if (!failed(set)) return true;
  await io.warn(`${flavour === 'busybox' ? "can't" : 'cannot'} set groups: ${strerror(set)}`);
  return false;
}

/** Replaces this process by the user's shell; `fresh` is what a login's environment has besides. */
export async function becomeShell(
  call: PlainCall,
  options: Options,
  target: Account,
  rest: readonly string[],
  fresh: Readonly<Record<string, string>>,
): Promise<number> {
  const { io, process } = call;
  const login = options.has('l');
  const keep = (options.has('m') || options.has('p')) && !login;
  if (login && (options.has('m') || options.has('p')))
    await io.warn("ignoring --preserve-environment, it's mutually exclusive with --login");
  const shell =
    options.value('s') ?? (keep ? process.env['SHELL'] : undefined) ?? (target.shell === '' ? '/bin/sh' : target.shell);
  const env: Record<string, string> = login ? {} : { ...process.env };
  const kept = ['TERM', 'COLORTERM', 'NO_COLOR', 'LANG', ...(options.value('w') ?? '').split(',')];
  for (const name of login ? kept : []) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (!keep)
    Object.assign(env, {
      HOME: target.home,
      SHELL: shell,
      ...(login || target.uid !== 0 ? { USER: target.name, LOGNAME: target.name } : {}),
    });
  if (login) Object.assign(env, fresh);
  const command = options.value('c');
  const base = shell.split('/').at(-1) ?? '';
  const argv = [login ? `-${base}` : base, ...(command === undefined ? [] : ['-c', command]), ...rest];
  const missing = login && process.chdir(target.home);
  if (missing && failed(missing))
    await io.warn(`warning: cannot change directory to ${target.home}: ${strerror(missing)}`);
  if (!(await takeIdentity(call, options, target))) return 1;
  const failure = await process.exec(shell, argv, env);
  await io.warn(`failed to execute ${shell}: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
}
