/** Searching and replacing in nano: as they stand or as regular expressions, forwards or back. */
import { posixRegExp } from '../../posix-regex.ts';
import { changed } from './edit.ts';
import { ask, chars, isBefore, type NanoPlace, type NanoState } from './state.ts';

interface Hit extends NanoPlace {
  /** In characters. */
  readonly length: number;
  readonly groups: readonly (string | undefined)[];
}

/** All places of what is looked for; undefined where it is no regular expression. */
function places(state: NanoState, text: string): readonly Hit[] | undefined {
  const { caseSensitive, regexp } = state.search;
  const source = regexp ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const regex = posixRegExp(source, { extended: true, global: true, ignoreCase: !caseSensitive });
  if (regex === undefined) return undefined;
  return state.lines.flatMap((line, row) => {
    const hits: Hit[] = [];
    for (const hit of line.matchAll(regex))
      hits.push({ row, column: [...line.slice(0, hit.index)].length, length: [...hit[0]].length, groups: [...hit] });
    return hits;
  });
}

/** The next place (or, backwards, the one before), around the end of the text. */
export function find(before: NanoState): NanoState {
  const state: NanoState = { ...before, message: '' };
  const { text, backwards } = state.search;
  const all = places(state, text);
  if (all === undefined) return { ...state, message: `Bad regex "${text}": Invalid regular expression` };
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return { ...state, message: `"${text}" not found` };
  const next = backwards
    ? all.findLast((place) => isBefore(place, state))
    : all.find((place) => isBefore(state, place));
  if (next !== undefined) return { ...state, row: next.row, column: next.column };
  const around = backwards ? last : first;
  const same = around.row === state.row && around.column === state.column;
  return {
    ...state,
    row: around.row,
    column: around.column,
    message: same ? 'This is the only occurrence' : 'Search Wrapped',
  };
}

/** M-W and M-Q: the same again. */
export function findAgain(state: NanoState, backwards: boolean): NanoState {
  if (state.search.text === '') return { ...state, message: 'No current search pattern' };
  const found = find({ ...state, search: { ...state.search, backwards } });
  return { ...found, search: state.search };
}

/** The next place to be asked about; at the end what was done is said, and the cursor is where it was. */
export function nextReplacement(state: NanoState, orAt: boolean, stops = false): NanoState {
  const { replacement } = state;
  if (replacement === undefined) return state;
  const all = places(state, replacement.from);
  if (all === undefined)
    return { ...state, replacement: undefined, message: `Bad regex "${replacement.from}": Invalid regular expression` };
  const next = stops
    ? undefined
    : all.find((place) => isBefore(state, place) || (orAt && place.row === state.row && place.column === state.column));
  if (next !== undefined) return ask({ ...state, row: next.row, column: next.column }, 'replace-each');
  const { count, began, from } = replacement;
  const none = count === 0 && all.length === 0;
  const message = none ? `"${from}" not found` : `Replaced ${String(count)} occurrence${count === 1 ? '' : 's'}`;
  return { ...state, ...began, replacement: undefined, message };
}

export function replaceKey(state: NanoState, answer: string): NanoState {
  if (answer === 'n') return nextReplacement(state, false);
  if (answer !== 'y' && answer !== 'a') return ask(state, 'replace-each');
  let next = replaceHere(state);
  if (answer === 'y') return nextReplacement(next, true);
  for (let turn = nextReplacement(next, true); turn.prompt !== undefined; turn = nextReplacement(next, true))
    next = replaceHere({ ...turn, prompt: undefined });
  return nextReplacement(next, true);
}

function replaceHere(state: NanoState): NanoState {
  const { replacement } = state;
  const hit =
    replacement === undefined
      ? undefined
      : places(state, replacement.from)?.find((place) => place.row === state.row && place.column === state.column);
  if (replacement === undefined || hit === undefined) return state;
  const put = state.search.regexp
    ? replacement.to.replace(/\\(\d)/g, (_, group: string) => hit.groups[Number(group)] ?? '')
    : replacement.to;
  const line = chars(state);
  const text = [...line.slice(0, state.column), put, ...line.slice(state.column + hit.length)].join('');
  const lines = state.lines.map((each, at) => (at === state.row ? text : each));
  const made = changed(state, { ...state, lines, column: state.column + [...put].length }, 'replacement');
  return { ...made, replacement: { ...replacement, count: replacement.count + 1 } };
}
