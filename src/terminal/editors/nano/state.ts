/** What nano holds: data, so that it can be saved as it stands. */

export interface NanoPrompt {
  readonly kind:
    | 'write'
    | 'write-exit'
    | 'overwrite'
    | 'exit'
    | 'search'
    | 'replace'
    | 'replace-with'
    | 'replace-each'
    | 'insert'
    | 'go-to';
  readonly label: string;
  readonly text: string;
}
export interface NanoPlace {
  readonly row: number;
  /** In characters. */
  readonly column: number;
}
export interface NanoState extends NanoPlace {
  readonly path: string;
  readonly lines: readonly string[];
  readonly modified: boolean;
  readonly top: number;
  readonly cut: readonly string[];
  /** Whether the last key cut a line, so that the next cut adds to it. */
  readonly cutting: boolean;
  readonly prompt: NanoPrompt | undefined;
  readonly message: string;
  readonly search: string;
  readonly replacement: { readonly from: string; readonly to: string; readonly count: number } | undefined;
  readonly help: boolean;
  readonly numbers: boolean;
  readonly readonly: boolean;
  readonly pageRows: number;
  readonly undo: readonly NanoUndo[];
  readonly redo: readonly NanoUndo[];
  /** What the program has to do with files. */
  readonly work:
    | { readonly type: 'write'; readonly path: string; readonly thenExit: boolean; readonly overwrite: boolean }
    | { readonly type: 'insert'; readonly path: string }
    | undefined;
  readonly exit: boolean;
}
export interface NanoUndo extends NanoPlace {
  readonly lines: readonly string[];
}
export type NanoKey = { readonly char: string } | { readonly special: string };

export function freshNano(
  path: string,
  text: string,
  message: string,
  options: { readonly numbers: boolean; readonly readonly: boolean; readonly row: number; readonly column: number },
): NanoState {
  const lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n').concat('');
  return {
    path,
    lines,
    modified: false,
    row: Math.max(0, Math.min(options.row, lines.length - 1)),
    column: options.column,
    top: 0,
    cut: [],
    cutting: false,
    prompt: undefined,
    message,
    search: '',
    replacement: undefined,
    help: false,
    numbers: options.numbers,
    readonly: options.readonly,
    pageRows: 20,
    undo: [],
    redo: [],
    work: undefined,
    exit: false,
  };
}

/** The characters of a line. */
export const chars = (state: NanoState, row = state.row): string[] => [...(state.lines[row] ?? '')];
/** nano asks on its status bar. */
export const ask = (state: NanoState, kind: NanoPrompt['kind'], label: string, text: string): NanoState => ({
  ...state,
  prompt: { kind, label, text },
});
