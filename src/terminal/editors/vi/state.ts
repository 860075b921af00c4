import { DEFAULT_OPTIONS, type ViOptions } from './options.ts';

/** What vi holds between two keys: data alone, so that a snapshot can be taken with an editor open. */
export interface ViPlace {
  readonly row: number;
  /** In characters. */
  readonly column: number;
}

export interface Register {
  readonly text: readonly string[];
  readonly kind: 'char' | 'line' | 'block';
}

/** The text before a change, or after one that was taken back. */
export interface Change {
  readonly lines: readonly string[];
  readonly blank: boolean;
  /** Where the cursor was before the change. */
  readonly cursor: ViPlace;
  readonly number: number;
  /** Unix time, seconds. */
  readonly at: number;
}

export type ViKey = { readonly char: string } | { readonly special: string };

export type VisualKind = 'line' | 'char' | 'block';
export interface Selection extends ViPlace {
  readonly kind: VisualKind;
  /** A block that goes to the end of each line. */
  readonly toEnd?: boolean;
}

/** A key that waits to be handled. */
export interface QueuedKey {
  readonly key: ViKey;
  /** Maps still apply to it. */
  readonly remap: boolean;
  /** It came from the keyboard. */
  readonly typed: boolean;
}

export interface Mapping {
  readonly modes: string;
  readonly from: string;
  readonly to: string;
  readonly remap: boolean;
  readonly abbreviation: boolean;
}

/** What the program has to do outside of the text after a key. */
export type ViWork =
  | {
      readonly type: 'write';
      readonly path: string;
      readonly lines: readonly string[];
      readonly force: boolean;
      readonly append: boolean;
      readonly exits: boolean;
      /** The file of the argument list to go to then. */
      readonly then?: number;
    }
  /** A file's text comes in below a row (-1: above the first). */
  | { readonly type: 'read'; readonly path: string; readonly below: number }
  /** The file to open in place of this one. */
  | { readonly type: 'edit'; readonly path: string; readonly force: boolean }
  /** Without a command: a shell to type in. */
  | { readonly type: 'shell'; readonly command: string | undefined }
  /** A command's output comes in below a row, or in the place of rows that it is given. */
  | { readonly type: 'read-command'; readonly command: string; readonly below: number }
  | { readonly type: 'filter'; readonly command: string; readonly from: number; readonly to: number }
  | { readonly type: 'feed'; readonly command: string; readonly lines: readonly string[] }
  | { readonly type: 'cd'; readonly path: string }
  | { readonly type: 'source'; readonly path: string }
  | { readonly type: 'suspend' };

/** A file that was opened before. */
export interface ViFile extends ViPlace {
  readonly path: string;
}

export interface ViState extends ViPlace {
  readonly path: string | undefined;
  readonly lines: readonly string[];
  readonly saved: readonly string[];
  /** No line at all, rather than an empty one. */
  readonly blank: boolean;
  /** How its lines end in the file. */
  readonly format: 'unix' | 'dos';
  /** Whether the file's last line has no end. */
  readonly noEol: boolean;
  /** The column of the screen that j and k try to keep. */
  readonly wanted: number | undefined;
  readonly top: number;
  readonly left: number;
  /** Rows and columns of the window's text. */
  readonly pageRows: number;
  readonly pageColumns: number;
  readonly mode: 'normal' | 'insert' | 'replace' | 'command' | 'confirm' | 'question';
  /** Where the selection began. */
  readonly visual: Selection | undefined;
  /** The last selection, for `gv`. */
  readonly lastVisual: (Selection & { readonly end: ViPlace }) | undefined;
  /** Rows into which what is typed comes too, when insert mode ends. */
  readonly blockInsert:
    | {
        readonly rows: readonly number[];
        readonly cell: number;
        readonly append: 'cell' | 'end' | undefined;
        readonly filled: boolean;
        readonly back: number;
      }
    | undefined;
  /** The keys of an unfinished command. */
  readonly pending: string;
  readonly command: string;
  readonly history: readonly string[];
  /** Where in the history the command line stands. */
  readonly historyAt: number | undefined;
  /** What was deleted or yanked last. */
  readonly register: Register;
  /** Registers by their letter. */
  readonly registers: Readonly<Record<string, Register>>;
  readonly marks: Readonly<Record<string, ViPlace>>;
  readonly undo: readonly Change[];
  readonly redo: readonly Change[];
  readonly changes: number;
  /** How often a search that is being typed goes on. */
  readonly searchCount: number;
  /** Within a :g. */
  readonly inGlobal: boolean;
  /** What is asked with y or n, and the command that y stands for. */
  readonly question: { readonly text: string; readonly command: string } | undefined;
  readonly search: { readonly pattern: string; readonly forward: boolean; readonly offset: string };
  /** The last f, t, F or T with its character. */
  readonly find: string;
  /** The keys of the last change, for `.`. */
  readonly repeat: readonly ViKey[];
  /** The keys of the command that is being typed. */
  readonly typed: readonly ViKey[];
  /** Keys that select what the command in hand is about. */
  readonly selectedBy: readonly ViKey[];
  /** How often what is typed in insert mode is put in, as a count before i, a, A or o asked. */
  readonly insertCount: number;
  readonly insertStart: ViPlace;
  /** Characters that replace mode has written over. */
  readonly overwritten: readonly (string | undefined)[];
  /** One command of normal mode in the midst of an insertion. */
  readonly onceFrom: 'insert' | 'replace' | undefined;
  /** It was behind the end of the line. */
  readonly onceAtEnd: boolean;
  /** Places that were left by a jump, and which of them it went back to. */
  readonly jumps: readonly ViPlace[];
  readonly jumpAt: number | undefined;
  /** Where something was changed, and which of these g; has come to. */
  readonly changed: readonly ViPlace[];
  readonly changedAt: number | undefined;
  /** Whether a change has taken the place of others that were taken back. */
  readonly branched: boolean;
  /** Whether it was said that the file may not be written. */
  readonly warned: boolean;
  readonly queue: readonly QueuedKey[];
  readonly recording: { readonly letter: string; readonly keys: readonly ViKey[] } | undefined;
  readonly lastMacro: string;
  readonly mappings: readonly Mapping[];
  /** What <Leader> in a map stands for. */
  readonly leader: string;
  /** Whether types of files are found, what they set and how they indent is done. */
  readonly filetypes: boolean;
  readonly plugins: boolean;
  readonly indents: boolean;
  /** Options as they were before the type of this file set them. */
  readonly overridden: Partial<ViOptions>;
  readonly autocommands: readonly {
    readonly events: readonly string[];
    readonly pattern: string;
    readonly command: string;
  }[];
  /** Whether swap files are written, and the one of this text with what it says of changes. */
  readonly swaps: boolean;
  readonly swap: string | undefined;
  readonly swapDirty: boolean;
  /** Another's swap file was found: what is said, and asked (E325). */
  readonly attention: { readonly lines: readonly string[]; readonly swap: string; readonly runs: boolean } | undefined;
  /** The last key could not do what it is for. */
  readonly failed: boolean;
  readonly options: ViOptions;
  readonly message: string;
  /** Lines that wait to be read, until a key. */
  readonly output: readonly string[] | undefined;
  /** They begin on the line at the bottom, in place of the command. */
  readonly outputOver: boolean;
  /** The screen is a command's of the shell until a key. */
  readonly away: boolean;
  /** What substitutions have done in a :g. */
  readonly tally: { readonly count: number; readonly rows: number };
  readonly work: ViWork | undefined;
  /** The line that was changed last, as it was before, for `U`. */
  readonly lineBefore: { readonly row: number; readonly total: number; readonly text: string } | undefined;
  /** The last :s. */
  readonly substitution: { readonly pattern: string; readonly text: string; readonly flags: string } | undefined;
  /** A :s that asks at each match. */
  readonly confirm:
    | {
        readonly place: ViPlace;
        readonly last: number;
        readonly count: number;
        readonly rows: number;
        readonly lastRow: number;
      }
    | undefined;
  /** Whether a file may not be written, or the editor was asked to look only. */
  readonly readonly: boolean;
  readonly files: readonly string[];
  readonly file: number;
  /** Files that were opened, in order, with the place where they were left. */
  readonly opened: readonly ViFile[];
  readonly alternate: string | undefined;
  /** Unix time, seconds. */
  readonly now: number;
  readonly exit: number | undefined;
}

