import type { TestCommand, TestExpression, Word } from 'unbash';
import { Abort } from '../machine/abort.ts';
import { arithmeticCommand } from './arithmetic-command.ts';
import { evaluate } from '../expand/arithmetic.ts';
import { ownLocale } from '../variables/locale.ts';
import { characters, wholeText } from '../expand/characters.ts';
import { patternRegExp } from '../expand/pattern.ts';
import { expandPattern, expandRegex, expandString } from '../expand/word.ts';
import { localeOf, posixRegExp, RegexBound } from '../../posix-regex.ts';
import { fileCompare, fileTest } from './file-test.ts';
import type { Op } from '../machine/op.ts';
import { quoteIfNeeded } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { failureCheck } from '../traps.ts';

/** `[[ … ]]`. */
export function* runTest(shell: Shell, node: TestCommand, quiet: boolean): Op<void> {
  shell.inTest = true;
  try {
    shell.status = (yield* testExpression(shell, node.expression)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Abort) || error.status !== 2) throw error;
    if (error.message !== '') yield* shell.complain(error.message);
    shell.status = 2;
  } finally {
    shell.inTest = false;
  }
  shell.pipeStatus = [shell.status];
  yield* failureCheck(shell, quiet);
}

function* testExpression(shell: Shell, node: TestExpression): Op<boolean> {
  switch (node.type) {
    case 'TestGroup':
      return yield* testExpression(shell, node.expression);
    case 'TestNot': {
      const result = yield* testExpression(shell, node.operand);
      return node.negations.length % 2 === 1 ? !result : result;
    }
    case 'TestLogical': {
      for (const operand of node.operands) {
        const result = yield* testExpression(shell, operand);
        if (result !== (node.operator === '&&')) return result;
      }
      return node.operator === '&&';
    }
    case 'TestUnary': {
      const operand = yield* expandString(shell, node.operand);
      if (shell.options.has('xtrace')) yield* shell.trace(`[[ ${node.operator} ${quoteIfNeeded(operand)} ]]`);
      return unaryTest(shell, node.operator, operand);
    }
    case 'TestBinary':
      return yield* binaryTest(shell, node.operator, node.left, node.right);
    default:
      return false;
  }
}

function* binaryTest(shell: Shell, operator: string, left: Word, right: Word): Op<boolean> {
  const text = yield* expandString(shell, left);
  const options = { extglob: true, ignoreCase: shell.shopts.has('nocasematch') };
  if (shell.options.has('xtrace'))
    yield* shell.trace(`[[ ${quoteIfNeeded(text)} ${operator} ${yield* expandString(shell, right)} ]]`);
  switch (operator) {
    case '=':
    case '==':
      return patternRegExp(characters(shell, yield* expandPattern(shell, right)), options).test(
        characters(shell, text),
      );
    case '!=':
      return !patternRegExp(characters(shell, yield* expandPattern(shell, right)), options).test(
        characters(shell, text),
      );
    case '=~':
      return matchRegex(shell, text, yield* expandRegex(shell, right));
    case '<':
      return text < (yield* expandString(shell, right));
    case '>':
      return text > (yield* expandString(shell, right));
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge':
      return compareNumbers(
        operator,
        yield* arithmeticCommand(shell, text, '[[: '),
        yield* arithmeticCommand(shell, yield* expandString(shell, right), '[[: '),
      );
    default:
      return fileCompare(shell.process, operator, text, yield* expandString(shell, right));
  }
}

function matchRegex(shell: Shell, text: string, source: string): boolean {
  const regex = posixRegExp(characters(shell, source), {
    extended: true,
    ignoreCase: shell.shopts.has('nocasematch'),
    locale: shell.personality === 'bash' ? localeOf({ LANG: ownLocale(shell, 'LC_COLLATE') }) : undefined,
  });
  if (regex === undefined) throw new Abort('', 'command', 2);
  const match = boundedMatch(regex, characters(shell, text));
  const variable = shell.vars.ensure('BASH_REMATCH');
  variable.value = undefined;
  variable.indexed = new Map((match ?? []).map((group, at) => [at, wholeText(group ?? '')]));
  return match !== null;
}

function boundedMatch(regex: RegExp, text: string): RegExpExecArray | null {
  try {
    return regex.exec(text);
  } catch (error) {
    if (error instanceof RegexBound) throw new Abort(`[[: ${error.message}`, 'command', 2);
    throw error;
  }
}

/** A wrong expression makes the test false. */
function compareNumbers(operator: string, left: bigint | undefined, right: bigint | undefined): boolean {
  return left !== undefined && right !== undefined && compare(operator, left, right);
}

function compare(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    default:
      return left >= right;
  }
}

