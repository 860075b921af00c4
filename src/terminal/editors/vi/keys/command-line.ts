/** The line at the bottom: `:` commands, and what `/` and `?` look for. */
import { clamp, insertAt } from '../state/buffer.ts';
import type { ExRunner } from '../ex/command.ts';
import { valueOf } from '../script/expression.ts';
import { shownValue } from '../script/script-values.ts';
import { registerNamed } from '../state/registers.ts';
import { inSight, isScrolled, movesRows } from '../screen/scroll.ts';
import { findMatch, goTo } from '../search/search.ts';
import type { ViKey, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { nameOf } from './typeahead.ts';
import { endVisual } from '../operators/visual.ts';

export function commandLineKey(state: ViState, key: ViKey, execute: ExRunner['execute']): ViState {
  if (state.pending === '^R') return insertRegister({ ...state, pending: '' }, nameOf(key));
  if ('char' in key && key.char !== '\n') return { ...state, command: state.command + key.char };
  const name = nameOf(key);
  if (state.asksFor !== undefined && /^(?:escape|\^C|\^\[|enter|\^J|\^M)$/.test(name)) return calculated(state, name);
  const closed: ViState = { ...state, mode: 'normal', command: '', message: '', historyAt: undefined };
  switch (name) {
    case 'escape':
    case '^C':
    case '^[':
      return clamp({ ...endVisual(closed), failed: true });
    case 'backspace':
    case '^H':
      return state.command.length <= 1
        ? clamp(endVisual(closed))
        : { ...state, command: [...state.command].slice(0, -1).join('') };
    case '^U':
      return { ...state, command: state.command.charAt(0) };
    case '^W':
      return {
        ...state,
        command:
          state.command.charAt(0) + state.command.slice(1).replace(/(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+)?\s*$/u, ''),
      };
    case '^R':
      return { ...state, pending: '^R' };
    case 'up':
    case '^P':
      return recall(state, -1);
    case 'down':
    case '^N':
      return recall(state, 1);
    case 'enter':
    case '^J':
    case '^M':
      return accept(state, closed, execute);
    default:
      return state;
  }
}

/** ^R= and "=: the value of what was typed goes into the text, or into the register =. */
function calculated(state: ViState, name: string): ViState {
  const back: ViState = {
    ...state,
    mode: state.asksFor === 'insert' ? 'insert' : 'normal',
    asksFor: undefined,
    command: '',
    message: state.asksFor === 'insert' ? '' : state.command,
  };
  const leaves = !/^(?:enter|\^J|\^M)$/.test(name) || state.command === '=';
  if (leaves) return { ...back, pending: state.asksFor === 'insert' ? '' : state.pending.slice(0, -1), message: '' };
  const found = valueOf(state.command.slice(1), { state, groups: [] });
  if ('fault' in found) return fail({ ...back, pending: '' }, found.fault);
  const text = typeof found.value === 'object' ? found.value.map(shownValue).join('\n') : shownValue(found.value);
  if (state.asksFor === 'insert') return insertAt(back, text);
  const register = { text: text.split('\n'), kind: 'char' as const };
  return { ...back, pending: `${state.pending}=`, registers: { ...state.registers, '=': register } };
}

function insertRegister(state: ViState, letter: string): ViState {
  if (letter === '^W') {
    const line = state.lines[state.row] ?? '';
    const rest = [...line].slice(state.column).join('');
    return { ...state, command: state.command + (/[\p{L}\p{N}_]+/u.exec(rest)?.[0] ?? '') };
  }
  return { ...state, command: state.command + (registerNamed(state, letter)?.text.join('\r') ?? '') };
}

/** A line of the history that begins as what is typed. */
function recall(state: ViState, step: 1 | -1): ViState {
  const sign = state.command.charAt(0);
  const from = state.historyAt ?? state.history.length;
  for (let at = from + step; at >= 0 && at < state.history.length; at += step) {
    const line = state.history[at] ?? '';
    if (line.startsWith(sign)) return { ...state, command: line, historyAt: at };
  }
  return step > 0 ? { ...state, command: sign, historyAt: undefined } : state;
}

function accept(state: ViState, closed: ViState, execute: ExRunner['execute']): ViState {
  const line = state.command;
  const text = line.slice(1);
  const history = text === '' ? state.history : [...state.history.filter((each) => each !== line).slice(-50), line];
  const { lines, top, left } = state;
  const known: ViState = { ...closed, history, painted: { lines, top, left } };
  if (line.startsWith(':')) return sayCommand(state, clamp(execute(known, text)));
  if (known.visual === undefined) return clamp(goTo(findMatch(known, line, state.searchCount)));
  const found = goTo(findMatch(known, line, state.searchCount));
  return clamp({ ...found, visual: known.visual, message: '' });
}

/** A command that says nothing stays to be read until the screen moves. */
function sayCommand(before: ViState, after: ViState): ViState {
  const moved = movesRows(before, after) || isScrolled(before, inSight(after));
  const speaks =
    after.message !== '' ||
    after.work !== undefined ||
    after.output !== undefined ||
    after.mode !== 'normal' ||
    after.queue !== before.queue;
  const inserted = after.marks['^'] !== before.marks['^'];
  return moved || speaks || inserted || after.exit !== undefined ? after : { ...after, message: before.command };
}
