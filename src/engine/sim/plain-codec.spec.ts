import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Plain } from '../../protocol/plain.ts';
import { decodePlain, encodePlain } from './plain-codec.ts';

test('shared references stay shared, bytes and undefined members are kept', () => {
  const shared = { image: 'nginx' };
  const back = decodePlain(encodePlain({ a: shared, b: shared, bytes: new Uint8Array([0, 255]), none: undefined, '__proto__x': 1 })) as { a: object; b: object };
  expect(back.a).toBe(back.b);
  expect(back).toEqual({ a: shared, b: shared, bytes: new Uint8Array([0, 255]), none: undefined, '__proto__x': 1 });
});

property.prop([fc.jsonValue()])('any JSON value comes back as it was', (value) => {
  expect(decodePlain(encodePlain(value as Plain))).toEqual(value);
});

test('text that it did not write is refused', () => {
  expect(() => decodePlain('{"cells":[["a",[5]]],"root":[0]}')).toThrow('refers to a later cell');
});
