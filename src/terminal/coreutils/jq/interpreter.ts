import { named, OPERATORS } from './arithmetic.ts';
import { isArray, isObject } from './compare.ts';
import { formatValue, toText } from './formats.ts';
import { Effort } from './effort.ts';
import type { Found, Results } from './found.ts';
import { child, children, isTrue } from './found.ts';
import type { NativeFunction } from './native.ts';
import { NATIVE } from './native.ts';
import type { Json } from './json.ts';
import type { Path } from './paths.ts';
import { deletePaths, fail, getKey, getPath, getSlice, JqError, setPath } from './paths.ts';
import { parseDefinitions } from './parser.ts';
import { PRELUDE } from './prelude.ts';
import type { Closure } from './scope.ts';
import { functionName, Scope } from './scope.ts';
import type { Definition, Filter, Pattern } from './syntax.ts';
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

  *#evaluate(filter: Filter, at: Found, scope: Scope): Results {
    this.#effort.step();
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
      case 'comma':
        yield* this.#evaluate(filter.left, at, scope);
        yield* this.#evaluate(filter.right, at, scope);
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
        for (const test of this.#plain(filter.test, at, scope))
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
      case 'define': {
        const { definition } = filter;
        const name = functionName(definition.name, definition.parameters.length);
        yield* this.#evaluate(filter.body, at, new Scope(name, { type: 'definition', definition }, scope));
        return;
      }
      case 'label':
        yield* this.#label(filter, at, scope);
        return;
      case 'break':
        throw this.#breakOut(filter.name, scope);
      case 'call':
        yield* this.#call(filter, at, scope);
        return;
      default:
        for (const value of this.#make(filter, at, scope)) yield this.#made(value, at);
    }
  }

  /** A value that was made rather than found has no path. */
  #made(value: Json, { path }: Found): Found {
    return { value, path: path === undefined ? undefined : [] };
  }
  *#plain(filter: Filter, { value }: Found, scope: Scope): Generator<Json, void> {
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
        for (const key of this.#plain(filter.key, at, scope)) yield child(of, key, getKey(of.value, key));
      else yield* this.#slices(filter, of, at, scope);
    }
  }
  *#slices(filter: Extract<Filter, { type: 'slice' }>, of: Found, at: Found, scope: Scope): Results {
    const nothing: Filter = { type: 'literal', value: null };
    for (const to of this.#plain(filter.to ?? nothing, at, scope))
      for (const from of this.#plain(filter.from ?? nothing, at, scope)) {
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
      for (const value of this.#plain(filter.source, at, scope))
        for (const inner of this.#destructure(filter.pattern, value, at, scope))
          yield* this.#evaluate(filter.body, at, inner);
      return;
    }
    for (const start of this.#evaluate(filter.start, at, scope)) {
      let state: Found = start;
      for (const value of this.#plain(filter.source, at, scope))
        for (const inner of this.#destructure(filter.pattern, value, at, scope)) {
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

  /** The scopes that a pattern makes of a value. */
  *#destructure(pattern: Pattern, value: Json, at: Found, scope: Scope): Generator<Scope, void> {
    if (pattern.type === 'name') {
      yield new Scope(pattern.name, { type: 'value', value }, scope);
      return;
    }
    const parts =
      pattern.type === 'items'
        ? pattern.items.map((inner, index) => ({
            key: { type: 'literal', value: index } as const,
            name: undefined,
            pattern: inner,
          }))
        : pattern.fields;
    yield* this.#destructureParts(parts, value, at, scope);
  }
  *#destructureParts(
    [first, ...rest]: Extract<Pattern, { type: 'fields' }>['fields'],
    value: Json,
    at: Found,
    scope: Scope,
  ): Generator<Scope, void> {
    if (first === undefined) {
      yield scope;
      return;
    }
    for (const key of this.#plain(first.key, at, scope)) {
      const part = getKey(value, key);
      const named = first.name === undefined ? scope : new Scope(first.name, { type: 'value', value: part }, scope);
      const inners = first.pattern === undefined ? [named] : this.#destructure(first.pattern, part, at, named);
      for (const inner of inners) yield* this.#destructureParts(rest, value, at, inner);
    }
  }

  // Filters that make.

  *#make(filter: Filter, at: Found, scope: Scope): Generator<Json, void> {
    switch (filter.type) {
      case 'array':
        yield filter.items === undefined ? [] : [...this.#plain(filter.items, at, scope)];
        return;
      case 'object':
        yield* this.#objects(filter.entries, new Map(), at, scope);
        return;
      case 'string':
        yield* this.#strings(filter, at, scope);
        return;
      case 'format':
        yield formatValue(filter.name, at.value);
        return;
      case 'negate':
        for (const value of this.#plain(filter.of, at, scope))
          yield typeof value === 'number' ? -value : fail(`${named(value)} cannot be negated`);
        return;
      case 'and':
      case 'or':
        for (const left of this.#plain(filter.left, at, scope)) {
          if (isTrue(left) === (filter.type === 'or')) yield filter.type === 'or';
          else for (const right of this.#plain(filter.right, at, scope)) yield isTrue(right);
        }
        return;
      case 'binary':
        // The right side is the outer loop.
        for (const right of this.#plain(filter.right, at, scope))
          for (const left of this.#plain(filter.left, at, scope)) yield operate(filter.operator, left, right);
        return;
      case 'update':
        yield* this.#update(filter, at, scope);
        return;
      case 'variable':
        yield this.#variable(filter.name, scope);
        return;
      default:
    }
  }

  #variable(name: string, scope: Scope): Json {
    const found = scope.find(name)?.binding;
    if (found?.type === 'value') return found.value;
    if (name === '$ENV') return this.surroundings.environment;
    if (name === '$__loc__')
      return new Map<string, Json>([
        ['file', '<top-level>'],
        ['line', 1],
      ]);
    throw new JqSyntax(`${name} is not defined`);
  }

  *#objects(
    [first, ...rest]: readonly { readonly key: Filter; readonly value: Filter }[],
    made: ReadonlyMap<string, Json>,
    at: Found,
    scope: Scope,
  ): Generator<Json, void> {
    if (first === undefined) {
      yield made;
      return;
    }
    for (const key of this.#plain(first.key, at, scope)) {
      if (typeof key !== 'string') fail(`Object keys must be strings`);
      for (const value of this.#plain(first.value, at, scope))
        yield* this.#objects(rest, new Map(made).set(String(key), value), at, scope);
    }
  }

  *#strings(
    {
      parts: [first, ...rest],
      format,
    }: { readonly parts: readonly (string | Filter)[]; readonly format: string | undefined },
    at: Found,
    scope: Scope,
  ): Generator<string, void> {
    if (first === undefined) {
      yield '';
      return;
    }
    const heads =
      typeof first === 'string'
        ? [first]
        : [...this.#plain(first, at, scope)].map((value) =>
            format === undefined ? toText(value) : formatValue(format, value),
          );
    for (const tail of this.#strings({ parts: rest, format }, at, scope)) for (const head of heads) yield head + tail;
  }

  *#update(
    { operator, target, value }: Extract<Filter, { type: 'update' }>,
    at: Found,
    scope: Scope,
  ): Generator<Json, void> {
    const paths = (): Path[] => [...this.paths({ filter: target, scope }, at.value)].map(({ path }) => path);
    if (operator === '|=') {
      yield this.updatePaths(at.value, paths(), { filter: value, scope });
      return;
    }
    for (const right of this.#plain(value, at, scope))
      yield paths().reduce<Json>((whole, path) => {
        const old = getPath(whole, path);
        if (operator === '=') return setPath(whole, path, right);
        if (operator === '//=') return isTrue(old) ? whole : setPath(whole, path, right);
        return setPath(whole, path, operate(operator.slice(0, -1), old, right));
      }, at.value);
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
    const closures = args.map((filter): Closure => ({ filter, scope }));
    if (found?.binding.type === 'closure') {
      const { filter, scope: inner } = found.binding.closure;
      yield* this.#evaluate(filter, at, inner);
    } else if (found?.binding.type === 'definition')
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
  *#enter({ parameters }: Definition, closures: readonly Closure[], at: Found, scope: Scope): Generator<Scope, void> {
    let scopes: readonly Scope[] = [scope];
    for (const [index, parameter] of parameters.entries()) {
      const closure = closures[index];
      if (closure === undefined) continue;
      if (!parameter.startsWith('$')) {
        scopes = scopes.map((inner) => new Scope(functionName(parameter, 0), { type: 'closure', closure }, inner));
        continue;
      }
      const values = [...this.values(closure, at.value)];
      scopes = values.flatMap((value) => {
        const literal: Closure = {
          filter: { type: 'variable', name: parameter },
          scope: new Scope(parameter, { type: 'value', value }, undefined),
        };
        return scopes.map(
          (inner) =>
            new Scope(
              functionName(parameter.slice(1), 0),
              { type: 'closure', closure: literal },
              new Scope(parameter, { type: 'value', value }, inner),
            ),
        );
      });
    }
    yield* scopes;
  }
}

function operate(operator: string, left: Json, right: Json): Json {
  return OPERATORS[operator]?.(left, right) ?? null;
}
