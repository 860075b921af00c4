/** What a key does, by the mode it comes in. */
import { blockOf } from '../operators/block.ts';
import { charsOf, clamp, cursorCell, isChanged } from '../state/buffer.ts';
import { COMMANDS, replaceCharacters } from './commands.ts';
import { commandLineKey } from './command-line.ts';
import { executeEx } from '../ex/execute.ts';
import { confirmKey } from '../search/substitute.ts';
import { insertKey } from '../insert/insert.ts';
import { playMacro, stopRecording } from './macros.ts';
import { moreKey, shownRows } from './more.ts';
import { alongJumps, noteJump } from '../motions/jumps.ts';
import type { Motion } from '../motions/motions.ts';
import { findMotion, isMotion } from '../motions/motions.ts';
import { lastFind, noteFind, operate } from '../operators/operate.ts';
import { registerNamed, withRegister } from '../state/registers.ts';
import { inSight, isScrolled, movesRows, SCROLLS } from '../screen/scroll.ts';
import { goTo, seek, wordAt } from '../search/search.ts';
import type { Selection, ViKey, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { findMapping, keysOfNotation, keysOfText, nameOf, playKeys, typeKey } from './typeahead.ts';
import { endVisual, overSelection, visualKey } from '../operators/visual.ts';

/** A key as it comes from the keyboard, and all that it sets going, as far as nothing outside of the text is asked for. */
export const viKey = (state: ViState, key: ViKey): ViState => resumeKeys(typeKey(state, key));

/** The keys that wait, until one asks for something outside of the text. */
export function resumeKeys(state: ViState): ViState {
  let next = state;
  for (let turn = 0; next.queue.length > 0 && next.work === undefined && next.exit === undefined; turn += 1) {
    if (turn > MOST_KEYS) return { ...next, queue: [], message: 'E223: recursive mapping' };
    const stepped = step(next);
    if (stepped === next) break;
    next = stepped;
  }
  return next;
}
/** A macro that calls itself without an end stops here. */
const MOST_KEYS = 200_000;

/** The next key that waits, as the maps have it. */
function step(state: ViState): ViState {
  const { mapping, waits, length } = findMapping(state);
  if (waits && state.queue.every(({ typed }) => typed)) return state;
  if (mapping !== undefined) {
    const rest = { ...recorded(state, length), queue: state.queue.slice(length) };
    return playKeys(rest, keysOfNotation(mapping.to), mapping.remap);
  }
  const [first, ...queue] = state.queue;
  if (first === undefined) return state;
  const after = handleKey({ ...recorded(state, 1), queue, failed: false }, first.key);
  const stops = after.failed || (/^E\d+:/.test(after.message) && after.message !== state.message);
  return stops && after.queue.length > 0 ? { ...after, queue: [] } : after;
}

/** Keys from the keyboard become part of a macro that is being recorded. */
function recorded(state: ViState, count: number): ViState {
  const { recording } = state;
  if (recording === undefined) return state;
  const keys = state.queue.slice(0, count).flatMap(({ key, typed }) => (typed ? [key] : []));
  return { ...state, recording: { ...recording, keys: [...recording.keys, ...keys] } };
}

/** Keys that a command plays within itself: `.` and :normal. */
export function handleKey(before: ViState, key: ViKey): ViState {
  return noteJump(before, guarded(before, pressed(before, key)));
}

/** A text that may not be changed stays; of one that is read-only it is said once. */
function guarded(before: ViState, after: ViState): ViState {
  const begins = before.mode === 'normal' && (after.mode === 'insert' || after.mode === 'replace');
  if (after.lines === before.lines && !begins) return after;
  const { changes, path } = before;
  if (!after.options.modifiable && after.path === path && after.undo !== before.undo)
    return fail({ ...before, pending: '', typed: [] }, "E21: Cannot make changes, 'modifiable' is off");
  if (!after.readonly || after.warned || after.path !== path || after.changes === changes) return after;
  return { ...after, warned: true, message: 'W10: Warning: Changing a readonly file' };
}

/** The key that 'pastetoggle' names turns 'paste' on and off, also in the midst of an insertion. */
function isPasteToggle({ options, mode }: ViState, key: ViKey): boolean {
  const named = options.others['pastetoggle'];
  if (typeof named !== 'string' || named === '' || mode === 'command') return false;
  const [first, more] = keysOfNotation(named);
  return first !== undefined && more === undefined && nameOf(first) === nameOf(key);
}

function pressed(before: ViState, key: ViKey): ViState {
  if (isPasteToggle(before, key)) return execute({ ...before, message: '' }, 'set paste!');
  if (before.output !== undefined) return dismissOutput(before, key);
  const state = before;
  if (state.mode === 'command') return noteOnce(state, noteRepeat(state, inSight(commandLineKey(state, key, execute))));
  if (state.mode === 'confirm') return inSight(confirmKey(state, nameOf(key)));
  if (state.mode === 'question') return inSight(answerKey(state, nameOf(key)));
  const typed = [...state.typed, key];
  const next =
    state.mode === 'normal'
      ? keepMessage(state, normalKey({ ...state, message: '' }, key))
      : insertKey({ ...state, message: '', typed }, key);
  return noteOnce(
    state,
    noteRepeat(state, {
      ...inSight(settled(state, next)),
      typed: next.typed.length < state.typed.length ? next.typed : typed,
    }),
  );
}

/** y does what was asked about; n and Escape leave it. */
function answerKey(state: ViState, name: string): ViState {
  const calm: ViState = { ...state, mode: 'normal', question: undefined, message: '' };
  if (name === 'y') return clamp(execute(calm, state.question?.command ?? ''));
  return /^(?:n|escape|\^\[|\^C)$/.test(name) ? fail(calm) : state;
}

/** After ^O one command of normal mode leads back into the insertion. */
function noteOnce(before: ViState, after: ViState): ViState {
  if (before.onceFrom === undefined || after.pending !== '' || after.mode !== 'normal' || after.visual !== undefined)
    return after;
  if (before.mode === 'insert' || before.mode === 'replace') return after;
  const back: ViState = { ...after, mode: before.onceFrom, onceFrom: undefined, onceAtEnd: false };
  const { length } = charsOf(back);
  // Behind the end of the line where it was there, or went there.
  const toEnd = (before.onceAtEnd || after.wanted === Number.MAX_SAFE_INTEGER) && back.column >= length - 1;
  return toEnd ? { ...back, column: length } : back;
}

function dismissOutput(state: ViState, key: ViKey): ViState {
  const calm: ViState = { ...state, output: undefined, outputOver: false, told: 0, message: '' };
  if (shownRows(state) !== undefined && nameOf(key) !== ':') return moreKey(state, nameOf(key)) ?? calm;
  return /^(?:enter|\^M|\^J| |escape|\^\[|\^C)$/.test(nameOf(key)) ? calm : handleKey(calm, key);
}

/** The cell that j and k try to keep is the cursor's own again where something else has moved it. */
function settled(before: ViState, after: ViState): ViState {
  const moved = after.row !== before.row || after.column !== before.column || after.lines !== before.lines;
  const calm = moved && after.wanted === before.wanted ? { ...after, wanted: undefined } : after;
  const changed = after.lines !== before.lines && after.mode === 'normal';
  return changed ? { ...calm, marks: { ...calm.marks, '.': { row: after.row, column: after.column } } } : calm;
}

/** What the last line says stays until rows of the screen move, text was inserted, or something else is said. */
function keepMessage(before: ViState, after: ViState): ViState {
  const stays =
    after.message === '' &&
    (after.mode === 'normal' || !after.options.showmode) &&
    (after.visual === undefined) === (before.visual === undefined) &&
    after.output === undefined &&
    after.recording === before.recording &&
    !movesRows(before, after) &&
    after.marks['^'] === before.marks['^'] &&
    !isScrolled(before, inSight(after));
  return stays ? { ...after, message: before.message } : after;
}

/** Keeps the keys of a finished change for `.`. */
function noteRepeat(before: ViState, after: ViState): ViState {
  if (after.visual !== undefined && after.pending === '') return { ...after, typed: [] };
  const selected = before.visual === undefined ? after : { ...after, selectedBy: selectionKeys(before, before.visual) };
  if (after.mode !== 'normal' || after.pending !== '' || after.onceFrom !== undefined) return selected;
  const { typed } = after;
  // A count before the command says nothing of what it is.
  const first = typed.find((key) => !/^\d$/.test(nameOf(key))) ?? typed[0];
  const name = first === undefined ? '' : nameOf(first);
  const inserted = before.mode === 'insert' || before.mode === 'replace';
  const changed = after.lines !== before.lines || inserted || after.repeat !== before.repeat;
  // What a command has played within itself is no command typed.
  const repeats =
    changed && typed.length > 0 && !/^(?:u|U|\^R|\.|:|@|q|\/|\?)$/.test(name) && before.mode !== 'command';
  return {
    ...selected,
    typed: [],
    selectedBy: [],
    repeat: repeats ? [...selected.selectedBy, ...typed] : after.repeat,
  };
}

/** Keys that select as much again from another place. */
function selectionKeys(state: ViState, visual: Selection): readonly ViKey[] {
  const rows = Math.abs(visual.row - state.row);
  const down = rows === 0 ? '' : `${String(rows)}j`;
  if (visual.kind === 'line') return keysOfText(`V${down}`);
  const wide = Math.abs(visual.column - state.column);
  const right = wide === 0 ? '' : `${String(wide)}l`;
  if (visual.kind === 'block') {
    const block = blockOf(state, visual);
    const cells = block.right - block.left - 1;
    return keysOfText(`\x16${visual.toEnd === true ? '$' : cells > 0 ? `${String(cells)}l` : ''}${down}`);
  }
  return keysOfText(
    rows === 0
      ? `v${right}`
      : `v${down}${String(Math.max(visual.row, state.row) === state.row ? state.column + 1 : visual.column + 1)}|`,
  );
}

/** A command as it is typed: count, register, count, operator, count, and what it is about. */
const COMMAND = /^([1-9]\d*)?(?:"(.))?([1-9]\d*)?(?:([dyc<>=!]|g[uU~?qw])([1-9]\d*)?)?(.*)$/su;

function normalKey(state: ViState, key: ViKey): ViState {
  const name = nameOf(key);
  if (name === '^C') return escape(state, howToLeave(state));
  if (['escape', '^['].includes(name)) return escape(state);
  if (name === '=' && /^\d*"$/.test(state.pending))
    return { ...state, mode: 'command', command: '=', asksFor: 'register' };
  const typed = state.pending + ('special' in key && key.special.length > 1 ? `\0${name}` : name);
  const [, before, letter, first, operator = '', second, rest = ''] = COMMAND.exec(typed) ?? [];
  const searches = operator !== '' && /^[/?]/.test(rest) && !(operator === 'g?' && rest.startsWith('?'));
  if (searches && name === 'backspace') return { ...state, pending: [...state.pending].slice(0, -1).join('') };
  if (searches && !rest.endsWith('\0enter')) return { ...state, pending: typed };
  const about = searches ? rest.slice(0, -'\0enter'.length) : rest.replace('\0', '');
  const done: ViState = { ...state, pending: '' };
  const counts = [before, first, second].filter((count) => count !== undefined);
  const asked = {
    about,
    count: counts.reduce((product, count) => product * Number(count), 1),
    given: counts.length > 0,
  };
  const using = (act: (from: ViState) => ViState): ViState => clamp(withRegister(done, letter, act));
  // Their names begin like t and f, which look for a character.
  if ('special' in key && about === name && name === 'tab') return using((from) => alongJumps(from, asked.count));
  if ('special' in key && about === name && /^f\d+$/.test(name))
    return name === 'f1' ? execute(done, 'help') : fail(done);
  if (letter !== undefined && /^[g[\]]?[pP]$/.test(about) && registerNamed(state, letter) === undefined)
    return fail(done, NOTHING[letter] ?? `E353: Nothing in register ${letter}`);
  if (operator !== '' && state.visual !== undefined) return using((from) => overSelection(from, operator, asked.count));
  const twice = about === operator.slice(-1) && operator !== '';
  if (about === '' || (!twice && isUnfinished(about, operator !== '', state))) return { ...state, pending: typed };
  if (operator !== '') return using((from) => operate(from, operator, asked));
  return using((from) => visualKey(from, about, asked.count) ?? command(from, about, asked.count, asked.given));
}

const NOTHING: Readonly<Record<string, string>> = {
  '/': 'E35: No previous regular expression',
  '.': 'E29: No inserted text yet',
  ':': 'E30: No previous command line',
};

const howToLeave = (state: ViState): string =>
  isChanged(state)
    ? 'Type  :qa!  and press <Enter> to abandon all changes and exit Vim'
    : 'Type  :qa  and press <Enter> to exit Vim';

function escape(state: ViState, message = ''): ViState {
  const idle = state.pending === '' && state.visual === undefined;
  return clamp({ ...endVisual(state), pending: '', typed: [], failed: idle, message: idle ? message : '' });
}

function isUnfinished(about: string, afterOperator: boolean, { visual, recording }: ViState): boolean {
  if (about === 'q' && recording !== undefined) return false;
  if (/^["gzZrftFTm'`q@[\]]$/.test(about)) return !(afterOperator && about === 'r');
  return /^[ia]$/.test(about) && (afterOperator || visual !== undefined);
}

const execute = (state: ViState, line: string): ViState => executeEx(state, line, handleKey);

/** Keys that stand for a command. */
function lineOf(state: ViState, name: string, count: number): string | undefined {
  if (name === 'gf') {
    const line = state.lines[state.row] ?? '';
    const path = [...line.matchAll(/[\w/.+,#$%~=-]+/g)].find(
      ({ index, 0: text }) => index + text.length > state.column,
    )?.[0];
    return path === undefined ? undefined : `find ${path}`;
  }
  if (name === 'K') return manualOf(state);
  if (name === '^]') {
    const word = wordAt(charsOf(state), state.column)?.word;
    return word === undefined ? undefined : `tag ${word}`;
  }
  return { '&': count > 1 ? `.,.+${String(count - 1)}s` : 's', 'g&': '%s//~/&', ZZ: 'x', ZQ: 'q!', '^^': 'e #' }[name];
}

/** K: the manual page of the word under the cursor. */
function manualOf(state: ViState): string | undefined {
  const word = wordAt(charsOf(state), state.column)?.word;
  return word === undefined ? undefined : `!man ${word}`;
}

/** @:: the last command line again. */
function repeatLine(state: ViState, count: number): ViState {
  const line = state.history.findLast((each) => each.startsWith(':'))?.slice(1);
  if (line === undefined) return fail(state, 'E30: No previous command line');
  let next: ViState = { ...state, lastMacro: ':' };
  for (let turn = 0; turn < count && !next.failed; turn += 1) next = execute(next, line);
  return next;
}

function command(state: ViState, name: string, count: number, given: boolean): ViState {
  if (name === '.') return repeatChange(state, given ? count : undefined);
  if (name === 'q' && state.recording !== undefined) return stopRecording(state);
  if (/^q[0-9a-zA-Z"]$/.test(name)) return { ...state, recording: { letter: name.slice(1), keys: [] } };
  const line = lineOf(state, name, count);
  if (line !== undefined) {
    const done = execute(state, line);
    return name === '&' && done.message === '' ? { ...done, message: `:${line}` } : done;
  }
  if (name === '@:' || (name === '@@' && state.lastMacro === ':')) return repeatLine(state, count);
  if (/^@./su.test(name)) return playMacro(state, name.slice(1), count);
  if (/^m./su.test(name)) return setMark(state, name.slice(1));
  if (name === 'n' || name === 'N') return goTo(seek(state, state.search.forward === (name === 'n'), count));
  if (name === ';' || name === ',')
    return state.find === '' ? fail(state) : keepFind(state, command(state, lastFind(state, name), count, given));
  const elsewhere = /^['`][A-Z]$/.test(name) ? state.fileMarks[name.slice(1)] : undefined;
  if (elsewhere !== undefined && elsewhere.path !== state.path) return toFileMark(state, elsewhere, name);
  if (isMotion(name)) {
    const motion = findMotion(state, name, count, given);
    const mark = /^['`]/.test(name);
    return motion === undefined
      ? fail(state, mark ? 'E20: Mark not set' : state.message)
      : go(noteFind(state, name), motion, name);
  }
  if (/^r./su.test(name)) return replaceCharacters(state, name === 'renter' ? '\n' : name.slice(1), count);
  return SCROLLS[name]?.(state, count, given) ?? COMMANDS[name]?.(state, count, given) ?? fail(state);
}
const keepFind = ({ find }: ViState, after: ViState): ViState => ({ ...after, find });

function setMark(state: ViState, letter: string): ViState {
  const { row, column } = state;
  const name = letter === '`' ? "'" : letter;
  if (!/[a-zA-Z'<>[\]]/.test(name)) return fail(state);
  const marked: ViState = { ...state, marks: { ...state.marks, [name]: { row, column } } };
  const { path } = state;
  if (path === undefined || !/[A-Z]/.test(name)) return marked;
  return { ...marked, fileMarks: { ...state.fileMarks, [name]: { row, column, path } } };
}

/** A mark of another file. */
function toFileMark(state: ViState, { path, row, column }: ViState['fileMarks'][string], name: string): ViState {
  if (!state.options.hidden && isChanged(state))
    return fail(state, 'E37: No write since last change (add ! to override)');
  const at = { row, column: name.startsWith("'") ? 0 : column };
  return { ...state, work: { type: 'edit', path, force: false, at } };
}

function go(state: ViState, motion: Motion, name: string): ViState {
  const { row, column, keepsColumn, jumps } = motion;
  const wanted =
    keepsColumn === true
      ? (state.wanted ?? cursorCell(state))
      : /^(?:\$|end|g\$)$/.test(name)
        ? Number.MAX_SAFE_INTEGER
        : undefined;
  // A jump that leads nowhere leaves the place before the last one as it is.
  const moves = row !== state.row || column !== state.column;
  const marks =
    jumps === true && moves ? { ...state.marks, "'": { row: state.row, column: state.column } } : state.marks;
  const toEnd = wanted === Number.MAX_SAFE_INTEGER && state.visual !== undefined;
  const failed = motion.fails === true || state.failed;
  return { ...state, row, column: toEnd ? charsOf(state, row).length : column, wanted, marks, failed };
}

/** `.`: the last change again; a count takes the place of the one it had. */
function repeatChange(state: ViState, count: number | undefined): ViState {
  if (state.repeat.length === 0) return fail(state);
  let next: ViState = { ...state, typed: [] };
  for (const key of nextNumbered(count === undefined ? state.repeat : recounted(state.repeat, count)))
    next = handleKey(next, key);
  return { ...next, repeat: nextNumbered(count === undefined ? state.repeat : recounted(state.repeat, count)) };
}
/** What was put from "1 is repeated from "2, and so on. */
function nextNumbered(keys: readonly ViKey[]): readonly ViKey[] {
  const [quote, number, ...rest] = keys;
  if (quote === undefined || number === undefined || nameOf(quote) !== '"' || !/^[1-8]$/.test(nameOf(number)))
    return keys;
  return [quote, { char: String(Number(nameOf(number)) + 1) }, ...rest];
}
function recounted(keys: readonly ViKey[], count: number): readonly ViKey[] {
  const register = keys.length > 2 && nameOf(keys[0] ?? { char: '' }) === '"' ? 2 : 0;
  const rest = keys.slice(register);
  const first = rest.findIndex((key) => !('char' in key && /\d/.test(key.char)));
  return [...keys.slice(0, register), ...[...String(count)].map((char) => ({ char })), ...rest.slice(first)];
}
