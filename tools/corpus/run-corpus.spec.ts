import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runCorpus } from './run-corpus.ts';

/** Like the harness, it acts when it is the program and is a library otherwise. */
const HARNESS = `
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
const { argv } = process;
if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv[2].endsWith('broken.jsonl')) process.exit(1);
  writeFileSync(argv[argv.indexOf('--out') + 1], JSON.stringify({ id: argv[2], steps: [] }) + '\\n');
}
`;

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

function projectBesideLinkedCorpora(): string {
  const directory = mkdtempSync(join(tmpdir(), 'corpus-'));
  made.push(directory);
  mkdirSync(join(directory, 'elsewhere/corpora'), { recursive: true });
  mkdirSync(join(directory, 'project'));
  writeFileSync(join(directory, 'elsewhere/corpora/run.mjs'), HARNESS);
  symlinkSync(join(directory, 'elsewhere'), join(directory, 'shared'));
  return join(directory, 'project');
}

test('corpora behind a symbolic link are run', async () => {
  const run = { corpus: 'seeds', timeoutSeconds: 1, shown: false };
  expect(await runCorpus(projectBesideLinkedCorpora(), run)).toEqual([
    { id: '../shared/corpora/seeds.jsonl', steps: [] },
  ]);
});

test('a harness that fails is an error, not an empty result', async () => {
  const run = { corpus: 'broken', timeoutSeconds: 1, shown: false };
  await expect(runCorpus(projectBesideLinkedCorpora(), run)).rejects.toThrow('the harness ended with 1');
});
