import { expect, test } from 'vitest';
import { applyKey } from './apply.ts';
import { parseKeys } from './keys.ts';
import type { EditorState } from './state.ts';
import { freshEditor, lineText } from './state.ts';

const HISTORY = ['ls -l /tmp', 'echo one two'];

const CONTEXT = {
  history: HISTORY,
  keymaps: { emacs: new Map(), 'vi-insert': new Map(), 'vi-command': new Map() },
  columns: 80,
  vi: undefined,
};

/** The line and cursor after typing; or how the line ended. */
function typed(input: string): string {
  let state: EditorState = freshEditor;
  for (const key of parseKeys(input).keys) {
    const event = applyKey(state, key, CONTEXT);
    if (event.type === 'accept') return `accept ${event.line}`;
    if (!('state' in event)) return event.type;
    ({ state } = event);
  }
  return `${lineText({ ...state, chars: state.chars.slice(0, state.cursor) })}|${lineText({ ...state, chars: state.chars.slice(state.cursor) })}`;
}

test.for([
  { keys: 'abc\x1b[D\x1b[DX', expected: 'aX|bc', what: 'arrows' },
  { keys: 'one two\x17three', expected: 'one three|', what: '^W kills a word' },
  { keys: 'one two\x01\x0b\x19\x19', expected: 'one twoone two|', what: '^K and ^Y' },
  { keys: 'abc\x15def', expected: 'def|', what: '^U' },
  { keys: '\x1b[A', expected: 'echo one two|', what: 'history up' },
  { keys: 'x\x1b[A\x1b[A\x1b[B\x1b[B', expected: 'x|', what: 'history down to the draft' },
  { keys: 'vi \x1b.', expected: 'vi two|', what: 'Alt-. takes the last argument' },
  { keys: 'vi \x1b.\x1b.', expected: 'vi /tmp|', what: 'Alt-. again goes further back' },
  { keys: '\x12ls', expected: '|ls -l /tmp', what: '^R searches' },
  { keys: '한글\x7f', expected: '한|', what: 'Backspace takes a whole syllable' },
  { keys: '\u1112\u1161\u11ab\x7f', expected: '|', what: 'typed jamo are one syllable' },
  { keys: 'foo bar\x1bb\x1bd', expected: 'foo |', what: 'Alt-b, Alt-d' },
  { keys: '\x1b[200~a\nb\x1b[201~', expected: 'a\nb|', what: 'a bracketed paste is text' },
  { keys: '\x04', expected: 'end', what: '^D on an empty line' },
  { keys: 'ab\x03', expected: 'interrupt', what: '^C' },
  { keys: 'ls\r', expected: 'accept ls', what: 'Enter' },
])('$what', ({ keys, expected }) => {
  expect(typed(keys)).toBe(expected);
});
