/** Filters that make values rather than find them: literals of arrays, objects and texts, operators, assignments. */
import { named, OPERATORS } from './arithmetic.ts';
import type { Plain } from './destructure.ts';
import { formatValue, toText } from './formats.ts';
import type { Found } from './found.ts';
import { isTrue } from './found.ts';
import type { Json } from './json.ts';
import type { Path } from './paths.ts';
import { fail, getPath, setPath } from './paths.ts';
import type { Closure, Scope } from './scope.ts';
import type { Filter } from './syntax.ts';
import { JqSyntax } from './syntax.ts';

/** What these filters ask of the interpreter. */
export interface Making extends Plain {
  readonly surroundings: { readonly environment: Json };
  paths(closure: Closure, input: Json): Iterable<{ readonly path: Path }>;
  updatePaths(value: Json, paths: readonly Path[], closure: Closure): Json;
}

/** The values that a filter makes. */
export function* make(run: Making, filter: Filter, at: Found, scope: Scope): Generator<Json, void> {
  switch (filter.type) {
    case 'array':
      yield filter.items === undefined ? [] : [...run.plain(filter.items, at, scope)];
      return;
    case 'object':
      yield* objects(run, filter.entries, new Map(), at, scope);
      return;
    case 'string':
      yield* strings(run, filter, at, scope);
      return;
    case 'format':
      yield formatValue(filter.name, at.value);
      return;
    case 'negate':
      for (const value of run.plain(filter.of, at, scope))
        yield typeof value === 'number' ? -value : fail(`${named(value)} cannot be negated`);
      return;
    case 'and':
    case 'or':
      for (const left of run.plain(filter.left, at, scope)) {
        if (isTrue(left) === (filter.type === 'or')) yield filter.type === 'or';
        else for (const right of run.plain(filter.right, at, scope)) yield isTrue(right);
      }
      return;
    case 'binary':
      // The right side is the outer loop.
      for (const right of run.plain(filter.right, at, scope))
        for (const left of run.plain(filter.left, at, scope)) yield operate(filter.operator, left, right);
      return;
    case 'update':
      yield* update(run, filter, at, scope);
      return;
    case 'variable':
      yield variable(run, filter.name, scope);
      return;
    default:
  }
}

function variable(run: Making, name: string, scope: Scope): Json {
  const found = scope.find(name)?.binding;
  if (found?.type === 'value') return found.value;
  if (name === '$ENV') return run.surroundings.environment;
  if (name === '$__loc__')
    return new Map<string, Json>([
      ['file', '<top-level>'],
      ['line', 1],
    ]);
  throw new JqSyntax(`${name} is not defined`);
}

function* objects(
  run: Making,
  [first, ...rest]: readonly { readonly key: Filter; readonly value: Filter }[],
  made: ReadonlyMap<string, Json>,
  at: Found,
  scope: Scope,
): Generator<Json, void> {
  if (first === undefined) {
    yield made;
    return;
  }
  for (const key of run.plain(first.key, at, scope)) {
    if (typeof key !== 'string') fail(`Object keys must be strings`);
    for (const value of run.plain(first.value, at, scope))
      yield* objects(run, rest, new Map(made).set(String(key), value), at, scope);
  }
}

function* strings(
  run: Making,
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
      : [...run.plain(first, at, scope)].map((value) =>
          format === undefined ? toText(value) : formatValue(format, value),
        );
  for (const tail of strings(run, { parts: rest, format }, at, scope)) for (const head of heads) yield head + tail;
}

function* update(
  run: Making,
  { operator, target, value }: Extract<Filter, { type: 'update' }>,
  at: Found,
  scope: Scope,
): Generator<Json, void> {
  const paths = (): Path[] => [...run.paths({ filter: target, scope }, at.value)].map(({ path }) => path);
  if (operator === '|=') {
    yield run.updatePaths(at.value, paths(), { filter: value, scope });
    return;
  }
  for (const right of run.plain(value, at, scope))
    yield paths().reduce<Json>((whole, path) => {
      const old = getPath(whole, path);
      if (operator === '=') return setPath(whole, path, right);
      if (operator === '//=') return isTrue(old) ? whole : setPath(whole, path, right);
      return setPath(whole, path, operate(operator.slice(0, -1), old, right));
    }, at.value);
}

function operate(operator: string, left: Json, right: Json): Json {
  return OPERATORS[operator]?.(left, right) ?? null;
}
