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
  /** A number typed with Alt: digits, perhaps after a minus; `*4` and its like from universal-argument. */
  readonly argument: string;
  /** Typed characters stand in place of those that are there. */
  readonly overwrite: boolean;
  readonly macro: KeyboardMacro;
  /** A search that begins when its text is whole. */
  readonly asking: Asking | undefined;
  /** What such a search looked for last. */
  readonly lastAsked: string;
  /** The next key is taken as it stands: put in, or looked for in the line. */
  readonly taking: 'quoted' | 'find' | 'find-back' | 'sequence' | 'arrow' | undefined;
  /** The line of the history, counted from its beginning, that the next line starts with (^O). */
  readonly recall: number | undefined;
  /** Set in vi mode. */
  readonly vi: ViLine | undefined;
}

export interface ViLine {
  readonly mode: 'insert' | 'command';
  /** Keys of a command that is not whole yet. */
  readonly pending: string;
  /** How many changes there were when insert mode began: what was typed in it is one change. */
  readonly undoAt: number;
  /** Where what is typed begins. */
  readonly from: number;
  readonly memory: ViMemory;
}

/** What vi mode keeps from line to line. */
export interface ViMemory {
  /** Keys of the last change, and what was typed after them, for `.`. */
  readonly change: { readonly keys: string; readonly text: string | undefined } | undefined;
  /** The last of f F t T with its character. */
  readonly find: string | undefined;
  readonly marks: readonly (readonly [name: string, at: number])[];
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
  | { readonly type: 'history-search'; readonly prefix: string }
  /** One of several words was put in; the next one comes in its place. */
  | { readonly type: 'menu'; readonly words: readonly string[]; readonly at: number; readonly from: number };

/** Keys that were typed between start-kbd-macro and end-kbd-macro. */
export interface KeyboardMacro {
  readonly recording: string | undefined;
  readonly keys: string | undefined;
}

export interface Asking {
  readonly query: string;
  readonly sign: ':' | '/' | '?';
  readonly forward: boolean;
}

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
export const VI_INSERT: ViLine = {
  mode: 'insert',
  pending: '',
  // What is typed before the first command cannot be taken back.
  undoAt: -1,
  from: 0,
  memory: { change: undefined, find: undefined, marks: [] },
};

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
  overwrite: false,
  macro: { recording: undefined, keys: undefined },
  asking: undefined,
  lastAsked: '',
  taking: undefined,
  recall: undefined,
  vi: undefined,
};

/** An empty line that remembers what was killed and looked for on those before. */
export const nextLine = ({ killRing, lastQuery, lastAsked, macro, vi }: EditorState): EditorState => ({
  ...freshEditor,
  killRing,
  lastQuery,
  lastAsked,
  macro,
  vi: vi === undefined ? undefined : { ...VI_INSERT, memory: vi.memory },
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

/** Takes the last change back; the cursor stands behind what has come back. */
export function takeBack(state: EditorState): EditorState | undefined {
  const last = state.undo.at(-1);
  if (last === undefined) return undefined;
  const chars = [...last.text];
  let same = 0;
  const shorter = Math.min(chars.length, state.chars.length);
  while (same < shorter && chars.at(-1 - same) === state.chars.at(-1 - same)) same += 1;
  const isBack = chars.length > state.chars.length;
  return { ...state, chars, cursor: isBack ? chars.length - same : last.cursor, undo: state.undo.slice(0, -1) };
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
  const covered = state.overwrite ? state.cursor + [...text].length : state.cursor;
  const typed = replaceRange(state, state.cursor, Math.min(covered, state.chars.length), text);
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
