/** What less knows between two keys. */
import type { WindowSize } from '../../../protocol/program.ts';

export interface LessOptions {
  readonly numbers: boolean;
  readonly chop: boolean;
  /** Colours are let through. */
  readonly raw: boolean;
  readonly ignoreCase: 'never' | 'unless-capital' | 'always';
  readonly prompt: 'short' | 'medium' | 'long';
  readonly tab: number;
  /** Lines of a page, where not the screen's. */
  readonly window: number | undefined;
  /** Ends when the end of the last file is reached, or is to be passed. */
  readonly quits: 'never' | 'at-end' | 'behind-end';
  readonly alternate: boolean;
  /** -F: a file of one page is printed, and that was all. */
  readonly quitsOnOnePage: boolean;
  /** -K: ^C leaves. */
  readonly quitsOnInterrupt: boolean;
  /** -s: of several empty lines one is shown. */
  readonly squeeze: boolean;
  /** Matches of the last search stand out. */
  readonly highlight: boolean;
  /** Rows behind the end are marked with ~. */
  readonly tildes: boolean;
  /** -j: the row of the screen, from 1, or the part of it, where a line that was gone to stands. */
  readonly target: number;
  /** -a: a search begins behind the page. */
  readonly searchesBehind: boolean;
  /** The prompt tells lines, and not bytes. */
  readonly lineNumbers: boolean;
}

export interface LessFile {
  /** Empty for standard input. */
  readonly name: string;
  readonly lines: readonly string[];
  /** Whether the last line has an end. */
  readonly ended: boolean;
}

/** A row of the screen: which row of which line it is; `above` rows before the first line are in sight. */
export interface Place {
  readonly line: number;
  readonly row: number;
  readonly above: number;
}
export const START: Place = { line: 0, row: 0, above: 0 };

/** A place, and the file that it is in. */
export interface Mark extends Place {
  readonly file: string;
}

/** What is being typed on the last row. */
export type Typing =
  | { readonly type: '/' | '?' | '&'; readonly text: string; readonly count: number }
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'shell'; readonly text: string }
  | { readonly type: 'option' | 'show-option' | 'colon' | 'set-mark' | 'go-to-mark' | 'pipe-mark' }
  | undefined;

export interface LessState {
  readonly names: readonly string[];
  readonly at: number;
  readonly file: LessFile;
  readonly options: LessOptions;
  /** Changed at the prompt: they hold when what was said of them is read. */
  readonly changed: LessOptions | undefined;
  readonly top: Place;
  readonly size: WindowSize;
  /** How far the text is moved to the left. */
  readonly shift: number;
  readonly shiftBy: number | undefined;
  readonly half: number | undefined;
  readonly count: string;
  readonly typing: Typing;
  /** Stays until the next key. */
  readonly message: string;
  readonly search: { readonly pattern: string; readonly forward: boolean } | undefined;
  /** The lines in sight where only those with a pattern are. */
  readonly filter: readonly number[] | undefined;
  readonly marks: Readonly<Record<string, Mark>>;
  /** The file was not moved in yet: its name is shown. */
  readonly fresh: boolean;
  /** A short text that begins where the cursor was, until something moves it to the top. */
  readonly squished: 'no' | 'to-paint' | 'painted';
  /** What is asked before the first page. */
  readonly asks: 'binary' | 'continue' | undefined;
  /** Printed before the next page. */
  readonly before: string;
  /** Whether the end of standard input was seen, so that its length is known. */
  readonly endSeen: boolean;
  readonly keys: number;
  /** F: what is added to the file is shown as it comes. */
  readonly following: boolean;
  /** What was looked at before the help. */
  readonly behindHelp: Omit<LessState, 'behindHelp'> | undefined;
  /** A command of the shell, or the editor, that is to run on the terminal. */
  readonly work: { readonly type: 'shell' | 'editor'; readonly command: string } | undefined;
  /** The screen is a command's until a key. */
  readonly away: boolean;
  readonly done: boolean;
}

/** Rows of text on the screen. */
export const pageOf = ({ size }: LessState): number => Math.max(1, size.rows - 1);
export const lineCount = ({ file, filter }: LessState): number => filter?.length ?? file.lines.length;
/** The place of a line in its file. */
export const numberOf = ({ filter }: LessState, line: number): number => filter?.[line] ?? line;
export const lineAt = (state: LessState, line: number): string => state.file.lines[numberOf(state, line)] ?? '';
