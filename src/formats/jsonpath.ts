/**
 * kubectl's JSONPath dialect: templates with `{…}` actions, ranges, filters, unions, slices.
 * Facts: kubernetes client-go util/jsonpath, cli-runtime pkg/printers/jsonpath.go.
 * Leaves out: Go walks maps in random order under `*` and `..`; here keys come sorted.
 */
import { formatGoFloat } from './go-number.ts';
import { isJsonObject, stringifyJson } from './json.ts';
import { parsePathTemplate, PathProblem, type PathNode, type SliceParam } from './jsonpath-parse.ts';

export type PathResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export interface JsonPath {
  /** Every action's results, one list for each node of the template (text counts as one). */
  find(data: unknown): PathResult<readonly (readonly unknown[])[]>;
  /** The printed text: strings raw, objects and arrays as compact JSON, several results separated by a space. */
  print(data: unknown): PathResult<string>;
}

/** Compiles a template. With `allowMissingKeys` an absent field gives nothing instead of `x is not found`. */
export function compileJsonPath(
  template: string,
  options: { readonly allowMissingKeys?: boolean } = {},
): PathResult<JsonPath> {
  let nodes: readonly PathNode[];
  try {
    nodes = parsePathTemplate(template);
  } catch (problem) {
    return failure(problem);
  }
  const find = (data: unknown): PathResult<readonly (readonly unknown[])[]> => {
    try {
      return { ok: true, value: new Evaluation(options.allowMissingKeys ?? false).template(nodes, data) };
    } catch (problem) {
      return failure(problem);
    }
  };
  const print = (data: unknown): PathResult<string> => {
    const found = find(data);
    return found.ok ? { ok: true, value: found.value.map(printResults).join('') } : found;
  };
  return { ok: true, value: { find, print } };
}

/**
 * Turns `x.y`, `.x.y`, `{x.y}` or `{.x.y}` into `{.x.y}` (--sort-by, custom-columns, wait --for=jsonpath).
 */
export function relaxJsonPath(text: string): PathResult<string> {
  if (text === '') return { ok: true, value: '' };
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (found === null) {
    const message =
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'";
    return { ok: false, message };
  }
  return { ok: true, value: `{.${found[1] ?? found[2] ?? ''}}` };
}

/** One list of results as PrintResults shows it. */
export function printResults(results: readonly unknown[]): string {
  return results.map(printValue).join(' ');
}

function printValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatGoFloat(value, 21);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return stringifyJson(value);
  return typeof value === 'boolean' ? String(value) : '';
}

function failure(problem: unknown): { readonly ok: false; readonly message: string } {
  if (problem instanceof PathProblem) return { ok: false, message: problem.message };
  throw problem;
}

class Evaluation {
  private readonly allowMissing: boolean;
  private beginRange = 0;
  private inRange = 0;
  private endRange = 0;
  private lastEnd = -1;

  constructor(allowMissing: boolean) {
    this.allowMissing = allowMissing;
  }

  template(nodes: readonly PathNode[], data: unknown): unknown[][] {
    return this.block(nodes, 0, data);
  }

  /** Runs the nodes from `first` on until the end or until a range that contains them ends. */
  private block(nodes: readonly PathNode[], first: number, data: unknown): unknown[][] {
    const out: unknown[][] = [];
    for (let index = first; index < nodes.length; index += 1) {
      const node = nodes[index];
      if (node === undefined) break;
      const results = this.walk([data], node);
      if (this.endRange > 0 && this.endRange <= this.inRange) {
        this.endRange -= 1;
        this.lastEnd = index;
        break;
      }
      if (this.beginRange > 0) {
        this.beginRange -= 1;
        this.inRange += 1;
        if (results.length === 0) this.block(nodes, index + 1, undefined);
        for (const item of results) out.push(...this.block(nodes, index + 1, item));
        this.inRange -= 1;
        if (this.lastEnd > index) index = this.lastEnd;
        continue;
      }
      out.push(results);
    }
    return out;
  }

  private list(input: readonly unknown[], nodes: readonly PathNode[]): unknown[] {
    let values = [...input];
    for (const node of nodes) values = this.walk(values, node);
    return values;
  }

