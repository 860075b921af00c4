/** The settings of sudoers' Defaults that sudo acts on here. */
import type { DefaultsEntry } from './sudoers.ts';

export interface Settings {
  readonly flags: ReadonlyMap<string, boolean>;
  readonly values: ReadonlyMap<string, string>;
  /** env_keep and env_check: both keep what they name. */
  readonly kept: readonly string[];
}

/** Kept where nothing is said (`sudo -V` as root lists them). */
const KEPT = [
  ...['COLORS', 'DISPLAY', 'HOSTNAME', 'KRB5CCNAME', 'LS_COLORS', 'PATH', 'PS1', 'PS2', 'XAUTHORITY', 'XAUTHORIZATION'],
  ...['XDG_CURRENT_DESKTOP', 'COLORTERM', 'LANG', 'LANGUAGE', 'LC_*', 'LINGUAS', 'TERM', 'TZ'],
];

/** Settings with an effect that would be missed, and that nothing acts on. */
const UNMODELLED = new Set(
  'insults logfile log_input log_output lecture_file iolog_dir iolog_file env_file exempt_group umask umask_override noexec'.split(
    ' ',
  ),
);

export const unmodelled = (entries: readonly DefaultsEntry[]): readonly string[] =>
  entries.filter(({ name, operator }) => operator !== '!' && UNMODELLED.has(name)).map(({ name }) => name);

export function settingsOf(entries: readonly DefaultsEntry[]): Settings {
  const flags = new Map<string, boolean>();
  const values = new Map<string, string>();
  let kept: readonly string[] = KEPT;
  for (const { name, operator, value } of entries) {
    const words = value.split(/\s+/).filter((word) => word !== '');
    if (name === 'env_keep' || name === 'env_check') {
      if (operator === '+=') kept = [...kept, ...words];
      else if (operator === '-=') kept = kept.filter((word) => !words.includes(word));
      else kept = operator === '=' ? words : [];
    } else if (operator === '!') {
      flags.set(name, false);
      values.delete(name);
    } else if (operator === '') flags.set(name, true);
    else values.set(name, value);
  }
  return { flags, values, kept };
}

/** As `sudo -l` writes it. */
export function entryText({ name, operator, value }: DefaultsEntry): string {
  if (operator === '!') return `!${name}`;
  if (operator === '') return name;
  const escaped = value.replace(/([:\\,=])/g, '\\$1');
  return `${name}${operator}${/\s/.test(value) ? `"${value}"` : escaped}`;
}
