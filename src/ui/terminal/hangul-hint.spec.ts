import { expect, test } from 'vitest';
import { TypedLine, meantInLatin } from './hangul-hint.ts';

test.for([
  { typed: 'ㅏㅕㅠㄷㅊ시 get pods', meant: 'kubectl get pods' },
  { typed: 'ㅏㅕㅠㄷㅊ시 ㅎㄷㅅ ㅔㅐㅇㄴ', meant: 'kubectl get pods' },
  { typed: '애찯ㄱ ps', meant: 'docker ps' },
  { typed: 'ㅣㄴ -al', meant: 'ls -al' },
  { typed: 'echo 안녕', meant: undefined },
  { typed: '안녕', meant: undefined },
])('$typed was meant as $meant', async ({ typed, meant }) => {
  expect(await meantInLatin(typed)).toBe(meant);
});

test('a line is followed through Backspace and ^C', () => {
  const line = new TypedLine();
  expect([...'ㅣㄴx\u007f'].map((character) => line.take(character)).concat(line.take('\r'))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    'ㅣㄴ',
  ]);
  line.take('rm\u0003');
  expect(line.take('ls\r')).toBe('ls');
});
