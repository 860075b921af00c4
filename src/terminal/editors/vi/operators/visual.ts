/** Keys of visual mode: what is selected, and what is done with it. */
import { blockOf, columnsOf, insertInBlock, overBlock, replaceBlock } from './block.ts';
import { cellOf, charsOf, clamp, columnAt, isBefore } from '../state/buffer.ts';
import { joinLines } from './join.ts';
import { addToRows } from './numbers.ts';
import { CASES, overLines, overText, toInsert } from './operators.ts';
import { leave } from './operate.ts';
import { put } from './put.ts';
import type { Selection, ViPlace, ViState, VisualKind } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { matchAround } from '../search/search.ts';
import { findTextObject } from '../objects/find-object.ts';
import { asOneChange, remember } from '../state/undo.ts';

const OPERATORS: Readonly<Record<string, string>> = {
  x: 'd',
  delete: 'd',
  s: 'c',
  U: 'gU',
  u: 'gu',
  '~': 'g~',
};
/** Keys that take whole lines. */
const LINE_OPERATORS: Readonly<Record<string, string>> = { X: 'd', D: 'd', S: 'c', R: 'c', C: 'c', Y: 'y' };

/** Ends the selection, and keeps it for `gv` and the marks < and >. */
export function endVisual(state: ViState): ViState {
  const { visual } = state;
  if (visual === undefined) return state;
  const end = { row: state.row, column: state.column };
  const [from, to] = isBefore(visual, end) ? [visual, end] : [end, visual];
  const marks = { ...state.marks, '<': place(from, visual.kind), '>': { row: to.row, column: to.column } };
  return { ...state, visual: undefined, lastVisual: { ...visual, end }, marks };
}
const place = ({ row, column }: ViPlace, kind: VisualKind): ViPlace => ({ row, column: kind === 'line' ? 0 : column });

export const select =
  (kind: VisualKind) =>
  (state: ViState): ViState => {
    if (state.visual === undefined) return { ...state, visual: { row: state.row, column: state.column, kind } };
    return state.visual.kind === kind ? clamp(endVisual(state)) : { ...state, visual: { ...state.visual, kind } };
  };

/** gv: the last selection again. */
export function selectAgain(state: ViState): ViState {
  const last = state.lastVisual;
  if (last === undefined) return fail(state);
  const { end, ...visual } = last;
  return clamp({ ...endVisual(state), visual, ...end });
}

/** A key of visual mode that is no motion; undefined for one that visual mode has no meaning of its own for. */
export function visualKey(state: ViState, name: string, count: number): ViState | undefined {
  const { visual } = state;
  if (visual === undefined) return undefined;
  const operator = OPERATORS[name];
  if (operator !== undefined) return overSelection(state, operator, count);
  if (LINE_OPERATORS[name] !== undefined) return overWholeLines(state, visual, name);
  if (name === 'o' || name === 'O') return otherEnd(state, visual, name);
  if (name === 'J' || name === 'gJ') return joinSelection(state, name === 'gJ');
  if (name === 'p' || name === 'P') return replaceSelection(state, name === 'P', count);
  if (name === '^A' || name === '^X') return addToSelection(state, (name === '^A' ? 1 : -1) * count, false);
  if (name === 'g^A' || name === 'g^X') return addToSelection(state, (name === 'g^A' ? 1 : -1) * count, true);
  if (/^r./su.test(name)) return replaceEach(state, visual, name === 'renter' ? '\n' : name.slice(1));
  if (/^[ia]./su.test(name)) return selectObject(state, visual, name, count);
  if (name === 'gn' || name === 'gN') return selectMatch(state, visual, name === 'gn');
  if (name === 'I' || name === 'A') return insertBeside(state, visual, name);
  if ((name === '$' || name === 'end') && visual.kind === 'block')
    return {
      ...state,
      visual: { ...visual, toEnd: true },
      column: Math.max(0, charsOf(state).length - 1),
      wanted: Number.MAX_SAFE_INTEGER,
    };
  return undefined;
}

