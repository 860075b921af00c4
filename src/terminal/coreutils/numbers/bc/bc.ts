/**
 * bc: decimal arithmetic of any length.
 * Models: operators, variables, arrays, scale, ibase, obase, last, if, while, for, blocks, strings, print, sqrt, length, -l.
 * Leaves out: define, read, limits: it says so.
 */
import { failed } from '../../../../protocol/errno.ts';
import { LineReader, openInput } from '../../../io.ts';
import type { Decimal } from './number.ts';
import {
  ZERO,
  add,
  compare,
  divide,
  multiply,
  negate,
  raise,
  remainder,
  rescale,
  show,
  squareRoot,
  whole,
} from './number.ts';
import { series } from './series.ts';
import type { Statement, Expression } from './parser.ts';
import { parseBc } from './parser.ts';
import type { Invocation } from '../../command.ts';
import { command } from '../../command.ts';

interface Machine {
  readonly call: Invocation;
  readonly values: Map<string, Decimal>;
  scale: number;
  input: number;
  output: number;
}
class Fault extends Error {}
class Leave extends Error {}
class Quit extends Error {}

export const bc = command(
  { name: 'bc', short: 'lqsiwv', long: { mathlib: 'l', quiet: 'q', standard: 's', interactive: 'i', warn: 'w' } },
  async (call) => {
    const { io, options, process } = call;
    const machine: Machine = { call, values: new Map(), scale: options.has('l') ? 20 : 0, input: 10, output: 10 };
    for (const name of [...call.operands, '-']) {
      const fd = openInput(process, name);
      if (failed(fd)) {
        await io.raw(`File ${name} is unavailable.\n`);
        return 1;
      }
      const reader = new LineReader(process, fd);
      let line = 0;
      let text = '';
      for (let next = await reader.nextText(); next !== undefined; next = await reader.nextText()) {
        line += 1;
        text += next.replace(/\\$/, '');
        if (next.endsWith('\\')) continue;
        const outcome = await runText(machine, `${text}\n`, line, name);
        if (outcome === 'quit') return await io.end(0);
        if (outcome !== 'more') text = '';
        else text += '\n';
        if (!(await io.flush())) break;
      }
      if (failed(reader.failure)) {
        await io.raw(`${name === '-' ? '(standard_in)' : name} 1: read() in flex scanner failed\n`);
        return 1;
      }
    }
    return await io.end(0);
  },
);

async function runText(machine: Machine, text: string, line: number, name: string): Promise<'done' | 'more' | 'quit'> {
  const { io, process } = machine.call;
  const parsed = parseBc(text);
  if (parsed.type === 'more') return 'more';
  if (parsed.type === 'unsupported') {
    await io.raw(`drydock: 'bc: ${parsed.what}' is not simulated\n`);
    return 'done';
  }
  if (parsed.type === 'error') {
    await io.raw(`${name === '-' ? '(standard_in)' : name} ${String(line + (name === '-' ? 1 : 0))}: syntax error\n`);
    return 'done';
  }
  process.account(text.length * 10);
  try {
    for (const statement of parsed.statements) await execute(machine, statement);
  } catch (error) {
    if (error instanceof Quit) return 'quit';
    if (error instanceof Fault) await io.raw(`Runtime error (func=(main), adr=3): ${error.message}\n`);
    else if (!(error instanceof Leave)) throw error;
  }
  return 'done';
}

async function execute(machine: Machine, statement: Statement): Promise<void> {
  const { io, process } = machine.call;
  switch (statement.type) {
    case 'expression': {
      const value = evaluate(machine, statement.value);
      if (statement.value.type !== 'assign') {
        machine.values.set('last', value);
        io.line(show(value, machine.output));
      }
      return;
    }
    case 'string':
      io.out(statement.text);
      return;
    case 'print':
      for (const part of statement.parts)
        io.out(
          typeof part === 'string'
            ? part.replace(/\\n/g, '\n').replace(/\\t/g, '\t')
            : show(evaluate(machine, part), machine.output),
        );
      return;
    case 'block':
      for (const each of statement.body) await execute(machine, each);
      return;
    case 'if':
      if (truth(evaluate(machine, statement.condition))) await execute(machine, statement.then);
      else if (statement.otherwise !== undefined) await execute(machine, statement.otherwise);
      return;
    case 'for':
      if (statement.start !== undefined) evaluate(machine, statement.start);
      while (statement.condition === undefined || truth(evaluate(machine, statement.condition))) {
        try {
          await execute(machine, statement.body);
        } catch (error) {
          if (error instanceof Leave) return;
          throw error;
        }
        if (statement.step !== undefined) evaluate(machine, statement.step);
        await process.cpu(5);
        if (io.full && !(await io.flush())) throw new Quit();
      }
      return;
    case 'break':
      throw new Leave();
    case 'quit':
      throw new Quit();
  }
}

const truth = (value: Decimal): boolean => value.digits !== 0n;
const bool = (value: boolean): Decimal => whole(value ? 1 : 0);

