import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBack, type CorpusEntry } from './corpus/read-back.ts';
import { CORPORA, hasCorpora, isCovered, readLines, runCorpus } from './corpus/run-corpus.ts';
import { REFUSED, SPINE } from './corpus/spine.ts';
import covered from './data/seeds-covered.json' with { type: 'json' };

const root = process.cwd();
const isThere = hasCorpora(root);
if (!isThere) console.log(`skipped: there are no corpora at ${CORPORA}`);

test.runIf(isThere)('the chains of the spine fail where a cluster refuses them, and nowhere else', async () => {
  const results = await runCorpus(root, { corpus: 'ckad-chains', only: SPINE, timeoutSeconds: 300, shown: false });
  const failing = results.map(({ id, steps }) => [
    id,
    steps.filter(({ cls }) => !['ok', 'skipped'].includes(cls)).map(({ i }) => i),
  ]);
  expect(failing).toEqual(Object.entries(REFUSED).map(([id, steps]) => [id, Object.keys(steps).map(Number)]));
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
