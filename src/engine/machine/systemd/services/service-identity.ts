/** Whom a service's processes run as: User=, Group= and SupplementaryGroups= (systemd.exec(5)). */
import { failed } from '../../../../protocol/errno.ts';
import type { Credentials } from '../../../../protocol/program.ts';
import type { FileView } from '../../files/interface.ts';
import { lastValue, listValue, type UnitFile } from '../units/unit-file.ts';
import { expandSpecifiers, type Specifiers } from '../units/unit-name.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface Identity {
  /** Undefined where no user is named. */
  readonly account: Account | undefined;
  /** Undefined: those of process 1. */
  readonly credentials: Credentials | undefined;
}

export function identityOf(file: UnitFile, files: FileView, specifiers: Specifiers): Identity | 'no user' | 'no group' {
  const named = (key: string): string | undefined => {
    const text = lastValue(file, 'Service', key);
    return text === undefined ? undefined : expandSpecifiers(text, specifiers);
  };
  const user = named('User');
  const group = named('Group');
  const account = user === undefined ? undefined : accountOf(files, user);
  if (user !== undefined && account === undefined) return 'no user';
  const gid = group === undefined ? account?.gid : groupOf(files, group);
  if (group !== undefined && gid === undefined) return 'no group';
  const more = listValue(file, 'Service', 'SupplementaryGroups').map((name) => groupOf(files, name));
  if (more.includes(undefined)) return 'no group';
  if (gid === undefined || ((account?.uid ?? 0) === 0 && group === undefined))
    return { account, credentials: undefined };
  const groups = [gid, ...groupsWith(files, account?.name), ...more.flatMap((each) => each ?? [])];
  const uid = account?.uid ?? 0;
  return { account, credentials: { uid, gid, groups: [...new Set(groups)], capabilities: uid === 0 ? 'all' : [] } };
}

const rows = (files: FileView, path: string): readonly (readonly string[])[] => {
  const text = files.readText(path);
  return failed(text) ? [] : text.split('\n').map((line) => line.split(':'));
};

export function accountOf(files: FileView, user: string): Account | undefined {
  const row = rows(files, '/etc/passwd').find(([name, , uid]) => name === user || uid === user);
  if (row === undefined) return undefined;
  const [name = '', , uid, gid, , home = '/', shell = '/bin/sh'] = row;
  return { name, uid: Number(uid), gid: Number(gid), home, shell };
}

export function groupOf(files: FileView, group: string): number | undefined {
  const row = rows(files, '/etc/group').find(([name, , gid]) => name === group || gid === group);
  return row === undefined ? undefined : Number(row[2]);
}

const groupsWith = (files: FileView, user: string | undefined): readonly number[] =>
  user === undefined
    ? []
    : rows(files, '/etc/group')
        .filter(([, , , members = '']) => members.split(',').includes(user))
        .map(([, , gid]) => Number(gid));
