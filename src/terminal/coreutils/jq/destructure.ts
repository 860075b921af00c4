/** Patterns: `. as [$first, {name: $name}]`. */
import type { Found } from './found.ts';
import type { Json } from './json.ts';
import { getKey } from './paths.ts';
import { Scope } from './scope.ts';
import type { Filter, Pattern } from './syntax.ts';

/** Who runs a pattern's filters. */
export interface Plain {
  plain(filter: Filter, at: Found, scope: Scope): Iterable<Json>;
}

/** The scopes that a pattern makes of a value. */
export function* destructure(
  run: Plain,
  pattern: Pattern,
  value: Json,
  at: Found,
  scope: Scope,
): Generator<Scope, void> {
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
  yield* destructureParts(run, parts, value, at, scope);
}
function* destructureParts(
  run: Plain,
  [first, ...rest]: Extract<Pattern, { type: 'fields' }>['fields'],
  value: Json,
  at: Found,
  scope: Scope,
): Generator<Scope, void> {
  if (first === undefined) {
    yield scope;
    return;
  }
  for (const key of run.plain(first.key, at, scope)) {
    const part = getKey(value, key);
    const named = first.name === undefined ? scope : new Scope(first.name, { type: 'value', value: part }, scope);
    const inners = first.pattern === undefined ? [named] : destructure(run, first.pattern, part, at, named);
    for (const inner of inners) yield* destructureParts(run, rest, value, at, inner);
  }
}
