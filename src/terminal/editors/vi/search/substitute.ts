/** :s with its flags, its repetitions & and :&&, and what a match that is asked about (flag c) may be answered. */
import { charsOf, firstText, replaceRows, shownText } from '../state/buffer.ts';
import type { ExCall } from '../ex/command.ts';
import { Fault } from '../script/script-values.ts';
import { joinLines } from '../operators/join.ts';
import { replacementText } from './replacement.ts';
import { bracketEnd, nextMatch } from './search.ts';
import type { ViState } from '../state/state.ts';
import { fail, failLines } from '../state/state.ts';
import { remember } from '../state/undo.ts';
import { patternFault, vimRegExp } from './vim-pattern.ts';
import { listCharsOf } from '../screen/white-space.ts';

interface Rows {
  readonly from: number;
  readonly to: number;
}
/** What is looked for, what is put in its place, and the flags & c e g i I n. */
interface Substitution {
  readonly pattern: string;
  readonly text: string;
  readonly flags: string;
}

export function substituteCommand(state: ViState, call: ExCall): ViState {
  const [own, following] = atBar(call);
  const done = calculating(state, (from) => once(from, own));
  if (following === undefined || done.failed || done.mode === 'confirm') return done;
  return call.run.follow(done, following);
}

/** An expression of \= may have no value. */
function calculating(state: ViState, act: (state: ViState) => ViState): ViState {
  try {
    return act(state);
  } catch (error) {
    if (error instanceof Fault) return fail({ ...state, mode: 'normal', confirm: undefined }, error.message);
    throw error;
  }
}

/** A bar behind the flags begins another command. */
function atBar(call: ExCall): readonly [ExCall, string | undefined] {
  const sign = call.raw.trimStart().charAt(0);
  const escaped = sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const part = `(?:\\\\.|(?!${escaped}).)*`;
  const whole = new RegExp(`^\\s*${escaped}${part}${escaped}${part}${escaped}[^|]*`, 'su').exec(call.raw)?.[0];
  if (whole === undefined || call.raw.charAt(whole.length) !== '|') return [call, undefined];
  return [{ ...call, raw: whole }, call.raw.slice(whole.length + 1)];
}

