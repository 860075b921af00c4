import type { ViPlace, ViState } from '../state/state.ts';

/** What is asked for with i or a and a letter. */
export interface ObjectAsked {
  readonly state: ViState;
  readonly around: boolean;
  readonly count: number;
  /** Where a selection begins that there is already. */
  readonly selected: ViPlace | undefined;
}

/** What was found: from its first character to its last, or with `inclusive` false to what is behind it. */
export interface TextObject {
  readonly from: ViPlace;
  readonly to: ViPlace;
  readonly inclusive: boolean;
  readonly lines: boolean;
}

/** Where a selection begins that is more than the character under the cursor. */
export const grownFrom = ({ state, selected }: ObjectAsked): ViPlace | undefined =>
  selected !== undefined && (selected.row !== state.row || selected.column !== state.column) ? selected : undefined;

export const ofText = (from: ViPlace, to: ViPlace, inclusive = true): TextObject => ({
  from: { row: from.row, column: from.column },
  to: { row: to.row, column: to.column },
  inclusive,
  lines: false,
});
