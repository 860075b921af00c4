/** A place of a file that a patch changes. */

export interface HunkLine {
  readonly sign: ' ' | '-' | '+';
  /** Without its end of line, unless the file ends so. */
  readonly text: string;
  /** The last line of a file that has no end of line. */
  readonly unterminated: boolean;
}

export interface Hunk {
  /** Line numbers on both sides, from 1; the line before where a side is empty. */
  readonly from: number;
  readonly other: number;
  readonly lines: readonly HunkLine[];
  /** What follows the second @@. */
  readonly heading: string;
}

export const oldLines = ({ lines }: Hunk): readonly HunkLine[] => lines.filter(({ sign }) => sign !== '+');
export const newLines = ({ lines }: Hunk): readonly HunkLine[] => lines.filter(({ sign }) => sign !== '-');

/** Where the old lines begin; an empty side stands behind the line it names. */
export const firstLine = (hunk: Hunk): number => hunk.from + (oldLines(hunk).length === 0 ? 1 : 0);

const SWAPPED = { ' ': ' ', '-': '+', '+': '-' } as const;

/** The hunk that takes the change back: of each run of changes what goes stands before what comes. */
export function reversed(hunk: Hunk): Hunk {
  const lines: HunkLine[] = [];
  let added: HunkLine[] = [];
  for (const line of hunk.lines.map((each) => ({ ...each, sign: SWAPPED[each.sign] }))) {
    if (line.sign === '+') {
      added.push(line);
      continue;
    }
    if (line.sign === ' ') {
      lines.push(...added);
      added = [];
    }
    lines.push(line);
  }
  return { ...hunk, from: hunk.other, other: hunk.from, lines: [...lines, ...added] };
}

/** Lines that did not change before the first change and behind the last. */
export function contextOf({ lines }: Hunk): { readonly prefix: number; readonly suffix: number } {
  const prefix = lines.findIndex(({ sign }) => sign !== ' ');
  const last = lines.findLastIndex(({ sign }) => sign !== ' ');
  return prefix < 0 ? { prefix: lines.length, suffix: lines.length } : { prefix, suffix: lines.length - 1 - last };
}