const rowsOf = (state: ViState): readonly [number, number] => {
  const other = state.visual?.row ?? state.row;
  return [Math.min(other, state.row), Math.max(other, state.row)];
};

export function overSelection(state: ViState, operator: string, count = 1): ViState {
  const { visual } = state;
  if (visual === undefined) return state;
  const ended = endVisual(state);
  const [first, last] = rowsOf(state);
  if (visual.kind === 'block' && !/^[=!]$/.test(operator)) return overBlock(ended, operator, blockOf(state, visual));
  if (visual.kind === 'line' || /^[<>=!]$/.test(operator))
    return overLines(fromLineStart(ended, visual), operator, first, last, count);
  const [from, end] = isBefore(visual, state) ? [visual, state] : [state, visual];
  const start = { row: from.row, column: from.column };
  // The end of a line that is selected belongs to the text.
  if (
    end.column >= charsOf(state, end.row).length &&
    end.row + 1 < state.lines.length &&
    CASES[operator] === undefined &&
    operator !== 'c'
  )
    return overText(ended, operator, start, { row: end.row + 1, column: 0 });
  return overText(ended, operator, start, {
    row: end.row,
    column: Math.min(charsOf(state, end.row).length, end.column + 1),
  });
}

function overWholeLines(state: ViState, visual: Selection, name: string): ViState {
  const operator = LINE_OPERATORS[name] ?? 'y';
  if (visual.kind === 'block' && /^[DCXY]$/.test(name)) {
    const block = blockOf(state, visual);
    const toEnd = name === 'D' || name === 'C';
    return overBlock(endVisual(state), operator, { ...block, toEnd: block.toEnd || toEnd });
  }
  return overLines(fromLineStart(endVisual(state), visual), operator, ...rowsOf(state));
}

/** Lines that were selected downwards are taken from the first column on. */
const fromLineStart = (state: ViState, visual: Selection): ViState =>
  visual.row <= state.row ? { ...state, column: 0 } : state;

function otherEnd(state: ViState, visual: Selection, name: string): ViState {
  const here = { row: state.row, column: state.column };
  if (name === 'O' && visual.kind === 'block')
    return {
      ...state,
      column: columnAt(state, state.row, cellOf(state, visual.row, visual.column)),
      visual: { ...visual, column: columnAt(state, visual.row, cellOf(state, here.row, here.column)) },
    };
  return { ...state, row: visual.row, column: visual.column, wanted: visual.column, visual: { ...visual, ...here } };
}

function joinSelection(state: ViState, plain: boolean): ViState {
  const [from, to] = rowsOf(state);
  const ended = endVisual(state);
  const start = state.visual?.kind === 'line' ? { ...ended, column: 0 } : ended;
  return joinLines({ ...start, row: from }, to - from + 1, plain);
}

/** p over a selection: it goes into the register, and what was there takes its place. */
function replaceSelection(state: ViState, keeps: boolean, count: number): ViState {
  const { register, visual } = state;
  if (register.kind === 'char' && register.text.join('') === '')
    return fail(overSelection(state, 'd'), 'E353: Nothing in register "');
  if (visual?.kind === 'block' && register.kind !== 'block') return replaceBlockBy(state, keeps);
  const cut = overSelection(state, 'd');
  const lines = visual?.kind === 'line';
  const atEnd =
    cut.column < Math.min(visual?.column ?? 0, state.column) || (lines && cut.row < Math.min(visual.row, state.row));
  const opened = register.kind === 'line' && !lines ? splitHere(cut) : cut;
  const made = put({ ...opened, register }, { after: atEnd || opened !== cut, count });
  const after = asOneChange(state, made);
  return keeps ? { ...after, register } : { ...after, register: cut.register };
}

