/** --owner, --group, --mode, --mtime and --newer: what members are said to be instead of what the files are. */
import { failed } from '../../../../protocol/errno.ts';
import type { FileStat } from '../../../../protocol/program.ts';
import { groupIdOf, groupNameOf, userIdOf, userNameOf } from '../../../accounts.ts';
import type { Invocation } from '../../command.ts';
import { parseDate } from '../../date/parse-date.ts';
import { parseMode } from '../../files/mode.ts';
import type { TarEntry } from './format.ts';
import { Fatal } from './names.ts';

export interface Ownership {
  readonly user: readonly [name: string | undefined, id: number | undefined] | undefined;
  readonly group: readonly [name: string | undefined, id: number | undefined] | undefined;
  /** Unix seconds. */
  readonly modified: number | undefined;
  /** Only what is newer goes in; ms. */
  readonly newerMs: number | undefined;
  apply(entry: TarEntry, stat: FileStat): TarEntry;
}

export function givenOwnership(call: Invocation): Ownership {
  const { options, process } = call;
  const user = identity(
    options.value('owner'),
    (name) => userIdOf(process, name),
    (id) => userNameOf(process, id),
  );
  const group = identity(
    options.value('group'),
    (name) => groupIdOf(process, name),
    (id) => groupNameOf(process, id),
  );
  const mode = options.value('mode');
  if (mode !== undefined && parseMode(mode, 0, 0) === undefined) throw new Fatal('Invalid mode given on option');
  const seconds = options.value('mtime') === undefined ? undefined : Math.floor(timeOf(call, 'mtime') / 1_000);
  return {
    user,
    group,
    modified: seconds,
    newerMs: options.has('N') ? timeOf(call, 'N') : undefined,
    apply: (entry, stat) => ({
      ...entry,
      user: user === undefined ? entry.user : (user[0] ?? ''),
      uid: user?.[1] ?? entry.uid,
      group: group === undefined ? entry.group : (group[0] ?? ''),
      gid: group?.[1] ?? entry.gid,
      modified: seconds ?? entry.modified,
      mode: mode === undefined ? entry.mode : (parseMode(mode, stat.mode, 0, stat.type === 'directory') ?? entry.mode),
    }),
  };
}

/** `NAME`, `NAME:ID` or an id. */
function identity(
  text: string | undefined,
  idOf: (name: string) => number | undefined,
  nameOf: (id: number) => string | undefined,
): readonly [string | undefined, number | undefined] | undefined {
  if (text === undefined) return undefined;
  const [name = '', id] = text.split(':');
  if (id !== undefined) return [name, Number(id)];
  return /^\+?\d+$/.test(name) ? [nameOf(Number(name)), Number(name)] : [name, idOf(name)];
}

/** A date, or the time of a file where it begins with a slash or a dot. */
function timeOf({ options, process }: Invocation, option: string): number {
  const text = options.value(option) ?? '';
  if (/^[./]/.test(text)) {
    const stat = process.stat(text);
    if (failed(stat)) throw new Fatal(`Cannot stat: ${text}`);
    return stat.modifiedMs;
  }
  const parsed = parseDate(text, process.time().realtimeUs);
  if (parsed === undefined) throw new Fatal(`drydock: 'tar --${option} ${text}' is not simulated`);
  return parsed / 1_000;
}
