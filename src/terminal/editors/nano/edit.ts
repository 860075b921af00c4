/** What changes nano's text: typing, deleting, cutting, indenting, and taking it back. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { shown } from './move.ts';
import { chars, markedRegion, type NanoPlace, type NanoState } from './state.ts';

const DEEPEST_UNDO = 500;

/** A change under the name that undo gives it; what is typed or deleted at one stretch is one change. */
export function changed(before: NanoState, after: NanoState, name: string, joins = false): NanoState {
  const last = before.undo.at(-1);
  const goesOn =
    joins &&
    last?.name === name &&
    last.after.lines === before.lines &&
    last.after.row === before.row &&
    last.after.column === before.column;
  const entry = {
    name,
    before: goesOn ? last.before : { lines: before.lines, row: before.row, column: before.column },
    after: { lines: after.lines, row: after.row, column: after.column },
  };
  const undo = goesOn ? before.undo.slice(0, -1) : before.undo.slice(-DEEPEST_UNDO);
  return { ...after, undo: [...undo, entry], redo: [] };
}

/** nano keeps an empty line at the end of what is not empty, unless it is asked not to. */
const withLines = (state: NanoState, lines: readonly string[]): NanoState => ({
  ...state,
  lines: lines.at(-1) === '' || state.options.noNewlines ? lines : [...lines, ''],
});

function inserted(state: NanoState, text: string): NanoState {
  const line = chars(state);
  const parts = text.split('\n');
  const made = [line.slice(0, state.column).join('') + (parts[0] ?? ''), ...parts.slice(1)];
  const column = [...(made.at(-1) ?? '')].length;
  made[made.length - 1] = (made.at(-1) ?? '') + line.slice(state.column).join('');
  const lines = [...state.lines.slice(0, state.row), ...made, ...state.lines.slice(state.row + 1)];
  return { ...withLines(state, lines), row: state.row + parts.length - 1, column };
}

export const insertText = (state: NanoState, text: string, name = 'addition'): NanoState =>
  changed(state, inserted(state, text), name, name === 'addition');

/** From the cursor to the beginning of a word. */
export function deleteWord(state: NanoState, to: NanoPlace): NanoState {
  if (to.row === state.row && to.column === state.column) return { ...state, message: 'Nothing was cut' };
  const before = to.row < state.row || (to.row === state.row && to.column < state.column);
  const made = before ? removeBetween(state, to, state) : removeBetween(state, state, to);
  return changed(state, made, 'cut');
}

/** A character that is typed; with hard wrapping a line that gets too wide goes on in a new one. */
export function typeCharacter(state: NanoState, char: string): NanoState {
  const made = insertText(state, char);
  const { hardWrap, fill, tabsize } = state.options;
  const width = fill > 0 ? fill : Math.max(1, state.screen.columns + fill);
  const line = chars(made);
  if (!hardWrap || cellWidth(shown(line.join('').trimEnd(), tabsize)) <= width) return made;
  let at = line.length - 1;
  const fits = (end: number): boolean => cellWidth(shown(line.slice(0, end).join(''), tabsize)) <= width;
  while (at > 0 && !(/[ \t]/.test(line[at - 1] ?? '') && fits(at - 1))) at -= 1;
  if (at <= 0 || line.slice(0, at).join('').trim() === '') return made;
  const indent = state.options.autoindent ? (/^[ \t]*/.exec(line.join(''))?.[0] ?? '') : '';
  const rest = indent + line.slice(at).join('');
  const lines = [...made.lines.slice(0, made.row), line.slice(0, at).join(''), rest, ...made.lines.slice(made.row + 1)];
  const moves = made.column >= at;
  const place = moves ? { row: made.row + 1, column: indent.length + made.column - at } : {};
  return changed(state, { ...made, lines, ...place, undo: state.undo }, 'addition');
}

