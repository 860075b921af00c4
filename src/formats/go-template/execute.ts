/** Runs a parsed Go template over data that came from JSON. Facts: text/template exec.go. */
import { goValue } from '../go-syntax.ts';
import { isJsonObject } from '../json.ts';
import { BUILTIN_FUNCTIONS, isTruthy, type TemplateFunction } from './functions.ts';
import { nodeText, type Branch, type Command, type Operand, type Pipe, type TemplateNode } from './nodes.ts';
import { TemplateProblem, type Parsed } from './parser.ts';
import { goTypeName } from './printf.ts';

export interface ExecuteOptions {
  readonly name: string;
  readonly text: string;
  readonly functions: Readonly<Record<string, TemplateFunction>>;
  /** `float`: numbers of the data are float64, as after json.Unmarshal; `int`: whole ones are integers, as in structs. */
  readonly numbers: 'float' | 'int';
  readonly missing: Missing;
  /** What null prints. */
  readonly nil: string;
}

/**
 * What an unknown field is: `map`: `<no value>`; `error`: an error, as with `missingkey=error`; a struct of that Go type: an
 * error in the data itself, while maps in it are maps.
 */
export type Missing = 'map' | 'error' | { readonly struct: string };

/** Nested templates beyond this are refused (Go: 100,000). */
const MAX_DEPTH = 1000;

type Flow = 'next' | 'break' | 'continue';

interface Variable {
  readonly name: string;
  value: unknown;
}

export class Executor {
  readonly out: string[] = [];
  private readonly parsed: Parsed;
  private readonly options: ExecuteOptions;
  private variables: Variable[];
  private running: string;
  private depth = 0;

  constructor(parsed: Parsed, options: ExecuteOptions, data: unknown) {
    this.parsed = parsed;
    this.options = options;
    this.variables = [{ name: '$', value: data }];
    this.running = options.name;
  }

