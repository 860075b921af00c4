import { expect, test } from 'vitest';
import { LateMap, LateSet } from './late-map.ts';

type Step = readonly ['set', string, number] | readonly ['delete', string] | readonly ['clear'] | readonly ['look'];

/** What a caller can tell about a map after each step. */
function told(map: Map<string, number>, steps: readonly Step[]): readonly unknown[] {
  return steps.map((step) => {
    let answer: unknown;
    if (step[0] === 'set') answer = map.set(step[1], step[2]) === map;
    else if (step[0] === 'delete') answer = map.delete(step[1]);
    else if (step[0] === 'clear') map.clear();
    else answer = [...map];
    return [answer, map.size, map.get('a'), map.has('a'), map.get('b'), map.has('c')];
  });
}

test.for<{ given: string; steps: readonly Step[] }>([
  { given: 'nothing', steps: [['look'], ['delete', 'a'], ['clear'], ['look']] },
  { given: 'one entry', steps: [['set', 'a', 1], ['look'], ['set', 'a', 2], ['delete', 'a'], ['look']] },
  {
    given: 'one entry that nobody looks at',
    steps: [
      ['set', 'a', 1],
      ['delete', 'b'],
      ['delete', 'a'],
      ['set', 'b', 2],
    ],
  },
  {
    given: 'two entries',
    steps: [['set', 'b', 1], ['set', 'a', 2], ['look'], ['delete', 'b'], ['set', 'b', 3], ['look']],
  },
  {
    given: 'many, then none',
    steps: [['set', 'a', 1], ['set', 'b', 2], ['set', 'c', 3], ['clear'], ['set', 'c', 4], ['look']],
  },
])('a map with $given answers as Map does', ({ steps }) => {
  expect(told(new LateMap(), steps)).toEqual(told(new Map(), steps));
});

test('an entry that comes while somebody iterates is seen, one that goes is not', () => {
  const seen = (map: Map<string, number>): readonly string[] => {
    const keys: string[] = [];
    map.set('first', 1);
    for (const key of map.keys()) {
      keys.push(key);
      if (key === 'first') map.set('second', 2).set('third', 3).delete('second');
    }
    return keys;
  };
  expect(seen(new LateMap())).toEqual(seen(new Map()));
});

test('a set keeps each member once, in the order of arrival', () => {
  const set = new LateSet(['b', 'a', 'b']);
  set.add('c').delete('a');
  expect([[...set], set.size, set.has('a'), set.has('b')]).toEqual([['b', 'c'], 2, false, true]);
});
