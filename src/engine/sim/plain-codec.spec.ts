import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Plain } from '../../protocol/plain.ts';
import { hashPlain } from './plain-hash.ts';
import { decodePlain, encodePlain } from './plain-codec.ts';

test('shared references stay shared, bytes and undefined members are kept', () => {
  const shared = { image: 'nginx' };
  const back = decodePlain(
    encodePlain({ a: shared, b: shared, bytes: new Uint8Array([0, 255]), none: undefined, __proto__x: 1 }),
  ) as { a: object; b: object };
  expect(back.a).toBe(back.b);
  expect(back).toEqual({ a: shared, b: shared, bytes: new Uint8Array([0, 255]), none: undefined, __proto__x: 1 });
});

property.prop([fc.jsonValue()])('any JSON value comes back as it was', (value) => {
  expect(decodePlain(encodePlain(value as Plain))).toEqual(value);
});

test.for([
  ['a Map', { hosts: [new Map()] }, 'a snapshot cannot hold a Map at /hosts/0'],
  ['a function', { on: { change: () => undefined } }, 'a snapshot cannot hold a function at /on/change'],
] as const)('%s is not data', ([, value, message]) => {
  expect(() => encodePlain(value as unknown as Plain)).toThrow(message);
});

test('numbers that JSON does not have come back', () => {
  const numbers = [NaN, Infinity, -Infinity, -0, 1e308];
  expect(decodePlain(encodePlain(numbers))).toEqual(numbers);
});

test('the hash sees content and order, not sharing', () => {
  const shared = { a: [1, '1'] };
  expect(hashPlain([shared, shared])).toBe(hashPlain([{ a: [1, '1'] }, { a: [1, '1'] }]));
  expect(hashPlain([shared])).not.toBe(hashPlain([{ a: [1, 1] }]));
  expect(hashPlain({ a: 1, b: 2 })).not.toBe(hashPlain({ b: 2, a: 1 }));
});

test('text that it did not write is refused', () => {
  expect(() => decodePlain('{"shapes":[],"cells":[["a",[5]]],"root":[0]}')).toThrow('refers to a later cell');
});
