/** The line at the bottom: `:` commands, and what `/` and `?` look for. */
import { posixRegExp } from '../../posix-regex.ts';
import { clamp, fileMessage, firstText, remember, replaceRows, stepBack } from './buffer.ts';
import { countMessage, overLines } from './operators.ts';
import { inSight, isScrolled } from './scroll.ts';
import { nextMatch, searchFor } from './search.ts';
import { substitute, substituteAgain } from './substitute.ts';
import type { ViKey, ViOptions, ViState } from './state.ts';

export function commandLineKey(state: ViState, key: ViKey): ViState {
  if ('char' in key && key.char !== '\n') return { ...state, command: state.command + key.char };
  const name = 'special' in key ? key.special : 'enter';
  const closed: ViState = { ...state, mode: 'normal', command: '', message: '' };
  if (name === 'escape' || name === '^C' || name === '^[') return { ...closed, visual: undefined };
  if (name === 'backspace' || name === '^H')
    return state.command.length <= 1 ? closed : { ...state, command: [...state.command].slice(0, -1).join('') };
  if (name === '^U') return { ...state, command: state.command.charAt(0) };
  if (name !== 'enter' && name !== '^J' && name !== '^M') return state;
  const text = state.command.slice(1);
  if (state.command.startsWith(':')) return sayCommand(state, clamp(executeEx(closed, text)));
  const forward = state.command.startsWith('/');
  const pattern = text === '' ? state.search.pattern : text;
  return clamp(searchFor({ ...closed, search: { pattern, forward } }, pattern, forward));
}

/** A command that says nothing stays to be read until the screen moves. */
function sayCommand(before: ViState, after: ViState): ViState {
  const moved = after.lines.length !== before.lines.length || isScrolled(before, inSight(after));
  const speaks =
    after.message !== '' || after.write !== undefined || after.read !== undefined || after.edit !== undefined;
  return moved || speaks || before.visual !== undefined ? after : { ...after, message: before.command };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly given: boolean;
  /** The last row as it was asked for: -1 is above the first. */
  readonly asked: number;
}

const ADDRESS = String.raw`(?:\d+|\.|\$|'[<>a-z]|/[^/]*/|\?[^?]*\?)?(?:[-+]\d+)*`;
const RANGE = new RegExp(`^(?:(%)|(${ADDRESS})(?:,(${ADDRESS}))?)\\s*([\\s\\S]*)$`);

