/** Recorded of curl: which URLs its globs stand for. */
import { expect, test } from 'vitest';
import { expandUrl } from './url-glob.ts';

test.for([
  { url: 'http://h/a', urls: ['http://h/a'] },
  { url: 'http://h/[1-3]', urls: ['http://h/1', 'http://h/2', 'http://h/3'] },
  { url: 'http://h/[08-10]', urls: ['http://h/08', 'http://h/09', 'http://h/10'] },
  { url: 'http://h/[1-9:4]', urls: ['http://h/1', 'http://h/5', 'http://h/9'] },
  { url: 'http://h/[a-c]', urls: ['http://h/a', 'http://h/b', 'http://h/c'] },
  { url: 'http://{a,b}/[1-2]', urls: ['http://a/1', 'http://a/2', 'http://b/1', 'http://b/2'] },
  { url: 'http://[::1]:80/', urls: ['http://[::1]:80/'] },
  { url: 'http://h/\\{a\\}', urls: ['http://h/{a}'] },
])('$url', ({ url, urls }) => {
  const found = expandUrl(url);
  expect('message' in found ? found : found.map(({ text }) => text)).toEqual(urls);
});

test.for([
  { url: 'http://localhost:1/{a,b', problem: { message: 'unmatched brace', position: 20 } },
  { url: 'http://localhost:1/[b-a]', problem: { message: 'bad range', position: 25 } },
  { url: 'http://localhost:1/[x]', problem: { message: 'bad range', position: 21 } },
  { url: 'http://localhost:1/[1-2:5]', problem: { message: 'bad range', position: 27 } },
  { url: 'http://localhost:1/{}', problem: { message: 'empty string within braces', position: 21 } },
  { url: 'http://localhost:1/a}', problem: { message: 'unmatched close brace/bracket', position: 21 } },
])('$url is refused', ({ url, problem }) => {
  expect(expandUrl(url)).toEqual(problem);
});

test('each glob has its number', () => {
  const found = expandUrl('http://h/{x,y}[1-2]');
  expect('message' in found ? found : found.map(({ parts }) => parts)).toEqual([
    ['x', '1'],
    ['x', '2'],
    ['y', '1'],
    ['y', '2'],
  ]);
});
