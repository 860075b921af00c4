import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { unsimulated } from './unsimulated.ts';

test('a program that is simulated, but not installed, is not found instead', () => {
  expect([...unsimulated].filter((name) => programs.has(name))).toEqual([]);
});
