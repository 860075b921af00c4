/** What GNU readline holds while a line is edited: data alone, so that a shell can be saved at its prompt. */

export interface EditorState {
  /** Whole code points, so that one Backspace takes a whole Hangul syllable. */
  readonly chars: readonly string[];
  readonly cursor: number;
  readonly mark: number;
  /** Texts that were killed, the last one last. */
  readonly killRing: readonly string[];
  readonly last: LastAction;
  /** Position in the history counted from the end; 0 is the line being written. */
  readonly historyAt: number;
  /** Lines of the history as they were left, with the one being written at 0. */
  readonly edited: readonly (readonly [at: number, text: string])[];
  readonly search: Search | undefined;
  /** What was searched for last, for ^R ^R. */
  readonly lastQuery: string;
  readonly undo: readonly Undo[];
  /** Keys of a sequence that is not whole yet. */
  readonly prefix: string;
  /** A number typed with Alt: digits, perhaps after a minus. */
  readonly argument: string;
  /** The next key is taken as it stands: put in, or looked for in the line. */
  readonly taking: 'quoted' | 'find' | 'find-back' | undefined;
  /** The line of the history, counted from its beginning, that the next line starts with (^O). */
  readonly recall: number | undefined;
  /** Set in vi mode. */
  readonly vi: ViLine | undefined;
}

export interface ViLine {
  readonly mode: 'insert' | 'command' | 'replace-one';
  /** Keys of a command that is not whole yet. */
  readonly pending: string;
  /** How many changes there were when insert mode began: what was typed in it is one change. */
  readonly undoAt: number;
}

/** What the last key did, where the next one may go on from it. */
export type LastAction =
  | { readonly type: 'other' }
  | { readonly type: 'tab' }
  | { readonly type: 'insert' }
  | { readonly type: 'kill' }
  | { readonly type: 'yank'; readonly at: number; readonly from: number }
  | {
      readonly type: 'last-argument';
      readonly back: number;
      readonly from: number;
      /** Which word, where one was asked for by number. */
      readonly word: number | undefined;
    }
  | { readonly type: 'history-search'; readonly prefix: string };

export interface Search {
  readonly query: string;
  /** Index in the history; its length stands for the line being written. */
  readonly at: number;
  readonly column: number;
  readonly forward: boolean;
  readonly failed: boolean;
  /** Where it began, for ^G. */
  readonly from: Pick<EditorState, 'chars' | 'cursor' | 'historyAt' | 'undo'>;
}

interface Undo {
  readonly text: string;
  readonly cursor: number;
}

/** How a line begins in vi mode. */
export const VI_INSERT: ViLine = { mode: 'insert', pending: '', undoAt: 0 };

export const freshEditor: EditorState = {
  chars: [],
  cursor: 0,
  mark: 0,
  killRing: [],
  last: { type: 'other' },
  historyAt: 0,
  edited: [],
  search: undefined,
  lastQuery: '',
  undo: [],
  prefix: '',
  argument: '',
  taking: undefined,
  recall: undefined,
  vi: undefined,
};

/** An empty line that remembers what was killed and looked for on those before. */
export const nextLine = ({ killRing, lastQuery, vi }: EditorState): EditorState => ({
  ...freshEditor,
  killRing,
  lastQuery,
  vi: vi === undefined ? undefined : VI_INSERT,
});

export const lineText = (state: EditorState): string => state.chars.join('');

const DEEPEST_UNDO = 200;
/** Characters typed one by one that ^_ takes back together. */
const TYPED_TOGETHER = 20;

/** Notes the line as it is, for ^_. */
export const remember = (state: EditorState): EditorState => ({
  ...state,
  undo: [...state.undo.slice(-DEEPEST_UNDO), { text: lineText(state), cursor: state.cursor }],
});

export function takeBack(state: EditorState): EditorState | undefined {
  const last = state.undo.at(-1);
  return last === undefined
    ? undefined
    : { ...state, chars: [...last.text], cursor: last.cursor, undo: state.undo.slice(0, -1) };
}

export const setLine = (state: EditorState, text: string, cursor = [...text].length): EditorState => ({
  ...state,
  chars: [...text],
  cursor,
});

/** Puts text in at the cursor as a change of its own. */
export function insert(state: EditorState, text: string): EditorState {
  return replaceRange(state, state.cursor, state.cursor, text);
}

/** Puts typed text in; single characters that follow each other are one change. */
export function typeText(state: EditorState, text: string): EditorState {
  const before = state.undo.at(-1);
  const goesOn =
    state.last.type === 'insert' &&
    [...text].length === 1 &&
    before !== undefined &&
    state.cursor - before.cursor < TYPED_TOGETHER;
  const typed = insert(state, text);
  return { ...typed, undo: goesOn ? state.undo : typed.undo, last: { type: 'insert' } };
}

/** Puts text in place of what stands between two positions. */
export function replaceRange(state: EditorState, from: number, to: number, text: string): EditorState {
  const added = [...text];
  return {
    ...remember(state),
    chars: [...state.chars.slice(0, from), ...added, ...state.chars.slice(to)],
    cursor: from + added.length,
  };
}

export function remove(state: EditorState, from: number, to: number): EditorState {
  const low = Math.max(0, Math.min(from, to));
  const high = Math.min(state.chars.length, Math.max(from, to));
  return low === high ? state : replaceRange(state, low, high, '');
}
