/** Readline's commands that bring lines of the history back. */
import type { EditorState } from './state.ts';
import { insert, lineText, replaceRange, setLine } from './state.ts';
import { shellWords } from './words.ts';

type History = readonly string[];

/** Goes to another line, counted from the end; what was changed on this one is kept until the line is accepted. */
export function goTo(state: EditorState, history: History, at: number): EditorState | undefined {
  if (at < 0 || at > history.length || at === state.historyAt) return undefined;
  const edited = [
    ...state.edited.filter(([place]) => place !== state.historyAt),
    [state.historyAt, lineText(state)] as const,
  ];
  const text = edited.find(([place]) => place === at)?.[1] ?? history.at(-at) ?? '';
  return { ...setLine(state, text), edited, historyAt: at, undo: [] };
}

/** Alt-.: the last word of the line before; again, of the one before that. With a count: that word of it. */
export function yankLastArgument(
  state: EditorState,
  history: History,
  argument: number | undefined,
): EditorState | undefined {
  const again = state.last.type === 'last-argument' ? state.last : undefined;
  const back = (again?.back ?? 0) + 1;
  const line = history.at(-state.historyAt - back);
  if (line === undefined || state.historyAt + back > history.length) return undefined;
  const word = again === undefined ? argument : again.word;
  const from = again?.from ?? state.cursor;
  return {
    ...replaceRange(state, from, state.cursor, nthWord(line, word ?? -1)),
    last: { type: 'last-argument', back, from, word },
  };
}

/** Alt-^Y: the first argument of the line before, or the one with that number. */
export function yankArgument(
  state: EditorState,
  history: History,
  argument: number | undefined,
): EditorState | undefined {
  const line = history.at(-state.historyAt - 1);
  return line === undefined ? undefined : insert(state, nthWord(line, argument ?? 1));
}

const nthWord = (line: string, at: number): string => shellWords(line).at(at) ?? '';

/** Lines that begin with what stands before the cursor (`history-search-backward`), or that have it anywhere. */
export function searchByPrefix(
  state: EditorState,
  history: History,
  step: 1 | -1,
  anywhere: boolean,
): EditorState | undefined {
  const prefix = state.last.type === 'history-search' ? state.last.prefix : state.chars.slice(0, state.cursor).join('');
  const here = lineText(state);
  for (let at = state.historyAt + step; at >= 0 && at <= history.length; at += step) {
    const line = at === 0 ? (state.edited.find(([place]) => place === 0)?.[1] ?? prefix) : (history.at(-at) ?? '');
    if (line === here || !(anywhere ? line.includes(prefix) : line.startsWith(prefix))) continue;
    const gone = goTo(state, history, at);
    if (gone === undefined) return undefined;
    const cursor =
      prefix === '' ? gone.chars.length : [...line.slice(0, anywhere ? line.indexOf(prefix) : prefix.length)].length;
    return { ...gone, cursor, last: { type: 'history-search', prefix } };
  }
  return undefined;
}
