import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBack, type CorpusEntry } from './corpus/read-back.ts';
import { CORPORA, hasCorpora, isCovered, readLines, runCorpus } from './corpus/run-corpus.ts';
import { SPINE } from './corpus/spine.ts';
import covered from './data/seeds-covered.json' with { type: 'json' };

const root = process.cwd();
const isThere = hasCorpora(root);
if (!isThere) console.log(`skipped: there are no corpora at ${CORPORA}`);

/**
 * Commands of the chains that a cluster refuses too when a script types them one after the other, by their place in the
 * chain. All others end well: 68 of 86.
 */
const REFUSED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'ckad-chain/a-core-concepts-13': {
    5: 'mynamespace/nginx is there since 1',
    6: 'mynamespace/nginx is there since 1',
    9: 'typed 50 ms after the pod was made',
    14: 'typed 50 ms after the pod was made',
    25: 'busybox is there since 13',
    27: 'busybox is there since 13',
    28: 'busybox is there since 13',
    38: 'busybox is there since 13',
    39: 'busybox is there since 13',
    40: 'busybox is there since 13',
    42: 'nginx is there since 19',
    45: 'that nginx has no such variable',
    46: 'nginx is there since 19',
    47: 'nginx is there since 19',
  },
  'ckad-chain/f-services-and-networking-13': {
    7: 'the image of 0 is still being pulled',
    19: 'the pods of 15 have no addresses yet',
    37: 'the Deployment is there since 28',
    38: 'the Service is there since 29',
  },
};

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
