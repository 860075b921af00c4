/** Readline's commands that need the history, the shell or the keys that ran them. */
import { timesFour } from './argument.ts';
import { completions } from './completion-commands.ts';
import type { EditorContext } from './context.ts';
import { toggleComment } from './edit.ts';
import type { EditorEvent, Expansion } from './event.ts';
import { goTo, searchByPrefix, yankArgument, yankLastArgument } from './history.ts';
import { endMacro, startMacro } from './macro.ts';
import { beginSearch } from './search.ts';
import { ask, searchAgain } from './search-by-text.ts';
import type { EditorState } from './state.ts';
import { VI_INSERT, lineText, takeBack } from './state.ts';

export interface CommandContext extends EditorContext {
  /** The line with its numeric argument and what the last key did. */
  readonly before: EditorState;
  /** The numeric argument; 1 where there is none. */
  readonly count: number;
  /** The keys that ran the command. */
  readonly sequence: string;
}
export type Command = (state: EditorState, context: CommandContext) => EditorEvent;

const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });
const ring = (state: EditorState): EditorEvent => ({ type: 'edit', state, bell: true });
const editOrRing = (before: EditorState, after: EditorState | undefined): EditorEvent =>
  after === undefined ? ring(before) : edit(after);

const argumentOf = ({ before, count }: CommandContext): number | undefined =>
  before.argument === '' ? undefined : count;

const searchLike =
  (step: 1 | -1, anywhere: boolean): Command =>
  (state, { history, before }) =>
    editOrRing(state, searchByPrefix({ ...state, last: before.last }, history, step, anywhere));

const HISTORY: Readonly<Record<string, Command>> = {
  'previous-history': (state, { history, count }) => climb(state, history, count),
  'next-history': (state, { history, count }) => climb(state, history, -count),
  'beginning-of-history': (state, { history }) => edit(goTo(state, history, history.length) ?? state),
  'end-of-history': (state, { history }) => edit(goTo(state, history, 0) ?? state),
  'fetch-history': (state, context) => fetchHistory(state, context),
  'history-search-backward': searchLike(1, false),
  'history-search-forward': searchLike(-1, false),
  'history-substring-search-backward': searchLike(1, true),
  'history-substring-search-forward': searchLike(-1, true),
  'reverse-search-history': (state, { history }) => edit(beginSearch(state, history, false)),
  'forward-search-history': (state, { history }) => edit(beginSearch(state, history, true)),
  'non-incremental-reverse-search-history': (state) => edit(ask(state, ':', false)),
  'non-incremental-forward-search-history': (state) => edit(ask(state, ':', true)),
  'non-incremental-reverse-search-history-again': (state, { history }) => searchAgain(state, history, false),
  'non-incremental-forward-search-history-again': (state, { history }) => searchAgain(state, history, true),
  'yank-last-arg': (state, context) =>
    editOrRing(state, yankLastArgument({ ...state, last: context.before.last }, context.history, argumentOf(context))),
  'yank-nth-arg': (state, context) => editOrRing(state, yankArgument(state, context.history, argumentOf(context))),
};

/** Goes up or down the history; with a number, as far as it goes. In vi's command mode the cursor begins a line of it. */
function climb(state: EditorState, history: readonly string[], by: number): EditorEvent {
  const wanted = state.historyAt + by;
  const gone = goTo(state, history, Math.abs(by) === 1 ? wanted : Math.max(0, Math.min(history.length, wanted)));
  if (gone === undefined || gone.vi?.mode !== 'command') return editOrRing(state, gone);
  return edit({ ...gone, cursor: gone.historyAt > 0 ? 0 : Math.max(0, gone.chars.length - 1) });
}

/** The line with that number, counted from the end where it is negative. */
function fetchHistory(state: EditorState, context: CommandContext): EditorEvent {
  const { history } = context;
  const number = argumentOf(context) ?? 1;
  const at = number > 0 ? history.length - number + 1 : -number;
  return edit(goTo(state, history, at > 0 && at <= history.length ? at : history.length) ?? state);
}

const expansion =
  (how: Expansion): Command =>
  (state) => ({ type: 'expand', state, how });
