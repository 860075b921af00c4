import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** A JSON report with counts of tests; a step without one counts as one check. */
  readonly report?: { readonly file: string; readonly format: 'vitest' | 'playwright' };
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it may run beside another step. */
  readonly alone?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** What of the output tells why, for a step that failed. */
  readonly reasons: readonly string[];
}

/** Rows of reasons below the table: whoever keeps only the end of a run's output still reads why it failed. */
const MOST_REASONS = 26;

/** Runs the steps in order, up to `lanes` of them side by side, and prints each one's output when it ends badly. */
export async function runSteps(steps: readonly Step[], lanes: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const running = new Set<Promise<void>>();
  for (const step of steps) {
    while (running.size >= (step.alone === true ? 1 : lanes)) await Promise.race(running);
    const run = runStep(step).then((result) => {
      results.push(result);
      running.delete(run);
    });
    running.add(run);
    if (step.alone === true) await run;
  }
  await Promise.all(running);
  return results;
}

/** Prints one row per step, why steps failed and, as the last line, the sums. Answers the exit status. */
export function summarise(results: readonly StepResult[]): number {
  const sum = (pick: (result: StepResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  process.stdout.write('\n');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const mark = failed === 0 ? 'ok    ' : 'FAILED';
    const skips = skipped === 0 ? '' : `, ${String(skipped)} skipped`;
    process.stdout.write(
      `${mark} ${name.padEnd(14)} ${String(passed)} passed, ${String(failed)} failed${skips} (${seconds.toFixed(1)} s)\n`,
    );
  }
  const reasons = results.flatMap((result) => result.reasons);
  for (const reason of reasons.slice(0, MOST_REASONS)) process.stdout.write(`${reason}\n`);
  if (reasons.length > MOST_REASONS)
    process.stdout.write(`… ${String(reasons.length - MOST_REASONS)} more lines above\n`);
  const failed = sum((result) => result.failed);
  process.stdout.write(`${String(sum((result) => result.passed))} passed, ${String(failed)} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  if (step.report !== undefined) rmSync(step.report.file, { force: true });
  const { status, output } = await execute(step);
  const seconds = (performance.now() - started) / 1000;
  const counts = countsOf(step, status);
  if (counts.failed > 0) process.stdout.write(`\n── ${step.name}: ${step.command.join(' ')}\n${output.trimEnd()}\n`);
  process.stdout.write(`${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds.toFixed(1)} s)\n`);
  return { name: step.name, ...counts, seconds, reasons: counts.failed > 0 ? reasonsIn(output) : [] };
}

/** The names of failed tests first, then the lines in which what was got differs from what was wanted. */
function reasonsIn(output: string): readonly string[] {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.slice(0, 160));
  const names = lines.filter((line) => /^\s*(?:FAIL|\d+\) ) /.test(line));
  const details = lines.filter(
    (line) => /^[-+] (?!Expected|Received)|^\w*Error: |\berror\b/.test(line) && !line.includes('✓'),
  );
  return [...new Set(names), ...details];
}

function execute(step: Step): Promise<{ status: number; output: string }> {
  const [program, ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...step.env } });
    const chunks: Buffer[] = [];
    const keep = (chunk: Buffer) => chunks.push(chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      resolve({ status: 127, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ status: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

type Counts = Pick<StepResult, 'passed' | 'failed' | 'skipped'>;

function countsOf(step: Step, status: number): Counts {
  const plain = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  if (step.report === undefined) return plain;
  // A runner that died before it wrote a report must not look like one that had nothing to do.
  if (!existsSync(step.report.file)) return plain;
  const report: unknown = JSON.parse(readFileSync(step.report.file, 'utf8'));
  const counts = step.report.format === 'vitest' ? vitestCounts(report) : playwrightCounts(report);
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function vitestCounts(report: unknown): Counts {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

function playwrightCounts(report: unknown): Counts {
  const { stats = {} } = report as { stats?: Record<string, number> };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  // A test that passes only at the second try is a failure here: nothing in the simulation is left to chance.
  return { passed: expected, failed: unexpected + flaky, skipped };
}
