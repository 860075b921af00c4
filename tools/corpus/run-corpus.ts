/** The shared corpora and their harness, which stand beside the project and not in it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export const CORPORA = '../shared/corpora';
export const hasCorpora = (root: string): boolean => existsSync(join(root, CORPORA, 'run.mjs'));

/** One line of the harness's results. */
export interface CorpusResult {
  readonly id: string;
  readonly steps: readonly {
    readonly i: number;
    readonly kind: 'setup' | 'cmd';
    readonly cls: string;
    readonly cmd: string;
    readonly checks?: readonly { readonly ok: boolean; readonly bad: readonly string[] }[];
  }[];
}

export interface CorpusRun {
  readonly corpus: string;
  readonly only?: string;
  readonly timeoutSeconds: number;
  /** Whether its report goes to standard output. */
  readonly shown: boolean;
}

/** Runs the harness over a corpus, each entry in a sandbox of its own. */
export async function runCorpus(
  root: string,
  { corpus, only, timeoutSeconds, shown }: CorpusRun,
): Promise<readonly CorpusResult[]> {
  const out = join(root, 'dist/test', `${corpus}.results.jsonl`);
  mkdirSync(join(root, 'dist/test'), { recursive: true });
  const args = [
    // By its real path: the harness takes itself for a library where it is called through a symbolic link.
    realpathSync(join(root, CORPORA, 'run.mjs')),
    join(CORPORA, `${corpus}.jsonl`),
    ...['--runner', 'npm run -s headless -- {script}', '--timeout', String(timeoutSeconds), '--out', out],
    ...(only === undefined ? [] : ['--only', only]),
  ];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', shown ? 'inherit' : 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the harness ended with ${String(code)}`));
    });
  });
  return readLines<CorpusResult>(out);
}

export const readLines = <T>(file: string): readonly T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

/** Entries with at least one check, every one good, and every command known. */
export const isCovered = ({ steps }: CorpusResult): boolean =>
  steps.some(({ checks }) => (checks ?? []).length > 0) &&
  steps.every(({ cls, checks }) => cls !== 'unknown' && cls !== 'nostart' && (checks ?? []).every(({ ok }) => ok));
