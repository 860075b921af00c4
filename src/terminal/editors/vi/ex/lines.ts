/** Commands about lines: :d :y :pu :j :m :t :> :k :s :sort :retab. */
import { firstText, replaceRows } from '../state/buffer.ts';
import { indentation } from '../insert/indentation.ts';
import { countMessage } from '../operators/count-message.ts';
import { overLines } from '../operators/operators.ts';
import { marksAt } from '../state/marks.ts';
import { registerNamed, withRegister } from '../state/registers.ts';
import { valueOf } from '../script/expression.ts';
import { shownValue } from '../script/script-values.ts';
import type { Register, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { substituteCommand } from '../search/substitute.ts';
import { atTime, atWrite, inTime, remember, stepBack, toChange, undoLines } from '../state/undo.ts';
import type { ExCall, ExCommand } from './command.ts';
import type { Range } from './range.ts';
import { addressRow } from './range.ts';
import { sortRows } from './sort.ts';

/** `:d x 3`: a register, and how many lines from the last of the range on. */
function registerAndCount(
  state: ViState,
  { range, args }: ExCall,
): { readonly letter: string | undefined; readonly rows: Range } {
  const [, letter, count] = /^([a-zA-Z"_]?)\s*(\d*)$/.exec(args) ?? [];
  const rows =
    count === undefined || count === ''
      ? range
      : { ...range, from: range.to, to: Math.min(state.lines.length, range.to + Number(count)) - 1 };
  return { letter: letter === '' ? undefined : letter, rows };
}

const overRange =
  (operator: 'd' | 'y') =>
  (state: ViState, call: ExCall): ViState => {
    const extra = /^[a-zA-Z"_]?\s*\d*\s*(\D.*)$/.exec(call.args)?.[1];
    if (extra !== undefined && !/^[a-zA-Z"_]?\s*\d*$/.test(call.args))
      return fail(state, `E488: Trailing characters: ${extra}`);
    const { letter, rows } = registerAndCount(state, call);
    const done = withRegister({ ...state, row: rows.from, column: firstText(state, rows.from) }, letter, (from) =>
      overLines(from, operator, rows.from, rows.to),
    );
    return operator === 'y' ? { ...done, row: state.row, column: state.column } : done;
  };

const shift = (state: ViState, { range, name, raw }: ExCall): ViState => {
  const times = 1 + (/^[<>]*/.exec(raw)?.[0].length ?? 0);
  const done = overLines(state, name, range.from, range.to, times);
  return { ...done, row: range.to, column: firstText(done, range.to) };
};

function joinRange(state: ViState, { range, bang, args }: ExCall): ViState {
  const count = /^\d+$/.test(args) ? Number(args) : undefined;
  const from = count === undefined ? range.from : range.to;
  const end = Math.min(
    state.lines.length - 1,
    count === undefined ? Math.max(range.to, range.from + (range.both ? 0 : 1)) : from + count - 1,
  );
  if (end === from) return state;
  const rows = state.lines.slice(from, end + 1);
  const text = rows.reduce((all, line) => {
    if (bang) return all + line;
    const added = line.trimStart();
    return `${all}${/\s$/.test(all) || added === '' || all === '' || added.startsWith(')') ? '' : ' '}${added}`;
  });
  const made = { ...replaceRows(remember({ ...state, row: from }), from, end + 1, [text]), row: from };
  return { ...made, column: firstText(made, from) };
}

const moveLines =
  (copy: boolean) =>
  (state: ViState, { range: { from, to }, args }: ExCall): ViState => {
    if (args === '') return fail(state, 'E16: Invalid range');
    const after = args === '0' ? -1 : addressRow(state, args);
    if (typeof after === 'string') return fail(state, after);
    if (after >= state.lines.length || after < -1) return fail(state, 'E16: Invalid range');
    const rows = state.lines.slice(from, to + 1);
    if (copy) {
      const made = { ...replaceRows(remember(state), after + 1, after + 1, rows), row: after + rows.length };
      return { ...made, column: firstText(made, made.row), message: countMessage(rows.length, 'more lines') };
    }
    if (after >= from && after < to) return fail(state, 'E134: Cannot move a range of lines into itself');
    const without = replaceRows(remember(state), from, to + 1, []);
    const lines = from === 0 && to === state.lines.length - 1 ? [] : without.lines;
    const at = after > to ? after + 1 - rows.length : Math.min(after + 1, from === after + 1 ? from : after + 1);
    const rowOf = (row: number): number => {
      if (row >= from && row <= to) return row - from + at;
      const left = row > to ? row - rows.length : row;
      return left >= at ? left + rows.length : left;
    };
    const whole = {
      ...without,
      marks: marksAt(state.marks, rowOf),
      blank: false,
      lines: [...lines.slice(0, at), ...rows, ...lines.slice(at)],
      row: at + rows.length - 1,
    };
    return { ...whole, column: firstText(whole, whole.row), message: countMessage(rows.length, 'lines moved') };
  };

/** :put =EXPRESSION. */
function valueRegister(state: ViState, text: string): Register | string {
  const found = valueOf(text, { state, groups: [] });
  if ('fault' in found) return found.fault;
  const lines = typeof found.value === 'object' ? found.value.map(shownValue) : shownValue(found.value).split('\n');
  return { text: lines, kind: 'line' };
}

/** :put: a register's text below a line, as lines. */
function putLines(state: ViState, { range, bang, args }: ExCall): ViState {
  const register = args.startsWith('=')
    ? valueRegister(state, args.slice(1))
    : registerNamed(state, args === '' ? '"' : args);
  if (typeof register === 'string') return fail(state, register);
  if (register === undefined || (register.kind === 'char' && register.text.join('') === ''))
    return fail({ ...state, row: range.to, column: 0 }, `E353: Nothing in register ${args === '' ? '"' : args}`);
  const at = range.asked + (bang ? 0 : 1);
  const made = { ...replaceRows(remember(state), at, at, register.text), row: at + register.text.length - 1 };
  return { ...made, column: firstText(made, made.row), message: countMessage(register.text.length, 'more lines') };
}

function mark(state: ViState, { range, args }: ExCall): ViState {
  if (!/^[a-zA-Z'<>[\]]$/.test(args))
    return fail(
      state,
      args === ''
        ? 'E471: Argument required'
        : args.length > 1
          ? `E488: Trailing characters: ${args}`
          : 'E191: Argument must be a letter or forward/backward quote',
    );
  return { ...state, marks: { ...state.marks, [args]: { row: range.to, column: firstText(state, range.to) } } };
}

/** :retab: tabs and blanks as the options now say. */
function retab(state: ViState, { range, bang, args }: ExCall): ViState {
  const tabstop = /^\d+$/.test(args) ? Number(args) : state.options.tabstop;
  const { from, to } = range.given ? range : { from: 0, to: state.lines.length - 1 };
  const rows = state.lines.slice(from, to + 1).map((line) => retabLine(line, state, tabstop, bang));
  const made = rows.every((line, at) => line === state.lines[from + at])
    ? state
    : replaceRows(remember(state), from, to + 1, rows);
  return { ...made, options: { ...made.options, tabstop } };
}

function retabLine(line: string, { options }: ViState, tabstop: number, bang: boolean): string {
  return line.replace(bang ? /[ \t]+/g : /[ \t]*\t[ \t]*/g, (gap, offset: number) => {
    const start = [...line.slice(0, offset)].reduce(
      (width, char) => width + (char === '\t' ? options.tabstop - (width % options.tabstop) : 1),
      0,
    );
    let end = start;
    for (const char of gap) end += char === '\t' ? options.tabstop - (end % options.tabstop) : 1;
    if (options.expandtab) return ' '.repeat(end - start);
    return start === 0 ? indentation({ ...options, tabstop }, end) : ' '.repeat(end - start);
  });
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** :earlier and :later: changes, times of writing (f), or a time. */
const timeTravel =
  (way: 'undo' | 'redo') =>
  (state: ViState, { args }: ExCall): ViState => {
    const [, count = '1', unit] = /^(\d+)?([smhdf])?$/.exec(args) ?? [];
    if (args !== '' && !/^\d+[smhdf]?$/.test(args)) return fail(state, `E475: Invalid argument: ${args}`);
    const by = Number(count) * (way === 'undo' ? -1 : 1);
    if (unit === 'f') return atWrite(state, by);
    return unit === undefined ? inTime(state, way, Number(count)) : atTime(state, by * (SECONDS[unit] ?? 1));
  };

function undoList(state: ViState): ViState {
  const lines = undoLines(state);
  return lines.length === 0 ? { ...state, message: 'Nothing to undo' } : { ...state, output: lines, outputOver: true };
}

export const LINE_COMMANDS: readonly ExCommand[] = [
  { name: 'substitute', shortest: 's', takesBars: true, run: substituteCommand },
  { name: '&&', takesBars: true, run: substituteCommand },
  { name: '&', takesBars: true, run: substituteCommand },
  { name: '~', takesBars: true, run: substituteCommand },
  { name: 'delete', shortest: 'd', run: overRange('d') },
  { name: 'yank', shortest: 'y', run: overRange('y') },
  { name: 'put', shortest: 'pu', run: putLines },
  { name: 'join', shortest: 'j', run: joinRange },
  { name: 'move', shortest: 'm', run: moveLines(false) },
  { name: 'copy', shortest: 'co', run: moveLines(true) },
  { name: 't', run: moveLines(true) },
  { name: '>', run: shift },
  { name: '<', run: shift },
  { name: 'mark', shortest: 'ma', run: mark },
  { name: 'k', run: mark },
  { name: 'sort', shortest: 'sor', run: sortRows },
  { name: 'retab', shortest: 'ret', run: retab },
  {
    name: 'undo',
    shortest: 'u',
    run: (state, { args }) => (args === '' ? stepBack(state, 'undo') : toChange(state, Number(args))),
  },
  { name: 'undolist', shortest: 'undol', run: undoList },
  { name: 'earlier', shortest: 'ea', run: timeTravel('undo') },
  { name: 'later', shortest: 'lat', run: timeTravel('redo') },
  { name: 'redo', shortest: 'red', run: (state) => stepBack(state, 'redo') },
  {
    name: '=',
    run: (state, { range }) => ({ ...state, message: String(range.given ? range.to + 1 : state.lines.length) }),
  },
];