/** `-f x` and its like, shared by `[[` and `[`. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    case '-t':
      return /^\d+$/.test(operand) && shell.process.isatty(Number(operand));
    case '-o':
      return shell.options.has(operand);
    case '-v':
      return isSet(shell, operand);
    case '-R':
      return shell.vars.own(operand)?.nameref === true;
    default:
      return fileTest(shell.process, operator, operand);
  }
}

function isSet(shell: Shell, name: string): boolean {
  const match = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
  if (match === null) return shell.parameter(name) !== undefined;
  const [, array = '', key = ''] = match;
  if (key === '@' || key === '*')
    return (shell.vars.find(array)?.indexed?.size ?? shell.vars.find(array)?.associative?.size ?? 0) > 0;
  return (
    shell.element(array, shell.vars.find(array)?.associative === undefined ? String(evaluate(shell, key)) : key) !==
    undefined
  );
}

const UNARY = /^-[abcdefghkprstuwxzGLNOSnovR]$/;
const BINARY = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

/** What `[` and `test` answer: a truth, or why the expression is wrong. */
export type TestAnswer = boolean | { readonly message: string };

/** `test`'s expression, by POSIX's rules on the number of arguments. */
export function testArguments(shell: Shell, args: readonly string[]): TestAnswer {
  const [a = '', b = '', c = '', d = ''] = args;
  switch (args.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      if (a === '!') return b === '';
      if (UNARY.test(a)) return unaryTest(shell, a, b);
      return unknownOperator(shell, a, a, 'unary', b);
    case 3:
      if (BINARY.has(b) && !(b === '==' && shell.personality === 'dash')) return binaryArguments(shell, a, b, c);
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      if (a === '!') return negate(testArguments(shell, [b, c]));
      if (a === '(' && c === ')') return b !== '';
      return unknownOperator(shell, b, a, 'binary', b);
    case 4:
      if (a === '!') return negate(testArguments(shell, [b, c, d]));
      if (a === '(' && d === ')') return testArguments(shell, [b, c]);
      break;
    default:
  }
  return new LongTest(shell, args).whole();
}

/** dash names the operand before what is no operator, busybox the one that is too much. */
function unknownOperator(
  shell: Shell,
  operator: string,
  before: string,
  kind: 'unary' | 'binary',
  last: string,
): TestAnswer {
  if (shell.personality === 'bash') return { message: `${operator}: ${kind} operator expected` };
  if (kind === 'unary' && BINARY.has(last)) return { message: `${last}: argument expected` };
  if (shell.personality === 'dash') return { message: `${before}: unexpected operator` };
  return { message: `${kind === 'unary' ? last : operator}: unknown operand` };
}

const badNumber = (shell: Shell, text: string): string =>
  shell.personality === 'dash'
    ? `Illegal number: ${text}`
    : `${text}: ${shell.personality === 'ash' ? 'bad number' : 'integer expression expected'}`;

const isInteger = (text: string): boolean => {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) return false;
  const value = BigInt(text.trim().replace('+', ''));
  return BigInt.asIntN(64, value) === value;
};

const negate = (answer: TestAnswer): TestAnswer => (typeof answer === 'boolean' ? !answer : answer);

function binaryArguments(shell: Shell, left: string, operator: string, right: string): TestAnswer {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot':
    case '-ef':
      return fileCompare(shell.process, operator, left, right);
    default: {
      const bad = [left, right].find((text) => !isInteger(text));
      if (bad !== undefined) return { message: badNumber(shell, bad) };
      return compare(operator, BigInt(left.trim().replace('+', '')), BigInt(right.trim().replace('+', '')));
    }
  }
}

class LongTest {
  readonly #shell: Shell;
  readonly #args: readonly string[];
  #at = 0;
  #message: string | undefined;

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell;
    this.#args = args;
  }
  whole(): TestAnswer {
    const result = this.#or();
    if (this.#message === undefined && this.#at < this.#args.length) this.#message = 'too many arguments';
    return this.#message === undefined ? result : { message: this.#message };
  }
  #or(): boolean {
    let result = this.#and();
    while (this.#args[this.#at] === '-o') {
      this.#at += 1;
      const right = this.#and();
      result ||= right;
    }
    return result;
  }
  #and(): boolean {
    let result = this.#not();
    while (this.#args[this.#at] === '-a') {
      this.#at += 1;
      const right = this.#not();
      result &&= right;
    }
    return result;
  }
  #not(): boolean {
    if (this.#args[this.#at] === '!') {
      this.#at += 1;
      return !this.#not();
    }
    return this.#primary();
  }
  #primary(): boolean {
    const [a, b, c] = this.#args.slice(this.#at, this.#at + 3);
    if (a === undefined) {
      this.#message = 'argument expected';
      return false;
    }
    if (a === '(') {
      this.#at += 1;
      const result = this.#or();
      if (this.#args[this.#at] === ')') this.#at += 1;
      else this.#message = "`)' expected";
      return result;
    }
    if (b !== undefined && c !== undefined && BINARY.has(b)) {
      this.#at += 3;
      const answer = binaryArguments(this.#shell, a, b, c);
      if (typeof answer === 'boolean') return answer;
      this.#message = answer.message;
      return false;
    }
    if (UNARY.test(a) && b !== undefined) {
      this.#at += 2;
      return unaryTest(this.#shell, a, b);
    }
    this.#at += 1;
    return a !== '';
  }
}
