import { assignFromText, assignOne } from '../commands/assignments.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import type { Op } from '../machine/op.ts';
import { declareLine, declareText, declareValue, quoteIfNeeded, quoteForReuse } from '../quote.ts';
import { homeless } from '../machine/call-stack.ts';
import type { Shell, ShellFunction } from '../shell.ts';
import { followPosixlyCorrect, isPosix } from '../options/posix-mode.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';
import { listedNames, listedVariable, specialVariable, unsetSpecial } from '../variables/special-parameters.ts';
import { lineOf } from '../syntax/source.ts';
import type { Variable } from '../variables/variables.ts';
import { scalar } from '../variables/variables.ts';
import type { Builtin } from './builtin.ts';
import { ashBuiltin, fault, invalidOption, isName, print, tooMany } from './message.ts';

interface Attributes {
  readonly on: Set<string>;
  readonly off: Set<string>;
  readonly names: readonly string[];
}

function parseAttributes(args: readonly string[], allowed: string): Attributes | string {
  const on = new Set<string>();
  const off = new Set<string>();
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!/^[-+][A-Za-z]+$/.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (!allowed.includes(letter)) return `${arg.charAt(0)}${letter}`;
      (arg.startsWith('-') ? on : off).add(letter);
    }
  }
  return { on, off, names: args.slice(at) };
}

function* declare(shell: Shell, args: readonly string[], command: PlannedCommand, name = 'declare'): Op<number> {
  const parsed = parseAttributes(args, 'aAcfFgiIlnprtux');
  if (typeof parsed === 'string') return yield* invalidOption(shell, name, parsed);
  const { on, off, names } = parsed;
  if (on.has('f') || on.has('F')) return yield* declareFunctions(shell, parsed, name);
  if (on.has('p') || names.length === 0) return yield* showVariables(shell, on, names, name);
  const local = name === 'local' || (shell.vars.scopes.some(({ kind }) => kind === 'function') && !on.has('g'));
  let status = 0;
  for (const text of names) {
    const match = /^([A-Za-z_]\w*)(\[.*?\])?(?:\+?=|$)/s.exec(text);
    const variableName = match?.[1];
    if (text === '-' && name === 'local') {
      const call = shell.stack.findLast((frame) => frame.type === 'function');
      if (call !== undefined) call.options ??= [...shell.options];
      continue;
    }
    if (variableName === undefined) {
      status = yield* fault(shell, `${name}: \`${text}': not a valid identifier`);
      continue;
    }
    const variable = local
      ? shell.vars.declareLocal(variableName, on.has('I'))
      : on.has('n') || off.has('n')
        ? ownVariable(shell, variableName)
        : shell.vars.ensure(variableName);
    if (variable.readonly && (text.includes('=') || off.has('r'))) {
      status = yield* fault(
        shell,
        `${name === 'declare' || name === 'typeset' ? `${name}: ` : `${name}: `}${variableName}: readonly variable`,
      );
      continue;
    }
    status = (yield* applyAttributes(shell, variable, variableName, on, off, name, text)) || status;
    if (!text.includes('=')) continue;
    if (on.has('n')) status = (yield* referTo(shell, variable, variableName, text, name)) || status;
    else yield* assignDeclared(shell, text, variable, command);
    if (on.has('r')) variable.readonly = true;
  }
  return status;
}

/** `declare -n name=target`. */
function* referTo(shell: Shell, variable: Variable, name: string, text: string, builtin: string): Op<number> {
  const target = text.slice(text.indexOf('=') + 1);
  if (target !== '' && !/^[A-Za-z_]\w*(?:\[.+\])?$/s.test(target)) {
    variable.nameref = false;
    return yield* fault(shell, `${builtin}: \`${target}': invalid variable name for name reference`);
  }
  if (target === name) {
    if (shell.vars.scopes.some(({ kind }) => kind === 'function'))
      yield* shell.complain(`${builtin}: warning: ${name}: circular name reference`);
    else {
      variable.nameref = false;
      return yield* fault(shell, `${builtin}: ${name}: nameref variable self references not allowed`);
    }
  }
  variable.value = target;
  return 0;
}

function ownVariable(shell: Shell, name: string): Variable {
  return shell.vars.own(name) ?? shell.vars.ensure(name);
}

function* assignDeclared(shell: Shell, text: string, variable: Variable, command: PlannedCommand): Op<void> {
  const written = command.declared.find(
    (assignment) => assignment.value.type === 'ArrayValue' && assignment.text === text,
  );
  if (written !== undefined) yield* assignOne(shell, written);
  else yield* assignFromText(shell, text, variable);
}

