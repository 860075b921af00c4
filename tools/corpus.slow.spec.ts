import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBack, type CorpusEntry } from './corpus/read-back.ts';
import { CORPORA, hasCorpora, isCovered, percentOk, readLines, runCorpus } from './corpus/run-corpus.ts';
import { SPINE } from './corpus/spine.ts';
import covered from './data/seeds-covered.json' with { type: 'json' };

const root = process.cwd();
const isThere = hasCorpora(root);
if (!isThere) console.log(`skipped: there are no corpora at ${CORPORA}`);

/**
 * 14 of the 86 commands of the two chains create what an earlier command of the chain has left, which a real cluster
 * refuses as well; the others that fail are faster than an image is pulled.
 */
const LEAST_PERCENT_OK = 75;

test.runIf(isThere)('the chains of the spine end well as often as a person’s would', async () => {
  const results = await runCorpus(root, { corpus: 'ckad-chains', only: SPINE, timeoutSeconds: 300, shown: false });
  expect(results.map(({ id }) => id)).toHaveLength(2);
  expect(percentOk(results)).toBeGreaterThanOrEqual(LEAST_PERCENT_OK);
});

test.runIf(isThere)('what a successful command of the chains named is in the object read back', async () => {
  const entries = readLines<CorpusEntry>(join(root, CORPORA, 'ckad-chains.jsonl')).filter(({ id }) =>
    new RegExp(SPINE).test(id),
  );
  const results = [];
  for (const entry of entries) results.push(await readBack(root, entry));
  expect(results.map(({ mismatches }) => mismatches)).toEqual(entries.map(() => []));
  expect(results.every(({ compared }) => compared > 10)).toBe(true);
});

test.runIf(isThere)('the seeds that are called covered have no bad check', async () => {
  const ids = covered.map(({ id }) => id);
  const results = await runCorpus(root, {
    corpus: 'seeds',
    only: `^(${ids.join('|')})$`,
    timeoutSeconds: 60,
    shown: false,
  });
  expect(results.filter(isCovered).map(({ id }) => id)).toEqual(ids);
});
