/** What a key leads to. */
import type { EditorState } from './state.ts';

/** What a completion is asked for, beside a word of the kind that stands at its place. */
export type CompletionKind = 'any' | 'command' | 'filename' | 'hostname' | 'username' | 'variable';

export type EditorEvent =
  | { readonly type: 'edit'; readonly state: EditorState; readonly bell?: true; readonly clear?: true }
  /** `next`: the place in the history, counted from the end, that the next line begins with. */
  | { readonly type: 'accept'; readonly line: string; readonly next?: number }
  | { readonly type: 'interrupt' }
  | { readonly type: 'end' }
  | {
      readonly type: 'complete';
      readonly state: EditorState;
      readonly kind: CompletionKind;
      readonly how: 'complete' | 'list' | 'insert-all';
      readonly again: boolean;
    }
  | { readonly type: 'edit-externally'; readonly state: EditorState }
  /** The shell expands the line (`shell-expand-line` and its like). */
  | { readonly type: 'expand'; readonly state: EditorState; readonly how: 'line' | 'history' | 'tilde' }
  | { readonly type: 'macro'; readonly state: EditorState; readonly keys: string }
  | { readonly type: 'run'; readonly state: EditorState; readonly command: string }
  | { readonly type: 'show-version' | 're-read'; readonly state: EditorState };
