/** Marks go with their lines: those of lines that are gone are gone too, and come back when that is taken back. */
import type { ViPlace, ViState } from './state.ts';

/** Of a line that goes away they stay at the one before. */
const STAYS = /^[A-Z<>]$/;
/** What an operator is about is told by the operator itself. */
const OF_CHANGE = /^[[\]]$/;

/** Rows that were put in at a row, or with a negative number taken away from it on. */
export function moveMarks(state: ViState, at: number, by: number): ViState {
  if (by === 0) return state;
  const moved = (place: ViPlace): ViPlace | undefined => {
    if (place.row < at) return place;
    if (by > 0 || place.row >= at - by) return { ...place, row: place.row + by };
    return undefined;
  };
  const kept = (place: ViPlace): ViPlace => moved(place) ?? { ...place, row: Math.max(0, at - 1) };
  const marks = Object.entries(state.marks).flatMap(([letter, place]) => {
    const now = OF_CHANGE.test(letter) ? place : STAYS.test(letter) ? kept(place) : moved(place);
    return now === undefined ? [] : [[letter, now] as const];
  });
  const fileMarks = Object.entries(state.fileMarks).map(
    ([letter, mark]) => [letter, mark.path === state.path ? { ...kept(mark), path: mark.path } : mark] as const,
  );
  return {
    ...state,
    marks: Object.fromEntries(marks),
    fileMarks: Object.fromEntries(fileMarks),
    jumps: state.jumps.map(kept),
    changed: state.changed.map(kept),
  };
}

/** The marks with letters as they were before a change, in a text that is as it was then. */
export const marksBack = (now: ViState['marks'], before: ViState['marks']): ViState['marks'] => ({
  ...now,
  ...Object.fromEntries(Object.entries(before).filter(([letter]) => /^[a-z]$/.test(letter))),
});

/** The marks of rows that have changed places. */
export const marksAt = (marks: ViState['marks'], rowOf: (row: number) => number): ViState['marks'] =>
  Object.fromEntries(Object.entries(marks).map(([letter, place]) => [letter, { ...place, row: rowOf(place.row) }]));
