/** The environment of a command that sudo starts, and who may say what is in it (sudoers plugin, env.c). */
import type { Process } from '../../../protocol/program.ts';
import type { Account } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import { lookupPath } from '../../run-child.ts';
import type { PlainCall } from '../plain-program.ts';
import type { Settings } from './sudo-settings.ts';
import type { Decision } from './sudoers-match.ts';

/** What a command is started with. */
interface EnvironmentOf {
  readonly settings: Settings;
  readonly caller: Account;
  readonly target: Account;
  readonly command: readonly string[];
  readonly assignments: readonly string[];
}

export function environment(
  process: Process,
  options: Options,
  { settings, caller, target, command, assignments }: EnvironmentOf,
): Record<string, string> {
  const securePath = settings.values.get('secure_path');
  const preserved = preservedNames(options);
  const all = options.has('E') || options.values('preserve').includes('') || settings.flags.get('env_reset') === false;
  const isKept = (name: string): boolean =>
    preserved.includes(name) ||
    settings.kept.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : each === name));
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (name !== '_' && ((all && !options.has('i')) || isKept(name))) env[name] = value;
  if (securePath !== undefined) env['PATH'] = securePath;
  const login = {
    HOME: target.home,
    LOGNAME: target.name,
    USER: target.name,
    SHELL: target.shell,
    MAIL: `/var/mail/${target.name}`,
  };
  if (all && !options.has('i'))
    Object.assign(env, {
      HOME:
        options.has('H') || settings.flags.get('always_set_home') === true
          ? target.home
          : (process.env['HOME'] ?? target.home),
      LOGNAME: target.name,
      USER: target.name,
    });
  else Object.assign(env, login);
  Object.assign(env, {
    SUDO_COMMAND:
      command.length === 0
        ? target.shell
        : [lookupPath(process, command[0] ?? '', securePath) ?? command[0] ?? '', ...command.slice(1)].join(' '),
    SUDO_USER: caller.name,
    SUDO_UID: String(caller.uid),
    SUDO_GID: String(caller.gid),
  });
  for (const text of assignments) env[text.slice(0, text.indexOf('='))] = text.slice(text.indexOf('=') + 1);
  return env;
}

const preservedNames = (options: Options): readonly string[] =>
  options
    .values('preserve')
    .flatMap((list) => list.split(','))
    .filter((each) => each !== '');

/** Whether the rule lets the caller say what the environment and the directory are. */
export async function environmentFault(
  { io }: PlainCall,
  options: Options,
  {
    caller,
    settings,
    decision,
    assignments,
    path,
  }: {
    readonly caller: Account;
    readonly settings: Settings;
    readonly decision: Decision | undefined;
    readonly assignments: readonly string[];
    readonly path: string;
  },
): Promise<number | undefined> {
  const mayChdir = settings.values.get('runcwd') === '*';
  if (options.has('D') && !mayChdir && caller.uid !== 0) {
    await io.warn(`you are not permitted to use the -D option with ${path}`);
    return 1;
  }
  const tag = decision?.spec.tags.get('SETENV');
  const free = tag ?? (decision?.spec.command.text === 'ALL' || settings.flags.get('setenv') === true);
  if (caller.uid === 0 || free) return undefined;
  if (options.has('E') || options.values('preserve').includes('')) {
    await io.warn('sorry, you are not allowed to preserve the environment');
    return 1;
  }
  const kept = (name: string): boolean => settings.kept.includes(name);
  const names = [...preservedNames(options), ...assignments.map((text) => text.slice(0, text.indexOf('=')))];
  const barred = names.filter((name) => !kept(name));
  if (barred.length === 0) return undefined;
  await io.warn(`sorry, you are not allowed to set the following environment variables: ${barred.join(', ')}`);
  return 1;
}
