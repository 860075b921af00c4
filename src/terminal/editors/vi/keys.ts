/** What a key does, by the mode it comes in. */
import { charsOf, clamp, firstText, isBefore } from './buffer.ts';
import { COMMANDS, replaceCharacters } from './commands.ts';
import { commandLineKey } from './ex-commands.ts';
import { insertKey } from './insert.ts';
import type { Motion } from './motions.ts';
import { findMotion, isMotion } from './motions.ts';
import { overLines, overText, put } from './operators.ts';
import { inSight, isScrolled, SCROLLS } from './scroll.ts';
import { searchFor } from './search.ts';
import type { ViKey, ViPlace, ViState } from './state.ts';
import { findTextObject } from './text-objects.ts';

export function viKey(state: ViState, key: ViKey): ViState {
  if (state.mode === 'command') return inSight(commandLineKey(state, key));
  const typed = [...state.typed, key];
  const next =
    state.mode === 'normal'
      ? keepMessage(state, normalKey({ ...state, message: '' }, key))
      : insertModeKey({ ...state, message: '', typed }, key);
  return noteRepeat(state, { ...inSight(next), typed });
}

/** What the last line says stays until the text scrolls or changes its length, or something else is said. */
function keepMessage(before: ViState, after: ViState): ViState {
  const stays =
    after.message === '' &&
    after.mode === 'normal' &&
    after.visual === before.visual &&
    after.lines.length === before.lines.length &&
    !isScrolled(before, inSight(after));
  return stays ? { ...after, message: before.message } : after;
}

/** A key of insert mode; at its end what was typed is put in again as often as a count has asked. */
function insertModeKey(state: ViState, key: ViKey): ViState {
  const ends = 'special' in key && ['escape', '^[', '^C'].includes(key.special);
  if (!ends || state.insertCount < 2 || state.mode !== 'insert') return insertKey(state, key);
  const isOpener = (each: ViKey): boolean => 'char' in each && /[iaIAoO]/.test(each.char);
  const from = state.typed.findIndex(isOpener);
  const opener = state.typed[from];
  const again = state.typed.slice(from + 1, -1);
  let next: ViState = { ...state, insertCount: 1 };
  for (let turn = 1; turn < state.insertCount; turn += 1) {
    if (opener !== undefined && 'char' in opener && /[oO]/.test(opener.char))
      next = insertKey({ ...next, column: charsOf(next).length }, { special: 'enter' });
    for (const each of again) next = insertKey(next, each);
  }
  return insertKey(next, key);
}

/** Keeps the keys of a finished change for `.`. */
function noteRepeat(before: ViState, after: ViState): ViState {
  if (after.mode === 'insert' || after.mode === 'replace' || after.pending !== '') return after;
  const { typed } = after;
  const [first] = typed;
  const name = first === undefined ? '' : 'char' in first ? first.char : first.special;
  const changed = after.lines !== before.lines || before.mode === 'insert' || before.mode === 'replace';
  const repeats = changed && before.visual === undefined && !['u', '^R', '.', ':'].includes(name);
  return { ...after, typed: [], repeat: repeats ? typed : after.repeat };
}

