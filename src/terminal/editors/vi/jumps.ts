/** ^O and Tab, g; and g,: back to places that were left by a jump, or changed. */
import { clamp } from './buffer.ts';
import type { ViPlace, ViState } from './state.ts';
import { fail } from './state.ts';

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
  const places = state.jumpAt === undefined ? withPlace(state.jumps, state) : state.jumps;
  const at = (state.jumpAt ?? places.length - 1) + by;
  const place = places[at];
  return place === undefined ? fail(state) : clamp({ ...state, ...place, jumps: places, jumpAt: at });
}

export function alongChanges(state: ViState, by: number): ViState {
  if (state.changed.length === 0) return fail(state, 'E664: Changelist is empty');
  const at = (state.changedAt ?? state.changed.length) + by;
  const place = state.changed[at];
  if (place === undefined) return fail(state, by < 0 ? 'E662: At start of changelist' : 'E663: At end of changelist');
  return clamp({ ...state, ...place, changedAt: at });
}
