import type { Value } from '../script/script-values.ts';
import type { ViOptions } from './options.ts';

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
  /** The marks at that time. */
  readonly marks: Readonly<Record<string, ViPlace>>;
  readonly number: number;
  /** Unix time, seconds. */
  readonly at: number;
  /** How many rows it is about, where that is more than those that differ. */
  readonly rows?: number;
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
  /** Every file that was changed. */
  | { readonly type: 'write-all'; readonly force: boolean; readonly exits: boolean }
  /** A file's text comes in below a row (-1: above the first). */
  | { readonly type: 'read'; readonly path: string; readonly below: number }
  /** The file to open in place of this one. */
  | {
      readonly type: 'edit';
      readonly path: string;
      readonly force: boolean;
      /** It has to be there already. */
      readonly exists?: boolean;
      /** What is done then, as +COMMAND of the command line. */
      readonly command?: string;
      /** Where to go in it. */
      readonly at?: ViPlace;
      /** What there is to read then. */
      readonly said?: readonly string[];
    }
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
  /** What was left of it unwritten, with its undo (`hidden`). */
  readonly text?: ViText & { readonly readonly: boolean };
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
  /** Where ^E and its like have left the text and the cursor: there they stay, also past the end of the text. */
  readonly scrolled: { readonly top: number; readonly row: number; readonly lines: readonly string[] } | undefined;
  readonly left: number;
  /** Rows of the screen between the text and the last. */
  readonly statusRows: number;
  /** The text as it was when the command line was entered: what a command prints comes below that. */
  readonly painted: { readonly lines: readonly string[]; readonly top: number; readonly left: number } | undefined;
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
  /** Where the value goes that is calculated on the command line: into the text, or the register =. */
  readonly asksFor: 'insert' | 'register' | undefined;
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
  /** Changes that were taken back before others took their place, each behind the change that it comes after. */
  readonly branches: readonly { readonly parent: number; readonly changes: readonly Change[] }[];
  /** The last change each time the file was written. */
  readonly writes: readonly number[];
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
  /** So many rows of them were shown at -- More --. */
  readonly told: number;
  /** The screen is a command's of the shell until a key. */
  readonly away: boolean;
  /** What substitutions have done in a :g. */
  readonly tally: { readonly count: number; readonly rows: number };
  readonly work: ViWork | undefined;
  /** Commands behind a bar that wait until that is done. */
  readonly following: string | undefined;
  /** Variables of :let. */
  readonly variables: Readonly<Record<string, Value>>;
  /** The arm of each :if that is open: it runs, waits for a condition that holds, or its time is over. */
  readonly conditions: readonly ('runs' | 'waits' | 'over')[];
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
        /** Where the cursor goes when it is taken back: what was asked about last of the first line that has changed. */
        readonly undoAt: ViPlace | undefined;
      }
    | undefined;
  /** Whether a file may not be written, or the editor was asked to look only. */
  readonly readonly: boolean;
  readonly files: readonly string[];
  readonly file: number;
  /** Files that were opened, in order, with the place where they were left. */
  readonly opened: readonly ViFile[];
  readonly alternate: string | undefined;
  /** Files that :bd has taken from the list. */
  readonly unlisted: readonly string[];
  /** Marks A to Z, which are of a file too. */
  readonly fileMarks: Readonly<Record<string, ViPlace & { readonly path: string }>>;
  /** Unix time, seconds. */
  readonly now: number;
  readonly exit: number | undefined;
}

/** The parts that belong to a text. */
export type ViText = Pick<
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
  | 'scrolled'
  | 'left'
  | 'marks'
  | 'undo'
  | 'redo'
  | 'changes'
  | 'branches'
  | 'writes'
  | 'lineBefore'
  | 'visual'
  | 'lastVisual'
>;

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