const dump =
  (what: 'functions' | 'macros' | 'variables'): Command =>
  (state, context) => ({ type: 'dump', state, what, forFile: argumentOf(context) !== undefined });

const SHELL: Readonly<Record<string, Command>> = {
  'clear-screen': (state) => ({ type: 'edit', state, clear: true }),
  'clear-display': (state) => ({ type: 'edit', state, clear: true }),
  'redraw-current-line': edit,
  'edit-and-execute-command': (state) => ({ type: 'edit-externally', state }),
  'shell-expand-line': expansion('line'),
  'history-expand-line': expansion('history'),
  'alias-expand-line': expansion('alias'),
  'history-and-alias-expand-line': expansion('history-and-alias'),
  'magic-space': expansion('magic-space'),
  'tilde-expand': expansion('tilde'),
  'display-shell-version': (state) => ({ type: 'show-version', state }),
  're-read-init-file': (state) => ({ type: 're-read', state }),
  'dump-functions': dump('functions'),
  'dump-macros': dump('macros'),
  'dump-variables': dump('variables'),
};

const MODES: Readonly<Record<string, Command>> = {
  'vi-editing-mode': (state) => edit({ ...state, vi: VI_INSERT }),
  'emacs-editing-mode': (state) => edit({ ...state, vi: undefined }),
  'overwrite-mode': (state, context) => {
    const wanted = argumentOf(context);
    return edit({ ...state, overwrite: wanted === undefined ? !state.overwrite : wanted <= 0 });
  },
  'universal-argument': (state, { before }) => edit({ ...state, argument: timesFour(before.argument) }),
  'start-kbd-macro': (state, context) =>
    editOrRing(
      { ...state, macro: { recording: undefined, keys: undefined } },
      startMacro(state, argumentOf(context) !== undefined),
    ),
  'end-kbd-macro': (state, { sequence }) => editOrRing(state, endMacro(state, sequence)),
  'call-last-kbd-macro': (state, { count }) => {
    const { keys, recording } = state.macro;
    if (recording !== undefined) return ring({ ...state, macro: { keys, recording: undefined } });
    return keys === undefined ? ring(state) : { type: 'macro', state, keys: keys.repeat(Math.max(1, count)) };
  },
};

const REST: Readonly<Record<string, Command>> = {
  'accept-line': (state) => ({ type: 'accept', line: lineText(state) }),
  'operate-and-get-next': (state) => ({
    type: 'accept',
    line: lineText(state),
    ...(state.historyAt > 0 ? { next: state.historyAt } : {}),
  }),
  interrupt: () => ({ type: 'interrupt' }),
  abort: ring,
  'tty-status': ring,
  undo: (state, { count }) => {
    let after: EditorState | undefined = state;
    for (let turn = 0; turn < count; turn += 1) after = after === undefined ? undefined : takeBack(after);
    return editOrRing(state, after);
  },
  'quoted-insert': (state, { before }) => edit({ ...state, taking: 'quoted', argument: before.argument }),
  'character-search': (state, { before }) => edit({ ...state, taking: 'find', argument: before.argument }),
  'character-search-backward': (state, { before }) =>
    edit({ ...state, taking: 'find-back', argument: before.argument }),
  'arrow-key-prefix': (state) => edit({ ...state, taking: 'arrow' }),
  'skip-csi-sequence': (state) => edit({ ...state, taking: 'sequence' }),
  'insert-comment': (state, context) => ({
    type: 'accept',
    line: lineText(toggleComment(state, argumentOf(context) !== undefined)),
  }),
  'next-screen-line': (state, { columns, count }) =>
    edit({ ...state, cursor: Math.max(0, Math.min(state.chars.length, state.cursor + columns * count)) }),
  'previous-screen-line': (state, { columns, count }) =>
    edit({ ...state, cursor: Math.max(0, Math.min(state.chars.length, state.cursor - columns * count)) }),
};

export const COMMANDS: Readonly<Record<string, Command>> = {
  ...HISTORY,
  ...SHELL,
  ...MODES,
  ...REST,
  ...completions(argumentOf),
};
