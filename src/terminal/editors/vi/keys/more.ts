/** Lines that a command tells: screen by screen where they are too many (-- More --), then until a key. */
import { shownText } from '../state/buffer.ts';
import type { ViState } from '../state/state.ts';
import { wrapped } from '../screen/scroll.ts';

/** Rows of the screen that the lines take, the command that told them among them. */
export function toldRows(state: ViState): readonly string[] {
  const command = state.outputOver ? [] : [state.history.at(-1) ?? ''];
  return [...command, ...(state.output ?? []).flatMap((line) => wrapped(shownText(line, 8), state.pageColumns))];
}

const roomOf = ({ pageRows, statusRows }: ViState): number => pageRows + statusRows;

/** How many of the rows have been shown where more of them wait; undefined where none do. */
export function shownRows(state: ViState): number | undefined {
  const { length } = toldRows(state);
  const shown = Math.max(roomOf(state), state.told);
  return state.output === undefined || length <= shown ? undefined : shown;
}

const HELP = '-- More -- SPACE/d/j: screen/page/line down, b/u/k: up, q: quit ';

/** The line at the bottom while more waits. */
export const moreLine = ({ message }: ViState): string => (message === HELP ? HELP : '-- More --');

/** A key at -- More --; undefined where it ends the list. */
export function moreKey(state: ViState, name: string): ViState | undefined {
  const room = roomOf(state);
  const shown = shownRows(state) ?? room;
  const by = (rows: number): ViState => ({ ...state, message: '', told: Math.max(room, shown + rows) });
  switch (name) {
    case ' ':
    case 'f':
    case 'page-down':
      return by(room);
    case 'enter':
    case '^M':
    case '^J':
    case 'j':
    case 'down':
      return by(1);
    case 'd':
    case '^D':
      return by(Math.floor((room + 1) / 2));
    case 'G':
      return by(toldRows(state).length);
    case 'b':
    case 'page-up':
      return by(-room);
    case 'u':
    case '^U':
      return by(-Math.floor((room + 1) / 2));
    case 'k':
    case 'up':
    case 'backspace':
      return by(-1);
    case 'g':
      return by(-shown);
    case 'q':
    case 'escape':
    case '^[':
    case '^C':
      return undefined;
    default:
      return { ...state, message: HELP };
  }
}
