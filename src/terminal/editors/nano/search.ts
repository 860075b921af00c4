/** Searching and replacing in nano. */
import { remember, withLines } from './edit.ts';
import { ask, chars, type NanoPlace, type NanoState } from './state.ts';

export function places(state: NanoState, text: string): readonly NanoPlace[] {
  const found: NanoPlace[] = [];
  const wanted = text.toLowerCase();
  for (const [row, line] of state.lines.entries()) {
    const low = line.toLowerCase();
    for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + 1))
      found.push({ row, column: [...line.slice(0, at)].length });
  }
  return found;
}
const isAfter = (a: NanoPlace, b: NanoPlace, orAt: boolean): boolean =>
  a.row > b.row || (a.row === b.row && (a.column > b.column || (orAt && a.column === b.column)));

export function find(state: NanoState, text: string): NanoState {
  const all = places(state, text);
  const [first] = all;
  if (first === undefined) return { ...state, message: `"${text}" not found` };
  const next = all.find((place) => isAfter(place, state, false));
  if (next !== undefined) return { ...state, ...next };
  return {
    ...state,
    ...first,
    message:
      first.row === state.row && first.column === state.column ? 'This is the only occurrence' : 'Search Wrapped',
  };
}

export function nextReplacement(state: NanoState, orAt: boolean): NanoState {
  const { replacement } = state;
  const next =
    replacement === undefined
      ? undefined
      : places(state, replacement.from).find((place) => isAfter(place, state, orAt));
  if (next !== undefined) return ask({ ...state, ...next }, 'replace-each', 'Replace this instance?', '');
  const count = replacement?.count ?? 0;
  const none = count === 0 && replacement !== undefined && places(state, replacement.from).length === 0;
  return {
    ...state,
    replacement: undefined,
    message: none ? `"${replacement.from}" not found` : `Replaced ${String(count)} occurrence${count === 1 ? '' : 's'}`,
  };
}

export function replaceKey(state: NanoState, name: string): NanoState {
  if (/^[nN]$/.test(name)) return nextReplacement(state, false);
  if (!/^[yYaA]$/.test(name)) return ask(state, 'replace-each', 'Replace this instance?', '');
  let next = replaceHere(state);
  if (/^[yY]$/.test(name)) return nextReplacement(next, true);
  for (let turn = nextReplacement(next, true); turn.prompt !== undefined; turn = nextReplacement(next, true))
    next = replaceHere({ ...turn, prompt: undefined });
  return nextReplacement(next, true);
}

function replaceHere(state: NanoState): NanoState {
  const { from, to, count } = state.replacement ?? { from: '', to: '', count: 0 };
  const line = chars(state);
  const text = [...line.slice(0, state.column), to, ...line.slice(state.column + [...from].length)].join('');
  const lines = state.lines.map((each, at) => (at === state.row ? text : each));
  return {
    ...withLines(remember(state), lines),
    column: state.column + [...to].length,
    replacement: { from, to, count: count + 1 },
  };
}
