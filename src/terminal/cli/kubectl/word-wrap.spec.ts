import { expect, test } from 'vitest';
import { wordWrap } from './word-wrap.ts';

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one  two  three', 8, ['one  two', 'three']],
  ['  - indented', 20, ['  - indented']],
  ['first\n\nsecond', 10, ['first', '', 'second']],
  ['see https://kubernetes.io/docs here', 10, ['see', 'https://kubernetes.io/docs', 'here']],
  ['', 10, ['']],
])('%j in %i columns', (text, width, lines) => {
  expect(wordWrap(text, width)).toEqual(lines);
});
