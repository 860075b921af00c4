/** --chown: the owner and the group that entries are given, by the names of the receiver's host. */
import { groupIdOf, userIdOf } from '../../accounts.ts';
import type { ListEntry } from './file-list.ts';
import type { Side } from './sides.ts';

/** The list with other owners; a name that nobody has is told and changes nothing. */
export async function withOwner(
  { process, options, voice }: Side,
  entries: readonly ListEntry[],
): Promise<readonly ListEntry[]> {
  const given = options.value('chown');
  if (given === undefined) return entries;
  const [user = '', group = ''] = given.split(':');
  const id = async (map: 'usermap' | 'groupmap', name: string): Promise<number | undefined> => {
    if (name === '') return undefined;
    const found = map === 'usermap' ? userIdOf(process, name) : groupIdOf(process, name);
    if (found === undefined) await voice.complain(`Unknown --${map} name on receiver: ${name}`);
    return found;
  };
  const [uid, gid] = [await id('usermap', user), await id('groupmap', group)];
  return entries.map((entry) => ({ ...entry, uid: uid ?? entry.uid, gid: gid ?? entry.gid }));
}