  run(nodes: readonly TemplateNode[], dot: unknown): Flow {
    for (const node of nodes) {
      const flow = this.node(node, dot);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  private node(node: TemplateNode, dot: unknown): Flow {
    switch (node.type) {
      case 'text':
        this.out.push(node.text);
        return 'next';
      case 'action': {
        const result = this.pipe(node.pipe, dot);
        if (node.pipe.declares.length === 0) this.out.push(result === null ? this.options.nil : printed(result));
        return 'next';
      }
      case 'if':
      case 'with':
        return this.condition(node, dot);
      case 'range':
        return this.range(node, dot);
      case 'template':
        this.template(node, dot);
        return 'next';
      default:
        return node.type;
    }
  }

  private condition(node: Branch, dot: unknown): Flow {
    const depth = this.variables.length;
    const result = this.pipe(node.pipe, dot);
    let flow: Flow = 'next';
    if (isTruthy(result)) flow = this.run(node.body, node.type === 'with' ? result : dot);
    else if (node.otherwise !== undefined) flow = this.run(node.otherwise, dot);
    this.variables.length = depth;
    return flow;
  }

  private range(node: Branch, dot: unknown): Flow {
    const depth = this.variables.length;
    const items = this.rangeItems(node, this.pipe(node.pipe, dot, true));
    for (const [key, item] of items) {
      const inner = this.variables.length;
      const { declares, isAssign } = node.pipe;
      const names = declares.length > 1 ? [key, item] : [item];
      for (const [position, name] of declares.entries()) this.set(name, names[position], isAssign);
      const flow = this.run(node.body, item);
      this.variables.length = inner;
      if (flow === 'break') break;
    }
    let flow: Flow = 'next';
    if (items.length === 0 && node.otherwise !== undefined) flow = this.run(node.otherwise, dot);
    this.variables.length = depth;
    return flow;
  }

  private rangeItems(node: Branch, over: unknown): (readonly [unknown, unknown])[] {
    if (over === null || over === undefined) return [];
    if (Array.isArray(over)) return over.map((item, position) => [BigInt(position), this.fromData(item)] as const);
    if (isJsonObject(over)) {
      return Object.keys(over)
        .sort()
        .map((key) => [key, this.fromData(over[key])] as const);
    }
    if (typeof over === 'bigint')
      return Array.from({ length: Number(over) }, (_item, at) => [BigInt(at), BigInt(at)] as const);
    this.fail(node.pipe, `range can't iterate over ${goValue(over)}`);
  }

  private template(node: Extract<TemplateNode, { type: 'template' }>, dot: unknown): void {
    const body = this.parsed.templates.get(node.name);
    if (body === undefined) {
      this.failAt(
        node.offset,
        `{{template ${JSON.stringify(node.name)}}}`,
        `template ${JSON.stringify(node.name)} not defined`,
      );
    }
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.failAt(node.offset, node.name, 'exceeded maximum template depth (100000)');
    const data = node.pipe === undefined ? undefined : this.pipe(node.pipe, dot);
    const saved = { variables: this.variables, running: this.running };
    this.variables = [{ name: '$', value: data }];
    this.running = node.name;
    this.run(body, data);
    this.variables = saved.variables;
    this.running = saved.running;
    this.depth -= 1;
  }

  private set(name: string, value: unknown, isAssign: boolean): void {
    const known = isAssign ? this.variables.findLast((variable) => variable.name === name) : undefined;
    if (known === undefined) this.variables.push({ name, value });
    else known.value = value;
  }

  private pipe(pipe: Pipe, dot: unknown, forRange = false): unknown {
    let result: unknown;
    for (const [position, command] of pipe.commands.entries()) {
      result = this.command(command, dot, position === 0 ? undefined : { value: result });
    }
    if (!forRange) for (const name of pipe.declares) this.set(name, result, pipe.isAssign);
    return result;
  }

  private command(command: Command, dot: unknown, final: { readonly value: unknown } | undefined): unknown {
    const first = command.args[0];
    if (first === undefined) return undefined;
    const rest = command.args.slice(1);
    if (first.type === 'identifier') return this.call(first.name, command, rest, dot, final);
    if ((rest.length > 0 || final !== undefined) && first.type !== 'pipe') {
      if (first.type === 'field' || first.type === 'variable' || first.type === 'chain') {
        const method = this.evaluate(first, dot);
        if (isMethod(method)) return this.method(first, method, rest, dot, final);
        this.fail(first, `${lastName(first)} is not a method but has arguments`);
      }
      this.fail(first, `can't give argument to non-function ${nodeText(first)}`);
    }
    if (first.type === 'nil') this.fail(first, 'nil is not a command');
    const found = this.evaluate(first, dot);
    return isMethod(found) ? this.method(first, found, [], dot, undefined) : found;
  }

  private method(
    node: Operand,
    callee: TemplateFunction,
    rest: readonly Operand[],
    dot: unknown,
    final: { readonly value: unknown } | undefined,
  ): unknown {
    const args = [...rest.map((operand) => this.evaluate(operand, dot)), ...(final === undefined ? [] : [final.value])];
    const name = lastName(node);
    if (args.length !== callee.length)
      this.fail(node, `wrong number of args for ${name}: want ${String(callee.length)} got ${String(args.length)}`);
    const answer = callee(...args);
    return answer.ok ? answer.value : this.fail(node, `error calling ${name}: ${answer.message}`);
  }

  private evaluate(node: Operand, dot: unknown): unknown {
    switch (node.type) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'bool':
      case 'number':
      case 'string':
        return node.value;
      case 'field':
        return this.fields(node, dot, node.path);
      case 'variable': {
        const variable = this.variables.findLast((item) => item.name === node.path[0]);
        return this.fields(node, variable?.value, node.path.slice(1));
      }
      case 'chain':
        return this.fields(lastEvaluated(node.of), this.evaluate(node.of, dot), node.path);
      case 'identifier':
        return this.call(node.name, node, [], dot, undefined);
      case 'pipe':
        return this.pipe(node, dot);
    }
  }

  private fields(node: Operand, start: unknown, path: readonly string[]): unknown {
    let current = start;
    for (const [position, name] of path.entries()) {
      if (current === undefined) continue;
      if (current === null) this.fail(node, `nil pointer evaluating interface {}.${name}`);
      if (!isJsonObject(current)) {
        const type = position === 0 && typeof current !== 'object' ? goTypeName(current) : 'interface {}';
        this.fail(node, `can't evaluate field ${name} in type ${type}`);
      }
      const has = Object.hasOwn(current, name);
      if (!has) this.checkMissing(node, name, current);
      current = has ? this.fromData(current[name]) : undefined;
    }
    return current;
  }

  private checkMissing(node: Operand, name: string, within: object): void {
    const { missing } = this.options;
    if (missing === 'error') this.fail(node, `map has no entry for key ${JSON.stringify(name)}`);
    if (typeof missing === 'object' && within === this.variables[0]?.value)
      this.fail(node, `can't evaluate field ${name} in type ${missing.struct}`);
  }

  private fromData(item: unknown): unknown {
    if (typeof item === 'number' && this.options.numbers === 'int' && Number.isInteger(item)) return BigInt(item);
    return item;
  }

  private call(
    name: string,
    node: Operand | Command,
    rest: readonly Operand[],
    dot: unknown,
    final: { readonly value: unknown } | undefined,
  ): unknown {
    const args: unknown[] = [];
    for (const operand of rest) {
      const arg = this.evaluate(operand, dot);
      args.push(arg);
      if (name === 'and' && !isTruthy(arg)) return arg;
      if (name === 'or' && isTruthy(arg)) return arg;
    }
    if (final !== undefined) args.push(final.value);
    const callee = this.options.functions[name] ?? BUILTIN_FUNCTIONS[name];
    if (callee === undefined) this.fail(node, `${JSON.stringify(name)} is not a defined function`);
    const wanted = ARGUMENTS[name];
    if (wanted !== undefined && (args.length < wanted.least || args.length > wanted.most)) {
      const want = wanted.most === Infinity ? `at least ${String(wanted.least)}` : String(wanted.least);
      this.fail(node, `wrong number of args for ${name}: want ${want} got ${String(args.length)}`);
    }
    const answer = callee(...args);
    if (answer.ok) return answer.value;
    this.fail(node, `error calling ${name}: ${answer.message}`);
  }

  private fail(node: Operand | Command, message: string): never {
    this.failAt(node.offset, nodeText(node), message);
  }

  private failAt(offset: number, context: string, message: string): never {
    const before = this.options.text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - (before.lastIndexOf('\n') + 1);
    const place = `${this.options.name}:${String(line)}:${String(column)}`;
    throw new TemplateProblem(
      `template: ${place}: executing ${JSON.stringify(this.running)} at <${context}>: ${message}`,
    );
  }
}

const ARGUMENTS: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  and: { least: 1, most: Infinity },
  or: { least: 1, most: Infinity },
  not: { least: 1, most: 1 },
  len: { least: 1, most: 1 },
  index: { least: 1, most: Infinity },
  slice: { least: 1, most: Infinity },
  printf: { least: 1, most: Infinity },
  eq: { least: 1, most: Infinity },
  ne: { least: 2, most: 2 },
  lt: { least: 2, most: 2 },
  le: { least: 2, most: 2 },
  gt: { least: 2, most: 2 },
  ge: { least: 2, most: 2 },
};

const isMethod = (found: unknown): found is TemplateFunction => typeof found === 'function';

function printed(result: unknown): string {
  return result === undefined ? '<no value>' : goValue(result);
}

/** The part that Go's executor touched last before it looks up a field of a parenthesised value. */
function lastEvaluated(node: Operand): Operand {
  if (node.type === 'chain') return lastEvaluated(node.of);
  if (node.type !== 'pipe') return node;
  const last = node.commands.at(-1)?.args.at(-1);
  return last === undefined ? node : lastEvaluated(last);
}

function lastName(node: Operand): string {
  return 'path' in node ? (node.path.at(-1) ?? '') : '';
}
