/** What the line editor asks of the shell. */
import type { EditorState } from './state.ts';

/** What a completion is asked for, beside a word of the kind that stands at its place. */
export type CompletionKind =
  'any' | 'command' | 'filename' | 'hostname' | 'username' | 'variable' | 'history' | 'glob' | 'pattern';

/**
 * `menu` puts in one word after the other, `old-menu` begins with what all have in common not put in first, `braces` puts
 * all of them in as one brace expression.
 */
export type CompletionManner = 'complete' | 'list' | 'insert-all' | 'menu' | 'menu-back' | 'old-menu' | 'braces';

/** What a key leads to; `rest`: text that was typed after it and waits until the shell has done its part. */
export type EditorEvent = EditorAction & { readonly rest?: string };

type EditorAction =
  | { readonly type: 'edit'; readonly state: EditorState; readonly bell?: true; readonly clear?: true }
  /** `next`: the place in the history, counted from the end, that the next line begins with. */
  | { readonly type: 'accept'; readonly line: string; readonly next?: number }
  | { readonly type: 'interrupt' }
  | { readonly type: 'end' }
  | {
      readonly type: 'complete';
      readonly state: EditorState;
      readonly kind: CompletionKind;
      readonly how: CompletionManner;
      /** The word is taken as if a `*` stood after it. */
      readonly star: boolean;
      readonly again: boolean;
    }
  | { readonly type: 'edit-externally'; readonly state: EditorState }
  /** The shell expands the line (`shell-expand-line` and its like). */
  | { readonly type: 'expand'; readonly state: EditorState; readonly how: Expansion }
  | { readonly type: 'macro'; readonly state: EditorState; readonly keys: string }
  | { readonly type: 'run'; readonly state: EditorState; readonly command: string }
  | { readonly type: 'show-version' | 're-read'; readonly state: EditorState }
  /** Text for the person at the terminal; `what`: what bind would list. */
  | { readonly type: 'print'; readonly state: EditorState; readonly text: string }
  | {
      readonly type: 'dump';
      readonly state: EditorState;
      readonly what: 'functions' | 'macros' | 'variables';
      readonly forFile: boolean;
    };

export type Expansion = 'line' | 'history' | 'alias' | 'history-and-alias' | 'magic-space' | 'tilde';
