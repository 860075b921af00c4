/** Incremental search through the history: ^R back, ^S forward. */
import type { Key } from './keys.ts';
import type { EditorState, Search } from './state.ts';
import { lineText, setLine } from './state.ts';

export function beginSearch(state: EditorState, history: readonly string[], forward: boolean): EditorState {
  const { chars, cursor, historyAt, undo } = state;
  const at = history.length - historyAt;
  return {
    ...state,
    search: { query: '', at, column: cursor, forward, failed: false, from: { chars, cursor, historyAt, undo } },
  };
}

/** What a key does within a search; `unused`: it ends the search and is then used as it would be without. */
export type SearchStep = { readonly state: EditorState; readonly bell?: true; readonly unused?: true } | 'interrupt';

export function searchKey(state: EditorState, search: Search, key: Key, history: readonly string[]): SearchStep {
  const look = (query: string, start: Pick<Search, 'at' | 'column'>, forward = search.forward): SearchStep =>
    find(
      { ...state, lastQuery: query === '' ? state.lastQuery : query },
      { ...search, query, forward, ...start },
      history,
    );
  if (key.type !== 'key') {
    const { at, column } = search;
    return look(search.query + key.text.replace(/\n/g, ''), { at, column: search.forward ? column : column + 1 });
  }
  switch (key.name) {
    case '^R':
    case '^S': {
      const forward = key.name === '^S';
      if (search.query === '') return look(state.lastQuery, search, forward);
      return look(search.query, { at: search.at, column: search.column + (forward ? 1 : 0) }, forward);
    }
    case 'backspace':
    case '^H': {
      const query = [...search.query].slice(0, -1).join('');
      if (query === '') return { state: { ...leave(state, search), search: { ...search, query: '', failed: false } } };
      // What was found for the longer text stays; where nothing was, the search begins anew.
      if (!search.failed) return { state: { ...state, search: { ...search, query } } };
      return look(query, { at: history.length - search.from.historyAt, column: search.from.cursor + 1 });
    }
    case '^W': {
      const word =
        /^\W*\w*/.exec([...lineText(state)].slice(search.column + [...search.query].length).join(''))?.[0] ?? '';
      return look(search.query + word, { at: search.at, column: search.column + 1 });
    }
    case '^G':
      return { state: leave(state, search), bell: true };
    case '^C':
      return 'interrupt';
    case 'escape':
      return { state: { ...state, search: undefined } };
    default:
      return { state: { ...state, search: undefined }, unused: true };
  }
}

const leave = (state: EditorState, { from }: Search): EditorState => ({
  ...state,
  ...from,
  search: undefined,
});

/** The next line with the query, the place where the last one was found not counted. */
function find(state: EditorState, search: Search, history: readonly string[]): SearchStep {
  const { query, forward } = search;
  if (query === '') return { state, bell: true };
  const own =
    state.edited.find(([place]) => place === 0)?.[1] ?? (search.from.historyAt === 0 ? search.from.chars.join('') : '');
  const step = forward ? 1 : -1;
  const shown = lineText(state);
  for (let at = search.at; at >= 0 && at <= history.length; at += step) {
    const line = at === history.length ? own : (history[at] ?? '');
    const hits = placesOf(line, query).filter(
      (column) => at !== search.at || (forward ? column >= search.column : column < search.column),
    );
    const column = forward ? hits[0] : hits.at(-1);
    // A line like the one that is shown is passed over.
    if (column === undefined || (at !== search.at && line === shown)) continue;
    const found = { ...search, at, column, failed: false };
    const there = { ...state, historyAt: history.length - at, search: found };
    return { state: { ...setLine(there, line, column), undo: line === shown ? state.undo : [] } };
  }
  return { state: { ...state, search: { ...search, failed: true } }, bell: true };
}

/** Where a text stands in a line, in characters. */
function placesOf(line: string, query: string): readonly number[] {
  const places: number[] = [];
  for (let at = line.indexOf(query); at >= 0; at = line.indexOf(query, at + 1))
    places.push([...line.slice(0, at)].length);
  return places;
}

export const searchPrompt = ({ query, forward, failed }: Search): string =>
  `(${failed ? 'failed ' : ''}${forward ? 'i-search' : 'reverse-i-search'})\`${query}': `;
