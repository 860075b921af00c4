/** Tab at the prompt: what is certain is put in; what could be meant is listed when it is asked for again. */
import type { CompletionManner, EditorEvent } from '../../readline/event.ts';
import type { EditorState } from '../../readline/state.ts';
import { replaceRange } from '../../readline/state.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { complete } from './complete.ts';
import type { Candidate } from './interface.ts';
import { commonStart, listRows } from './list.ts';

/** What the terminal is asked while a list is shown. */
export interface Asker {
  readonly columns: number;
  readonly rows: number;
  /** The next key as text. */
  nextKey(): Op<string | undefined>;
}

export interface Completed {
  readonly editor: EditorState;
  /** Something was written below the line, which has to be drawn anew. */
  readonly listed: boolean;
}

type Request = Extract<EditorEvent, { type: 'complete' }>;

export function* completeLine(shell: Shell, request: Request, asker: Asker): Op<Completed> {
  const { state, how } = request;
  if (state.last.type === 'menu' && /menu/.test(how)) return nextOfMenu(state, state.last, how);
  const before = state.chars.slice(0, state.cursor).join('');
  const { from, candidates } = yield* complete(shell, before, request.kind, request.star);
  const calm: EditorState = { ...state, last: { type: 'other' } };
  const [only] = candidates;
  if (only === undefined) {
    yield* shell.write(2, '\x07');
    return { editor: calm, listed: false };
  }
  if (how === 'list') return yield* list(shell, calm, candidates, asker);
  const put = (text: string): Completed => ({ editor: replaceRange(calm, from, state.cursor, text), listed: false });
  if (how === 'insert-all') return put(candidates.map((candidate) => `${candidate.text} `).join(''));
  if (candidates.length === 1 && request.kind === 'history' && how === 'old-menu') return put(only.text);
  if (candidates.length === 1) return put(only.text + (state.chars[state.cursor] === only.suffix ? '' : only.suffix));
  const common = commonStart(candidates.map(({ text }) => text));
  const typed = [...before].slice(from).join('');
  if (how === 'braces') return put(`${common}{${candidates.map(({ text }) => text.slice(common.length)).join(',')}} `);
  if (how !== 'complete') {
    const start = how === 'old-menu' || common.length < typed.length ? typed : common;
    const isWord = request.kind === 'history';
    const words = [start, ...candidates.map(({ text, suffix }) => (isWord ? text : text + suffix))];
    return nextOfMenu(calm, { type: 'menu', words, at: 0, from }, how);
  }
  const changed = common.length >= typed.length && common !== typed;
  const editor = changed ? replaceRange(calm, from, state.cursor, common) : state;
  const isOn = (name: string): boolean => shell.readline.variables.get(name) === 'on';
  const atOnce = isOn('show-all-if-ambiguous') || (isOn('show-all-if-unmodified') && !changed);
  if (atOnce || (request.again && !changed)) return yield* list(shell, editor, candidates, asker);
  yield* shell.write(2, '\x07');
  return { editor, listed: false };
}

type Menu = Extract<EditorState['last'], { type: 'menu' }>;

/** Puts the next word of a menu in the place of the last one; what they have in common comes round too. */
function nextOfMenu(state: EditorState, menu: Menu, how: CompletionManner): Completed {
  const { words, from } = menu;
  const at = (menu.at + (how === 'menu-back' ? words.length - 1 : 1)) % words.length;
  const put = replaceRange(state, from, state.cursor, words[at] ?? '');
  return { editor: { ...put, last: { ...menu, at } }, listed: false };
}

function* list(shell: Shell, editor: EditorState, candidates: readonly Candidate[], asker: Asker): Op<Completed> {
  const labels = [...new Set(candidates.map(({ label }) => label))];
  const many = Number(shell.readline.variables.get('completion-query-items') ?? '100');
  yield* shell.write(2, '\r\n');
  if (many > 0 && labels.length >= many) {
    yield* shell.write(2, `Display all ${String(labels.length)} possibilities? (y or n)`);
    const wanted = yield* yesOrNo(shell, asker);
    yield* shell.write(2, '\r\n');
    if (!wanted) return { editor, listed: true };
  }
  const isHorizontal = shell.readline.variables.get('print-completions-horizontally') === 'on';
  const rows = listRows(labels, asker.columns, isHorizontal);
  const pages = shell.readline.variables.get('page-completions') !== 'off';
  let left = asker.rows - 1;
  for (const [at, row] of rows.entries()) {
    yield* shell.write(2, `${row}\r\n`);
    left -= 1;
    if (!pages || left > 0 || at + 1 === rows.length) continue;
    left = yield* more(shell, asker);
    if (left === 0) break;
  }
  return { editor, listed: true };
}

function* yesOrNo(shell: Shell, asker: Asker): Op<boolean> {
  for (;;) {
    const key = yield* asker.nextKey();
    if (key !== undefined && /^[yY ]$/.test(key)) return true;
    if (key === undefined || /^[nN\x7f\x07\x03]$/.test(key)) return false;
    yield* shell.write(2, '\x07');
  }
}

/** How many rows may follow: a screen, one, or none. */
function* more(shell: Shell, asker: Asker): Op<number> {
  yield* shell.write(2, '--More--');
  let rows: number | undefined;
  while (rows === undefined) {
    const key = yield* asker.nextKey();
    if (key === undefined || /^[nNqQ\x7f\x07\x03]$/.test(key)) rows = 0;
    else if (/^[yY \t]$/.test(key)) rows = asker.rows - 1;
    else if (/^[\r\n]$/.test(key)) rows = 1;
    else yield* shell.write(2, '\x07');
  }
  yield* shell.write(2, '\r\x1b[K');
  return rows;
}
