/**
 * bash's restricted mode (`bash -r`, `set -r`).
 * Models: no other directory, no command by its path, no file written by redirection, no `exec`, SHELL PATH HISTFILE ENV and
 * BASH_ENV as they were, and what `.` `command -p` `hash -p` and `enable` lose by it.
 */
import type { Shell } from '../shell.ts';

export const isRestricted = (shell: Shell): boolean => shell.shopts.has('restricted_shell');

/** From here on, for good. */
export function restrict(shell: Shell): void {
  shell.shopts.add('restricted_shell');
  shell.options.add('restricted');
  for (const name of ['PATH', 'SHELL', 'HISTFILE', 'ENV', 'BASH_ENV']) shell.vars.ensure(name).readonly = true;
}

/** What a builtin is refused with in a restricted shell. */
export function refusedBuiltin([name = '', ...args]: readonly string[]): string | undefined {
  switch (name) {
    case 'cd':
      return 'cd: restricted';
    case 'exec':
      return args.length > 0 ? 'exec: restricted' : undefined;
    case '.':
    case 'source':
      return args[0]?.includes('/') === true ? `${name}: ${args[0]}: restricted` : undefined;
    case 'hash': {
      const path = args[args.indexOf('-p') + 1];
      return args.includes('-p') && path?.includes('/') === true ? `hash: ${path}: restricted` : undefined;
    }
    case 'command':
      return args[0] === '-p' ? 'command: -p: restricted' : undefined;
    case 'enable':
      return /^-[fd]/.test(args[0] ?? '') ? 'enable: restricted' : undefined;
    default:
      return undefined;
  }
}
