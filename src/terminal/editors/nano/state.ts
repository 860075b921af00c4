/** What nano holds: data, so that it can be saved as it stands. */
import type { WindowSize } from '../../../protocol/program.ts';

export type PromptKind =
  | 'write'
  | 'different'
  | 'overwrite'
  | 'exit'
  | 'search'
  | 'replace'
  | 'replace-with'
  | 'replace-each'
  | 'insert'
  | 'execute'
  | 'go-to';

export interface NanoPrompt {
  readonly kind: PromptKind;
  readonly text: string;
  /** The cursor in the answer. */
  readonly at: number;
}
export interface NanoPlace {
  readonly row: number;
  /** In characters. */
  readonly column: number;
}
interface NanoText extends NanoPlace {
  readonly lines: readonly string[];
}
export interface NanoChange {
  readonly name: string;
  readonly before: NanoText;
  readonly after: NanoText;
}
export interface NanoOptions {
  readonly numbers: boolean;
  readonly readonly: boolean;
  readonly autoindent: boolean;
  readonly tabsize: number;
  readonly tabsToSpaces: boolean;
  readonly cutToEnd: boolean;
  readonly smartHome: boolean;
  readonly constantShow: boolean;
  readonly noHelp: boolean;
  readonly noNewlines: boolean;
  readonly backup: boolean;
  readonly mouse: boolean;
  /** Long lines go on in the next row of the screen. */
  readonly softWrap: boolean;
  /** What is typed goes on in a new line where it would be wider than `fill`. */
  readonly hardWrap: boolean;
  /** Columns; not positive: so many less than the screen has. */
  readonly fill: number;
  /** Blanks and tabs are shown by signs. */
  readonly whitespace: boolean;
}
export interface NanoSearch {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly regexp: boolean;
  readonly backwards: boolean;
}
/** How a file is to be written. */
export interface NanoWriting {
  readonly how: 'whole' | 'append' | 'prepend';
  readonly dos: boolean;
  readonly thenExit: boolean;
  readonly selection: boolean;
}
export type NanoWork =
  | { readonly type: 'write'; readonly path: string; readonly asked: 'nothing' | 'name' | 'all' }
  | { readonly type: 'insert'; readonly path: string }
  | { readonly type: 'execute'; readonly command: string };

export interface NanoState extends NanoText {
  readonly path: string;
  readonly saved: readonly string[];
  readonly top: number;
  readonly cut: string;
  /** Whether the last key cut a line, so that the next cut adds to it. */
  readonly cutting: boolean;
  readonly mark: NanoPlace | undefined;
  readonly prompt: NanoPrompt | undefined;
  readonly message: string;
  /** How many keys the message stays. */
  readonly messageKeys: number;
  readonly search: NanoSearch;
  readonly replacement:
    { readonly from: string; readonly to: string; readonly count: number; readonly began: NanoPlace } | undefined;
  readonly writing: NanoWriting;
  readonly help: boolean;
  /** The next key is taken as it is (M-V). */
  readonly verbatim: boolean;
  readonly options: NanoOptions;
  readonly dos: boolean;
  /** Rows of text. */
  readonly pageRows: number;
  readonly screen: WindowSize;
  readonly undo: readonly NanoChange[];
  readonly redo: readonly NanoChange[];
  /** What the program has to do with files and commands. */
  readonly work: NanoWork | undefined;
  readonly exit: boolean;
}
export type NanoKey = { readonly char: string } | { readonly special: string };

export const DEFAULT_OPTIONS: NanoOptions = {
  numbers: false,
  readonly: false,
  autoindent: false,
  tabsize: 8,
  tabsToSpaces: false,
  cutToEnd: false,
  smartHome: false,
  constantShow: false,
  noHelp: false,
  noNewlines: false,
  backup: false,
  mouse: false,
  softWrap: false,
  hardWrap: false,
  fill: -8,
  whitespace: false,
};
/** The keys that a message stays for. */
export const MESSAGE_KEYS = 20;

/** nano shows an empty line behind the last end of line. */
export const linesOf = (text: string, noNewlines: boolean): readonly string[] => {
  if (text === '') return [''];
  const lines = text.split('\n');
  return lines.at(-1) === '' || noNewlines ? lines : [...lines, ''];
};

export function freshNano(path: string, text: string, message: string, options: NanoOptions): NanoState {
  const dos = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text);
  const lines = linesOf(dos ? text.replaceAll('\r\n', '\n') : text, options.noNewlines);
  return {
    path,
    lines,
    saved: lines,
    row: 0,
    column: 0,
    top: 0,
    cut: '',
    cutting: false,
    mark: undefined,
    prompt: undefined,
    message,
    messageKeys: MESSAGE_KEYS,
    search: { text: '', caseSensitive: false, regexp: false, backwards: false },
    replacement: undefined,
    writing: { how: 'whole', dos, thenExit: false, selection: false },
    help: false,
    verbatim: false,
    options,
    dos,
    pageRows: 20,
    screen: { rows: 24, columns: 80 },
    undo: [],
    redo: [],
    work: undefined,
    exit: false,
  };
}

/** The characters of a line. */
export const chars = (state: NanoState, row = state.row): string[] => [...(state.lines[row] ?? '')];
export const isModified = ({ lines, saved }: NanoState): boolean => lines !== saved;
export const isBefore = (a: NanoPlace, b: NanoPlace): boolean =>
  a.row < b.row || (a.row === b.row && a.column < b.column);

/** What is between the mark and the cursor. */
export function markedRegion(state: NanoState): { readonly from: NanoPlace; readonly to: NanoPlace } | undefined {
  const { mark, row, column } = state;
  if (mark === undefined) return undefined;
  const here = { row, column };
  return isBefore(mark, here) ? { from: mark, to: here } : { from: here, to: mark };
}

/** nano asks on its status bar. */
export const ask = (state: NanoState, kind: PromptKind, text = ''): NanoState => ({
  ...state,
  message: '',
  prompt: { kind, text, at: [...text].length },
});
