/**
 * The second pass over a corpus: an exit status proves little, so every object that a successful command named is read
 * back and the fields that the command named are compared. Usage:
 *   npm run corpus:readback -- [--corpus FILE] [--only REGEX] [--write]
 * --write records which commands and fields agreed in tools/data/read-back-cases.json, which docs/fidelity.md reads.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { readBack, type CorpusEntry, type ReadBack } from './corpus/read-back.ts';
import { CORPORA, readLines } from './corpus/run-corpus.ts';
import { SPINE } from './corpus/spine.ts';

const CASES = 'tools/data/read-back-cases.json';

async function main(args: readonly string[]): Promise<number> {
  const option = (name: string, initial: string): string =>
    args.includes(name) ? (args[args.indexOf(name) + 1] ?? initial) : initial;
  const file = option('--corpus', `${CORPORA}/ckad-chains.jsonl`);
  if (!existsSync(file)) {
    process.stderr.write(`no corpus at ${file}\n`);
    return 2;
  }
  const results: ReadBack[] = [];
  const only = new RegExp(option('--only', SPINE));
  for (const entry of readLines<CorpusEntry>(file).filter(({ id }) => only.test(id)))
    results.push(await readBack(process.cwd(), entry));
  for (const { id, successful, unsuccessful, compared, mismatches } of results) {
    process.stdout.write(
      `${id}: ${String(successful.length)} commands read back, ${String(compared)} fields compared, ${String(mismatches.length)} wrong; ${String(unsuccessful.length)} commands did not succeed\n`,
    );
    for (const mismatch of mismatches) process.stdout.write(`  wrong: ${mismatch}\n`);
    for (const command of unsuccessful) process.stdout.write(`  did not succeed: ${command.split('\n')[0] ?? ''}\n`);
  }
  if (args.includes('--write')) writeFileSync(CASES, casesText(results));
  const isGood =
    results.length > 0 && results.every(({ mismatches, compared }) => mismatches.length === 0 && compared > 0);
  return isGood ? 0 : 1;
}

function casesText(results: readonly ReadBack[]): string {
  const fields: Record<string, readonly string[]> = {};
  for (const [kind, paths] of results.flatMap((result) => Object.entries(result.fields))) {
    fields[kind] = [...new Set([...(fields[kind] ?? []), ...paths])].filter((path) => path !== 'deletion').toSorted();
  }
  const commands = [
    ...new Set(
      results
        .flatMap(({ successful }) => successful)
        .map((command) => (command.split('\n')[0] ?? '').replace(/\s+#.*$/, '').trim()),
    ),
  ];
  const sorted = Object.fromEntries(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ commands, fields: sorted }, undefined, 2)}\n`;
}

process.exitCode = await main(process.argv.slice(2));
