import { expect, test } from 'vitest';
import { vimRegExp } from './vim-pattern.ts';

const CASED = { ignoreCase: false, smartCase: false };

function marked(pattern: string, text: string): string | undefined {
  const regex = vimRegExp(pattern, CASED);
  return regex === undefined ? undefined : text.replace(regex, '<$&>');
}

test.for([
  { pattern: 'a\\|ab', text: 'ab', found: '<a>b' },
  { pattern: '\\(a\\|ab\\)\\(c\\|bcd\\)\\(d*\\)', text: 'abcd', found: '<abcd>' },
  { pattern: 'a\\{-1,}', text: 'aaa', found: '<a><a><a>' },
  { pattern: 'a\\{2}', text: 'aaaaa', found: '<aa><aa>a' },
  { pattern: 'a\\{,2}b', text: 'aaab', found: 'a<aab>' },
  { pattern: '\\v(a+)(b|c)?', text: 'aab ac', found: '<aab> <ac>' },
  { pattern: '\\V.*', text: 'a.*b', found: 'a<.*>b' },
  { pattern: 'foo\\zsbar', text: 'foobar bar', found: 'foo<bar> bar' },
  { pattern: 'foo\\zebar', text: 'foobar foo', found: '<foo>bar foo' },
  { pattern: 'foo\\(bar\\)\\@!', text: 'foobar foo', found: 'foobar <foo>' },
  { pattern: '\\v(foo)@<=bar', text: 'foobar bar', found: 'foo<bar> bar' },
  { pattern: '\\%(a\\)\\(b\\)\\1', text: 'abb', found: '<abb>' },
  { pattern: '[]a\\]-]\\+', text: 'x]a-x', found: 'x<]a->x' },
  { pattern: '[^[:alpha:]]', text: 'a1b', found: 'a<1>b' },
  { pattern: '[a', text: 'x[ab', found: 'x<[a>b' },
  { pattern: '\\<w', text: 'war raw', found: '<w>ar raw' },
  { pattern: '*a^b$c', text: '*a^b$c', found: '<*a^b$c>' },
  { pattern: '\\cAB', text: 'xab', found: 'x<ab>' },
  { pattern: '\\(\\(a*\\)*b\\)*$', text: 'aab', found: '<aab><>' },
  { pattern: '\\(a', text: 'a', found: undefined },
  { pattern: 'a\\)', text: 'a', found: undefined },
  { pattern: '[z-a]', text: 'a', found: undefined },
  { pattern: '\\1', text: 'a', found: undefined },
])('$pattern in $text', ({ pattern, text, found }) => {
  expect(marked(pattern, text)).toBe(found);
});

test('a search for a pathological pattern ends', () => {
  expect(marked('\\(a\\+\\)\\+$', `${'a'.repeat(40)}!`)).toBe(`${'a'.repeat(40)}!`);
});