/** A command as it is typed: register, count, operator, count, and what it is about. */
const COMMAND = /^(?:"(.))?([1-9]\d*)?(?:([dyc<>]|g[uU~])([1-9]\d*)?)?(.*)$/su;

function normalKey(state: ViState, key: ViKey): ViState {
  const name = 'special' in key ? key.special : key.char;
  if (['escape', '^[', '^C'].includes(name)) return clamp({ ...state, pending: '', visual: undefined });
  const typed = state.pending + ('special' in key && key.special.length > 1 ? `\0${name}` : name);
  const [, letter, first, operator = '', second, rest = ''] = COMMAND.exec(typed) ?? [];
  if (operator !== '' && /^[/?]/.test(rest) && name === 'backspace')
    return { ...state, pending: [...state.pending].slice(0, -1).join('') };
  const searches = operator !== '' && /^[/?]/.test(rest);
  if (searches && !rest.endsWith('\0enter')) return { ...state, pending: typed };
  const about = searches ? rest.slice(0, -'\0enter'.length) : rest.replace('\0', '');
  const done: ViState = { ...state, pending: '' };
  const using = (act: (from: ViState) => ViState): ViState => withRegister(done, letter, act);
  const count = Number(first ?? '1') * Number(second ?? '1');
  const given = first !== undefined || second !== undefined;
  if (operator !== '' && state.visual !== undefined) return using((from) => overSelection(from, operator));
  if (about === '' || isUnfinished(about, operator !== '', state)) return { ...state, pending: typed };
  if (operator !== '') return clamp(using((from) => operate(from, operator, about, count, given)));
  if (state.visual !== undefined) return clamp(using((from) => visualKey(from, about, count, given)));
  return clamp(using((from) => command(from, about, count, given)));
}

/** Lets a command use the register with a letter; a capital adds to what it holds. */
function withRegister(state: ViState, letter: string | undefined, act: (state: ViState) => ViState): ViState {
  if (letter === undefined) {
    const after = act(state);
    // What was yanked last is in register 0 too.
    return after.register !== state.register && after.lines === state.lines
      ? { ...after, registers: { ...after.registers, '0': after.register } }
      : after;
  }
  if (letter === '_') return { ...act(state), register: state.register };
  const name = letter.toLowerCase();
  const held = state.registers[name] ?? { text: [], linewise: false };
  const before = { ...state, register: held };
  const after = act(before);
  if (after.register === held) return { ...after, register: state.register };
  const { text, linewise } = after.register;
  const whole =
    name === letter ? after.register : { text: [...held.text, ...text], linewise: linewise || held.linewise };
  return { ...after, registers: { ...after.registers, [name]: whole } };
}

function isUnfinished(about: string, afterOperator: boolean, { visual }: ViState): boolean {
  if (/^["gzZrftFTm'`q@]$/.test(about)) return !(afterOperator && about === 'r');
  return /^[ia]$/.test(about) && (afterOperator || visual !== undefined);
}

function command(state: ViState, name: string, count: number, given: boolean): ViState {
  if (name === '.') return repeatChange(state, given ? count : undefined);
  if (/^[q@]/.test(name)) return { ...state, message: `drydock: macros (${name}) are not simulated` };
  if (/^m./su.test(name)) {
    const { row, column } = state;
    return { ...state, marks: { ...state.marks, [name.slice(1)]: { row, column } } };
  }
  if (/^(?:''|``|'`|`'|['`][.^<>[\]A-Z0-9])$/.test(name))
    return { ...state, message: `drydock: the mark ${name.slice(1)} is not simulated` };
  if (/^['`]./su.test(name) && state.marks[name.slice(1)] === undefined)
    return { ...state, message: 'E20: Mark not set' };
  if (name === 'n' || name === 'N') {
    const { pattern, forward } = state.search;
    return searchFor(state, pattern, forward === (name === 'n'));
  }
  if (name === ';' || name === ',') return command(state, lastFind(state, name), count, given);
  if (isMotion(name)) return go(noteFind(state, name), findMotion(state, name, count, given));
  if (/^r./su.test(name)) return replaceCharacters(state, name === 'renter' ? '\n' : name.slice(1), count);
  return SCROLLS[name]?.(state, count, given) ?? COMMANDS[name]?.(state, count) ?? state;
}

function go(state: ViState, motion: Motion | undefined): ViState {
  if (motion === undefined) return state;
  const { row, column, keepsColumn } = motion;
  return { ...state, row, column, wanted: keepsColumn === true ? state.wanted : column };
}
const noteFind = (state: ViState, name: string): ViState =>
  /^[ftFT]./su.test(name) ? { ...state, find: name } : state;
function lastFind({ find }: ViState, name: string): string {
  if (name === ';') return find;
  const how = find.charAt(0);
  return (how === how.toLowerCase() ? how.toUpperCase() : how.toLowerCase()) + find.slice(1);
}

/** `.`: the last change again; a count takes the place of the one it had. */
function repeatChange(state: ViState, count: number | undefined): ViState {
  let next: ViState = { ...state, typed: [] };
  for (const key of count === undefined ? state.repeat : recounted(state.repeat, count)) next = viKey(next, key);
  return { ...next, repeat: state.repeat };
}
function recounted(keys: readonly ViKey[], count: number): readonly ViKey[] {
  const first = keys.findIndex((key) => !('char' in key && /\d/.test(key.char)));
  return [...[...String(count)].map((char) => ({ char })), ...keys.slice(first)];
}

/** An operator with the motion or text object that follows it. */
function operate(state: ViState, operator: string, about: string, count: number, given: boolean): ViState {
  if (about === operator.slice(-1))
    return overLines(state, operator, state.row, Math.min(state.lines.length, state.row + count) - 1);
  if (/^[ia]./su.test(about)) {
    const object = findTextObject(state, about);
    if (object === undefined) return state;
    if (object.linewise) return overLines(state, operator, object.from.row, object.to.row);
    return overText(state, operator, object.from, object.to);
  }
  if (/^[/?]/.test(about)) return overSearch(state, operator, about);
  const name = about === ';' || about === ',' ? lastFind(state, about) : about;
  const changesWord = operator === 'c' && /^[wW]$/.test(name) && /\S/.test(charsOf(state)[state.column] ?? '');
  const motion = changesWord ? wordEnd(state, name, count) : findMotion(state, name, count, given);
  if (motion === undefined) return state;
  if (motion.linewise === true)
    return overLines(state, operator, Math.min(state.row, motion.row), Math.max(state.row, motion.row));
  const clipped = /^[wW]$/.test(name) && !changesWord ? clipToWord(state, name, count, motion) : motion;
  return overMotion(noteFind(state, name), operator, clipped);
}

/** cw changes to the end of the word, even from its last letter. */
function wordEnd(state: ViState, name: string, count: number): Motion | undefined {
  const object = findTextObject(state, `i${name}`);
  if (object === undefined) return undefined;
  const end = { row: state.row, column: object.to.column - 1 };
  if (count === 1) return { ...end, inclusive: true };
  return findMotion({ ...state, ...end }, name === 'w' ? 'e' : 'E', count - 1, true);
}

/** dw on the last word of a line does not take the end of the line. */
function clipToWord(state: ViState, name: string, count: number, motion: Motion): Motion {
  const last = count === 1 ? state : (findMotion(state, name, count - 1, true) ?? state);
  return motion.row > last.row ? { row: last.row, column: charsOf(state, last.row).length } : motion;
}

/** d/pattern and its like. */
function overSearch(state: ViState, operator: string, text: string): ViState {
  const forward = text.startsWith('/');
  const pattern = text.slice(1) === '' ? state.search.pattern : text.slice(1);
  const found = searchFor({ ...state, search: { pattern, forward } }, pattern, forward);
  if (found.row === state.row && found.column === state.column) return found;
  return overMotion({ ...state, search: found.search }, operator, found);
}

function overMotion(state: ViState, operator: string, motion: Motion): ViState {
  const backwards = isBefore(motion, state);
  const from = backwards ? motion : state;
  let to: ViPlace = backwards
    ? state
    : { row: motion.row, column: motion.column + (motion.inclusive === true ? 1 : 0) };
  // What ends before the first column of a line ends with the line before; from the start of a line it takes lines.
  if (motion.inclusive !== true && to.column === 0 && to.row > from.row) {
    to = { row: to.row - 1, column: charsOf(state, to.row - 1).length };
    if (from.column <= firstText(state, from.row)) return overLines(state, operator, from.row, to.row);
  }
  return overText(state, operator, from, to);
}

/** Keys of visual mode that are no operator. */
function visualKey(state: ViState, name: string, count: number, given: boolean): ViState {
  const operator = { x: 'd', X: 'd', D: 'd', s: 'c', S: 'c', C: 'c', Y: 'y', U: 'gU', u: 'gu', '~': 'g~' }[name];
  if (name === 'delete') return overSelection(state, 'd');
  if (operator !== undefined) return overSelection(state, operator);
  if (name === 'o' && state.visual !== undefined)
    return {
      ...state,
      ...swapped(state.visual, state),
      visual: { ...state.visual, row: state.row, column: state.column },
    };
  if (name === 'J') {
    const [from, to] = selectedRows(state);
    return COMMANDS['J']?.({ ...state, row: from, visual: undefined }, to - from + 1) ?? state;
  }
  if (name === 'p' || name === 'P') {
    const { register } = state;
    const cut = overSelection(state, 'd');
    return { ...put({ ...cut, register }, false, 1), register: cut.register };
  }
  if (/^[ia]./su.test(name)) {
    const object = findTextObject(state, name);
    if (object === undefined || state.visual === undefined) return state;
    const { from, to } = object;
    return { ...state, visual: { ...state.visual, ...from }, row: to.row, column: Math.max(0, to.column - 1) };
  }
  return command(state, name, count, given);
}
const swapped = (visual: ViPlace, _state: ViState): ViPlace => ({ row: visual.row, column: visual.column });

function selectedRows(state: ViState): readonly [number, number] {
  const other = state.visual?.row ?? state.row;
  return [Math.min(other, state.row), Math.max(other, state.row)];
}

function overSelection(state: ViState, operator: string): ViState {
  const { visual } = state;
  if (visual === undefined) return state;
  const [first, last] = selectedRows(state);
  if (visual.kind === 'line') return clamp(overLines(state, operator, first, last));
  const [from, end] = isBefore(visual, state) ? [visual, state] : [state, visual];
  const start = { row: from.row, column: from.column };
  return clamp(overText(state, operator, start, { row: end.row, column: end.column + 1 }));
}
