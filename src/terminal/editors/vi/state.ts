/** What vi holds between two keys: data alone, so that a snapshot can be taken with an editor open. */
export interface ViPlace {
  readonly row: number;
  /** In characters. */
  readonly column: number;
}

export interface Register {
  readonly text: readonly string[];
  readonly linewise: boolean;
}

/** What `:set` has changed. */
export interface ViOptions {
  readonly autoindent: boolean;
  readonly expandtab: boolean;
  readonly ignorecase: boolean;
  readonly shiftwidth: number;
  readonly tabstop: number;
}

interface Change extends ViPlace {
  readonly lines: readonly string[];
}

export type ViKey = { readonly char: string } | { readonly special: string };

export interface ViState extends ViPlace {
  readonly path: string | undefined;
  readonly lines: readonly string[];
  readonly saved: readonly string[];
  /** The column that j and k try to keep. */
  readonly wanted: number;
  readonly top: number;
  readonly left: number;
  /** Rows of text on the screen. */
  readonly pageRows: number;
  readonly mode: 'normal' | 'insert' | 'replace' | 'command';
  /** Where the selection began. */
  readonly visual: (ViPlace & { readonly kind: 'line' | 'char' }) | undefined;
  /** The keys of an unfinished command. */
  readonly pending: string;
  readonly command: string;
  /** What was deleted or yanked last. */
  readonly register: Register;
  /** Registers by their letter. */
  readonly registers: Readonly<Record<string, Register>>;
  readonly marks: Readonly<Record<string, ViPlace>>;
  readonly undo: readonly Change[];
  readonly redo: readonly Change[];
  readonly search: { readonly pattern: string; readonly forward: boolean };
  /** The last f, t, F or T with its character. */
  readonly find: string;
  /** The keys of the last change, for `.`. */
  readonly repeat: readonly ViKey[];
  /** The keys of the command that is being typed. */
  readonly typed: readonly ViKey[];
  /** How often what is typed in insert mode is put in, as a count before i, a, A or o asked. */
  readonly insertCount: number;
  readonly numbers: boolean;
  readonly options: ViOptions;
  readonly message: string;
  /** The file to write and what goes into it. */
  readonly write?: {
    readonly path: string;
    readonly lines: readonly string[];
    readonly force: boolean;
    readonly append: boolean;
    readonly exits: boolean;
  };
  /** The file whose text comes in, and the row above it (-1: none). */
  readonly read?: { readonly path: string; readonly below: number };
  /** The file to open in place of this one. */
  readonly edit?: string;
  /** The line that was changed last, as it was before, for `U`. */
  readonly lineBefore: { readonly row: number; readonly total: number; readonly text: string } | undefined;
  /** The last :s. */
  readonly substitution: { readonly pattern: string; readonly text: string; readonly flags: string } | undefined;
  /** Whether a file may not be written, or the editor was asked to look only. */
  readonly readonly: boolean;
  readonly exit: number | undefined;
}

export function freshVi(path: string | undefined, text: string, message: string, row: number): ViState {
  const lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n');
  return {
    path,
    lines,
    saved: lines,
    row: Math.max(0, Math.min(row, lines.length - 1)),
    column: 0,
    wanted: 0,
    top: 0,
    left: 0,
    pageRows: 23,
    mode: 'normal',
    visual: undefined,
    pending: '',
    command: '',
    register: { text: [''], linewise: false },
    registers: {},
    marks: {},
    undo: [],
    redo: [],
    search: { pattern: '', forward: true },
    find: '',
    repeat: [],
    typed: [],
    insertCount: 1,
    numbers: false,
    options: { autoindent: false, expandtab: false, ignorecase: false, shiftwidth: 8, tabstop: 8 },
    message,
    lineBefore: undefined,
    substitution: undefined,
    readonly: false,
    exit: undefined,
  };
}
