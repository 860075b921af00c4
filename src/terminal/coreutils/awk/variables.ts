import type { AwkArray, Value } from './values.ts';

/** A variable: a value, an array, or nothing yet. */
interface Cell {
  content: Value | AwkArray;
  /** The caller's variable that becomes an array with this one. */
  readonly origin?: Cell;
}

/** Global variables and those of the functions that are being called. */
export class AwkVariables {
  readonly #globals = new Map<string, Cell>();
  readonly #frames: Map<string, Cell>[] = [];

  get callDepth(): number {
    return this.#frames.length;
  }

  #cell(name: string): Cell {
    const local = this.#frames.at(-1)?.get(name);
    if (local !== undefined) return local;
    const known = this.#globals.get(name);
    if (known !== undefined) return known;
    const made: Cell = { content: undefined };
    this.#globals.set(name, made);
    return made;
  }

  get(name: string): Value {
    const { content } = this.#cell(name);
    return content instanceof Map ? undefined : content;
  }
  set(name: string, value: Value): void {
    this.#cell(name).content = value;
  }
  isArray(name: string): boolean {
    return this.#cell(name).content instanceof Map;
  }
  array(name: string): AwkArray {
    const cell = this.#cell(name);
    if (cell.content instanceof Map) return cell.content;
    // A parameter that was given an unused variable makes that one an array, too.
    const shared = cell.origin?.content;
    const made = shared instanceof Map ? shared : new Map<string, Value>();
    for (let each: Cell | undefined = cell; each !== undefined; each = each.origin) each.content = made;
    return made;
  }

  /** What a bare name passes to a function: an array itself, or a variable that may yet become one. */
  reference(name: string): Cell {
    const cell = this.#cell(name);
    if (cell.content instanceof Map) return { content: cell.content };
    return { content: cell.content, origin: cell };
  }

  enter(parameters: readonly string[], args: readonly (Cell | { readonly value: Value })[]): void {
    const frame = new Map<string, Cell>();
    for (const [at, name] of parameters.entries()) {
      const arg = args[at];
      frame.set(name, arg === undefined ? { content: undefined } : 'value' in arg ? { content: arg.value } : arg);
    }
    this.#frames.push(frame);
  }
  leave(): void {
    this.#frames.pop();
  }
}
