import { expect, test } from 'vitest';
import { fieldsMatch, parseFieldSelector } from './field-selector.ts';
import { matcherOf, parseLabelSelector } from './label-selector.ts';

test.for([
  ['app=web', { app: 'web' }, true],
  ['app==web,tier!=db', { app: 'web' }, true],
  ['app in (web, api),!canary', { app: 'api' }, true],
  ['app in (web, api),!canary', { app: 'api', canary: '1' }, false],
  ['app notin (web)', {}, true],
  ['n>3', { n: '4' }, true],
  ['n<3', { n: '4' }, false],
  ['app', { other: 'x' }, false],
  ['', { any: 'x' }, true],
  ['app=', { app: '' }, true],
] as const)('selector %j over %j answers %j', ([text, labels, expected]) => {
  const matcher = parseLabelSelector(text);
  expect('error' in matcher ? matcher.error : matcher.matches(labels)).toBe(expected);
});

test.for([
  ['app=web=x', "found '=', expected: ',' or 'end of string'"],
  ['app in', "unable to parse requirement: found '' expected: '('"],
  ['app web', "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt"],
  ['=x', "found '=', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
] as const)('selector %j is refused: %s', ([text, expected]) => {
  expect(parseLabelSelector(text)).toEqual({ error: expected });
});

test('selector objects compile once, and an absent one selects nothing', () => {
  const selector = {
    matchLabels: { b: '1', a: '2' },
    matchExpressions: [{ key: 'c', operator: 'In', values: ['y', 'x'] }],
  };
  expect(matcherOf(selector).text).toBe('a=2,b=1,c in (x,y)');
  expect(matcherOf(selector)).toBe(matcherOf(selector));
  expect(matcherOf(undefined).matches({})).toBe(false);
  expect(matcherOf({}).matches({ x: 'y' })).toBe(true);
});

test('field selectors compare and refuse', () => {
  const parsed = parseFieldSelector('metadata.name=a\\,b,status.phase!=Running');
  if ('error' in parsed) throw new Error(parsed.error);
  expect(fieldsMatch(parsed, (field) => ({ 'metadata.name': 'a,b', 'status.phase': 'Pending' })[field] ?? '')).toBe(
    true,
  );
  expect(parseFieldSelector('nonsense')).toEqual({
    error: "invalid selector: 'nonsense'; can't understand 'nonsense'",
  });
});
