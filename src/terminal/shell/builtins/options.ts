import type { Op } from '../op.ts';
import { SPECIAL_BUILTINS } from '../keywords.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, print } from './message.ts';
import { allVariables } from './variables.ts';

const LETTERS: Readonly<Record<string, string>> = {
  a: 'allexport',
  b: 'notify',
  e: 'errexit',
  f: 'noglob',
  h: 'hashall',
  k: 'keyword',
  m: 'monitor',
  n: 'noexec',
  p: 'privileged',
  t: 'onecmd',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  B: 'braceexpand',
  C: 'noclobber',
  E: 'errtrace',
  H: 'histexpand',
  P: 'physical',
  T: 'functrace',
};
const OPTIONS = [
  'allexport',
  'braceexpand',
  'emacs',
  'errexit',
  'errtrace',
  'functrace',
  'hashall',
  'histexpand',
  'history',
  'ignoreeof',
  'interactive-comments',
  'keyword',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nolog',
  'notify',
  'nounset',
  'onecmd',
  'physical',
  'pipefail',
  'posix',
  'privileged',
  'verbose',
  'vi',
  'xtrace',
];
const SHOPTS = [
  'assoc_expand_once',
  'autocd',
  'cdable_vars',
  'cdspell',
  'checkhash',
  'checkjobs',
  'checkwinsize',
  'cmdhist',
  'compat31',
  'compat32',
  'compat40',
  'compat41',
  'compat42',
  'compat43',
  'compat44',
  'complete_fullquote',
  'direxpand',
  'dirspell',
  'dotglob',
  'execfail',
  'expand_aliases',
  'extdebug',
  'extglob',
  'extquote',
  'failglob',
  'force_fignore',
  'globasciiranges',
  'globskipdots',
  'globstar',
  'gnu_errfmt',
  'histappend',
  'histreedit',
  'histverify',
  'hostcomplete',
  'huponexit',
  'inherit_errexit',
  'interactive_comments',
  'lastpipe',
  'lithist',
  'localvar_inherit',
  'localvar_unset',
  'login_shell',
  'mailwarn',
  'no_empty_cmd_completion',
  'nocaseglob',
  'nocasematch',
  'noexpand_translation',
  'nullglob',
  'patsub_replacement',
  'progcomp',
  'progcomp_alias',
  'promptvars',
  'restricted_shell',
  'shift_verbose',
  'sourcepath',
  'syslog_history',
  'varredir_close',
  'xpg_echo',
];

/** Options and positional parameters, as `set` and the shell's own command line take them. */
export function* setBuiltin(shell: Shell, args: readonly string[]): Op<number> {
  if (args.length === 0) {
    return yield* print(shell, 'set', allVariables(shell));
  }
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      shell.positional = args.slice(at + 1);
      return 0;
    }
    if (arg === '-') {
      shell.options.delete('xtrace');
      shell.options.delete('verbose');
      if (args.length > at + 1) shell.positional = args.slice(at + 1);
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
      const name = LETTERS[letter];
      if (name === undefined) {
        if (shell.personality === 'dash') {
          shell.unwind = { type: 'exit' };
          return yield* fault(shell, `set: Illegal option ${arg.charAt(0)}${letter}`, 2);
        }
        return yield* invalidOption(
          shell,
          'set',
          `${arg.charAt(0)}${letter}`,
          'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
        );
      }
      setOption(shell, name, on);
    }
  }
  if (at < args.length) shell.positional = args.slice(at);
  return 0;
}

function setOption(shell: Shell, name: string, on: boolean): void {
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

function* shopt(shell: Shell, args: readonly string[]): Op<number> {
  const flags = args.filter((arg) => /^-[pqsuo]+$/.test(arg)).join('');
  const names = args.filter((arg) => !/^-[pqsuo]+$/.test(arg));
  const table = flags.includes('o') ? OPTIONS : SHOPTS;
  const state = flags.includes('o') ? shell.options : shell.shopts;
  let status = 0;
  let out = '';
  const line = (name: string): string =>
    flags.includes('p')
      ? `${flags.includes('o') ? 'set' : 'shopt'} ${flags.includes('o') ? (state.has(name) ? '-o' : '+o') : state.has(name) ? '-s' : '-u'} ${name}\n`
      : `${name.padEnd(15)}\t${state.has(name) ? 'on' : 'off'}\n`;
  const change = /[su]/.exec(flags)?.[0];
  for (const name of names.length === 0
    ? table.filter((option) => change === undefined || state.has(option) === (change === 's'))
    : names) {
    if (!table.includes(name)) {
      status = yield* fault(shell, `shopt: ${name}: invalid ${flags.includes('o') ? '' : 'shell '}option name`);
      continue;
    }
    if (change === 's' && names.length > 0 && UNSIMULATED_SHOPTS.has(name)) {
      status = yield* fault(shell, `shopt: drydock: 'shopt -s ${name}' is not simulated`);
      continue;
    }
    if (names.length > 0 && change === 's') state.add(name);
    else if (names.length > 0 && change === 'u') state.delete(name);
    else {
      if (names.length > 0 && !state.has(name)) status = 1;
      if (!flags.includes('q')) out += line(name);
    }
  }
  const printed = yield* print(shell, 'shopt', out);
  return printed === 0 ? status : printed;
}

/** Options that would change what scripts do and that nothing here acts on. */
const UNSIMULATED_SHOPTS = new Set([
  'extdebug',
  'restricted_shell',
  'compat31',
  'compat32',
  'compat40',
  'compat41',
  'compat42',
  'compat43',
  'compat44',
]);

function* enable(shell: Shell, args: readonly string[]): Op<number> {
  const flags = args.filter((arg) => /^-[anps]+$/.test(arg)).join('');
  const names = args.filter((arg) => !/^-[anps]+$/.test(arg));
  const wrong = names.find((name) => name.startsWith('-'));
  if (wrong !== undefined) return yield* fault(shell, `enable: drydock: 'enable ${args.join(' ')}' is not simulated`);
  if (names.length === 0) {
    const all = [...shell.builtins.keys()].filter((name) => !flags.includes('s') || SPECIAL_BUILTINS.has(name)).sort();
    const off = (name: string): boolean => shell.disabled.has(name);
    const shown = flags.includes('a') ? all : all.filter((name) => off(name) === flags.includes('n'));
    return yield* print(shell, 'enable', shown.map((name) => `enable ${off(name) ? '-n ' : ''}${name}\n`).join(''));
  }
  let status = 0;
  for (const name of names) {
    if (!shell.builtins.has(name)) status = yield* fault(shell, `enable: ${name}: not a shell builtin`);
    else if (flags.includes('n')) shell.disabled.add(name);
    else shell.disabled.delete(name);
  }
  return status;
}

export const optionBuiltins: Readonly<Record<string, Builtin>> = { set: setBuiltin, shopt, enable };
