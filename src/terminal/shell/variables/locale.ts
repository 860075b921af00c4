/**
 * The shell's locale: which bytes make a character, and what bash says of a name that is none. Of locales there are C, POSIX and
 * C.UTF-8, as where no other has been generated. Source: locale.c of bash 5.2, setlocale(3).
 */
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

type Charset = 'bytes' | 'utf-8';

const charsetOf = (locale: string): Charset | undefined =>
  /^(?:C|POSIX)$/.test(locale) ? 'bytes' : /^C\.utf-?8$/i.test(locale) ? 'utf-8' : undefined;

const nameOf = (ask: (name: string) => string | undefined): string =>
  ask('LC_ALL') || ask('LC_CTYPE') || ask('LANG') || 'C';

/** The name that decides about characters. */
export const localeName = (shell: Shell): string => nameOf((name) => shell.vars.get(name));

/** A name of no locale leaves things as they were when the shell began. */
export const charset = (shell: Shell): Charset =>
  charsetOf(localeName(shell)) ?? charsetOf(nameOf((name) => shell.process.env[name])) ?? 'bytes';

/** An assignment to LC_… that names no locale leaves a warning; LANG, and what LC_ALL hides, leave none. */
export function localeAssigned(shell: Shell, name: string): void {
  const value = shell.vars.get(name) ?? '';
  if (shell.personality !== 'bash' || value === '' || charsetOf(value) !== undefined) return;
  if (name !== 'LC_ALL' && (shell.vars.get('LC_ALL') ?? '') !== '') return;
  // The C library looks for the files of a locale once, category by category.
  const known = [`LC_ALL=${value}`, name === 'LC_ALL' ? value : `${name}=${value}`];
  const reason = known.some((one) => shell.missingLocales.has(one)) ? '' : ': No such file or directory';
  for (const one of [value, `${name}=${value}`]) shell.missingLocales.add(one);
  shell.warnings.push(`warning: setlocale: ${name}: cannot change locale (${value})${reason}`);
}

/** A shell that is started with an LC_ALL that names no locale says so. */
export function* warnOfLocale(shell: Shell): Op<void> {
  const { LC_ALL = '' } = shell.process.env;
  if (shell.personality !== 'bash' || LC_ALL === '' || charsetOf(LC_ALL) !== undefined) return;
  shell.missingLocales.add(`LC_ALL=${LC_ALL}`);
  yield* shell.write(2, `${shell.arg0}: warning: setlocale: LC_ALL: cannot change locale (${LC_ALL})\n`);
}

/** Prints what assignments have left to be said. */
export function* tellWarnings(shell: Shell): Op<void> {
  for (const warning of shell.warnings.splice(0)) yield* shell.complain(warning);
}