/** Enter, with the indentation of the line that it parts where that is asked for. */
export function breakLine(state: NanoState): NanoState {
  const indent = state.options.autoindent
    ? (/^[ \t]*/.exec(chars(state).slice(0, state.column).join(''))?.[0] ?? '')
    : '';
  return insertText(state, `\n${indent}`, 'line break');
}

export function insertTab(state: NanoState): NanoState {
  if (state.mark !== undefined) return indentRows(state, 1);
  return insertText(
    state,
    state.options.tabsToSpaces ? ' '.repeat(state.options.tabsize - (state.column % state.options.tabsize)) : '\t',
  );
}

export function removeBetween(state: NanoState, from: NanoPlace, to: NanoPlace): NanoState {
  const head = chars(state, from.row).slice(0, from.column).join('');
  const tail = chars(state, to.row).slice(to.column).join('');
  const lines = [...state.lines.slice(0, from.row), head + tail, ...state.lines.slice(to.row + 1)];
  return { ...withLines(state, lines), row: from.row, column: from.column };
}

const textBetween = (state: NanoState, from: NanoPlace, to: NanoPlace): string => {
  if (from.row === to.row) return chars(state, from.row).slice(from.column, to.column).join('');
  return [
    chars(state, from.row).slice(from.column).join(''),
    ...state.lines.slice(from.row + 1, to.row),
    chars(state, to.row).slice(0, to.column).join(''),
  ].join('\n');
};

/** ^D: the character under the cursor, or what is marked. */
export function deleteForward(state: NanoState): NanoState {
  if (state.mark !== undefined) return zap(state);
  const { row, column } = state;
  if (column < chars(state).length)
    return changed(state, removeBetween(state, state, { row, column: column + 1 }), 'deletion', true);
  if (row + 1 >= state.lines.length) return state;
  return changed(state, removeBetween(state, state, { row: row + 1, column: 0 }), 'line join');
}

export function backspace(state: NanoState): NanoState {
  if (state.mark !== undefined) return zap(state);
  const { row, column } = state;
  if (column > 0) return changed(state, removeBetween(state, { row, column: column - 1 }, state), 'deletion', true);
  if (row === 0) return state;
  const from = { row: row - 1, column: chars(state, row - 1).length };
  return changed(state, removeBetween(state, from, state), 'line join');
}

/** What is marked goes, and does not come into the cutbuffer. */
function zap(state: NanoState): NanoState {
  const region = markedRegion(state);
  if (region === undefined) return state;
  return { ...changed(state, removeBetween(state, region.from, region.to), 'erasure'), mark: undefined };
}

/** ^K: what is marked, or the line; cuts in a row add up. */
export function cut(state: NanoState, more: boolean): NanoState {
  const region = markedRegion(state);
  const calm: NanoState = { ...state, message: '' };
  if (region !== undefined) {
    const text = textBetween(state, region.from, region.to);
    if (text === '') return { ...calm, mark: undefined, message: 'Nothing was cut' };
    return { ...changed(calm, removeBetween(calm, region.from, region.to), 'cut'), mark: undefined, cut: text };
  }
  if (state.options.cutToEnd && state.column < chars(state).length)
    return cutTo(calm, { row: state.row, column: chars(state).length }, more);
  if (state.row === state.lines.length - 1) {
    const { length } = chars(state);
    if (length === 0) return { ...state, cutting: more, message: 'Nothing was cut' };
    return { ...cutTo({ ...calm, column: 0 }, { row: state.row, column: length }, more) };
  }
  const start = state.options.cutToEnd ? state.column : 0;
  return cutTo({ ...calm, column: start }, { row: state.row + 1, column: 0 }, more, state);
}

function cutTo(state: NanoState, to: NanoPlace, more: boolean, before = state): NanoState {
  const text = textBetween(state, state, to);
  const made = changed({ ...before, message: '' }, removeBetween(state, state, to), 'cut');
  return { ...made, cut: (more ? state.cut : '') + text, cutting: true };
}