  private walk(input: readonly unknown[], node: PathNode): unknown[] {
    switch (node.type) {
      case 'list':
        return this.list(input, node.nodes);
      case 'text':
        return [node.text];
      case 'number':
      case 'bool':
        return [node.value];
      case 'identifier':
        return this.identifier(input, node.name);
      case 'field':
        return this.field(input, node.name);
      case 'array':
        return slice(input, node.params);
      case 'filter':
        return this.filter(input, node);
      case 'union':
        return node.lists.flatMap((nodes) => this.list(input, nodes));
      case 'wildcard':
        return input.flatMap(children);
      case 'recursive':
        return recurse(input);
    }
  }

  private identifier(input: readonly unknown[], name: string): unknown[] {
    if (name === 'range') this.beginRange += 1;
    else if (name !== 'end') throw new PathProblem(`unrecognized identifier ${name}`);
    else if (this.inRange > 0) this.endRange += 1;
    else throw new PathProblem('not in range, nothing to end');
    return [...input];
  }

  private field(input: readonly unknown[], name: string): unknown[] {
    if (input.length === 0) return [];
    const results: unknown[] = [];
    for (const value of input) {
      if (isJsonObject(value) && Object.hasOwn(value, name) && value[name] !== undefined) results.push(value[name]);
    }
    if (results.length === 0 && !this.allowMissing) throw new PathProblem(`${name} is not found`);
    return results;
  }

  private filter(input: readonly unknown[], node: Extract<PathNode, { type: 'filter' }>): unknown[] {
    const results: unknown[] = [];
    for (const value of input) {
      if (!isArray(value)) throw new PathProblem(`${goType(value)} is not array or slice and cannot be filtered`);
      for (const item of value) {
        if (this.passes(item, node)) results.push(item);
      }
    }
    return results;
  }

  private passes(item: unknown, node: Extract<PathNode, { type: 'filter' }>): boolean {
    if (node.operator === 'exists') {
      try {
        return this.list([item], node.left).length > 0;
      } catch (problem) {
        if (problem instanceof PathProblem) return false;
        throw problem;
      }
    }
    const lefts = this.list([item], node.left);
    if (lefts.length === 0) return false;
    if (lefts.length > 1) throw new PathProblem('can only compare one element at a time');
    const rights = this.list([item], node.right);
    if (rights.length === 0) return false;
    if (rights.length > 1) throw new PathProblem('can only compare one element at a time');
    return compare(lefts[0], rights[0], node.operator);
  }
}

function compare(left: unknown, right: unknown, operator: string): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return !isLess(left, right) && !isEqual(left, right);
    case '<=':
      return isLess(left, right) || isEqual(left, right);
    case '>=':
      return !isLess(left, right);
    default:
      throw new PathProblem(`unrecognized filter operator ${operator}`);
  }
}

function isEqual(left: unknown, right: unknown): boolean {
  checkComparable(left, right);
  return left === right;
}

function isLess(left: unknown, right: unknown): boolean {
  checkComparable(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right;
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  throw new PathProblem('invalid type for comparison');
}

function checkComparable(left: unknown, right: unknown): void {
  for (const value of [left, right]) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) throw new PathProblem('invalid type for comparison');
  }
  if (typeof left !== typeof right) throw new PathProblem('incompatible types for comparison');
}

function slice(input: readonly unknown[], params: readonly [SliceParam, SliceParam, SliceParam]): unknown[] {
  const results: unknown[] = [];
  for (const value of input) {
    if (value === null || value === undefined) continue;
    if (!isArray(value)) throw new PathProblem(`${goType(value)} is not array or slice`);
    const { length } = value;
    const [first, last, step] = params;
    const from = first.value < 0 ? first.value + length : first.value;
    let to = last.known ? last.value : length;
    if (to < 0 || (to === 0 && last.derived)) to += length;
    if (from === to) return results;
    if (from >= length || from < 0) throw outOfBounds(from, length);
    if (to > length || to < 0) throw outOfBounds(to - 1, length);
    if (from > to) throw new PathProblem(`starting index ${String(from)} is greater than ending index ${String(to)}`);
    if (step.known && step.value <= 0) throw new PathProblem('step must be > 0');
    for (let index = from; index < to; index += step.known ? step.value : 1) results.push(value[index]);
  }
  return results;
}

function outOfBounds(index: number, length: number): PathProblem {
  return new PathProblem(`array index out of bounds: index ${String(index)}, length ${String(length)}`);
}

function recurse(input: readonly unknown[]): unknown[] {
  return input.flatMap((value) => {
    const below = children(value);
    return below.length === 0 ? [] : [value, ...recurse(below)];
  });
}

function children(value: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  if (!isJsonObject(value)) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key]);
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The Go type of a value that was read from JSON. */
function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}