function* applyAttributes(
  shell: Shell,
  variable: Variable,
  name: string,
  on: ReadonlySet<string>,
  off: ReadonlySet<string>,
  builtin: string,
  text: string,
): Op<number> {
  if (on.has('A') && variable.associative === undefined) {
    if (variable.indexed !== undefined)
      return yield* fault(shell, `${builtin}: ${name}: cannot convert indexed to associative array`);
    variable.bare = variable.value === undefined;
    variable.associative = new Map(variable.value === undefined ? [] : [['0', variable.value]]);
    variable.value = undefined;
  }
  if (on.has('a') && variable.associative !== undefined)
    return yield* fault(shell, `${builtin}: ${name}: cannot convert associative to indexed array`);
  if (on.has('a') && variable.indexed === undefined) {
    variable.bare = variable.value === undefined;
    shell.toIndexed(variable);
  }
  if (on.has('i')) variable.integer = true;
  if (off.has('i')) variable.integer = false;
  if (on.has('c')) variable.fold = 'capital';
  if (on.has('l')) variable.fold = 'lower';
  if (on.has('u')) variable.fold = 'upper';
  if (
    ['c', 'l', 'u'].some((letter) => off.has(letter)) ||
    ['c', 'l', 'u'].filter((letter) => on.has(letter)).length > 1
  )
    variable.fold = '';
  if (on.has('x')) variable.exported = true;
  if (off.has('x')) variable.exported = false;
  if (on.has('n')) variable.nameref = true;
  if (off.has('n')) variable.nameref = false;
  if (on.has('r') && !text.includes('=')) variable.readonly = true;
  return 0;
}

function* declareFunctions(shell: Shell, { on, off, names }: Attributes, builtin: string): Op<number> {
  if (names.length === 0) return yield* listFunctions(shell, on, builtin);
  let status = 0;
  let out = '';
  for (const name of names) {
    const found = shell.functions.get(name);
    if (found === undefined) {
      if (on.has('r') || on.has('x')) yield* shell.complain(`${builtin}: ${name}: not a function`);
      status = 1;
    } else if (on.has('F')) out += `${name}${shell.shopts.has('extdebug') ? functionPlace(shell, found) : ''}\n`;
    else if (on.has('x') || off.has('x')) found.exported = on.has('x');
    else if (on.has('t') || off.has('t')) found.traced = on.has('t');
    else if (on.has('r')) shell.readonlyFunctions.add(name);
    else out += found.text + (on.has('p') ? attributeLine(shell, name) : '');
  }
  const printed = yield* print(shell, builtin, out);
  return printed === 0 ? status : printed;
}

/** All functions, or those with the given attributes. */
function* listFunctions(shell: Shell, on: ReadonlySet<string>, builtin: string): Op<number> {
  const listed = [...shell.functions]
    .filter(([name]) =>
      ['r', 't', 'x'].every((letter) => !on.has(letter) || functionLetters(shell, name).includes(letter)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { text }]) => (on.has('F') ? functionLine(shell, name) : text + attributeLine(shell, name)));
  return yield* print(shell, builtin, listed.join(''));
}

const functionLetters = (shell: Shell, name: string): string =>
  (shell.readonlyFunctions.has(name) ? 'r' : '') +
  (shell.functions.get(name)?.traced === true ? 't' : '') +
  (shell.functions.get(name)?.exported === true ? 'x' : '');
/** The line that a function begins in, and its file. */
const functionPlace = (shell: Shell, { source, pos }: ShellFunction): string =>
  ` ${String(lineOf(source, pos))} ${source.file ?? homeless(shell)}`;
/** The line after a function's text: none where it has no attributes. */
const attributeLine = (shell: Shell, name: string): string =>
  functionLetters(shell, name) === '' ? '' : functionLine(shell, name);
const functionLine = (shell: Shell, name: string): string => `declare -f${functionLetters(shell, name)} ${name}\n`;