/** Text in place of a block comes into each of its rows; lines come below it, or with P above its first. */
function replaceBlockBy(state: ViState, keeps: boolean): ViState {
  const { register } = state;
  const [first, last] = rowsOf(state);
  const cut = overSelection(state, 'd');
  const one = register.kind === 'char' && register.text.length === 1;
  const held: ViState['register'] = one
    ? { kind: 'block', text: Array.from({ length: last - first + 1 }, () => register.text[0] ?? '') }
    : register;
  const below = register.kind === 'line' && !keeps;
  const made = put({ ...cut, register: held, row: below ? last : cut.row }, { after: below, count: 1 });
  return { ...asOneChange(state, made), register: keeps ? register : cut.register };
}

/** Lines that come into the midst of a line part it. */
function splitHere(state: ViState): ViState {
  const line = charsOf(state);
  const lines = [
    ...state.lines.slice(0, state.row),
    line.slice(0, state.column).join(''),
    line.slice(state.column).join(''),
    ...state.lines.slice(state.row + 1),
  ];
  return { ...state, lines };
}

function addToSelection(state: ViState, by: number, grows: boolean): ViState {
  const { visual } = state;
  if (visual === undefined) return state;
  const [from, to] = rowsOf(state);
  const [first, last] = isBefore(visual, state) ? [visual, state] : [state, visual];
  const columns = (row: number): readonly [number, number] => {
    const { length } = charsOf(state, row);
    if (visual.kind === 'line') return [0, length];
    if (visual.kind === 'block') return columnsOf(state, row, blockOf(state, visual));
    return [row === first.row ? first.column : 0, row === last.row ? last.column + 1 : length];
  };
  return addToRows(endVisual(state), [from, to], by, grows, columns);
}

function replaceEach(state: ViState, visual: Selection, char: string): ViState {
  if (visual.kind === 'block') return replaceBlock(endVisual(state), blockOf(state, visual), char);
  const [first, last] = isBefore(visual, state) ? [visual, state] : [state, visual];
  const lines = state.lines.map((line, row) => {
    if (row < first.row || row > last.row) return line;
    const whole = visual.kind === 'line';
    return [...line]
      .map((each, column) => {
        const inside =
          whole || ((row > first.row || column >= first.column) && (row < last.row || column <= last.column));
        return inside ? char : each;
      })
      .join('');
  });
  const ended = endVisual(state);
  return { ...remember(ended), lines, row: first.row, column: visual.kind === 'line' ? 0 : first.column };
}

function selectObject(state: ViState, visual: Selection, name: string, count: number): ViState {
  const found = findTextObject(state, name, count);
  if (found === undefined) return fail(state);
  const { from, to, lines } = found;
  const keepsBlock = visual.kind === 'block' && /^[ia][wW"'`]$/.test(name);
  const kind = lines ? 'line' : keepsBlock ? 'block' : 'char';
  const left = visual.row === state.row && visual.column === state.column ? leave(state, name, to) : state;
  return { ...left, visual: { kind, row: from.row, column: from.column }, row: to.row, column: to.column };
}

/** gn: the selection goes on to the end of the match. */
function selectMatch(state: ViState, visual: Selection, forward: boolean): ViState {
  const found = matchAround(state, forward);
  if (found === undefined) return fail(state);
  const fresh = visual.row === state.row && visual.column === state.column;
  const start = fresh ? { row: found.row, column: found.column } : visual;
  return { ...state, visual: { ...visual, ...start }, row: found.row, column: found.column + found.length - 1 };
}

function insertBeside(state: ViState, visual: Selection, name: 'I' | 'A'): ViState {
  const ended = endVisual(state);
  if (visual.kind === 'block') {
    const block = blockOf(state, visual);
    return insertInBlock(ended, block, name === 'I' ? undefined : block.toEnd ? 'end' : 'cell');
  }
  // Whole lines are meant: where the selection began counts as the first column of its line.
  const began = { row: visual.row, column: 0 };
  const here = { row: state.row, column: state.column };
  const [first, last] = isBefore(began, here) ? [began, here] : [here, began];
  const { row } = name === 'I' ? first : last;
  const beside = name === 'A' && last.column > 0 ? last.column + 1 : last.column;
  const column = Math.min(charsOf(state, row).length, name === 'I' ? first.column : beside);
  return toInsert({ ...remember(ended), row, column });
}
