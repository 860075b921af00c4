import { expect, test } from 'vitest';
import { perlRegExp, posixRegExp } from './posix-regex.ts';

const many = (text: string): string => text.repeat(100_000);

test.for([
  { source: 'ab|abcd', text: 'abcd', match: ['abcd'] },
  { source: '(a|ab)(c|bcd)(d*)', text: 'abcd', match: ['abcd', 'a', 'bcd', ''] },
  { source: '((a)|b|c)*', text: 'abc', match: ['abc', 'c', 'a'] },
  { source: '((a*)(b*))*', text: 'ba', match: ['ba', 'a', 'a', ''] },
  { source: '(a?b?)+(c)', text: 'abc', match: ['abc', 'ab', 'c'] },
  { source: '(.)(.*)\\1', text: 'xabcay', match: ['abca', 'a', 'bc'] },
  { source: 'x|(a)|y', text: 'y', match: ['y', ''] },
])('$source in $text is the leftmost and longest', ({ source, text, match }) => {
  expect([...(posixRegExp(source, { extended: true })?.exec(text) ?? [])]).toEqual(match);
});

test.for([
  { source: '^(a+)+$', text: `${many('a')}!` },
  { source: '(a|aa)+$', text: `${many('a')}!` },
  { source: '(x+x+)+y', text: many('x') },
  { source: '(.*)(.*)(.*)(.*)(.*)(.*)y', text: many('x') },
  { source: '((a?){30}){30}b', text: many('a').slice(0, 30) },
])('$source finds nothing, and says so soon', ({ source, text }) => {
  expect(posixRegExp(source, { extended: true })?.exec(text)).toBeNull();
});

test('with back-references the steps of a search are bounded', () => {
  const regex = posixRegExp('\\(a*\\)\\(a*\\)\\1\\2b', { extended: false });
  expect(() => regex?.exec(many('a'))).toThrow(
    'regular expression stopped (drydock bound: 200000 steps of one search)',
  );
});

test.for(['(', '[a', '*a', 'a{1', 'a{2,1}', '\\1', '(a\\1)', 'a{40000}', '((a{1000}){1000}){1000}'])(
  '%s is malformed',
  (source) => {
    expect(posixRegExp(source, { extended: true })).toBeUndefined();
  },
);

test('the methods of String use it like any other', () => {
  const regex = posixRegExp('a|ab', { extended: true, global: true }) ?? /never/g;
  expect([
    'abaab'.replace(regex, '<$&>'),
    [...'abaab'.matchAll(regex)].map((match) => [match.index, match[0]]),
    'xabyaz'.split(regex),
    'xab'.search(regex),
  ]).toEqual([
    '<ab><a><ab>',
    [
      [0, 'ab'],
      [2, 'a'],
      [3, 'ab'],
    ],
    ['x', 'y', 'z'],
    1,
  ]);
});

test.for([
  { source: 'ab|abcd', text: 'abcd', match: ['ab'] },
  { source: '(?<year>\\d+)-(\\d+?)', text: 'in 2026-11', match: ['2026-1', '2026', '1'] },
  { source: '(?<!x)[\\w.]+(?=!)', text: 'x.y a.b!', match: ['a.b'] },
  { source: '(?i)a(?-i)b', text: 'aB Ab', match: ['Ab'] },
  { source: '.*/\\Kb+', text: 'a/b/bb', match: ['bb'] },
  { source: '(?>a)', text: 'a', match: undefined },
  { source: '"\\-[[:digit:]\\-]+"', text: 'x "-1-2"', match: ['"-1-2"'] },
])("Perl's $source in $text is the first", ({ source, text, match }) => {
  const found = perlRegExp(source, 'u')?.exec(text);
  expect(found === undefined || found === null ? undefined : [...found]).toEqual(match);
});

test('what backtracking could not end has groups by name, with their places', () => {
  const found = perlRegExp('(?<run>(a+)+)b', 'du')?.exec(`${many('a')}b`);
  expect([found?.groups?.['run']?.length, found?.indices?.groups?.['run'], found?.index]).toEqual([
    100_000,
    [0, 100_000],
    0,
  ]);
});