export function executeEx(state: ViState, text: string): ViState {
  const [, whole, first = '', second, body = ''] = RANGE.exec(text.trim()) ?? [];
  const last = state.lines.length - 1;
  const from = whole === undefined ? addressRow(state, first) : 0;
  const to = whole === undefined ? (second === undefined ? from : addressRow(state, second)) : last;
  const base: ViState = { ...state, visual: undefined };
  if ([first, second ?? ''].some((address) => /^'[a-z]/.test(address) && addressRow(state, address) === undefined))
    return { ...base, message: 'E20: Mark not set' };
  // A line number alone leads to the last line at most.
  const beyond = (row: number): boolean => row > last && body !== '';
  if (from === undefined || to === undefined || beyond(from) || beyond(to))
    return { ...base, message: 'E16: Invalid range' };
  const range: Range = {
    from: Math.max(0, from),
    to: Math.max(0, to),
    asked: to,
    given: whole !== undefined || first !== '',
  };
  if (body === '')
    return range.given
      ? { ...base, row: Math.min(last, range.to), column: firstText(base, Math.min(last, range.to)) }
      : base;
  for (const [pattern, run] of EX_COMMANDS) {
    const match = pattern.exec(body);
    if (match !== null) return run(base, range, match);
  }
  return { ...base, message: `E492: Not an editor command: ${text.trim()}` };
}

function addressRow(state: ViState, text: string): number | undefined {
  const [, base = '', offsets = ''] = /^(\d+|\.|\$|'[<>a-z]|\/[^/]*\/|\?[^?]*\?)?((?:[-+]\d+)*)$/.exec(text) ?? [];
  const shift = [...offsets.matchAll(/[-+]\d+/g)].reduce((sum, [offset]) => sum + Number(offset), 0);
  const row = baseRow(state, base);
  return row === undefined ? undefined : row + shift;
}
function baseRow(state: ViState, base: string): number | undefined {
  const { visual, row } = state;
  if (base === '' || base === '.') return row;
  if (base === '$') return state.lines.length - 1;
  if (base === "'<") return Math.min(visual?.row ?? row, row);
  if (base === "'>") return Math.max(visual?.row ?? row, row);
  if (base.startsWith("'")) return state.marks[base.slice(1)]?.row;
  if (!/^[/?]/.test(base)) return Number(base) - 1;
  const forward = base.startsWith('/');
  const column = forward ? (state.lines[row] ?? '').length : 0;
  return nextMatch(state, { row, column }, base.slice(1, -1), forward)?.row;
}

type Run = (state: ViState, range: Range, match: RegExpExecArray) => ViState;

const SUBSTITUTE = /^s(?:ubstitute)?([^\w\s"|])((?:\\.|(?!\1).)*)(?:\1((?:\\.|(?!\1).)*))?(?:\1([giIn&]*))?$/;

/** Commands of vim that are left out. */
const ABSENT =
  /^(?:norm(?:al)?|sort?|pwd?|cd|f(?:ile)? |n(?:ext)?|prev(?:ious)?|ls|buffers|b(?:uffer)?|bn(?:ext)?|reg(?:isters)?|marks|map|let|echo|source|so|help|h|ver(?:sion)?|history|his|retab|saveas|sav|update|up|term(?:inal)?|make|vimgrep|diff\w*|colo(?:rscheme)?|ab(?:breviate)?)(?=\W|$)/;

const EX_COMMANDS: readonly (readonly [RegExp, Run])[] = [
  [
    SUBSTITUTE,
    (state, range, [, , pattern = '', text = '', flags = '']) => substitute(state, range, { pattern, text, flags }),
  ],
  [/^(?:s|substitute|&|&&)([giIn&]*)$/, (state, range, [, flags = '']) => substituteAgain(state, range, flags)],
  [/^s\|/, (state, range) => substituteAgain(state, range, '')],
  [/^(g|global|v|vglobal)(!?)\/((?:\\.|[^/])*)\/(.*)$/, (state, range, match) => global(state, range, match)],
  [
    /^(d|delete|y|yank)\s*([1-9]\d*)$/,
    (state, { to }, [, name = '', count]) =>
      overLines(state, name.charAt(0), to, Math.min(state.lines.length, to + Number(count)) - 1),
  ],
  [/^(?:k|ma|mark)\s+([a-z])$/, (state, { to }, [, letter = '']) => setMark(state, letter, to)],
  [/^d(?:elete)?$/, (state, { from, to }) => overLines(state, 'd', from, to)],
  [/^j(?:oin)?$/, (state, range) => joinRows(state, range)],
  [/^y(?:ank)?$/, (state, { from, to }) => overLines(state, 'y', from, to)],
  [/^(>+|<+)$/, (state, { from, to }, [signs = '']) => ({ ...overLines(state, signs.charAt(0), from, to), row: to })],
  [/^(?:m|move)\s*(\S+)$/, (state, range, [, target = '']) => moveLines(state, range, target, false)],
  [/^(?:t|co|copy)\s*(\S+)$/, (state, range, [, target = '']) => moveLines(state, range, target, true)],
  [
    /^(w|write|wq|x|xit|wa|wqa|xa)(!?)(?:\s*(>>))?(?:\s*(?<=[\s>])((?!!)\S+))?$/,
    (state, range, match) => write(state, range, match),
  ],
  [/^(?:q|quit|qa|qall)(!?)$/, (state, _, [, force]) => quit(state, force === '!')],
  [/^cq!?$/, (state) => ({ ...state, exit: 1 })],
  [/^(?:e|edit)(!?)(?:\s+(\S+))?$/, (state, _, match) => edit(state, match)],
  [/^(?:se|set)\s+(\S.*)$/, (state, _, [, options = '']) => options.trim().split(/\s+/).reduce(setOption, state)],
  [/^(?:noh|nohlsearch|syntax\s.*|sy\s.*)$/, (state) => state],
  [/^(?:r|read)(?:\s+((?!!)\S+))?$/, (state, range, [, path]) => read(state, range, path)],
  [/^(?:u|undo)$/, (state) => stepBack(state, 'undo')],
  [/^(?:red|redo)$/, (state) => stepBack(state, 'redo')],
  [/^=$/, (state, range) => ({ ...state, message: String(range.given ? range.to + 1 : state.lines.length) })],
  [/^(?:f|file)$/, (state) => ({ ...state, message: fileMessage(state) })],
  [
    /^(?:(?:r|read|w|write)\s*)?!/,
    (state) => ({ ...state, message: 'drydock: commands of the shell (!) are not simulated in vi' }),
  ],
  [ABSENT, (state, _, [name = '']) => ({ ...state, message: `drydock: :${name} is not simulated` })],
  [
    /^(?:sp|split|vs|vsplit|new|vnew|tabnew|tabe|tabedit)\b/,
    (state) => ({ ...state, message: 'drydock: windows are not simulated' }),
  ],
];

const isChanged = ({ lines, saved }: ViState): boolean => lines !== saved && lines.join('\n') !== saved.join('\n');

function write(state: ViState, range: Range, [, name = '', bang, append, given]: RegExpExecArray): ViState {
  const leaving = name !== 'w' && name !== 'write' && name !== 'wa';
  const needed = isChanged(state) || !/^(?:x|xit|xa|wa)$/.test(name);
  if (!needed) return leaving ? { ...state, exit: 0 } : state;
  const path = given ?? state.path;
  if (path === undefined) return { ...state, message: 'E32: No file name' };
  const part = range.given && range.to - range.from + 1 < state.lines.length;
  const force = bang === '!';
  if (part && path === state.path && !force && append === undefined)
    return { ...state, message: 'E140: Use ! to write partial buffer' };
  const lines = range.given ? state.lines.slice(range.from, range.to + 1) : state.lines;
  const work = { path, lines, force, append: append !== undefined, exits: leaving };
  return { ...state, write: work };
}

const setMark = (state: ViState, letter: string, row: number): ViState => ({
  ...state,
  marks: { ...state.marks, [letter]: { row, column: 0 } },
});

/** :e: another file, or this one anew. */
function edit(state: ViState, [, bang, given]: RegExpExecArray): ViState {
  if (bang !== '!' && isChanged(state))
    return { ...state, message: 'E37: No write since last change (add ! to override)' };
  const path = given ?? state.path;
  return path === undefined ? { ...state, message: 'E32: No file name' } : { ...state, edit: path };
}

/** :r: a file below the last row of a range; `:0r` puts it above the first. */
function read(state: ViState, range: Range, given: string | undefined): ViState {
  const path = given ?? state.path;
  if (path === undefined) return { ...state, message: 'E32: No file name' };
  return { ...remember(state), read: { path, below: range.given ? range.asked : state.row } };
}

function quit(state: ViState, force: boolean): ViState {
  if (force || !isChanged(state)) return { ...state, exit: 0 };
  return { ...state, message: 'E37: No write since last change (add ! to override)' };
}

const SWITCHES: Readonly<Record<string, keyof ViOptions>> = {
  ai: 'autoindent',
  autoindent: 'autoindent',
  et: 'expandtab',
  expandtab: 'expandtab',
  ic: 'ignorecase',
  ignorecase: 'ignorecase',
};
const WIDTHS: Readonly<Record<string, keyof ViOptions>> = {
  sw: 'shiftwidth',
  shiftwidth: 'shiftwidth',
  ts: 'tabstop',
  tabstop: 'tabstop',
};
const QUIET_OPTIONS =
  /^(?:no)?(?:hlsearch|hls|is|incsearch|list|wrap|ruler|showmode|mouse=.*|sts=\d+|softtabstop=\d+|ft=\w*|filetype=\w*)$/;
function setOption(state: ViState, option: string): ViState {
  if (/^(?:nu|number)$/.test(option)) return { ...state, numbers: true };
  if (/^(?:nonu|nonumber)$/.test(option)) return { ...state, numbers: false };
  if (/^(?:nu|number)!$|^inv(?:nu|number)$/.test(option)) return { ...state, numbers: !state.numbers };
  const [, no, name = '', width] = /^(no)?([a-z]+)(?:=(\d+))?$/.exec(option) ?? [];
  const set = (values: Partial<ViOptions>): ViState => ({ ...state, options: { ...state.options, ...values } });
  // What is pasted is not indented anew.
  if (name === 'paste') return no === undefined ? set({ autoindent: false, expandtab: false }) : state;
  const [flag, size] = [SWITCHES[name], WIDTHS[name]];
  if (flag !== undefined && width === undefined) return set({ [flag]: no === undefined });
  if (size !== undefined && width !== undefined && Number(width) > 0) return set({ [size]: Number(width) });
  if (QUIET_OPTIONS.test(option)) return { ...state, message: `drydock: :set ${option} changes nothing here` };
  return { ...state, message: `E518: Unknown option: ${option}` };
}

/** :j: the rows of a range on one line; a single row takes the next one in. */
function joinRows(state: ViState, { from, to }: Range): ViState {
  const end = Math.max(to, from + 1);
  const rows = state.lines.slice(from, end + 1);
  const text = rows.reduce(
    (all, line) => `${all}${/\s$/.test(all) || line.trim() === '' ? '' : ' '}${line.trimStart()}`,
  );
  return { ...replaceRows(remember(state), from, end + 1, [text]), row: from, column: 0 };
}

function moveLines(state: ViState, { from, to }: Range, target: string, copy: boolean): ViState {
  const after = target === '0' ? -1 : addressRow(state, target);
  if (after === undefined || after >= state.lines.length) return { ...state, message: 'E16: Invalid range' };
  const rows = state.lines.slice(from, to + 1);
  if (copy) {
    const made = { ...replaceRows(remember(state), after + 1, after + 1, rows), row: after + rows.length };
    return { ...made, message: countMessage(rows.length, 'more lines') };
  }
  if (after >= from && after < to) return { ...state, message: 'E134: Cannot move a range of lines into itself' };
  const without = replaceRows(remember(state), from, to + 1, []);
  const at = after > to ? after + 1 - rows.length : after + 1;
  return {
    ...replaceRows(without, at, at, rows),
    row: at + rows.length - 1,
    message: countMessage(rows.length, 'lines moved'),
  };
}

/** :g/pattern/command: the rows that match, from the last to the first, so that earlier ones stay where they are. */
function global(state: ViState, range: Range, [, name = '', bang, pattern = '', text = '']: RegExpExecArray): ViState {
  const regex = posixRegExp(pattern === '' ? state.search.pattern : pattern, { extended: false });
  const wanted = !(name.startsWith('v') || bang === '!');
  const [first, last] = range.given ? [range.from, range.to] : [0, state.lines.length - 1];
  const rows = state.lines.flatMap((line, row) =>
    row >= first && row <= last && (regex?.test(line) === true) === wanted ? [row] : [],
  );
  if (rows.length === 0) return { ...state, message: `Pattern not found: ${pattern}` };
  let next = remember(state);
  for (const row of rows.toReversed()) next = { ...executeEx({ ...next, row }, text), undo: next.undo };
  const gone = state.lines.length - next.lines.length;
  return { ...next, message: gone > 2 ? `${String(gone)} fewer lines` : '' };
}
