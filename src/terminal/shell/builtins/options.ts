import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { enable } from './enable.ts';
import { fault, invalidOption, print } from './message.ts';
import { OPTION_LETTERS } from '../options/option-letters.ts';
import { OPTIONS } from './option-names.ts';
import { isRestricted, restrict } from '../options/restricted.ts';
import { shopt } from './shopt.ts';
import { allVariables } from './variables.ts';

/** Options and positional parameters, as `set` and the shell's own command line take them. */
export function* setBuiltin(shell: Shell, args: readonly string[]): Op<number> {
  if (args.length === 0) {
    return yield* print(shell, 'set', allVariables(shell));
  }
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      setPositional(shell, args.slice(at + 1));
      return 0;
    }
    if (arg === '-') {
      shell.options.delete('xtrace');
      shell.options.delete('verbose');
      if (args.length > at + 1) setPositional(shell, args.slice(at + 1));
      return 0;
    }
    if (!/^[-+]/.test(arg) || arg === '+') break;
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[at + 1];
        if (name === undefined) return yield* listOptions(shell, on);
        at += 1;
        if (!OPTIONS.includes(name) || (name === 'pipefail' && shell.personality === 'dash')) {
          if (shell.personality !== 'bash') shell.unwind = { type: 'exit' };
          return yield* fault(
            shell,
            shell.personality === 'dash' ? `set: Illegal option -o ${name}` : `set: ${name}: invalid option name`,
            2,
          );
        }
        setOption(shell, name, on);
        continue;
      }
      const name = optionOf(shell, letter, on);
      if (name === undefined) {
        if (shell.personality === 'dash') {
          shell.unwind = { type: 'exit' };
          return yield* fault(shell, `set: Illegal option ${arg.charAt(0)}${letter}`, 2);
        }
        const status = yield* invalidOption(shell, 'set', `${arg.charAt(0)}${letter}`);
        // A restricted shell knows the letter and refuses it.
        return letter === 'r' ? 1 : status;
      }
      setOption(shell, name, on);
    }
  }
  if (at < args.length) setPositional(shell, args.slice(at));
  return 0;
}

/** New positional parameters: a sourced file that sets them leaves them so. */
function setPositional(shell: Shell, values: readonly string[]): void {
  shell.positional = values;
  const call = shell.stack.findLast(({ type }) => type === 'function' || type === 'source');
  if (call?.type === 'source') call.positional = undefined;
}

/** The option that a letter stands for; a restricted shell stays one. */
function optionOf(shell: Shell, letter: string, on: boolean): string | undefined {
  if (letter === 'r' && (shell.personality !== 'bash' || (!on && isRestricted(shell)))) return undefined;
  return OPTION_LETTERS[letter];
}

function setOption(shell: Shell, name: string, on: boolean): void {
  if (name === 'restricted' && on) restrict(shell);
  if (name === 'posix' && shell.personality === 'bash') {
    if (on) shell.vars.put('POSIXLY_CORRECT', 'y');
    else shell.vars.unset('POSIXLY_CORRECT');
  }
  if (on) shell.options.add(name);
  else shell.options.delete(name);
}

function* listOptions(shell: Shell, table: boolean): Op<number> {
  const lines = OPTIONS.map((name) =>
    table
      ? `${name.padEnd(15)}\t${shell.options.has(name) ? 'on' : 'off'}\n`
      : `set ${shell.options.has(name) ? '-' : '+'}o ${name}\n`,
  );
  return yield* print(shell, 'set', lines.join(''));
}

export const optionBuiltins: Readonly<Record<string, Builtin>> = { set: setBuiltin, shopt, enable };
