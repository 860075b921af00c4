import { expect, test } from 'vitest';
import { isFidelityCurrent } from './fidelity.ts';
import { leftOut } from './fidelity/components.ts';
import { silentFields } from './fidelity/fields.ts';

test('docs/fidelity.md is what the code gives; if not, run `npm run generate`', async () => {
  expect(await isFidelityCurrent(process.cwd())).toBe(true);
});

test('whoever writes a field that no code of the engine reads is told so', () => {
  expect(silentFields(process.cwd())).toEqual([]);
});

test.for([
  {
    given: 'a header of several lines',
    text: '/**\n * A thing.\n * Models: x.\n * Leaves out: y,\n * z. Source: w.\n */',
    expected: 'y, z.',
  },
  { given: 'one line', text: '/** wget. Leaves out recursion. */\ncode', expected: 'recursion.' },
  { given: 'no such part', text: '/** wget. */\n', expected: undefined },
  { given: 'the words in code', text: "const a = 'Leaves out: b';", expected: undefined },
])('given $given, reads what it leaves out', ({ text, expected }) => {
  expect(leftOut(text)).toBe(expected);
});