function* showVariables(shell: Shell, on: ReadonlySet<string>, names: readonly string[], builtin: string): Op<number> {
  const letters = [...on].filter((letter) => 'aAilnrux'.includes(letter));
  if (names.length === 0) {
    const all = listedNames(shell).filter((name) =>
      letters.every((letter) => declareText(listedVariable(shell, name)).includes(letter)),
    );
    if (!on.has('p') && letters.length === 0 && builtin !== 'local') {
      return yield* print(
        shell,
        builtin,
        all.map((name) => `${name}=${plainValue(listedVariable(shell, name))}\n`).join(''),
      );
    }
    const scope = shell.vars.scopes.findLast(({ kind }) => kind === 'function');
    const listed = builtin === 'local' && scope !== undefined ? [...scope.variables.keys()].sort() : all;
    return yield* print(shell, builtin, listed.map((name) => variableLine(shell, name)).join(''));
  }
  let status = 0;
  let out = '';
  for (const name of names) {
    const variable = shell.vars.own(name) ?? specialVariable(shell, name);
    if (variable === undefined) status = yield* fault(shell, `${builtin}: ${name}: not found`);
    else out += `${declareLine(name, variable)}\n`;
  }
  const printed = yield* print(shell, builtin, out);
  return printed === 0 ? status : printed;
}

const variableLine = (shell: Shell, name: string): string => {
  const variable = listedVariable(shell, name);
  return variable === undefined ? '' : `${declareLine(name, variable)}\n`;
};
function plainValue(variable: Variable | undefined): string {
  if (variable === undefined) return '';
  if (variable.indexed !== undefined || variable.associative !== undefined)
    return declareLine('', variable).replace(/^.*? =/, '');
  return quoteIfNeeded(variable.value ?? '');
}

function* mark(
  shell: Shell,
  args: readonly string[],
  command: PlannedCommand,
  builtin: 'export' | 'readonly',
): Op<number> {
  const letter = builtin === 'export' ? 'x' : 'r';
  const parsed = parseAttributes(args, builtin === 'export' ? 'fnp' : 'aAfp');
  if (typeof parsed === 'string') return yield* invalidOption(shell, builtin, parsed);
  const { on, names } = parsed;
  if (on.has('f'))
    return yield* declareFunctions(
      shell,
      on.has('n') ? { on: new Set(), off: new Set([letter]), names } : { on: new Set([letter]), off: new Set(), names },
      builtin,
    );
  if (names.length === 0) {
    const marked = listedNames(shell).filter((name) => declareText(listedVariable(shell, name)).includes(letter));
    const line = (name: string): string =>
      shell.personality === 'bash'
        ? isPosix(shell)
          ? posixLine(shell, builtin, name)
          : variableLine(shell, name)
        : `${builtin} ${name}=${shell.personality === 'dash' ? quoteForReuse(shell.vars.get(name) ?? '') : quoteForReuse(shell.vars.get(name) ?? '')}\n`;
    return yield* print(shell, builtin, marked.map(line).join(''));
  }
  let status = 0;
  for (const text of names) {
    const name = /^([A-Za-z_]\w*)(?:\[.*?\])?(?:\+?=|$)/s.exec(text)?.[1];
    if (name === undefined) {
      status = yield* fault(
        shell,
        shell.personality === 'dash'
          ? `${builtin}: ${text}: bad variable name`
          : `${builtin}: \`${text}': not a valid identifier`,
      );
      continue;
    }
    const variable = shell.vars.ensure(name);
    if (on.has('A') && variable.associative === undefined) variable.associative = new Map();
    if (on.has('a')) shell.toIndexed(variable);
    if (text.includes('=')) yield* assignDeclared(shell, text, variable, command);
    if (builtin === 'export') variable.exported = !on.has('n');
    else variable.readonly = true;
  }
  return status;
}

function posixLine(shell: Shell, builtin: string, name: string): string {
  const variable = listedVariable(shell, name);
  const value = variable === undefined ? undefined : declareValue(variable);
  return `${builtin} ${name}${value === undefined ? '' : `=${value}`}\n`;
}

function* local(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  if (!shell.vars.scopes.some(({ kind }) => kind === 'function'))
    return yield* fault(shell, 'local: can only be used in a function', shell.personality === 'bash' ? 1 : 2);
  return yield* declare(shell, args, command, 'local');
}

