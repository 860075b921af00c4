/** Commands with expressions: :echo :let :unlet :if :call :execute, as far as expressions are modelled. */
import { firstText, replaceRows } from '../state/buffer.ts';
import { evaluate, valueOf } from '../script/expression.ts';
import { Fault, numberOf, shownValue, textOf, type Scope, type Value } from '../script/script-values.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';
import type { ExCall, ExCommand } from './command.ts';

export const scopeOf = (state: ViState, groups: readonly string[] = []): Scope => ({ state, groups });

/** What follows an expression: nothing, a comment, or another command behind a bar. */
function then(state: ViState, rest: string, { run }: ExCall): ViState {
  if (rest === '' || rest.startsWith('"')) return state;
  return rest.startsWith('|') ? run.follow(state, rest.slice(1)) : fail(state, `E488: Trailing characters: ${rest}`);
}

/** The values of expressions that stand side by side, and what follows them. */
function valuesIn(
  state: ViState,
  text: string,
): { readonly values: readonly Value[]; readonly rest: string } | { readonly fault: string } {
  const values: Value[] = [];
  let rest = text.trimStart();
  while (rest !== '' && !rest.startsWith('|')) {
    const found = evaluate(rest, scopeOf(state));
    if ('fault' in found) return found;
    values.push(found.value);
    rest = found.rest;
  }
  return { values, rest };
}

function echo(state: ViState, call: ExCall): ViState {
  const found = valuesIn(state, call.args);
  if ('fault' in found) return fail(state, found.fault);
  const text = found.values.map(shownValue).join(' ');
  const lines = text.split('\n');
  const said = lines.length > 1 ? { ...state, output: lines, outputOver: true } : { ...state, message: text };
  return then(said, found.rest, call);
}

/** :execute: texts, with a blank between them, are a command. */
function executeText(state: ViState, call: ExCall): ViState {
  const found = valuesIn(state, call.args);
  if ('fault' in found) return fail(state, found.fault);
  return then(call.run.execute(state, found.values.map(shownValue).join(' ')), found.rest, call);
}

