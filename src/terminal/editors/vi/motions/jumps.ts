/** ^O and Tab, g; and g,: back to places that were left by a jump, or changed. */
import { clamp } from '../state/buffer.ts';
import type { ViPlace, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';

const MOST = 100;

/** Notes where a key has jumped from, and where it has changed the text. */
export function noteJump(before: ViState, after: ViState): ViState {
  const left = after.marks["'"];
  const jumped =
    left === undefined || left === before.marks["'"] || after.jumps !== before.jumps
      ? after
      : { ...after, jumps: withPlace(after.jumps, left), jumpAt: undefined };
  const at = jumped.marks['.'];
  if (at === undefined || at === before.marks['.']) return jumped;
  return { ...jumped, changed: withPlace(jumped.changed, at), changedAt: undefined };
}

const withPlace = (places: readonly ViPlace[], { row, column }: ViPlace): readonly ViPlace[] =>
  [...places.filter((place) => place.row !== row), { row, column }].slice(-MOST);

export function alongJumps(state: ViState, by: number): ViState {
  const places = state.jumpAt === undefined && by < 0 ? withPlace(state.jumps, state) : state.jumps;
  const at = (state.jumpAt ?? (by < 0 ? places.length - 1 : places.length)) + by;
  const place = places[at];
  return place === undefined ? fail(state) : clamp({ ...state, ...place, jumps: places, jumpAt: at });
}

export function alongChanges(state: ViState, by: number): ViState {
  if (state.changed.length === 0) return fail(state, 'E664: Changelist is empty');
  const here = state.changedAt ?? state.changed.length;
  const last = state.changed.length - 1;
  const beyond = here + by;
  // Past either end it stops there, where it is not there already.
  const at = beyond < 0 && here > 0 ? 0 : beyond > last && here !== last ? last : beyond;
  const place = state.changed[at];
  if (place === undefined) return fail(state, by < 0 ? 'E662: At start of changelist' : 'E663: At end of changelist');
  return clamp({ ...state, ...place, changedAt: at });
}

/** :jumps and :changes: the places with how many steps away they are, > where it stands. */
function listed(
  state: ViState,
  places: readonly ViPlace[],
  at: number,
  width: number,
  lead: number,
): readonly string[] {
  const lines = places.map(({ row, column }, place) => {
    const sign = place === at ? '>' : ' ';
    const text = [...(state.lines[row] ?? '-invalid-').trimStart()].slice(0, state.pageColumns - lead).join('');
    return `${sign}${String(Math.abs(place - at)).padStart(width)} ${String(row + 1).padStart(5)} ${String(column).padStart(4)} ${text}`;
  });
  return at >= places.length ? [...lines, '>'] : lines;
}

export const jumpLines = (state: ViState): readonly string[] => [
  ' jump line  col file/text',
  ...listed(state, state.jumps, state.jumpAt ?? state.jumps.length, 3, 16),
];
export const changeLines = (state: ViState): readonly string[] => [
  'change line  col text',
  ...listed(state, state.changed, state.changedAt ?? state.changed.length, 4, 17),
];