/** M-T: everything from the cursor on. */
export function cutToEnd(state: NanoState): NanoState {
  const last = state.lines.length - 1;
  return cutTo({ ...state, message: '' }, { row: last, column: chars(state, last).length }, false);
}

/** M-6: the same without taking it away; the cursor goes to the next line. */
export function copy(state: NanoState, more: boolean): NanoState {
  const region = markedRegion(state);
  if (region !== undefined)
    return { ...state, cut: textBetween(state, region.from, region.to), mark: undefined, message: '' };
  if (state.row === state.lines.length - 1) return { ...state, cutting: more, message: 'Copied nothing' };
  const line = `${state.lines[state.row] ?? ''}\n`;
  return { ...state, row: state.row + 1, column: 0, cut: (more ? state.cut : '') + line, cutting: true, message: '' };
}

export function paste(state: NanoState): NanoState {
  if (state.cut === '') return { ...state, message: 'Cutbuffer is empty' };
  return { ...insertText({ ...state, message: '' }, state.cut, 'paste'), mark: undefined };
}

/** The rows that a command about lines is for: the marked ones, or the cursor's. */
function rowsOf(state: NanoState): readonly [number, number] {
  const region = markedRegion(state);
  if (region === undefined) return [state.row, state.row];
  const { from, to } = region;
  return [from.row, to.column === 0 && to.row > from.row ? to.row - 1 : to.row];
}

function changeRows(state: NanoState, name: string, change: (line: string) => string): NanoState {
  const [from, to] = rowsOf(state);
  const lines = state.lines.map((line, row) => (row >= from && row <= to ? change(line) : line));
  const shift = [...(lines[state.row] ?? '')].length - chars(state).length;
  const within = state.row >= from && state.row <= to;
  const column = within && state.column > 0 ? Math.max(0, state.column + shift) : state.column;
  return changed(state, { ...withLines(state, lines), column }, name);
}

/** M-} and M-{: rows one tab further in or out. */
export function indentRows(state: NanoState, by: 1 | -1): NanoState {
  const { tabsize, tabsToSpaces } = state.options;
  const step = tabsToSpaces ? ' '.repeat(tabsize) : '\t';
  if (by > 0) return changeRows(state, 'indent', (line) => (line === '' ? line : step + line));
  const [from, to] = rowsOf(state);
  if (!state.lines.slice(from, to + 1).some((line) => /^[ \t]/.test(line))) return state;
  return changeRows(state, 'unindent', (line) => line.replace(new RegExp(`^(?:\\t| {1,${String(tabsize)}})`), ''));
}

/** M-3: # before rows, or away again where all have it. */
export function comment(state: NanoState): NanoState {
  const [from, to] = rowsOf(state);
  const rows = state.lines.slice(from, to + 1).filter((line) => line !== '');
  if (rows.length === 0) return { ...state, message: 'Cannot comment past end of file' };
  const all = rows.every((line) => line.startsWith('#'));
  return changeRows(state, all ? 'uncomment' : 'comment', (line) =>
    all ? line.replace(/^#/, '') : line === '' ? line : `#${line}`,
  );
}

export function undo(state: NanoState): NanoState {
  const last = state.undo.at(-1);
  if (last === undefined) return { ...state, message: 'Nothing to undo' };
  return {
    ...state,
    ...last.before,
    undo: state.undo.slice(0, -1),
    redo: [...state.redo, last],
    mark: undefined,
    message: `Undid ${last.name}`,
  };
}
export function redo(state: NanoState): NanoState {
  const last = state.redo.at(-1);
  if (last === undefined) return { ...state, message: 'Nothing to redo' };
  return {
    ...state,
    ...last.after,
    redo: state.redo.slice(0, -1),
    undo: [...state.undo, last],
    mark: undefined,
    message: `Redid ${last.name}`,
  };
}
