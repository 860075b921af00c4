/** What shadow's tools (4.13 with Debian's patches) share: names, numbers, complaints with the usage line, /etc/login.defs. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupIdOf } from '../../accounts.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { readRows } from './account-files.ts';
import { parseDay, usesRelativeDay } from './calendar-day.ts';

/** Debian takes any name that cannot be mistaken for an option, a home directory or a field. */
export const isValidName = (name: string): boolean => /^[^-~+:,\s][^:,\s]{0,31}$/.test(name);
/** What can stand between colons. */
export const isField = (text: string): boolean => !/[:\n]/.test(text);

export const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').filter((each) => each !== '');

/** A user's or group's number: digits below 2³²-1. */
export function parseId(text: string): number | undefined {
  const id = /^\d+$/.test(text) ? Number(text) : undefined;
  return id !== undefined && id < 2 ** 32 - 1 ? id : undefined;
}

/** A complaint, the line that shows how the program is called, and the status. */
export async function usageFault({ io, usage }: Pick<Invocation, 'io' | 'usage'>, problem?: string): Promise<2> {
  if (problem !== undefined) await io.warn(problem);
  await io.raw(`Usage: ${usage}\n`);
  return 2;
}

/** Where the tables cannot be locked, shadow's tools stop with status 1 (10 for groups). */
export async function notPermitted(
  { io, process }: Pick<Invocation, 'io' | 'process'>,
  file: '/etc/passwd' | '/etc/group',
): Promise<number | undefined> {
  if (process.credentials().uid === 0) return undefined;
  await io.warn('Permission denied.');
  await io.warn(`cannot lock ${file}; try again later.`);
  return file === '/etc/group' ? 10 : 1;
}

export const userRow = (process: Process, name: string): readonly string[] | undefined =>
  readRows(process, '/etc/passwd').find((row) => row[0] === name);
export const groupRow = (process: Process, name: string): readonly string[] | undefined =>
  readRows(process, '/etc/group').find((row) => row[0] === name || row[2] === name);

/** Says of each group that is not there that it is not. */
export async function unknownGroups({ io, process }: Invocation, names: readonly string[]): Promise<boolean> {
  const unknown = names.filter((name) => groupIdOf(process, name) === undefined || !groupRow(process, name));
  for (const name of unknown) await io.warn(`group '${name}' does not exist`);
  return unknown.length > 0;
}

/** Days since 1970 of what -e was given, '' for none; a status where it is no day. */
export async function expiryDay({ io }: Invocation, text: string): Promise<string | number> {
  if (text === '' || text === '-1') return '';
  if (/^\d+$/.test(text)) return text;
  const day = parseDay(text);
  if (day !== undefined) return String(day);
  if (usesRelativeDay(text)) {
    await io.raw(`drydock: '${io.name} -e ${text}' is not simulated\n`);
    return 1;
  }
  await io.warn(`invalid date '${text}'`);
  return 3;
}

/** The warning about a shell that nobody could log in with. */
export async function remarkOnShell({ io, process }: Invocation, shell: string): Promise<void> {
  if (shell === '' || shell.startsWith('*') || shell === '/sbin/nologin') return;
  const stat = process.stat(shell);
  const runs = !failed(stat) && stat.type !== 'directory' && !failed(process.access(shell, { execute: true }));
  if (!runs) await io.warn(`Warning: missing or non-executable shell '${shell}'`);
}

/** Items that shadow knows; -K may set them. */
const ITEMS = new Set(
  `CHFN_RESTRICT CONSOLE CREATE_HOME DEFAULT_HOME ENCRYPT_METHOD ENV_PATH ENV_SUPATH ERASECHAR FAILLOG_ENAB FAKE_SHELL FTMP_FILE
  GID_MAX GID_MIN HOME_MODE HUSHLOGIN_FILE KILLCHAR LASTLOG_UID_MAX LOGIN_RETRIES LOGIN_TIMEOUT LOG_OK_LOGINS LOG_UNKFAIL_ENAB
  MAIL_DIR MAIL_FILE MAX_MEMBERS_PER_GROUP MD5_CRYPT_ENAB NONEXISTENT PASS_MAX_DAYS PASS_MIN_DAYS PASS_WARN_AGE
  PREVENT_NO_AUTH SHA_CRYPT_MAX_ROUNDS SHA_CRYPT_MIN_ROUNDS SUB_GID_COUNT SUB_GID_MAX SUB_GID_MIN SUB_UID_COUNT SUB_UID_MAX
  SUB_UID_MIN SULOG_FILE SU_NAME SYSLOG_SG_ENAB SYSLOG_SU_ENAB SYS_GID_MAX SYS_GID_MIN SYS_UID_MAX SYS_UID_MIN TTYGROUP
  TTYPERM TTYTYPE_FILE UID_MAX UID_MIN UMASK USERDEL_CMD USERGROUPS_ENAB`.split(/\s+/),
);

/** /etc/login.defs, with what -K says instead; the name of an item that does not exist. */
export function loginDefs(process: Process, overrides: readonly string[] = []): ReadonlyMap<string, string> | string {
  const items = new Map<string, string>();
  for (const line of (fileText(process, '/etc/login.defs') ?? '').split('\n')) {
    const [, name, value] = /^\s*([A-Z_\d]+)\s+"?(.*?)"?\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) items.set(name, value);
  }
  for (const each of overrides) {
    const [name = '', value = ''] = each.split('=');
    if (!ITEMS.has(name)) return name;
    items.set(name, value);
  }
  return items;
}

/** Next numbers for a user or group: from the items' bounds, above those in use. */
export function nextId(
  process: Process,
  kind: 'UID' | 'GID',
  system: boolean,
  items: ReadonlyMap<string, string>,
): number | undefined {
  const file = kind === 'UID' ? '/etc/passwd' : '/etc/group';
  const used = new Set(readRows(process, file).map((row) => Number(row[2])));
  const bound = (name: string, otherwise: number): number => Number(items.get(name) ?? otherwise);
  if (system) {
    const [low, high] = [bound(`SYS_${kind}_MIN`, 101), bound(`SYS_${kind}_MAX`, bound(`${kind}_MIN`, 1_000) - 1)];
    for (let id = high; id >= low; id -= 1) if (!used.has(id)) return id;
    return undefined;
  }
  const [low, high] = [bound(`${kind}_MIN`, 1_000), bound(`${kind}_MAX`, 60_000)];
  const last = Math.max(low - 1, ...[...used].filter((id) => id >= low && id <= high));
  if (last < high) return last + 1;
  for (let id = low; id <= high; id += 1) if (!used.has(id)) return id;
  return undefined;
}
