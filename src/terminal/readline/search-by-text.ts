/** Searches of the history that begin when their text is whole: Alt-p and Alt-n, and `/` and `?` of vi mode. */
import type { EditorEvent } from './event.ts';
import { goTo } from './history.ts';
import type { Key } from './keys.ts';
import type { Asking, EditorState } from './state.ts';
import { lineText } from './state.ts';

export const ask = (state: EditorState, sign: Asking['sign'], forward: boolean): EditorState => ({
  ...state,
  asking: { query: '', sign, forward },
});

export function askingKey(
  state: EditorState,
  asking: Asking,
  key: Exclude<Key, { type: 'paste' }>,
  history: readonly string[],
): EditorEvent {
  const go = (query: string): EditorEvent => ({ type: 'edit', state: { ...state, asking: { ...asking, query } } });
  if (key.type === 'text') return go(asking.query + key.text);
  const left: EditorState = { ...state, asking: undefined };
  switch (key.sequence) {
    case '\r':
    case '\n':
      return searchAgain({ ...left, lastAsked: asking.query || state.lastAsked }, history, asking.forward);
    case '\x7f':
    case '\b':
      return asking.query === '' ? { type: 'edit', state: left } : go([...asking.query].slice(0, -1).join(''));
    case '\x15':
      return go('');
    case '\x17':
      return go(asking.query.replace(/\S+\s*$/, ''));
    case '\x03':
      return { type: 'interrupt' };
    case '\x07':
      return { type: 'edit', state: left, bell: true };
    default:
      return key.sequence >= ' ' ? go(asking.query + key.sequence) : { type: 'edit', state, bell: true };
  }
}

/** The next line that has what was asked for, the cursor where it begins. */
export function searchAgain(state: EditorState, history: readonly string[], forward: boolean): EditorEvent {
  const { lastAsked } = state;
  const step = forward ? -1 : 1;
  for (let at = state.historyAt + step; lastAsked !== '' && at > 0 && at <= history.length; at += step) {
    const column = findIn(history.at(-at) ?? '', lastAsked, state.vi !== undefined, forward);
    if (column < 0) continue;
    const gone = goTo(state, history, at);
    const cursor = state.vi === undefined ? [...(gone === undefined ? '' : lineText(gone)).slice(0, column)].length : 0;
    if (gone !== undefined) return { type: 'edit', state: { ...gone, cursor } };
  }
  return { type: 'edit', state: { ...state, cursor: 0 }, bell: true };
}

/** Where a text stands, first met on the way; in vi mode `^` before it holds it to the beginning. */
function findIn(line: string, query: string, anchors: boolean, forward: boolean): number {
  if (anchors && query.startsWith('^')) return line.startsWith(query.slice(1)) ? 0 : -1;
  return forward ? line.indexOf(query) : line.lastIndexOf(query);
}
