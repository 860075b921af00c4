import { expect, test } from 'vitest';
import { cutIntoPieces, encodePaste, findConcerns, mendPaste } from './paste.ts';

test.for([
  { given: 'plain text', text: 'kubectl get pods\n', concerns: [], mended: 'kubectl get pods\n' },
  { given: 'curly quotes', text: 'echo “a” ‘b’', concerns: ['quotes 4'], mended: 'echo "a" \'b\'' },
  { given: 'an en dash and a long one', text: 'ls –l —all', concerns: ['dash 2'], mended: 'ls -l --all' },
  { given: 'no-break spaces', text: 'kubectl\u00a0get\u3000pods', concerns: ['space 2'], mended: 'kubectl get pods' },
  { given: 'a won sign', text: 'echo a ₩', concerns: ['won 1'], mended: 'echo a \\' },
  { given: 'full-width letters', text: 'ｌｓ', concerns: ['full-width 2'], mended: 'ls' },
  { given: 'bytes of a program', text: '\u0000\u0001ab', concerns: ['control 2'], mended: 'ab' },
  { given: 'Hangul', text: 'echo 안녕', concerns: [], mended: 'echo 안녕' },
])('$given is named and can be put right', ({ text, concerns, mended }) => {
  expect({
    concerns: findConcerns(text).map(({ kind, count }) => `${kind} ${String(count)}`),
    mended: mendPaste(text),
  }).toEqual({ concerns, mended });
});

test('one kind of concern is put right alone', () => {
  expect(mendPaste('say:\u00a0“hi”', 'space')).toBe('say: “hi”');
});

test('a paste cannot end its own bracket', () => {
  expect(encodePaste('a\r\nb\u001b[201~rm\n', true)).toBe('\u001b[200~a\rbrm\r\u001b[201~');
});

test('pieces keep surrogate pairs whole', () => {
  expect(cutIntoPieces('ab🚢cd', 3)).toEqual(['ab', '🚢c', 'd']);
});
