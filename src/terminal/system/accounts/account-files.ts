/** /etc/passwd, shadow, group and gshadow as tables that keep their other lines as they are. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';

export type AccountFile = '/etc/passwd' | '/etc/shadow' | '/etc/group' | '/etc/gshadow';
export type Row = readonly string[];

export const readRows = (process: Process, file: AccountFile): readonly Row[] =>
  (fileText(process, file) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));

/** Writes a table whole, keeping mode and owner. */
export const writeRows = (process: Process, file: AccountFile, rows: readonly Row[]): Result<void> =>
  process.writeFile(file, textToBytes(rows.map((row) => `${row.join(':')}\n`).join('')));

/** Replaces the row of a name (undefined removes it), or adds it. */
export function putRow(process: Process, file: AccountFile, name: string, row: Row | undefined): Result<void> {
  const rows = readRows(process, file);
  const there = rows.some(([first]) => first === name);
  const next = rows.flatMap((each) => (each[0] !== name ? [each] : row === undefined ? [] : [row]));
  return writeRows(process, file, there || row === undefined ? next : [...next, row]);
}

/** The lowest free number from 1000, above those in use as shadow counts. */
export function freeId(process: Process, file: '/etc/passwd' | '/etc/group', system: boolean): number {
  const used = new Set(readRows(process, file).map((row) => Number(row[2])));
  if (system) for (let id = 999; id > 100; id -= 1) if (!used.has(id)) return id;
  return Math.max(999, ...[...used].filter((id) => id >= 1_000 && id < 60_000)) + 1;
}

/** Adds a user to groups, or takes it out of those that are not named. */
export function setMemberships(
  process: Process,
  user: string,
  wanted: readonly string[],
  keepOthers: boolean,
): Result<void> {
  for (const [file, column] of [
    ['/etc/group', 3],
    ['/etc/gshadow', 3],
  ] as const) {
    const rows = readRows(process, file).map((row) => {
      const members = (row[column] ?? '').split(',').filter((each) => each !== '');
      const is = members.includes(user);
      const should = wanted.includes(row[0] ?? '') || (is && keepOthers);
      if (is === should) return row;
      const next = should ? [...members, user] : members.filter((each) => each !== user);
      return row.map((cell, at) => (at === column ? next.join(',') : cell));
    });
    const done = writeRows(process, file, rows);
    if (failed(done)) return done;
  }
  return undefined;
}

/** Days since 1970, as shadow counts. */
export const today = (process: Process): string => String(Math.floor(process.time().realtimeUs / 86_400e6));
