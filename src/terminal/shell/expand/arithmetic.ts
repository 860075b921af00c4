import { Abort } from '../machine/abort.ts';
import type { Shell } from '../shell.ts';
import { elements, freshVariable } from '../variables/variables.ts';
import type { Arith } from './arithmetic-parse.ts';
import { ArithError, parseArith } from './arithmetic-parse.ts';

/** The value of an expression whose expansions have been done already. Aborts with bash's message. */
export function evaluate(shell: Shell, text: string, where = ''): bigint {
  try {
    return value(shell, parseArith(text, shell.personality === 'dash' ? 'posix' : 'bash'), 0);
  } catch (error) {
    if (!(error instanceof ArithError)) throw error;
    if (shell.personality !== 'bash') throw posixFault(shell, text, error);
    throw new Abort(`${where}${faultText(error, text)}`);
  }
}

const faultText = ({ expression, message, token }: ArithError, text: string): string =>
  `${(expression ?? text).trimStart()}: ${message} (error token is "${token}")`;

/** How dash and busybox's ash tell it; it ends a shell that nobody types at. */
function posixFault(shell: Shell, text: string, { message }: ArithError): Abort {
  const reach = shell.interactive ? 'line' : 'exit';
  const zero = message === 'division by 0';
  if (shell.personality === 'ash') return new Abort(zero ? 'divide by zero' : 'arithmetic syntax error', reach, 2);
  if (message.startsWith('Illegal number')) return new Abort(message, reach, 2);
  const wanted = /in expression|arithmetic operator/.test(message) ? 'EOF' : 'primary';
  return new Abort(`arithmetic expression: ${zero ? 'division by zero' : `expecting ${wanted}`}: "${text}"`, reach, 2);
}

/** Expressions inside each other; bash allows 1024, which would be too many for a worker's call stack. */
const DEPTH_LIMIT = 256;

function value(shell: Shell, tree: Arith, depth: number): bigint {
  switch (tree.type) {
    case 'number':
      return tree.value;
    case 'name':
      return read(shell, tree, depth);
    case 'unary': {
      const operand = value(shell, tree.operand, depth);
      if (tree.operator === '-') return BigInt.asIntN(64, -operand);
      if (tree.operator === '~') return ~operand;
      if (tree.operator === '!') return operand === 0n ? 1n : 0n;
      return operand;
    }
    case 'step': {
      const before = value(shell, tree.target, depth);
      const after = BigInt.asIntN(64, before + tree.delta);
      assign(shell, tree.target, after, depth);
      return tree.prefix ? after : before;
    }
    case 'assign': {
      const right = value(shell, tree.value, depth);
      const result =
        tree.operator === '' ? right : binary(tree.operator, value(shell, tree.target, depth), right, tree.rest);
      assign(shell, tree.target, result, depth);
      return result;
    }
    case 'ternary':
      return value(shell, tree.test, depth) === 0n
        ? value(shell, tree.otherwise, depth)
        : value(shell, tree.then, depth);
    case 'binary': {
      const left = value(shell, tree.left, depth);
      if (tree.operator === '&&') return left !== 0n && value(shell, tree.right, depth) !== 0n ? 1n : 0n;
      if (tree.operator === '||') return left !== 0n || value(shell, tree.right, depth) !== 0n ? 1n : 0n;
      return binary(tree.operator, left, value(shell, tree.right, depth), tree.rest);
    }
    case 'fault':
      for (const part of tree.before) value(shell, part, depth);
      throw new ArithError(tree.error.message, tree.error.token, tree.error.expression);
    default:
      return 0n;
  }
}

