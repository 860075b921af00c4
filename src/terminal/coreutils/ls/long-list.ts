import { groupNameOf, userNameOf } from '../../accounts.ts';
import { strftime } from '../../strftime.ts';
import type { Invocation } from '../command.ts';
import { modeText } from '../files/mode-text.ts';
import type { Entry } from './entry.ts';
import type { Names } from './names.ts';
import type { Settings } from './settings.ts';
import { blockBytes, sizeText } from './sizes.ts';

interface Column {
  readonly cells: readonly string[];
  readonly side: 'left' | 'right';
}

/** `ls -l`. */
export function longList(call: Invocation, settings: Settings, entries: readonly Entry[], names: Names): string {
  const columns = columnsOf(call, settings, entries).map(({ cells, side }) => {
    const width = Math.max(0, ...cells.map((cell) => cell.length));
    return cells.map((cell) => (side === 'left' ? cell.padEnd(width) : cell.padStart(width)));
  });
  return entries
    .map((entry, at) => {
      const cells = columns.map((column) => column[at] ?? '');
      return `${[...cells, names.cell(entry).text].join(' ')}${settings.end}`;
    })
    .join('');
}

function columnsOf(call: Invocation, settings: Settings, entries: readonly Entry[]): readonly Column[] {
  const { options, process } = call;
  const column = (side: Column['side'], cell: (entry: Entry) => string): Column => ({
    side,
    cells: entries.map((entry) => (entry.unknown ? '?' : cell(entry))),
  });
  const only = (wanted: boolean, made: Column): readonly Column[] => (wanted ? [made] : []);
  const numeric = options.has('n');
  const owner = column('left', ({ stat: { uid } }) => (numeric ? undefined : userNameOf(process, uid)) ?? String(uid));
  const group = column('left', ({ stat: { gid } }) => (numeric ? undefined : groupNameOf(process, gid)) ?? String(gid));
  const mode: Column = {
    side: 'left',
    cells: entries.map(({ stat, unknown }) => (unknown ? `${modeText(stat).charAt(0)}?????????` : modeText(stat))),
  };
  return [
    ...only(
      options.has('i'),
      column('right', ({ stat }) => String(stat.inode)),
    ),
    ...only(
      options.has('s'),
      column('right', ({ stat }) => sizeText(blockBytes(stat), settings.blockUnit)),
    ),
    mode,
    column('right', ({ stat }) => String(stat.links)),
    ...only(!options.has('g'), owner),
    ...only(!options.has('o') && !options.has('G'), group),
    ...only(options.has('author'), owner),
    ...only(
      options.has('Z'),
      column('left', () => '?'),
    ),
    column('right', (entry) => sizeOf(entry, settings)),
    times(call, settings, entries),
  ];
}

function sizeOf({ stat }: Entry, { fileUnit }: Settings): string {
  if (stat.type !== 'char' && stat.type !== 'block') return sizeText(stat.size, fileUnit);
  const [major, minor] = stat.rdev ?? [0, 0];
  return `${String(major)}, ${String(minor).padStart(3)}`;
}

const HALF_YEAR_MS = (365.2425 * 86_400_000) / 2;

function times(call: Invocation, settings: Settings, entries: readonly Entry[]): Column {
  return { side: 'right', cells: entries.map((entry) => timeText(call, settings, entry)) };
}

/** The time that the settings ask for, in the form for young or for old files. */
export function timeText({ process }: Invocation, settings: Settings, { stat, unknown }: Entry): string {
  const [recent, old] = settings.times;
  if (unknown) return '?'.padStart(strftime(recent, 0).length);
  const ms = stat[settings.clock];
  const age = process.time().realtimeUs / 1_000 - ms;
  return strftime(age > HALF_YEAR_MS || age < 0 ? old : recent, ms * 1_000);
}
