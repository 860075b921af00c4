/** The text of h, in words of its own: the keys that are modelled. */
import { START, type LessFile, type LessState } from './state.ts';

const TEXT = `
  Keys of less. N stands for a number that may be typed before a key.

  h                    this help
  q  :q  ZZ            leave

  MOVING
  j  ENTER  DOWN       one line on, or N
  k  y  UP             one line back, or N
  SPACE  f  PAGE-DOWN  one page on, or N lines
  b  PAGE-UP           one page back, or N lines
  z  w                 one page on, or back; N is the size of a page from then on
  d  u                 half a page on, or back; N is that size from then on
  J  K                 one line on past the end, or back
  RIGHT  LEFT          half a screen to the right, or left
  g  <  HOME           the first line, or line N
  G  >  END            the last line, or line N
  p  %                 the beginning, or N per cent into the file
  F                    the end, and what is added to the file as it comes; ^C ends that

  SEARCHING
  /pattern             on to the next line with the pattern, or the N-th
  ?pattern             the same backwards
  /!pattern            a line without it
  n  N                 the same search again, or in the other direction
  &pattern             only lines with the pattern; & and ENTER show all again

  MARKS
  m<letter>            the place in sight gets a letter
  '<letter>            back to it; '' is the place before the last jump

  FILES
  :e name              another file
  :n  :p  :x           the next file, the one before, the first
  :d                   this file leaves the list
  =  :f                where in the file this is

  OPTIONS AND COMMANDS
  -<letter>            an option changed while less runs
  _<letter>            what an option is set to
  v                    this file in the editor
  !command             a command of the shell
  r                    the screen painted anew
  V                    the version
`;

const HELP: LessFile = { name: 'HELP', lines: TEXT.split('\n').slice(0, -1), ended: true };

export function openHelp(state: LessState): LessState {
  if (state.behindHelp !== undefined) return state;
  const { behindHelp: _, ...kept } = state;
  return {
    ...state,
    behindHelp: { ...kept, fresh: true, squished: 'no' },
    file: HELP,
    names: [HELP.name],
    at: 0,
    top: START,
    filter: undefined,
    shift: 0,
    fresh: true,
    squished: 'no',
    message: '',
  };
}

/** q leads from the help back to the file. */
export const leaveHelp = (state: LessState): LessState =>
  state.behindHelp === undefined
    ? { ...state, done: true }
    : { ...state.behindHelp, size: state.size, behindHelp: undefined };
