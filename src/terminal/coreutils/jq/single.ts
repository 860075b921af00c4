/** Filters that give at most one result: what comes after them is the end of the way, and needs no place on the stack. */
import type { Scope } from './scope.ts';
import { functionName } from './scope.ts';
import type { Filter } from './syntax.ts';

const known = new WeakMap<Filter, boolean>();

/** A parameter counts as what was given for it. */
export function isSingle(filter: Filter, scope: Scope): boolean {
  if (filter.type === 'call' && filter.args.length === 0) {
    const binding = scope.find(functionName(filter.name, 0))?.binding;
    return binding?.type === 'closure' && isSingle(binding.closure.filter, binding.closure.scope);
  }
  let single = known.get(filter);
  if (single === undefined) {
    single = isWritten(filter);
    known.set(filter, single);
  }
  return single;
}

const all = (...filters: readonly (Filter | undefined)[]): boolean =>
  filters.every((filter) => filter === undefined || isWritten(filter));

/** Whether it can be seen from the filter's text alone. */
function isWritten(filter: Filter): boolean {
  switch (filter.type) {
    case 'identity':
    case 'literal':
    case 'format':
    case 'array':
    case 'variable':
      return true;
    case 'index':
      return all(filter.of, filter.key);
    case 'slice':
      return all(filter.of, filter.from, filter.to);
    case 'string':
      return filter.parts.every((part) => typeof part === 'string' || isWritten(part));
    case 'object':
      return filter.entries.every(({ key, value }) => all(key, value));
    case 'negate':
      return isWritten(filter.of);
    case 'pipe':
    case 'and':
    case 'or':
    case 'binary':
      return all(filter.left, filter.right);
    case 'if':
      return all(filter.test, filter.yes, filter.no);
    case 'update':
      return filter.operator === '|=' || isWritten(filter.value);
    case 'reduce':
      return isWritten(filter.start) && filter.pattern.type === 'name';
    default:
      return false;
  }
}