function once(state: ViState, call: ExCall): ViState {
  const { raw, range } = call;
  const sign = raw.trimStart().charAt(0);
  const fresh = /^[^\w\s"|&\\]/.test(sign) && call.name.startsWith('s') && sign !== '!';
  return fresh ? firstTime(state, range, raw.trimStart(), sign) : again(state, call);
}

function firstTime(state: ViState, range: Rows, raw: string, sign: string): ViState {
  const parts: string[] = [];
  let from = 1;
  for (let at = 1; at <= raw.length && parts.length < 2; at += 1) {
    if (raw.charAt(at) === '\\') at += 1;
    else if (parts.length === 0 && raw.charAt(at) === '[') at = bracketEnd(raw, at);
    else if (raw.charAt(at) === sign || at >= raw.length) {
      parts.push(raw.slice(from, at));
      from = at + 1;
    }
  }
  const [pattern = '', text = ''] = parts;
  const [, flags = '', count] = /^(&?[cegiInlp#]*)\s*(\d*)\s*$/.exec(raw.slice(from)) ?? [];
  if (!/^&?[cegiInlp#]*\s*\d*\s*$/.test(raw.slice(from)))
    return fail(state, `E488: Trailing characters: ${raw.slice(from).replace(/^&?[cegiInlp#]*/, '')}`);
  const old = state.substitution?.text ?? '';
  const sought = pattern === '' ? state.search.pattern : pattern;
  if (sought === '') return failLines(state, ['E35: No previous regular expression', 'E476: Invalid command']);
  const fault = patternFault(sought);
  if (fault !== undefined) return failLines(state, [fault, 'E476: Invalid command']);
  const asked = {
    pattern: sought,
    text: text.replace(/(\\~)|~/g, (_, escaped?: string) => (escaped === undefined ? old : '~')),
    flags,
  };
  return substitute(state, counted(state, range, count), asked);
}
function again(state: ViState, { raw, range, name }: ExCall): ViState {
  const last = state.substitution;
  if (last === undefined) return fail(state, 'E33: No previous substitute regular expression');
  const [, flags = '', count] = /^(&?[cegiInrlp#]*)\s*(\d*)$/.exec(raw.trim()) ?? [];
  const kept = name === '&&' ? `&${flags}` : flags;
  const pattern = name === '~' ? state.search.pattern : last.pattern;
  return substitute(state, counted(state, range, count), { ...last, pattern, flags: kept.replace('&', last.flags) });
}

const counted = (state: ViState, { from, to }: Rows, count: string | undefined): Rows =>
  count === undefined || count === ''
    ? { from, to }
    : { from: to, to: Math.min(state.lines.length, to + Number(count)) - 1 };

function regexOf(state: ViState, { pattern, flags }: Substitution): RegExp | undefined {
  if (pattern === '') return undefined;
  const ignoreCase = flags.includes('i') || (state.options.ignorecase && !flags.includes('I'));
  return vimRegExp(pattern, {
    ignoreCase,
    smartCase: state.options.smartcase && !flags.includes('i'),
    acrossLines: /\\n/.test(pattern),
  });
}

function substitute(before: ViState, { from, to }: Rows, asked: Substitution): ViState {
  const { pattern, text, flags } = asked;
  const regex = regexOf(before, asked);
  const state: ViState = {
    ...before,
    substitution: { pattern, text, flags },
    search: { pattern, forward: true, offset: '' },
  };
  if (flags.includes('c'))
    return askNext({
      ...remember(state),
      row: from,
      column: 0,
      confirm: { place: { row: from, column: 0 }, last: to, count: 0, rows: 0, lastRow: -1, undoAt: undefined },
    });
  if (pattern === '\\n' && text === '' && /^g?$/.test(flags)) return joinEnds(state, { from, to });
  if (regex !== undefined && /\\n/.test(pattern)) return acrossLines(state, { from, to }, asked, regex);
  let count = 0;
  let touched = 0;
  let grown = 0;
  let row = state.row;
  const rows = state.lines.slice(from, to + 1).flatMap((line, at) => {
    let seen = 0;
    const replaced = (...groups: readonly unknown[]): string => {
      // Behind the last character an empty match counts only where it is the first.
      const isEnd = groups[0] === '' && seen > 0 && groups.at(-1) === line && groups.at(-2) === line.length;
      if (isEnd) return '';
      seen += 1;
      if (seen > 1 && !flags.includes('g')) return String(groups[0]);
      count += 1;
      return replacementText(text, groups, { ...state, row: from + at });
    };
    const made = (regex === undefined ? line : line.replace(regex, replaced)).split('\n');
    grown += made.length - 1;
    if (seen > 0) {
      touched += 1;
      row = from + at + grown;
    }
    return made;
  });
  return finished(state, asked, { count, touched, row }, () =>
    replaceRows(
      remember(state),
      from,
      to + 1,
      rows.map((line) => line.replaceAll('\r', '\n')).flatMap((line) => line.split('\n')),
    ),
  );
}

interface Replaced {
  readonly count: number;
  /** Lines in which something was replaced. */
  readonly touched: number;
  /** The last of them. */
  readonly row: number;
}

function finished(
  state: ViState,
  { pattern, flags }: Substitution,
  { count, touched, row }: Replaced,
  make: () => ViState,
): ViState {
  if (count === 0) return flags.includes('e') ? state : fail(state, `E486: Pattern not found: ${pattern}`);
  const lines = `${String(touched)} line${touched === 1 ? '' : 's'}`;
  if (flags.includes('n')) return { ...state, message: `${String(count)} match${count === 1 ? '' : 'es'} on ${lines}` };
  const made = { ...make(), row };
  const column = firstText(made, row);
  const tally = { count: state.tally.count + count, rows: state.tally.rows + touched };
  const message = said(count, touched) || state.message;
  return { ...made, column, message: /[p#l]/.test(flags) ? printed(made, flags) : message, tally };
}

/** Flags p, # and l: the last line that was changed is shown. */
function printed(state: ViState, flags: string): string {
  const number = flags.includes('#') ? `${String(state.row + 1).padStart(3)} ` : '';
  const list = flags.includes('l') ? listCharsOf({ ...state.options, list: true }) : undefined;
  return number + shownText(state.lines[state.row] ?? '', state.options.tabstop, list);
}

/** :s/\n//: the lines are joined. */
function joinEnds(state: ViState, { from, to }: Rows): ViState {
  const lines = to - from + 1 + (to + 1 < state.lines.length ? 1 : 0);
  if (lines < 2) return state;
  const made = joinLines({ ...state, row: from }, lines, true);
  return { ...made, message: said(lines - 1, 1) || state.message };
}

/** A pattern with \n: matches that begin in the rows may go on into those below. */
function acrossLines(state: ViState, { from, to }: Rows, asked: Substitution, regex: RegExp): ViState {
  const text = state.lines.slice(from).join('\n');
  const rowAt = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  let out = '';
  let done = 0;
  let count = 0;
  let touched = 0;
  let last = -1;
  let lastStart = -1;
  for (const hit of text.matchAll(regex)) {
    const start = rowAt(hit.index);
    if (start > to - from) break;
    if (start === lastStart && !asked.flags.includes('g')) continue;
    out += text.slice(done, hit.index) + replacementText(asked.text, [...hit], { ...state, row: from + start });
    done = hit.index + hit[0].length;
    count += 1;
    if (start !== last) touched += 1;
    lastStart = start;
    last = rowAt(done);
  }
  const row = from + out.split('\n').length - 1;
  return finished(state, asked, { count, touched, row: Math.max(0, row) }, () =>
    replaceRows(remember(state), from, state.lines.length, `${out}${text.slice(done)}`.split('\n')),
  );
}

const said = (count: number, touched: number): string =>
  count > 2 ? `${String(count)} substitutions on ${String(touched)} line${touched === 1 ? '' : 's'}` : '';

/** The next match to be asked about; at the end what was done is said. */
function askNext(state: ViState): ViState {
  const { confirm, substitution } = state;
  if (confirm === undefined || substitution === undefined) return state;
  const { place, last } = confirm;
  const before =
    place.column === 0
      ? { row: place.row - 1, column: Number.MAX_SAFE_INTEGER }
      : { row: place.row, column: place.column - 1 };
  const start = before.row < 0 ? { row: 0, column: -1 } : before;
  const match = nextMatch(
    { ...state, options: { ...state.options, wrapscan: false } },
    start,
    substitution.pattern,
    true,
  );
  if (match === undefined || match.row > last) return ended(state);
  return {
    ...state,
    mode: 'confirm',
    row: match.row,
    column: match.column,
    confirm: { ...confirm, place: match, undoAt: confirm.undoAt?.row === match.row ? match : confirm.undoAt },
    message: `replace with ${substitution.text} (y/n/a/q/l/^E/^Y)?`,
  };
}

function ended(state: ViState, stays = false): ViState {
  const { confirm } = state;
  if (confirm === undefined) return state;
  const { count, rows, lastRow } = confirm;
  const none = count === 0 && state.mode !== 'confirm';
  const last = state.undo.at(-1);
  const { undoAt } = confirm;
  const calm: ViState = {
    ...state,
    mode: 'normal',
    confirm: undefined,
    undo:
      last === undefined || undoAt === undefined
        ? state.undo
        : [...state.undo.slice(0, -1), { ...last, cursor: undoAt }],
    message: none ? `E486: Pattern not found: ${state.search.pattern}` : said(count, rows),
    failed: none,
  };
  return lastRow < 0 || stays ? calm : { ...calm, row: lastRow, column: 0 };
}

export function confirmKey(state: ViState, name: string): ViState {
  const { confirm, substitution } = state;
  if (confirm === undefined || substitution === undefined) return { ...state, mode: 'normal' };
  switch (name) {
    case 'y':
      return askNext(replaceHere(state));
    case 'l':
      return ended(replaceHere(state));
    case 'n':
      return askNext({ ...state, confirm: { ...confirm, place: beyond(state, charsOf(state, state.row).length) } });
    case 'a': {
      let next = replaceHere(state);
      for (
        let turn = askNext(next);
        turn.mode === 'confirm' && turn.confirm !== undefined && turn !== next;
        turn = askNext(next)
      )
        next = replaceHere({ ...turn, mode: 'normal' });
      return ended({ ...next, mode: 'confirm' });
    }
    case 'q':
    case 'escape':
    case '^[':
    case '^C':
      return ended(state, true);
    default:
      return state;
  }
}

/** Where to look on: with g behind this match, else on the next line. */
function beyond(state: ViState, after: number): { readonly row: number; readonly column: number } {
  const each = state.substitution?.flags.includes('g') === true;
  return each ? { row: state.row, column: Math.min(after, state.column + 1) } : { row: state.row + 1, column: 0 };
}

function replaceHere(state: ViState): ViState {
  const { confirm, substitution } = state;
  if (confirm === undefined || substitution === undefined) return state;
  const line = charsOf(state);
  const rest = line.slice(state.column).join('');
  const regex = regexOf(state, substitution);
  const hit = regex === undefined ? undefined : [...rest.matchAll(regex)][0];
  if (hit === undefined) return state;
  const put = replacementText(substitution.text, [...hit], state);
  const text = line.slice(0, state.column).join('') + put + rest.slice(hit[0].length);
  const made = replaceRows(state, state.row, state.row + 1, [text]);
  const each = substitution.flags.includes('g');
  const place = each ? { row: state.row, column: state.column + [...put].length } : { row: state.row + 1, column: 0 };
  const rows = confirm.rows + (confirm.lastRow === state.row ? 0 : 1);
  return {
    ...made,
    mode: 'normal',
    confirm: {
      ...confirm,
      place,
      count: confirm.count + 1,
      rows,
      lastRow: state.row,
      undoAt: confirm.undoAt ?? { row: state.row, column: state.column },
    },
  };
}
