/**
 * Runs the shared corpora over the headless sandbox: `npm run corpus` the chains of the spine, which may fail only where a
 * cluster refuses them too, `npm run corpus -- seeds` the seeds; `npm run corpus -- seeds --write` lists the covered ones
 * in tools/data/seeds-covered.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA, type CorpusResult, hasCorpora, isCovered, readLines, runCorpus } from './corpus/run-corpus.ts';
import { REFUSED, SPINE } from './corpus/spine.ts';

const COVERED = 'tools/data/seeds-covered.json';

async function main([corpus = 'spine', ...options]: readonly string[]): Promise<number> {
  const root = process.cwd();
  if (!hasCorpora(root)) {
    process.stderr.write(`there are no corpora at ${CORPORA}\n`);
    return 2;
  }
  if (corpus === 'spine') {
    const results = await runCorpus(root, { corpus: 'ckad-chains', only: SPINE, timeoutSeconds: 300, shown: true });
    return results.every(failsOnlyWhereRefused) ? 0 : 1;
  }
  const results = await runCorpus(root, { corpus, timeoutSeconds: 60, shown: true });
  if (corpus !== 'seeds' || !options.includes('--write')) return 0;
  const entries = readLines<{ readonly id: string; readonly cmds: readonly string[] }>(
    join(root, CORPORA, 'seeds.jsonl'),
  );
  const covered = entries.filter(({ id }) => results.some((result) => result.id === id && isCovered(result)));
  writeFileSync(
    COVERED,
    `${JSON.stringify(
      covered.map(({ id, cmds }) => ({ id, cmds })),
      undefined,
      2,
    )}\n`,
  );
  return 0;
}

const failsOnlyWhereRefused = ({ id, steps }: CorpusResult): boolean =>
  steps.every(({ i, cls }) => ['ok', 'skipped'].includes(cls) || REFUSED[id]?.[i] !== undefined);

process.exitCode = await main(process.argv.slice(2));
