/**
 * GNU readline: what one key does to a line.
 * Models: emacs mode with numeric arguments, kill ring, undo, incremental search and a person's own bindings; a small vi mode.
 * Leaves out: keyboard macros, overwrite mode, searches that are not incremental (M-p, M-n).
 */
import { EDIT_COMMANDS, findCharacter, toggleComment } from './edit.ts';
import type { CompletionKind, EditorEvent } from './event.ts';
import { goTo, searchByPrefix, yankArgument, yankLastArgument } from './history.ts';
import type { Binding, Bindings } from './keymap.ts';
import { lookUp } from './keymap.ts';
import type { Key } from './keys.ts';
import { beginSearch, searchKey } from './search.ts';
import type { EditorState } from './state.ts';
import { VI_INSERT, insert, lineText, takeBack, typeText } from './state.ts';
import { viLineKey } from './vi-line.ts';

export interface EditorContext {
  readonly history: readonly string[];
  readonly bindings: Bindings;
}

const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });
const ring = (state: EditorState): EditorEvent => ({ type: 'edit', state, bell: true });
const editOrRing = (before: EditorState, after: EditorState | undefined): EditorEvent =>
  after === undefined ? ring(before) : edit(after);

/** What one key does; text is one key for each of its characters where that matters. */
export function applyKey(state: EditorState, key: Key, context: EditorContext): EditorEvent {
  if (state.search !== undefined) {
    const step = searchKey(state, state.search, key, context.history);
    if (step === 'interrupt') return { type: 'interrupt' };
    if (step.unused === true) return applyKey(step.state, key, context);
    return step.bell === true ? ring(step.state) : edit(step.state);
  }
  if (key.type === 'paste') {
    const text = key.text.replace(/\r\n?/g, '\n').normalize('NFC');
    return edit({ ...insert(state, text), last: { type: 'other' } });
  }
  if (state.taking !== undefined) return take(state, state.taking, key, context);
  if (state.vi !== undefined) {
    const event = viLineKey(state, state.vi, key, context.history);
    if (event !== undefined) return event;
  }
  return key.type === 'text' ? typed(state, key.text, context) : sequenceKey(state, key.sequence, context);
}

/** Typed text: put in, unless some of it belongs to a sequence, an argument or a binding. */
function typed(state: EditorState, text: string, context: EditorContext): EditorEvent {
  const isSpecial = (before: EditorState, char: string): boolean =>
    before.prefix !== '' ||
    before.argument !== '' ||
    (context.bindings.size > 0 && lookUp(context.bindings, char) !== undefined);
  const chars = [...text];
  const at = isSpecial(state, chars[0] ?? '') ? 0 : chars.findIndex((char) => isSpecial(state, char));
  if (at < 0) return edit(typeText(state, text.normalize('NFC')));
  if (at > 0) {
    const head = typeText(state, chars.slice(0, at).join('').normalize('NFC'));
    return typed(head, chars.slice(at).join(''), context);
  }
  const event = sequenceKey(state, chars[0] ?? '', context);
  const rest = chars.slice(1).join('');
  if (rest === '') return event;
  if (event.type === 'edit' && event.clear !== true) return typed(event.state, rest, context);
  // What follows waits until the shell has done its part.
  return 'state' in event && event.type !== 'macro'
    ? event
    : event.type === 'macro'
      ? { ...event, keys: event.keys + rest }
      : event;
}

function take(
  state: EditorState,
  how: 'quoted' | 'find' | 'find-back',
  key: Exclude<Key, { type: 'paste' }>,
  context: EditorContext,
): EditorEvent {
  const [char = '', ...others] = key.type === 'text' ? key.text : key.sequence;
  const calm: EditorState = { ...state, taking: undefined, argument: '' };
  const count = countOf(state);
  const done =
    how === 'quoted'
      ? insert(calm, char.repeat(Math.max(1, count)))
      : findCharacter(calm, char, how === 'find' ? count : -count);
  const rest = others.join('');
  if (rest === '') return editOrRing(calm, done);
  return typed(done ?? calm, rest, context);
}

/** One key that is no plain text, with those before that it makes a sequence with. */
function sequenceKey(state: EditorState, keys: string, context: EditorContext): EditorEvent {
  if (keys === '\x03') return { type: 'interrupt' };
  const sequence = state.prefix + keys;
  const calm: EditorState = { ...state, prefix: '' };
  const binding = lookUp(context.bindings, sequence);
  if (binding === 'unfinished') return edit({ ...state, prefix: sequence });
  if (binding !== undefined && !isDigit(state, sequence)) return run(calm, binding, sequence, context);
  if (state.argument !== '' && /^(?:\x1b)?[-\d]$/.test(sequence)) return digit(calm, sequence.slice(-1));
  if (binding !== undefined) return run(calm, binding, sequence, context);
  if ([...sequence].length === 1 && sequence >= ' ') {
    const many = sequence.repeat(Math.max(1, countOf(state)));
    return edit({ ...typeText(calm, many), argument: '' });
  }
  return ring({ ...calm, argument: '' });
}

const isDigit = ({ argument }: EditorState, sequence: string): boolean => argument !== '' && /^\d$/.test(sequence);
const digit = (state: EditorState, char: string): EditorEvent => edit({ ...state, argument: state.argument + char });

