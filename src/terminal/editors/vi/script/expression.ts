/**
 * Expressions of Vim script, as :echo, :let, :if, ^R= and :s/\= take them.
 * Models: numbers, texts, lists, variables, options, registers, comparisons, && || ?:, the functions of
 * expression-functions.ts. Leaves out: floats, dictionaries, lambdas, functions of the user, variables of the environment.
 */
import { optionValue } from '../ex/options.ts';
import { callFunction } from './expression-functions.ts';
import { registerNamed } from '../state/registers.ts';
import { Fault, numberOf, shownValue, textOf, type Scope, type Value } from './script-values.ts';
import type { ViState } from '../state/state.ts';
import { vimRegExp } from '../search/vim-pattern.ts';

export type Evaluated = { readonly value: Value; readonly rest: string } | { readonly fault: string };

/** The value of the expression that a text begins with, and what follows it. */
export function evaluate(text: string, scope: Scope): Evaluated {
  const reader = new Reader(text, scope);
  try {
    const value = reader.expression();
    return { value, rest: reader.rest() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

/** The value of a whole text. */
export function valueOf(text: string, scope: Scope): { readonly value: Value } | { readonly fault: string } {
  const found = evaluate(text, scope);
  if ('fault' in found || found.rest.trim() === '') return found;
  return { fault: `E488: Trailing characters: ${found.rest.trim()}` };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', e: '\x1b', r: '\r', b: '\b' };
const KEYS: Readonly<Record<string, string>> = { esc: '\x1b', cr: '\r', tab: '\t', space: ' ', bs: '\x7f', lt: '<' };
/** What is between double quotes. */
export const unescaped = (text: string): string =>
  text.replaceAll(/\\<([A-Za-z]+)>|\\(.)/g, (_, key?: string, char?: string) =>
    key === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : (KEYS[key.toLowerCase()] ?? ''),
  );

/** By recursive descent, from what binds least to what binds most. */
class Reader {
  readonly #text: string;
  readonly #scope: Scope;
  #at = 0;

  constructor(text: string, scope: Scope) {
    this.#text = text;
    this.#scope = scope;
  }

  rest(): string {
    return this.#text.slice(this.#at).trimStart();
  }

  expression(): Value {
    const value = this.#either();
    if (this.#take(/^\?/) === undefined) return value;
    const yes = this.expression();
    if (this.#take(/^:/) === undefined) throw new Fault("E109: Missing ':' after '?'");
    const no = this.expression();
    return numberOf(value) !== 0 ? yes : no;
  }

  #either(): Value {
    let value = this.#both();
    while (this.#take(/^\|\|/) !== undefined) {
      const other = this.#both();
      value = numberOf(value) !== 0 || numberOf(other) !== 0 ? 1 : 0;
    }
    return value;
  }

  #both(): Value {
    let value = this.#comparison();
    while (this.#take(/^&&/) !== undefined) {
      const other = this.#comparison();
      value = numberOf(value) !== 0 && numberOf(other) !== 0 ? 1 : 0;
    }
    return value;
  }

  #comparison(): Value {
    const left = this.#sum();
    const [, sign = '', how = ''] = this.#take(/^(==|!=|>=|<=|=~|!~|>|<)([#?]?)/) ?? [];
    if (sign === '') return left;
    const right = this.#sum();
    const folds = how === '?' || (how === '' && this.#scope.state.options.ignorecase);
    if (sign === '=~' || sign === '!~') {
      const found = vimRegExp(textOf(right), { ignoreCase: folds, smartCase: false })?.test(textOf(left)) ?? false;
      return found === (sign === '=~') ? 1 : 0;
    }
    return compared(left, right, folds, sign) ? 1 : 0;
  }

  #sum(): Value {
    let value = this.#product();
    for (;;) {
      const sign = this.#take(/^(?:\.\.?|\+|-)/)?.[0];
      if (sign === undefined) return value;
      const other = this.#product();
      if (sign.startsWith('.')) value = textOf(value) + textOf(other);
      else if (typeof value === 'object' && typeof other === 'object') value = [...value, ...other];
      else value = sign === '+' ? numberOf(value) + numberOf(other) : numberOf(value) - numberOf(other);
    }
  }

  #product(): Value {
    let value = this.#unary();
    for (;;) {
      const sign = this.#take(/^[*/%]/)?.[0];
      if (sign === undefined) return value;
      const [left, right] = [numberOf(value), numberOf(this.#unary())];
      value = sign === '*' ? left * right : sign === '%' ? (right === 0 ? 0 : left % right) : quotient(left, right);
    }
  }

  #unary(): Value {
    const sign = this.#take(/^[!+-]/)?.[0];
    if (sign === undefined) return this.#indexed();
    const value = numberOf(this.#unary());
    return sign === '!' ? (value === 0 ? 1 : 0) : sign === '-' ? -value : value;
  }

  #indexed(): Value {
    let value = this.#atom();
    while (this.#text.charAt(this.#at) === '[') {
      this.#at += 1;
      const index = numberOf(this.expression());
      if (this.#take(/^\]/) === undefined) throw new Fault("E111: Missing ']'");
      if (typeof value !== 'object') value = textOf(value).charAt(index);
      else {
        const item: Value | undefined = value.at(index);
        if (item === undefined) throw new Fault(`E684: List index out of range: ${String(index)}`);
        value = item;
      }
    }
    return value;
  }

  #atom(): Value {
    const number = this.#take(/^(?:0[xX][\da-fA-F]+|\d+)/)?.[0];
    if (number !== undefined) return Number(number);
    const double = this.#take(/^"((?:\\.|[^"\\])*)"/)?.[1];
    if (double !== undefined) return unescaped(double);
    const single = this.#take(/^'((?:''|[^'])*)'/)?.[1];
    if (single !== undefined) return single.replaceAll("''", "'");
    if (this.#take(/^\(/) !== undefined) {
      const value = this.expression();
      if (this.#take(/^\)/) === undefined) throw new Fault("E110: Missing ')'");
      return value;
    }
    if (this.#take(/^\[/) !== undefined) return this.#items(/^\]/, "E697: Missing end of List ']'");
    const option = this.#take(/^&(?:[gl]:)?([a-z]+)/)?.[1];
    if (option !== undefined) return this.#option(option);
    const register = this.#take(/^@(["\w:/%#.*+-])/)?.[1];
    if (register !== undefined) return registerText(this.#scope.state, register);
    if (this.#take(/^\$\w+/) !== undefined) throw new Fault('drydock: $NAME in an expression is not simulated');
    return this.#named();
  }

  #named(): Value {
    const name = this.#take(/^[A-Za-z_][\w:#]*/)?.[0];
    if (name === undefined) throw new Fault(`E15: Invalid expression: "${this.#text.trim()}"`);
    if (this.#text.charAt(this.#at) === '(') {
      this.#at += 1;
      const values = this.#items(/^\)/, 'E116: Invalid arguments for function');
      return callFunction(name, values, this.#scope);
    }
    const found = name === 'v:version' ? VERSION : this.#scope.state.variables[name.replace(/^g:/, '')];
    if (found === undefined) throw new Fault(`E121: Undefined variable: ${name}`);
    return found;
  }

  #items(end: RegExp, fault: string): readonly Value[] {
    const items: Value[] = [];
    while (this.#take(end) === undefined) {
      items.push(this.expression());
      if (this.#take(/^,/) === undefined && this.#take(end) !== undefined) break;
      if (this.rest() === '') throw new Fault(fault);
    }
    return items;
  }

  #option(name: string): Value {
    const value = optionValue(this.#scope.state, name);
    if (value === undefined) throw new Fault(`E113: Unknown option: ${name}`);
    return value;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const blanks = /^\s*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
    const found = pattern.exec(this.#text.slice(this.#at + blanks));
    if (found === null) return undefined;
    this.#at += blanks + found[0].length;
    return found;
  }
}

/** Lines end with a line feed. */
function registerText(state: ViState, letter: string): string {
  const register = registerNamed(state, letter);
  return register === undefined ? '' : register.text.join('\n') + (register.kind === 'line' ? '\n' : '');
}

const VERSION = 901;
/** Whole numbers; what is divided by 0 is as large as can be. */
const LARGEST = 2 ** 63;
const quotient = (left: number, right: number): number =>
  right === 0 ? (left === 0 ? -LARGEST : left > 0 ? LARGEST : -LARGEST) : Math.trunc(left / right);

function compared(left: Value, right: Value, folds: boolean, sign: string): boolean {
  const byText = typeof left === 'string' && typeof right === 'string';
  const key = (value: Value): string | number => {
    if (typeof value === 'object') return shownValue(value);
    if (!byText) return numberOf(value);
    return folds ? textOf(value).toLowerCase() : textOf(value);
  };
  const [a, b] = [key(left), key(right)];
  switch (sign) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
