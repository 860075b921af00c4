import { expect, test } from 'vitest';
import { fnmatchRegExp, globRegExp } from './glob.ts';

test.for([
  { pattern: 'a*c', text: 'abbc', pathname: true, fnmatch: true },
  { pattern: 'a*c', text: 'ab/c', pathname: false, fnmatch: true },
  { pattern: 'a?c', text: 'abc', pathname: true, fnmatch: true },
  { pattern: 'x[0-9]', text: 'x5', pathname: true, fnmatch: true },
  { pattern: 'x[!0-9]', text: 'x5', pathname: false, fnmatch: false },
  { pattern: 'x[]a]', text: 'x]', pathname: true, fnmatch: true },
  { pattern: 'x[a-]', text: 'x-', pathname: true, fnmatch: true },
  { pattern: 'a.b', text: 'axb', pathname: false, fnmatch: false },
  { pattern: '\\*', text: '*', pathname: true, fnmatch: true },
  { pattern: '[', text: '[', pathname: undefined, fnmatch: true },
  { pattern: 'x[a', text: 'x[a', pathname: undefined, fnmatch: true },
  { pattern: '[z-a]', text: 'b', pathname: undefined, fnmatch: false },
  { pattern: 'a\\', text: 'a\\', pathname: undefined, fnmatch: true },
])('$pattern and $text', ({ pattern, text, pathname, fnmatch }) => {
  expect(globRegExp(pattern, { pathname: true })?.test(text)).toBe(pathname);
  expect(fnmatchRegExp(pattern).test(text)).toBe(fnmatch);
});
