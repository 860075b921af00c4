import { expect, test } from 'vitest';
import { percentDecoded } from './percent.ts';

test.for([
  ['plain', 'plain'],
  ['a%20b%2Fc', 'a b/c'],
  ['%ED%95%9C', '한'],
  ['x%ffy', 'x\ufffdy'],
  ['%zz', undefined],
  ['100%', undefined],
  ['%4', undefined],
] as const)('%s is %s', ([text, wanted]) => {
  expect(percentDecoded(text)).toBe(wanted);
});