function binary(operator: string, left: bigint, right: bigint, rest: string): bigint {
  const wrap = (n: bigint): bigint => BigInt.asIntN(64, n);
  const flag = (on: boolean): bigint => (on ? 1n : 0n);
  switch (operator) {
    case '+':
      return wrap(left + right);
    case '-':
      return wrap(left - right);
    case '*':
      return wrap(left * right);
    case '/':
    case '%':
      if (right === 0n) throw new ArithError('division by 0', rest);
      return wrap(operator === '/' ? left / right : left % right);
    case '**':
      if (right < 0n) throw new ArithError('exponent less than 0', rest.replace(/^[-+!~ \t\n]+/, ''));
      return power(left, right);
    case '<<':
      return wrap(left << (right & 63n));
    case '>>':
      return left >> (right & 63n);
    case '<':
      return flag(left < right);
    case '>':
      return flag(left > right);
    case '<=':
      return flag(left <= right);
    case '>=':
      return flag(left >= right);
    case '==':
      return flag(left === right);
    case '!=':
      return flag(left !== right);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    default:
      return right;
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

function read(shell: Shell, { name, index, rest }: Extract<Arith, { type: 'name' }>, depth: number): bigint {
  const text =
    index === undefined ? shell.parameter(name) : shell.element(name, arithKey(shell, { name, index, rest }, depth));
  if (text === undefined && shell.options.has('nounset') && index === undefined)
    throw new Abort(`${name}: unbound variable`, shell.interactive ? 'line' : 'exit', 127);
  if (text === undefined || text === '') return 0n;
  if (/^-?[1-9]\d{0,17}$|^0$/.test(text)) return BigInt(text);
  if (shell.personality === 'dash') return plainNumber(text);
  if (depth > DEPTH_LIMIT) throw new ArithError('expression recursion level exceeded', rest);
  return nested(shell, text, depth);
}

/** dash takes numbers alone from variables. */
function plainNumber(text: string): bigint {
  const [, sign = '', digits = ''] = /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|\d+)\s*$/.exec(text) ?? [];
  if (digits === '' || /^0\d*[89]/.test(digits)) throw new ArithError(`Illegal number: ${text}`, text);
  const number = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return BigInt.asIntN(64, sign === '-' ? -number : number);
}

/** The value of an expression inside another: of a variable's text or a subscript, which its messages then show. */
function nested(shell: Shell, text: string, depth: number): bigint {
  try {
    return value(shell, parseArith(text), depth + 1);
  } catch (error) {
    if (error instanceof ArithError) error.expression ??= text;
    throw error;
  }
}

function assign(shell: Shell, target: Arith, result: bigint, depth: number): void {
  if (target.type !== 'name') return;
  if (target.index === undefined) shell.assign(target.name, String(result));
  else {
    const { name, index, rest } = target;
    shell.assignElement(name, arithKey(shell, { name, index, rest }, depth), String(result));
  }
}

interface Element {
  readonly name: string;
  readonly index: string;
  readonly rest: string;
}

/** A subscript that is wrong ends more than its command: the shell, unless somebody types at it. */
function arithKey(shell: Shell, { name, index, rest }: Element, depth: number): string {
  if (shell.vars.find(name)?.associative !== undefined) return index.replace(/^(["'])(.*)\1$/, '$2');
  if (depth > DEPTH_LIMIT) throw new ArithError('expression recursion level exceeded', rest);
  try {
    return String(nested(shell, index, depth));
  } catch (error) {
    if (!(error instanceof ArithError) || shell.personality !== 'bash') throw error;
    throw new Abort(faultText(error, index), shell.interactive ? 'line' : 'exit');
  }
}

/** The key of an element: an expression for indexed arrays, text for associative ones. Negative ones count from the end. */
export function arrayKey(shell: Shell, name: string, index: string): string {
  const variable = shell.vars.find(name);
  if (variable?.associative !== undefined) return index;
  const at = evaluate(shell, index);
  if (at >= 0n) return String(at);
  const special = variable === undefined ? shell.specialArray(name) : undefined;
  const last = special === undefined ? elements(variable ?? freshVariable()).at(-1)?.[0] : special.length - 1;
  const real = at + BigInt(Number(last ?? '-1') + 1);
  if (real < 0n) throw new Abort(`${name}: bad array subscript`, 'command');
  return String(real);
}