function read(machine: Machine, name: string): Decimal {
  if (name === 'scale') return whole(machine.scale);
  if (name === 'ibase') return whole(machine.input);
  if (name === 'obase') return whole(machine.output);
  return machine.values.get(name) ?? ZERO;
}

function write(machine: Machine, name: string, value: Decimal): Decimal {
  const integer = Number(rescale(value, 0).digits);
  if (name === 'scale') machine.scale = Math.max(0, Math.min(integer, 10_000));
  else if (name === 'ibase') machine.input = Math.max(2, Math.min(integer, 16));
  else if (name === 'obase') {
    if (integer > 36) throw new Fault('obase beyond 36 is not simulated');
    machine.output = Math.max(2, integer);
  } else machine.values.set(name, value);
  return value;
}

function target(machine: Machine, expression: Expression): string {
  if (expression.type === 'name') return expression.name;
  if (expression.type === 'element')
    return `${expression.name}[${String(rescale(evaluate(machine, expression.index), 0).digits)}]`;
  throw new Fault('not a variable');
}

function evaluate(machine: Machine, expression: Expression): Decimal {
  switch (expression.type) {
    case 'number':
      return literal(expression.text, machine.input);
    case 'name':
    case 'element':
      return read(machine, target(machine, expression));
    case 'negate':
      return negate(evaluate(machine, expression.value));
    case 'not':
      return bool(!truth(evaluate(machine, expression.value)));
    case 'assign': {
      const value = evaluate(machine, expression.value);
      const name = target(machine, expression.target);
      return write(
        machine,
        name,
        expression.operator === '' ? value : operate(machine, expression.operator, read(machine, name), value),
      );
    }
    case 'step': {
      const name = target(machine, expression.target);
      const before = read(machine, name);
      const after = write(machine, name, add(before, whole(expression.by)));
      return expression.prefix ? after : before;
    }
    case 'call':
      return callFunction(
        machine,
        expression.name,
        expression.args.map((each) => evaluate(machine, each)),
      );
    case 'binary':
      return operate(
        machine,
        expression.operator,
        evaluate(machine, expression.left),
        evaluate(machine, expression.right),
      );
  }
}

function literal(text: string, base: number): Decimal {
  if (base === 10 && !/[A-F]/.test(text)) {
    const [head = '', tail = ''] = text.split('.');
    return { digits: BigInt(`${head}${tail}` || '0'), scale: tail.length };
  }
  const [head = '', tail = ''] = text.split('.');
  const digit = (char: string): bigint => {
    const value = parseInt(char, 36);
    return BigInt(text.length === 1 ? value : Math.min(value, base - 1));
  };
  let digits = 0n;
  for (const char of head) digits = digits * BigInt(base) + digit(char);
  let numerator = 0n;
  for (const char of tail) numerator = numerator * BigInt(base) + digit(char);
  // eslint-disable-next-line no-restricted-syntax -- whole numbers of any size are exact
  return add(whole(digits), divide(whole(numerator), whole(BigInt(base) ** BigInt(tail.length)), tail.length));
}

function callFunction(machine: Machine, name: string, args: readonly Decimal[]): Decimal {
  const [first = ZERO] = args;
  switch (name) {
    case 'sqrt':
      if (first.digits < 0n) throw new Fault('Square root of a negative number');
      return squareRoot(first, machine.scale);
    case 'length': {
      const digits = String(first.digits < 0n ? -first.digits : first.digits);
      return whole(Math.max(digits.length, first.scale));
    }
    case 'scale':
      return whole(first.scale);
    default: {
      const value = machine.call.options.has('l') ? series(name, first, machine.scale) : undefined;
      if (value === undefined) throw new Fault(`Function ${name} not defined.`);
      return value;
    }
  }
}

function operate(machine: Machine, operator: string, a: Decimal, b: Decimal): Decimal {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return add(a, negate(b));
    case '*':
      return multiply(a, b, machine.scale);
    case '/':
      if (b.digits === 0n) throw new Fault('Divide by zero');
      return divide(a, b, machine.scale);
    case '%':
      if (b.digits === 0n) throw new Fault('Modulo by zero');
      return remainder(a, b, machine.scale);
    case '^': {
      const exponent = Number(rescale(b, 0).digits);
      if (exponent < 0 && a.digits === 0n) throw new Fault('Divide by zero');
      if (Math.abs(exponent) * String(a.digits).length > 1_000_000) throw new Fault('exponent too large in raise');
      return raise(a, exponent, machine.scale);
    }
    case '==':
      return bool(compare(a, b) === 0);
    case '!=':
      return bool(compare(a, b) !== 0);
    case '<':
      return bool(compare(a, b) < 0);
    case '<=':
      return bool(compare(a, b) <= 0);
    case '>':
      return bool(compare(a, b) > 0);
    case '>=':
      return bool(compare(a, b) >= 0);
    case '&&':
      return bool(truth(a) && truth(b));
    case '||':
      return bool(truth(a) || truth(b));
    default:
      return ZERO;
  }
}
