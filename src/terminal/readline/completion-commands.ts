/** Readline's and bash's commands that complete a word, each with what it completes and how. */
import type { Command, CommandContext } from './commands.ts';
import type { CompletionKind, CompletionManner, EditorEvent } from './event.ts';
import { EDIT_COMMANDS } from './edit.ts';
import type { EditorState } from './state.ts';

type What = readonly [kind: CompletionKind, how: CompletionManner];

const PLAIN: Readonly<Record<string, What>> = {
  complete: ['any', 'complete'],
  'possible-completions': ['any', 'list'],
  'insert-completions': ['any', 'insert-all'],
  'menu-complete': ['any', 'menu'],
  'menu-complete-backward': ['any', 'menu-back'],
  'old-menu-complete': ['any', 'old-menu'],
  'complete-into-braces': ['filename', 'braces'],
  'dynamic-complete-history': ['history', 'complete'],
  'dabbrev-expand': ['history', 'old-menu'],
  'glob-complete-word': ['glob', 'complete'],
  'glob-expand-word': ['pattern', 'insert-all'],
  'glob-list-expansions': ['pattern', 'list'],
  ...Object.fromEntries(
    (['command', 'filename', 'hostname', 'username', 'variable'] as const).flatMap((kind): [string, What][] => [
      [`complete-${kind}`, [kind, 'complete']],
      [`possible-${kind}-completions`, [kind, 'list']],
    ]),
  ),
};

const request = (
  state: EditorState,
  { before }: CommandContext,
  [kind, how]: readonly [CompletionKind, CompletionManner],
  star: boolean,
): EditorEvent => ({
  type: 'complete',
  state: { ...state, last: before.last.type === 'menu' ? before.last : { type: 'tab' } },
  kind,
  how,
  star,
  again: before.last.type === 'tab',
});

export const completions = (
  argumentOf: (context: CommandContext) => number | undefined,
): Readonly<Record<string, Command>> => ({
  ...Object.fromEntries(
    Object.entries(PLAIN).map(([name, what]): [string, Command] => [
      name,
      (state, context) => request(state, context, what, argumentOf(context) !== undefined),
    ]),
  ),
  'delete-char-or-list': (state, context) => {
    if (state.cursor < state.chars.length || state.chars.length === 0) {
      const after = EDIT_COMMANDS['delete-char']?.(state, context.count);
      return after === undefined ? { type: 'edit', state, bell: true } : { type: 'edit', state: after };
    }
    return request(state, context, ['any', 'list'], false);
  },
});