function* unset(shell: Shell, args: readonly string[]): Op<number> {
  let mode: 'f' | 'v' | 'n' | '' = '';
  let rest = args;
  for (; /^-[fvn]+$/.test(rest[0] ?? ''); rest = rest.slice(1))
    mode = rest[0]?.includes('f') === true ? 'f' : rest[0]?.includes('n') === true ? 'n' : 'v';
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest[0]?.startsWith('-') === true) return yield* invalidOption(shell, 'unset', rest[0]);
  let status = 0;
  for (const text of rest) {
    if (mode === 'f') {
      if (shell.readonlyFunctions.has(text))
        status = yield* fault(shell, `unset: ${text}: cannot unset: readonly function`);
      else shell.functions.delete(text);
      continue;
    }
    const element = /^([A-Za-z_]\w*)\[([\s\S]*)\]$/.exec(text);
    if (element !== null) {
      status = (yield* unsetElement(shell, element[1] ?? '', element[2] ?? '')) || status;
      continue;
    }
    if (!isName(text)) {
      // Without -v it may have been a function's name; that there is none is no fault.
      if (mode === '' && shell.personality === 'bash') {
        shell.functions.delete(text);
        continue;
      }
      status = yield* fault(shell, `unset: \`${text}': not a valid identifier`);
      continue;
    }
    const target = mode === 'n' ? text : shell.vars.resolve(text);
    if (mode === '' && shell.vars.own(target) === undefined && shell.functions.delete(text)) continue;
    if (!unsetSpecial(shell, target) || !shell.vars.unset(target)) status = yield* refuseUnset(shell, text);
    if (target === 'PATH') shell.hashed.clear();
    else if (target === 'POSIXLY_CORRECT') followPosixlyCorrect(shell, false);
  }
  return status;
}

function* refuseUnset(shell: Shell, name: string): Op<number> {
  if (shell.personality === 'bash') return yield* fault(shell, `unset: ${name}: cannot unset: readonly variable`);
  if (shell.personality === 'dash') return yield* fault(shell, `unset: ${name}: is read only`);
  if (!shell.interactive) shell.unwind = { type: 'exit' };
  return yield* fault(shell, `${ashBuiltin(shell, 'unset')}${name}: is read only`, 2);
}

function* unsetElement(shell: Shell, name: string, key: string): Op<number> {
  const variable = shell.vars.find(name);
  if (variable === undefined) return 0;
  if (variable.readonly) return yield* fault(shell, `unset: ${name}: cannot unset: readonly variable`);
  if (variable.tableBuckets !== undefined) return 0;
  if (variable.associative !== undefined) {
    if (key === '@' || key === '*') variable.associative.clear();
    else variable.associative.delete(key.replace(/^(["'])(.*)\1$/, '$2'));
  } else if (variable.indexed !== undefined) {
    if (key === '@' || key === '*') shell.vars.unset(name);
    else variable.indexed.delete(Number(arrayKey(shell, name, key)));
  } else if (key === '0') shell.vars.unset(name);
  else return yield* fault(shell, `unset: ${name}: not an array variable`);
  return 0;
}

function* shift(shell: Shell, args: readonly string[]): Op<number> {
  const [count = '1'] = args;
  if (!/^[-+]?\d+$/.test(count)) return yield* fault(shell, `shift: ${count}: numeric argument required`);
  if (args.length > 1 && shell.personality === 'bash') return yield* tooMany(shell, 'shift');
  if (Number(count) < 0) return yield* fault(shell, `shift: ${count}: shift count out of range`);
  if (Number(count) > shell.positional.length) {
    if (shell.personality === 'dash') {
      shell.unwind = { type: 'exit' };
      return yield* fault(shell, "shift: can't shift that many", 2);
    }
    if (shell.shopts.has('shift_verbose') || (shell.personality === 'bash' && isPosix(shell)))
      return yield* fault(shell, `shift: ${count}: shift count out of range`);
    return 1;
  }
  shell.positional = shell.positional.slice(Number(count));
  return 0;
}

/** `set` without arguments. */
export function allVariables(shell: Shell): string {
  const variables = listedNames(shell)
    .map((name) => {
      const variable = listedVariable(shell, name);
      if (
        variable === undefined ||
        (scalar(variable) === undefined && variable.indexed === undefined && variable.associative === undefined)
      )
        return '';
      return shell.personality === 'bash'
        ? `${name}=${plainValue(variable)}\n`
        : `${name}=${quoteForReuse(scalar(variable) ?? '')}\n`;
    })
    .join('');
  const functions = [...shell.functions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { text }]) => text);
  return shell.personality === 'bash' && !shell.options.has('posix') ? variables + functions.join('') : variables;
}

export const variableBuiltins: Readonly<Record<string, Builtin>> = {
  declare: (shell, args, command) => declare(shell, args, command),
  typeset: (shell, args, command) => declare(shell, args, command, 'typeset'),
  local,
  export: (shell, args, command) => mark(shell, args, command, 'export'),
  readonly: (shell, args, command) => mark(shell, args, command, 'readonly'),
  unset,
  shift,
};
