import { isArray, isObject } from './compare.ts';
import { Effort } from './effort.ts';
import type { Found, Results } from './found.ts';
import { child, children, isTrue } from './found.ts';
import type { NativeFunction } from './native.ts';
import { NATIVE } from './native.ts';
import { destructure } from './destructure.ts';
import { make } from './make.ts';
import { isSingle } from './single.ts';
import type { Json } from './json.ts';
import type { Path } from './paths.ts';
import { deletePaths, getKey, getPath, getSlice, JqError, setPath } from './paths.ts';
import { parseDefinitions } from './parser.ts';
import { PRELUDE } from './prelude.ts';
import type { Closure } from './scope.ts';
import { functionName, Scope } from './scope.ts';
import type { Definition, Filter } from './syntax.ts';
import { JqSyntax } from './syntax.ts';

/** What leaves a `label`. */
class Leave extends Error {
  constructor(readonly label: symbol) {
    super('break');
  }
}

/** What functions may ask of the program around the filter. */
export interface Surroundings {
  readonly variables: ReadonlyMap<string, Json>;
  readonly environment: Json;
  readonly nowSeconds: () => number;
  /** The next input, or undefined where there is none. */
  readonly input: () => Json | undefined;
  readonly debug: (text: string) => void;
}

/** A filter to run on a value. */
interface Task {
  readonly filter: Filter;
  readonly at: Found;
  readonly scope: Scope;
}

const IDENTITY: Filter = { type: 'identity' };

/** Arguments with where they stand; a parameter that is handed on is what it stands for, so that chains do not grow. */
const closuresOf = (args: readonly Filter[], scope: Scope): readonly Closure[] =>
  args.map((filter) => {
    const handedOn = filter.type === 'call' && filter.args.length === 0 ? scope.find(`${filter.name}/0`) : undefined;
    return handedOn?.binding.type === 'closure' ? handedOn.binding.closure : { filter, scope };
  });

