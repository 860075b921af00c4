/** `ls -l` of busybox (coreutils/ls.c display_single): columns of fixed widths. */
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { humanReadable } from '../../busybox/human-readable.ts';
import type { Invocation } from '../command.ts';
import { modeText } from '../files/mode-text.ts';
import type { Entry } from './entry.ts';
import { timeText } from './long-list.ts';
import type { Names } from './names.ts';
import type { Settings } from './settings.ts';
import { blockBytes } from './sizes.ts';

export function busyboxLongList(call: Invocation, settings: Settings, entries: readonly Entry[], names: Names): string {
  const { options, process } = call;
  const numeric = options.has('n');
  const who = (name: string | undefined, id: number): string =>
    numeric ? String(id).padEnd(8) : (name ?? String(id)).slice(0, 8).padEnd(8);
  return entries
    .map((entry) => {
      const { stat } = entry;
      const cells = [
        ...(options.has('i') ? [String(stat.inode).padStart(7)] : []),
        ...(options.has('s') ? [String(blockBytes(stat) / 1_024).padStart(6)] : []),
        modeText(stat),
        String(stat.links).padStart(4),
        who(userNameOf(process, stat.uid), stat.uid),
        who(groupNameOf(process, stat.gid), stat.gid),
        sizeOf(entry, options.has('h')),
        timeText(call, settings, entry),
        names.cell(entry).text,
      ];
      return `${cells.join(' ')}${settings.end}`;
    })
    .join('');
}

function sizeOf({ stat }: Entry, human: boolean): string {
  if (stat.type !== 'char' && stat.type !== 'block')
    return human ? humanReadable(stat.size).padStart(7) : String(stat.size).padStart(9);
  const [major, minor] = stat.rdev ?? [0, 0];
  return `${String(major).padStart(4)}, ${String(minor).padStart(3)}`;
}
