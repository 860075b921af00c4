/**
 * GNU readline: what one key does to a line.
 * Models: emacs and vi mode with numeric arguments, kill ring, undo, keyboard macros, overwrite mode, both kinds of search and a person's own bindings.
 * Leaves out: spell-correct-word, vi's commands while emacs mode is on; positions within a character (forward-byte goes over all of it), where the cursor stands after an incremental search has failed or turned round.
 */
import { COMMANDS } from './commands.ts';
import type { EditorContext } from './context.ts';
import { countOf, hasArgument, oneIfSign, withDigit } from './argument.ts';
import { EDIT_COMMANDS, findCharacter } from './edit.ts';
import { EMACS } from './emacs-keymap.ts';
import type { EditorEvent } from './event.ts';
import type { Binding, Bindings, Defaults } from './keymap.ts';
import { lookUp, sameCommand } from './keymap.ts';
import type { Key } from './keys.ts';
import { noteKeys } from './macro.ts';
import { searchKey } from './search.ts';
import { askingKey } from './search-by-text.ts';
import type { EditorState } from './state.ts';
import { insert, typeText } from './state.ts';

const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });
const ring = (state: EditorState): EditorEvent => ({ type: 'edit', state, bell: true });

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
  if (state.asking !== undefined) return askingKey(state, state.asking, key, context.history);
  if (state.taking !== undefined) return take(state, state.taking, key, context);
  if (state.vi !== undefined) {
    const event = context.vi?.key(state, state.vi, key, context);
    if (event !== undefined) return event;
  }
  return key.type === 'text' ? typed(state, key.text, context) : sequenceKey(state, key.sequence, context);
}

/** The keymap that the line is edited with. */
function keymapOf({ vi }: EditorState, context: EditorContext): { own: Bindings; defaults: Defaults } {
  const { keymaps } = context;
  if (vi === undefined || context.vi === undefined) return { own: keymaps.emacs, defaults: EMACS };
  return vi.mode === 'insert'
    ? { own: keymaps['vi-insert'], defaults: context.vi.insertKeys }
    : { own: keymaps['vi-command'], defaults: context.vi.commandKeys };
}

/** Typed text: put in, unless some of it belongs to a sequence, an argument or a binding. */
function typed(state: EditorState, text: string, context: EditorContext): EditorEvent {
  const { own } = keymapOf(state, context);
  const isSpecial = (before: EditorState, char: string): boolean =>
    before.prefix !== '' ||
    before.argument !== '' ||
    (own.size > 0 && lookUp(keymapOf(state, context), char) !== undefined);
  const chars = [...text];
  const at = isSpecial(state, chars[0] ?? '') ? 0 : chars.findIndex((char) => isSpecial(state, char));
  if (at < 0) return edit(typeText(noteKeys(state, text), text.normalize('NFC')));
  if (at > 0) {
    const plain = chars.slice(0, at).join('');
    const head = typeText(noteKeys(state, plain), plain.normalize('NFC'));
    return typed(head, chars.slice(at).join(''), context);
  }
  return goOn(sequenceKey(state, chars[0] ?? '', context), chars.slice(1).join(''), context);
}

/** Takes the keys that were typed after one that has been carried out. */
function goOn(event: EditorEvent, rest: string, context: EditorContext): EditorEvent {
  if (rest === '') return event;
  if (event.type === 'edit' && event.clear !== true)
    return applyKey(event.state, { type: 'text', text: rest }, context);
  return event.type === 'macro' ? { ...event, keys: event.keys + rest } : { ...event, rest: (event.rest ?? '') + rest };
}

/** What follows arrow-key-prefix. */
const ARROWS: Readonly<Record<string, string>> = {
  A: 'previous-history',
  B: 'next-history',
  C: 'forward-char',
  D: 'backward-char',
};

function take(
  state: EditorState,
  how: NonNullable<EditorState['taking']>,
  key: Exclude<Key, { type: 'paste' }>,
  context: EditorContext,
): EditorEvent {
  const [char = '', ...others] = key.type === 'text' ? key.text : key.sequence;
  const rest = others.join('');
  if (how === 'arrow') {
    const name = ARROWS[char.toUpperCase()];
    const calm: EditorState = { ...state, taking: undefined };
    return goOn(
      name === undefined ? ring(calm) : runBinding(calm, { type: 'function', name }, char, context),
      rest,
      context,
    );
  }
  if (how === 'sequence') {
    const over = /^[@-~]$/.test(char);
    return goOn(edit({ ...state, taking: over ? undefined : how }), rest, context);
  }
  const calm: EditorState = { ...noteKeys(state, char), taking: undefined, argument: '' };
  const count = countOf(state);
  const done =
    how === 'quoted'
      ? insert(calm, char.repeat(Math.max(1, count)))
      : findCharacter(calm, char, how === 'find' ? count : -count);
  return goOn(done === undefined ? ring(calm) : edit(done), rest, context);
}

/** One key that may belong to a sequence, with those before that it makes a sequence with. */
export function sequenceKey(before: EditorState, keys: string, context: EditorContext): EditorEvent {
  if (keys === '\x03') return { type: 'interrupt' };
  const state = noteKeys(before, keys);
  const sequence = state.prefix + keys;
  const calm: EditorState = { ...state, prefix: '' };
  const binding = lookUp(keymapOf(state, context), sequence);
  if (binding === 'unfinished') return edit({ ...state, prefix: sequence });
  const counted = hasArgument(state) ? withDigit(state.argument, sequence) : undefined;
  if (counted !== undefined) return edit({ ...calm, argument: counted });
  if (binding !== undefined) return runBinding(calm, binding, sequence, context);
  if ([...sequence].length === 1 && (sequence >= ' ' || state.vi?.mode === 'insert')) {
    const many = sequence.repeat(Math.max(0, countOf(state)));
    return edit({ ...typeText(calm, many), argument: '' });
  }
  return ring({ ...calm, argument: '' });
}

/** Carries out what a sequence is bound to. */
export function runBinding(
  state: EditorState,
  binding: Binding,
  sequence: string,
  context: EditorContext,
): EditorEvent {
  const calm: EditorState = { ...state, argument: '' };
  if (binding.type === 'macro') return { type: 'macro', state: calm, keys: binding.keys };
  if (binding.type === 'command') return { type: 'run', state: calm, command: binding.text };
  const name = sameCommand(binding.name);
  const count = countOf(state);
  if (name === 'digit-argument')
    return edit({ ...state, argument: withDigit(oneIfSign(state.argument), sequence.slice(-1)) ?? state.argument });
  if (name === 'self-insert') return edit(typeText(calm, sequence.repeat(Math.max(0, count))));
  if (name === 'do-lowercase-version') return sequenceKey(state, sequence.toLowerCase(), context);
  if (name === 'delete-char' && sequence === '\x04' && state.chars.length === 0) return { type: 'end' };
  const change = EDIT_COMMANDS[name];
  if (change === undefined) {
    const command = COMMANDS[name] ?? context.vi?.commands[name];
    const settled: EditorState = { ...calm, last: { type: 'other' } };
    if (command !== undefined) return command(settled, { ...context, before: state, count, sequence });
    return { type: 'print', state: settled, text: `drydock: '${name}' is not simulated` };
  }
  const after = change(calm, count);
  if (after === undefined) return ring({ ...calm, last: { type: 'other' } });
  // A command that others go on from says so itself.
  return edit(after.last === calm.last && !isKill(name) ? { ...after, last: { type: 'other' } } : after);
}
const isKill = (name: string): boolean => name.includes('kill') || name.startsWith('unix-');
