import { expect, test } from 'vitest';
import { commonStart, listRows } from './list.ts';
import { typedWords } from './words.ts';

test.for([
  { labels: ['a', 'b', 'c'], columns: 80, rows: ['a  b  c  '] },
  { labels: ['one', 'two', 'three', 'four', 'five'], columns: 20, rows: ['one    four', 'two    five', 'three  '] },
  { labels: ['한글', 'ab'], columns: 80, rows: ['한글  ab    '] },
  { labels: ['longer-than-the-screen', 'x'], columns: 10, rows: ['longer-than-the-screen', 'x'] },
])('$labels fill columns of one width downwards', ({ labels, columns, rows }) => {
  expect(listRows(labels, columns).map((row) => row.trimEnd())).toEqual(rows.map((row) => row.trimEnd()));
});

test.for([
  { texts: ['hostname', 'hosts'], start: 'host' },
  { texts: ['한글', '한국'], start: '한' },
  { texts: ['a', 'b'], start: '' },
])('$texts begin with "$start"', ({ texts, start }) => {
  expect(commonStart(texts)).toBe(start);
});

test.for([
  { text: 'ls /e', words: ['ls', '/e'], redirected: false },
  { text: 'cat a | grep b', words: ['grep', 'b'], redirected: false },
  { text: 'for i in 1; do ec', words: ['ec'], redirected: false },
  { text: 'echo "a b', words: ['echo', '"a b'], redirected: false },
  { text: 'echo a\\ b', words: ['echo', 'a\\ b'], redirected: false },
  { text: 'kubectl get po > fi', words: ['kubectl', 'get', 'po', 'fi'], redirected: true },
  { text: 'echo $(ca', words: ['ca'], redirected: false },
  { text: 'ls ', words: ['ls', ''], redirected: false },
])('the words of $text', ({ text, words, redirected }) => {
  const typed = typedWords(text);
  expect({ words: typed.words, redirected: typed.redirected }).toEqual({ words, redirected });
});
