/** Expressions at random, beside the machine's own sed: what matches and what its groups hold. */
import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { posixRegExp } from './posix-regex.ts';

const sed = spawnSync('sed', ['--version'], { encoding: 'utf8' }).stdout as string | null;
const isGnu = sed?.includes('GNU sed') === true;
if (!isGnu) console.log('skipped: this machine has no GNU sed to compare with');

const atom = fc.constantFrom('a', 'b', 'c', 'ab', 'ca', '.', '[ab]', '[^a]', '[[:alpha:]]', '[b-c]');
const one = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
/** An optional round that matches nothing counts for the groups here and not there: intervals repeat characters. */
const repeated = fc.tuple(atom, one('', '', '*', '+', '?', '{2}', '{2,}', '{2,3}'));
const partOf = (depth: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: repeated.map((pair) => pair.join('')) },
    {
      weight: depth > 0 ? 1 : 0,
      arbitrary: fc
        .tuple(depth > 0 ? expressionOf(depth - 1) : one(''), one('', '', '*', '+', '?', '{2}'))
        .map(([inside, often]) => `(${inside})${often}`),
    },
  );
const expressionOf = (depth: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.array(partOf(depth), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((branches) => branches.join('|'));
const anchored = fc
  .tuple(one('', '', '', '^', '\\<'), expressionOf(3), one('', '', '', '$', '\\>'))
  .map((parts) => parts.join(''));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x'), maxLength: 9 });

const samples = fc.sample(fc.tuple(anchored, fc.array(text, { minLength: 6, maxLength: 6 })), {
  seed: 20_261,
  numRuns: 1000,
});

/** What both make of the lines, each match replaced: `&` is the match, `\\1` a group. */
function replaced(source: string, lines: readonly string[], replacement: string): { real: string; ours: string } {
  const input = lines.map((line) => `${line}\n`).join('');
  const real = spawnSync('sed', ['-E', `s/${source}/${replacement}/`], { input, encoding: 'utf8' }).stdout;
  const regex = posixRegExp(source, { extended: true }) ?? /never/;
  const made = (match: string, ...groups: readonly unknown[]): string =>
    replacement.replace(/&|\\(\d)/g, (mark, group?: string) =>
      mark === '&' ? match : String(groups[Number(group) - 1] ?? ''),
    );
  return { real, ours: lines.map((line) => `${line.replace(regex, made)}\n`).join('') };
}

test.runIf(isGnu)('1,000 expressions match what sed matches', () => {
  const differences = samples.flatMap(([source, lines]) => {
    const { real, ours } = replaced(source, lines, '<&>');
    return real === ours ? [] : [{ source, real, ours }];
  });
  expect(differences).toEqual([]);
});

// The C library takes back what groups held when an optional round around them ends with nothing; here it stays.
test.runIf(isGnu)('their groups hold what they hold in sed, but for three', () => {
  const different = samples.filter(([source, lines]) => {
    const groups = Math.min(9, (source.match(/\(/g) ?? []).length);
    const { real, ours } = replaced(source, lines, Array.from({ length: groups }, (_, at) => `[\\${at + 1}]`).join(''));
    return real !== ours;
  });
  expect(different.length).toBeLessThanOrEqual(3);
});
