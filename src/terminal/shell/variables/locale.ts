/**
 * The shell's locale: which bytes make a character, and what bash says of a name that is none. Source: locale.c of bash 5.2, setlocale(3).
 */
import { type Charset, charsetOf, localeName } from '../../locale-name.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** The name that decides about characters. */
export const ownLocale = ({ vars }: Shell, category = 'LC_CTYPE'): string =>
  localeName({ LC_ALL: vars.get('LC_ALL'), [category]: vars.get(category), LANG: vars.get('LANG') }, category);

/** A name of no locale leaves things as they were when the shell began. */
export const charset = (shell: Shell): Charset =>
  charsetOf(ownLocale(shell)) ?? charsetOf(localeName(shell.process.env)) ?? 'bytes';

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