/** Runs filters: each gives any number of results, made as they are asked for. */
export class JqInterpreter {
  readonly surroundings: Surroundings;
  readonly #globals: Scope;
  readonly #effort = new Effort();
  /** Functions said in jq; each may use all the others. */
  readonly #library = new Map<string, Definition>();

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    let scope = new Scope('', { type: 'value', value: null }, undefined);
    for (const definition of parseDefinitions(PRELUDE))
      this.#library.set(functionName(definition.name, definition.parameters.length), definition);
    for (const [name, value] of surroundings.variables) scope = new Scope(name, { type: 'value', value }, scope);
    this.#globals = scope;
  }

  /** The results of a filter; throws `JqError`, and `JqSyntax` for names that are not defined. */
  *run(filter: Filter, input: Json): Generator<Json, void> {
    this.#effort.begin();
    for (const { value } of this.#evaluate(filter, { value: input, path: undefined }, this.#globals)) {
      yield value;
      this.#effort.begin();
    }
  }

  *values({ filter, scope }: Closure, input: Json): Generator<Json, void> {
    for (const { value } of this.#evaluate(filter, { value: input, path: undefined }, scope)) yield value;
  }
  *paths({ filter, scope }: Closure, input: Json): Generator<{ readonly value: Json; readonly path: Path }, void> {
    for (const { value, path } of this.#evaluate(filter, { value: input, path: [] }, scope))
      yield { value, path: path ?? [] };
  }

  /** Where a filter ends in another one, that one takes its place: functions that call themselves last may do so for ever. */
  *#evaluate(filter: Filter, at: Found, scope: Scope): Results {
    let task: Task = { filter, at, scope };
    for (;;) {
      this.#effort.step();
      const next = this.#follow(task);
      if (next === 'ended') return;
      if (next !== undefined) task = next;
      else if (task.filter.type === 'comma') {
        yield* this.#evaluate(task.filter.left, task.at, task.scope);
        task = { ...task, filter: task.filter.right };
      } else break;
    }
    yield* this.#branch(task);
  }

  /** What is left to do after the first part of a filter, where that part gives at most one result. */
  #follow({ filter, at, scope }: Task): Task | 'ended' | undefined {
    if (filter.type === 'define') {
      const { definition } = filter;
      const name = functionName(definition.name, definition.parameters.length);
      return { filter: filter.body, at, scope: new Scope(name, { type: 'definition', definition }, scope) };
    }
    if (filter.type === 'call') return this.#followCall(filter, at, scope);
    if (filter.type === 'pipe' && isSingle(filter.left, scope)) {
      const [found] = [...this.#evaluate(filter.left, at, scope)];
      return found === undefined ? 'ended' : { filter: filter.right, at: found, scope };
    }
    if (filter.type === 'if' && isSingle(filter.test, scope)) {
      const [test] = [...this.plain(filter.test, at, scope)];
      return test === undefined ? 'ended' : { filter: isTrue(test) ? filter.yes : filter.no, at, scope };
    }
    if (filter.type === 'bind' && filter.pattern.type === 'name' && isSingle(filter.source, scope)) {
      const [value] = [...this.plain(filter.source, at, scope)];
      if (value === undefined) return 'ended';
      return { filter: filter.body, at, scope: new Scope(filter.pattern.name, { type: 'value', value }, scope) };
    }
    return undefined;
  }

  #followCall({ name, args }: Extract<Filter, { type: 'call' }>, at: Found, scope: Scope): Task | 'ended' | undefined {
    const full = functionName(name, args.length);
    const found = scope.find(full);
    if (found?.binding.type === 'closure') {
      const { closure } = found.binding;
      return { filter: closure.filter, at, scope: closure.scope };
    }
    const own = found?.binding.type === 'definition' ? found.binding.definition : undefined;
    const definition = own ?? (NATIVE[full] === undefined ? this.#library.get(full) : undefined);
    if (definition === undefined) return undefined;
    const isOnce = definition.parameters.every(
      (parameter, index) => !parameter.startsWith('$') || isSingle(args[index] ?? IDENTITY, scope),
    );
    if (!isOnce) return undefined;
    const outer = own === undefined ? this.#globals : (found?.at ?? scope);
    const [inner] = this.#enter(definition, closuresOf(args, scope), at, outer);
    return inner === undefined ? 'ended' : { filter: definition.body, at, scope: inner };
  }

  *#branch({ filter, at, scope }: Task): Results {
    switch (filter.type) {
      case 'identity':
        yield at;
        return;
      case 'literal':
        yield this.#made(filter.value, at);
        return;
      case 'pipe':
        for (const left of this.#evaluate(filter.left, at, scope)) yield* this.#evaluate(filter.right, left, scope);
        return;
      case 'index':
      case 'slice':
      case 'iterate':
      case 'recurse':
        yield* this.#access(filter, at, scope);
        return;
      case 'alternative':
        yield* this.#alternative(filter, at, scope);
        return;
      case 'if':
        for (const test of this.plain(filter.test, at, scope))
          yield* this.#evaluate(isTrue(test) ? filter.yes : filter.no, at, scope);
        return;
      case 'try':
        yield* this.#try(filter, at, scope);
        return;
      case 'bind':
      case 'reduce':
      case 'foreach':
        yield* this.#bindings(filter, at, scope);
        return;
      case 'label':
        yield* this.#label(filter, at, scope);
        return;
      case 'break':
        throw this.#breakOut(filter.name, scope);
      case 'call':
        yield* this.#call(filter, at, scope);
        return;
      default:
        for (const value of make(this, filter, at, scope)) yield this.#made(value, at);
    }
  }

  /** A value that was made rather than found has no path. */
  #made(value: Json, { path }: Found): Found {
    return { value, path: path === undefined ? undefined : [] };
  }
  *plain(filter: Filter, { value }: Found, scope: Scope): Generator<Json, void> {
    for (const found of this.#evaluate(filter, { value, path: undefined }, scope)) yield found.value;
  }

  // Filters that find.

  *#access(
    filter: Extract<Filter, { type: 'index' | 'slice' | 'iterate' | 'recurse' }>,
    at: Found,
    scope: Scope,
  ): Results {
    if (filter.type === 'recurse') {
      yield* this.#descend(at);
      return;
    }
    for (const of of this.#evaluate(filter.of, at, scope)) {
      if (filter.type === 'iterate') yield* children(of);
      else if (filter.type === 'index')
        for (const key of this.plain(filter.key, at, scope)) yield child(of, key, getKey(of.value, key));
      else yield* this.#slices(filter, of, at, scope);
    }
  }
  *#slices(filter: Extract<Filter, { type: 'slice' }>, of: Found, at: Found, scope: Scope): Results {
    const nothing: Filter = { type: 'literal', value: null };
    for (const to of this.plain(filter.to ?? nothing, at, scope))
      for (const from of this.plain(filter.from ?? nothing, at, scope)) {
        const key = new Map([
          ['start', from],
          ['end', to],
        ]);
        yield child(of, key, getSlice(of.value, from, to));
      }
  }
  *#descend(at: Found): Results {
    yield at;
    if (isArray(at.value) || isObject(at.value)) for (const inner of children(at)) yield* this.#descend(inner);
  }

  *#alternative({ left, right }: { readonly left: Filter; readonly right: Filter }, at: Found, scope: Scope): Results {
    let any = false;
    try {
      for (const found of this.#evaluate(left, at, scope)) {
        if (!isTrue(found.value)) continue;
        any = true;
        yield found;
      }
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
    }
    if (!any) yield* this.#evaluate(right, at, scope);
  }

  *#try({ body, handler }: Extract<Filter, { type: 'try' }>, at: Found, scope: Scope): Results {
    try {
      yield* this.#evaluate(body, at, scope);
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      if (handler !== undefined) yield* this.#evaluate(handler, this.#made(error.value, at), scope);
    }
  }

  *#label({ name, body }: Extract<Filter, { type: 'label' }>, at: Found, scope: Scope): Results {
    const label = Symbol(name);
    try {
      yield* this.#evaluate(body, at, new Scope(`*${name}`, { type: 'label', label }, scope));
    } catch (error) {
      if (!(error instanceof Leave) || error.label !== label) throw error;
    }
  }
  #breakOut(name: string, scope: Scope): Error {
    const found = scope.find(`*${name}`)?.binding;
    return found?.type === 'label' ? new Leave(found.label) : new JqSyntax(`$*label-${name.slice(1)} is not defined`);
  }

  *#bindings(filter: Extract<Filter, { type: 'bind' | 'reduce' | 'foreach' }>, at: Found, scope: Scope): Results {
    if (filter.type === 'bind') {
      for (const value of this.plain(filter.source, at, scope))
        for (const inner of destructure(this, filter.pattern, value, at, scope))
          yield* this.#evaluate(filter.body, at, inner);
      return;
    }
    for (const start of this.#evaluate(filter.start, at, scope)) {
      let state: Found = start;
      for (const value of this.plain(filter.source, at, scope))
        for (const inner of destructure(this, filter.pattern, value, at, scope)) {
          let next: Found | undefined;
          for (const updated of this.#evaluate(filter.update, state, inner)) {
            next = updated;
            if (filter.type === 'foreach') yield* this.#evaluate(filter.extract, updated, inner);
          }
          state = next ?? { value: null, path: state.path };
        }
      if (filter.type === 'reduce') yield state;
    }
  }

  /** Each path's value replaced by the first result of a filter; where there is none, it goes. */
  updatePaths(value: Json, paths: readonly Path[], closure: Closure): Json {
    const gone: Path[] = [];
    const updated = paths.reduce<Json>((whole, path) => {
      for (const next of this.values(closure, getPath(whole, path))) return setPath(whole, path, next);
      gone.push(path);
      return whole;
    }, value);
    return gone.length === 0 ? updated : deletePaths(updated, gone);
  }

  // Functions.

  *#call({ name, args }: Extract<Filter, { type: 'call' }>, at: Found, scope: Scope): Results {
    const full = functionName(name, args.length);
    const found = scope.find(full);
    const closures = closuresOf(args, scope);
    if (found?.binding.type === 'definition')
      yield* this.#callDefined(found.binding.definition, closures, at, found.at);
    else {
      const native: NativeFunction | undefined = NATIVE[full];
      const definition = this.#library.get(full);
      if (native !== undefined) yield* native(this, at, closures);
      else if (definition !== undefined) yield* this.#callDefined(definition, closures, at, this.#globals);
      else throw new JqSyntax(`${full} is not defined`);
    }
  }

  *#callDefined(definition: Definition, closures: readonly Closure[], at: Found, scope: Scope): Results {
    for (const inner of this.#enter(definition, closures, at, scope)) yield* this.#evaluate(definition.body, at, inner);
  }

  /** The scopes of a function's body: one for each combination of its `$` parameters' values. */
  #enter({ parameters }: Definition, closures: readonly Closure[], at: Found, scope: Scope): readonly Scope[] {
    let scopes: readonly Scope[] = [scope];
    for (const [index, parameter] of parameters.entries()) {
      const closure = closures[index];
      if (closure === undefined) continue;
      if (!parameter.startsWith('$')) {
        scopes = scopes.map((inner) => new Scope(functionName(parameter, 0), { type: 'closure', closure }, inner));
        continue;
      }
      const values = [...this.values(closure, at.value)];
      scopes = scopes.flatMap((inner) => values.map((value) => withValue(inner, parameter, value)));
    }
    return scopes;
  }
}

/** A `$` parameter is bound as a variable and as a filter. */
function withValue(outer: Scope, parameter: string, value: Json): Scope {
  const variable = new Scope(parameter, { type: 'value', value }, outer);
  const closure: Closure = { filter: { type: 'variable', name: parameter }, scope: variable };
  return new Scope(functionName(parameter.slice(1), 0), { type: 'closure', closure }, variable);
}
