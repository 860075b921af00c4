import type { Process } from '../protocol/program.ts';
import { fileText } from './io.ts';

/** One line of /etc/passwd with the groups that /etc/group adds. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
  readonly shell: string;
}

const table = (process: Process, path: string): readonly (readonly string[])[] =>
  (fileText(process, path) ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));

/** An account by name, or by number as text. */
export function accountOf(process: Process, user: string): Account | undefined {
  const fields = table(process, '/etc/passwd').find(([name, , uid]) => name === user || uid === user);
  if (fields === undefined) return undefined;
  const [name = '', , uid = '0', gid = '0', , home = '/', shell = '/bin/sh'] = fields;
  const groups = table(process, '/etc/group')
    .filter(([, , , members]) => (members ?? '').split(',').includes(name))
    .map(([, , number]) => Number(number));
  return { name, uid: Number(uid), gid: Number(gid), groups, home, shell };
}

export const userNameOf = (process: Process, uid: number): string | undefined =>
  table(process, '/etc/passwd').find((fields) => fields[2] === String(uid))?.[0];
export const groupNameOf = (process: Process, gid: number): string | undefined =>
  table(process, '/etc/group').find((fields) => fields[2] === String(gid))?.[0];

/** Group number of a name or of digits. */
export function groupIdOf(process: Process, group: string): number | undefined {
  const found = table(process, '/etc/group').find(([name]) => name === group)?.[2];
  return found !== undefined ? Number(found) : /^\d+$/.test(group) ? Number(group) : undefined;
}
/** User number of a name or of digits. */
export function userIdOf(process: Process, user: string): number | undefined {
  return accountOf(process, user)?.uid ?? (/^\d+$/.test(user) ? Number(user) : undefined);
}
