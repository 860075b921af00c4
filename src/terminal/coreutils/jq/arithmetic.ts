import { compareJson, isArray, isObject, typeOf } from './compare.ts';
import { printJson } from './print.ts';
import type { Json, JsonObject } from './json.ts';
import { fail } from './paths.ts';

type Operator = (left: Json, right: Json) => Json;

/** How an error names a value: its type and the beginning of its text. */
export function named(value: Json): string {
  const text = printJson(value);
  return `${typeOf(value)} (${text.length > 14 ? `${text.slice(0, 11)}...` : text})`;
}
const impossible = (left: Json, right: Json, what: string): never => fail(`${named(left)} and ${named(right)} ${what}`);

export const add: Operator = (left, right) => {
  if (left === null) return right;
  if (right === null) return left;
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isArray(left) && isArray(right)) return [...left, ...right];
  if (isObject(left) && isObject(right)) return new Map([...left, ...right]);
  return impossible(left, right, 'cannot be added');
};

const subtract: Operator = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isArray(left) && isArray(right))
    return left.filter((item) => !right.some((other) => compareJson(item, other) === 0));
  return impossible(left, right, 'cannot be subtracted');
};

const multiply: Operator = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (typeof left === 'string' && typeof right === 'number') return repeat(left, right);
  if (typeof left === 'number' && typeof right === 'string') return repeat(right, left);
  if (isObject(left) && isObject(right)) return merge(left, right);
  return impossible(left, right, 'cannot be multiplied');
};
const repeat = (text: string, count: number): Json => (count <= 0 ? null : text.repeat(Math.max(1, Math.ceil(count))));
function merge(left: JsonObject, right: JsonObject): JsonObject {
  const merged = new Map(left);
  for (const [key, value] of right) {
    const old = merged.get(key) ?? null;
    merged.set(key, isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return merged;
}

const divide: Operator = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number')
    return right === 0 ? impossible(left, right, 'cannot be divided because the divisor is zero') : left / right;
  if (typeof left === 'string' && typeof right === 'string') return left === '' ? [] : left.split(right);
  return impossible(left, right, 'cannot be divided');
};

const remainder: Operator = (left, right) => {
  if (typeof left !== 'number' || typeof right !== 'number') return impossible(left, right, 'cannot be divided');
  const [a, b] = [Math.trunc(left), Math.abs(Math.trunc(right))];
  return b === 0 ? impossible(left, right, 'cannot be divided because the divisor is zero') : a % b;
};

export const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': (left, right) => compareJson(left, right) === 0,
  '!=': (left, right) => compareJson(left, right) !== 0,
  '<': (left, right) => compareJson(left, right) < 0,
  '<=': (left, right) => compareJson(left, right) <= 0,
  '>': (left, right) => compareJson(left, right) > 0,
  '>=': (left, right) => compareJson(left, right) >= 0,
};