/** The numeric argument; 1 where none was typed. */
function countOf({ argument }: EditorState): number {
  if (argument === '') return 1;
  return argument === '-' ? -1 : Math.max(-1_000_000, Math.min(1_000_000, Number(argument)));
}

function run(state: EditorState, binding: Binding, sequence: string, context: EditorContext): EditorEvent {
  const calm: EditorState = { ...state, argument: '' };
  if (binding.type === 'macro') return { type: 'macro', state: calm, keys: binding.keys };
  if (binding.type === 'command') return { type: 'run', state: calm, command: binding.text };
  const { name } = binding;
  if (name === 'digit-argument') return digit(state, sequence.slice(-1));
  if (name === 'self-insert') return edit(typeText(calm, sequence.repeat(Math.max(1, countOf(state)))));
  if (name === 'delete-char' && sequence === '\x04' && state.chars.length === 0) return { type: 'end' };
  const change = EDIT_COMMANDS[name];
  if (change === undefined) return command(calm, name, state, context);
  const after = change(calm, countOf(state));
  if (after === undefined) return ring({ ...calm, last: { type: 'other' } });
  // A command that others go on from says so itself.
  return edit(after.last === calm.last && !isKill(name) ? { ...after, last: { type: 'other' } } : after);
}
const isKill = (name: string): boolean => name.includes('kill') || name.startsWith('unix-');

/** Commands that need the history or the shell. `before` still has its numeric argument. */
function command(state: EditorState, name: string, before: EditorState, { history }: EditorContext): EditorEvent {
  const calm: EditorState = { ...state, last: { type: 'other' } };
  const count = countOf(before);
  const argument = before.argument === '' ? undefined : count;
  const completion = completionOf(name);
  if (completion !== undefined)
    return {
      type: 'complete',
      state: { ...state, last: { type: 'tab' } },
      again: state.last.type === 'tab',
      ...completion,
    };
  switch (name) {
    case 'accept-line':
      return { type: 'accept', line: lineText(state) };
    case 'operate-and-get-next':
      return { type: 'accept', line: lineText(state), ...(state.historyAt > 0 ? { next: state.historyAt } : {}) };
    case 'interrupt':
      return { type: 'interrupt' };
    case 'abort':
      return ring(calm);
    case 'previous-history':
      return editOrRing(calm, goTo(calm, history, state.historyAt + count));
    case 'next-history':
      return editOrRing(calm, goTo(calm, history, state.historyAt - count));
    case 'beginning-of-history':
      return edit(goTo(calm, history, history.length) ?? calm);
    case 'end-of-history':
      return edit(goTo(calm, history, 0) ?? calm);
    case 'history-search-backward':
    case 'history-search-forward':
    case 'history-substring-search-backward':
    case 'history-substring-search-forward':
      return editOrRing(
        calm,
        searchByPrefix(state, history, name.endsWith('backward') ? 1 : -1, name.includes('substring')),
      );
    case 'reverse-search-history':
    case 'forward-search-history':
      return edit(beginSearch(calm, history, name.startsWith('forward')));
    case 'yank-last-arg':
      return editOrRing(calm, yankLastArgument(state, history, argument));
    case 'yank-nth-arg':
      return editOrRing(calm, yankArgument(calm, history, argument));
    case 'undo':
      return editOrRing(calm, takeBack(calm));
    case 'quoted-insert':
      return edit({ ...calm, taking: 'quoted', argument: before.argument });
    case 'character-search':
      return edit({ ...calm, taking: 'find', argument: before.argument });
    case 'character-search-backward':
      return edit({ ...calm, taking: 'find-back', argument: before.argument });
    case 'insert-comment':
      return { type: 'accept', line: lineText(toggleComment(state, argument !== undefined)) };
    default:
      return shellCommand(calm, name);
  }
}

function shellCommand(state: EditorState, name: string): EditorEvent {
  switch (name) {
    case 'clear-screen':
    case 'clear-display':
      return { type: 'edit', state, clear: true };
    case 'edit-and-execute-command':
      return { type: 'edit-externally', state };
    case 'shell-expand-line':
      return { type: 'expand', state, how: 'line' };
    case 'history-expand-line':
      return { type: 'expand', state, how: 'history' };
    case 'tilde-expand':
      return { type: 'expand', state, how: 'tilde' };
    case 'vi-editing-mode':
      return edit({ ...state, vi: VI_INSERT });
    case 'emacs-editing-mode':
      return edit({ ...state, vi: undefined });
    case 'display-shell-version':
      return { type: 'show-version', state };
    case 're-read-init-file':
      return { type: 're-read', state };
    default:
      return ring(state);
  }
}

function completionOf(
  name: string,
): { readonly kind: CompletionKind; readonly how: 'complete' | 'list' | 'insert-all' } | undefined {
  if (name === 'complete' || name === 'menu-complete') return { kind: 'any', how: 'complete' };
  if (name === 'possible-completions') return { kind: 'any', how: 'list' };
  if (name === 'insert-completions') return { kind: 'any', how: 'insert-all' };
  const [, one, many] = /^(?:complete-(\w+)|possible-(\w+)-completions)$/.exec(name) ?? [];
  const kind = KINDS.find((each) => each === (one ?? many));
  return kind === undefined ? undefined : { kind, how: one === undefined ? 'list' : 'complete' };
}
const KINDS: readonly CompletionKind[] = ['command', 'filename', 'hostname', 'username', 'variable'];