const TARGET = /^(?:([bwgst]:)?([A-Za-z_]\w*)|@(["a-z/])|&(?:[gl]:)?([a-z]+))\s*([-+.*]|\.\.)?=\s*/;

/** :let of a variable, a register or an option. */
function letValue(state: ViState, call: ExCall): ViState {
  const target = TARGET.exec(call.args);
  if (target === null) return fail(state, `drydock: :let ${call.args} is not simulated`);
  const [whole, , variable, register, option, sign] = target;
  const old = whole.slice(0, whole.indexOf('=')).replace(/(?:[-+*]|\.\.?)\s*$/, '');
  const text = call.args.slice(whole.length);
  const found = evaluate(sign === undefined ? text : `${old.trim()} ${sign} (${text})`, scopeOf(state));
  if ('fault' in found) return fail(state, found.fault);
  const { value, rest } = found;
  if (variable === 'mapleader') return then({ ...state, leader: shownValue(value) }, rest, call);
  if (variable !== undefined)
    return then({ ...state, variables: { ...state.variables, [variable]: value } }, rest, call);
  if (register !== undefined) return then(withRegisterText(state, register, shownValue(value)), rest, call);
  return then(setOption(state, option ?? '', value, call), rest, call);
}

function setOption(state: ViState, name: string, value: Value, { run }: ExCall): ViState {
  const done = run.execute(state, `set ${name}=${shownValue(value).replaceAll(/[\s|\\"]/g, '\\$&')}`);
  if (!done.message.startsWith('E474')) return done;
  return run.execute(state, `set ${numberOf(value) === 0 ? 'no' : ''}${name}`);
}

function withRegisterText(state: ViState, letter: string, text: string): ViState {
  const register = text.endsWith('\n')
    ? { text: text.slice(0, -1).split('\n'), kind: 'line' as const }
    : { text: text.split('\n'), kind: 'char' as const };
  if (letter === '/') return { ...state, search: { ...state.search, pattern: text } };
  return letter === '"' ? { ...state, register } : { ...state, registers: { ...state.registers, [letter]: register } };
}

function unlet(state: ViState, { args, bang }: ExCall): ViState {
  const name = args.replace(/^g:/, '');
  const { [name]: gone, ...variables } = state.variables;
  return gone === undefined && !bang ? fail(state, `E108: No such variable: "${args}"`) : { ...state, variables };
}

type Arm = ViState['conditions'][number];
const isTrue = (
  state: ViState,
  text: string,
): { readonly yes: boolean; readonly rest: string } | { readonly fault: string } => {
  const found = evaluate(text, scopeOf(state));
  return 'fault' in found ? found : { yes: numberOf(found.value) !== 0, rest: found.rest };
};

/** :if and :elseif: the arm is done, passed over, or there was one that was done. */
const condition =
  (first: boolean) =>
  (state: ViState, call: ExCall): ViState => {
    const outer = first ? state.conditions : state.conditions.slice(0, -1);
    if (!first && state.conditions.length === 0) return fail(state, 'E582: :elseif without :if');
    const passed = (first ? (outer.at(-1) ?? 'runs') : state.conditions.at(-1)) === 'waits';
    const off = first ? (outer.at(-1) ?? 'runs') !== 'runs' : !passed;
    const found = off ? { yes: false, rest: '' } : isTrue(state, call.args);
    if ('fault' in found) return fail({ ...state, conditions: [...outer, 'over'] }, found.fault);
    const arm: Arm = off ? 'over' : found.yes ? 'runs' : 'waits';
    const made: ViState = { ...state, conditions: [...outer, arm] };
    return off ? afterBar(made, call) : then(made, found.rest, call);
  };

function otherwise(state: ViState, call: ExCall): ViState {
  const last = state.conditions.at(-1);
  if (last === undefined) return fail(state, 'E581: :else without :if');
  return then(
    { ...state, conditions: [...state.conditions.slice(0, -1), last === 'waits' ? 'runs' : 'over'] },
    call.args,
    call,
  );
}

function endIf(state: ViState, call: ExCall): ViState {
  if (state.conditions.length === 0) return fail(state, 'E580: :endif without :if');
  return then({ ...state, conditions: state.conditions.slice(0, -1) }, call.args, call);
}

/** In an arm that is passed over nothing counts but where it ends. */
function afterBar(state: ViState, { args, run }: ExCall): ViState {
  const at = args.indexOf('|');
  return at < 0 ? state : run.execute(state, args.slice(at + 1));
}

/** :call: functions that change the text or go elsewhere; of others the value is dropped. */
function call(state: ViState, asked: ExCall): ViState {
  const [, name = '', args = ''] = /^(\w+)\s*\((.*)\)\s*$/.exec(asked.args) ?? [];
  const own = PROCEDURES[name];
  const found = valueOf(own === undefined ? asked.args : `[${args}]`, scopeOf(state));
  if ('fault' in found) return fail(state, found.fault);
  if (own === undefined || typeof found.value !== 'object') return state;
  try {
    return own(state, found.value);
  } catch (error) {
    if (error instanceof Fault) return fail(state, error.message);
    throw error;
  }
}

const rowsOf = (value: Value | undefined): readonly string[] =>
  typeof value === 'object' ? value.map(textOf) : [textOf(value ?? '')];
const rowOf = (state: ViState, value: Value | undefined): number =>
  value === '$' ? state.lines.length - 1 : value === '.' ? state.row : numberOf(value ?? 0) - 1;

const PROCEDURES: Readonly<Record<string, (state: ViState, values: readonly Value[]) => ViState>> = {
  setline: (state, values) => {
    const row = rowOf(state, values[0]);
    const rows = rowsOf(values[1]);
    return row < 0 || row > state.lines.length ? state : replaceRows(remember(state), row, row + rows.length, rows);
  },
  append: (state, values) => {
    const row = rowOf(state, values[0]) + 1;
    return row < 0 || row > state.lines.length ? state : replaceRows(remember(state), row, row, rowsOf(values[1]));
  },
  cursor: (state, values) => {
    const row = Math.max(0, Math.min(state.lines.length - 1, rowOf(state, values[0])));
    const column = numberOf(values[1] ?? 0) - 1;
    return { ...state, row, column: column < 0 ? firstText(state, row) : column };
  },
};

export const SCRIPT_COMMANDS: readonly ExCommand[] = [
  { name: 'echo', shortest: 'ec', takesBars: true, run: echo },
  { name: 'echomsg', shortest: 'echom', takesBars: true, run: echo },
  { name: 'execute', shortest: 'exe', takesBars: true, run: executeText },
  { name: 'let', takesBars: true, run: letValue },
  { name: 'unlet', shortest: 'unl', run: unlet },
  { name: 'call', shortest: 'cal', takesBars: true, run: call },
  { name: 'if', takesBars: true, run: condition(true) },
  { name: 'elseif', shortest: 'elsei', takesBars: true, run: condition(false) },
  { name: 'else', shortest: 'el', takesBars: true, run: otherwise },
  { name: 'endif', shortest: 'en', takesBars: true, run: endIf },
];
