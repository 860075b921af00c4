/**
 * The locale that an environment names (setlocale(3)). Of locales there are C, POSIX and C.UTF-8, as where no other has been
 * generated; a program whose environment names another stays in C.
 */
import type { Process } from '../protocol/program.ts';

export type Charset = 'bytes' | 'utf-8';
type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set and empty counts as unset. */
export const localeName = (env: Environment, category = 'LC_CTYPE', otherwise = 'C'): string =>
  env['LC_ALL'] || env[category] || env['LANG'] || otherwise;

/** What makes a character in a locale; undefined where there is no such locale. */
export const charsetOf = (locale: string): Charset | undefined =>
  /^(?:C|POSIX)$/.test(locale) ? 'bytes' : /^C\.utf-?8$/i.test(locale) ? 'utf-8' : undefined;

export const isUtf8 = ({ env }: Pick<Process, 'env'>): boolean => charsetOf(localeName(env)) === 'utf-8';