/** The parts that belong to a text and begin anew with another. */
export function freshText(
  path: string | undefined,
  lines: readonly string[],
): Pick<
  ViState,
  | 'path'
  | 'lines'
  | 'saved'
  | 'blank'
  | 'format'
  | 'noEol'
  | 'row'
  | 'column'
  | 'wanted'
  | 'top'
  | 'left'
  | 'marks'
  | 'undo'
  | 'redo'
  | 'changes'
  | 'lineBefore'
  | 'visual'
  | 'lastVisual'
> {
  return {
    path,
    lines,
    saved: lines,
    blank: lines.length === 1 && lines[0] === '',
    format: 'unix',
    noEol: false,
    row: 0,
    column: 0,
    wanted: undefined,
    top: 0,
    left: 0,
    marks: {},
    undo: [],
    redo: [],
    changes: 0,
    lineBefore: undefined,
    visual: undefined,
    lastVisual: undefined,
  };
}

export function freshVi(path: string | undefined, text: string, message: string, row: number): ViState {
  const lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n');
  return {
    ...freshText(path, lines),
    row: Math.max(0, Math.min(row, lines.length - 1)),
    pageRows: 23,
    pageColumns: 80,
    mode: 'normal',
    blockInsert: undefined,
    pending: '',
    command: '',
    history: [],
    historyAt: undefined,
    register: { text: [''], kind: 'char' },
    registers: {},
    searchCount: 1,
    inGlobal: false,
    question: undefined,
    search: { pattern: '', forward: true, offset: '' },
    find: '',
    repeat: [],
    typed: [],
    selectedBy: [],
    insertCount: 1,
    insertStart: { row: 0, column: 0 },
    overwritten: [],
    onceFrom: undefined,
    onceAtEnd: false,
    jumps: [],
    jumpAt: undefined,
    changed: [],
    changedAt: undefined,
    branched: false,
    warned: false,
    queue: [],
    recording: undefined,
    lastMacro: '',
    // From defaults.vim.
    mappings: [{ modes: 'nv', from: 'Q', to: 'gq', remap: true, abbreviation: false }],
    leader: '\\',
    filetypes: true,
    plugins: true,
    indents: true,
    overridden: {},
    autocommands: [],
    swaps: true,
    swap: undefined,
    swapDirty: false,
    attention: undefined,
    failed: false,
    options: DEFAULT_OPTIONS,
    message,
    output: undefined,
    outputOver: false,
    away: false,
    tally: { count: 0, rows: 0 },
    work: undefined,
    substitution: undefined,
    confirm: undefined,
    readonly: false,
    files: path === undefined ? [] : [path],
    file: 0,
    opened: [],
    alternate: undefined,
    now: 0,
    exit: undefined,
  };
}

/** The state with what could not be done said; keys that wait are dropped. */
export const fail = (state: ViState, message = state.message): ViState => ({ ...state, message, failed: true });

/** The same where there is more to say than one line: it is read before the next key. */
export const failLines = (state: ViState, output: readonly string[]): ViState => ({
  ...state,
  message: '',
  output,
  outputOver: true,
  failed: true,
});
