/**
 * Random scripts against Drydock's shell, and a sample of them against the machine's bash as well.
 * FUZZ_SCRIPTS and FUZZ_SAMPLE set how many (`npm run fuzz`); FUZZ_SEED which.
 */
import * as fc from 'fast-check';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';
import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { both, real } from '../../testing/real-bash.spec-support.ts';
import { runProgram } from '../../testing/run-program.spec-support.ts';
import { script, statusesOf } from './script-grammar.spec-support.ts';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const SCRIPTS = number('FUZZ_SCRIPTS', 1_000);
const SAMPLE = number('FUZZ_SAMPLE', 300);
const seed = number('FUZZ_SEED', 1);
const HOURS = 3_600_000;

/** Every type of node that the parser has, but for the parts of a redirection. */
const NODE_TYPES = `AndOr AnsiCQuoted ArithmeticBinary ArithmeticCommand ArithmeticCommandExpansion ArithmeticExpansion
ArithmeticFor ArithmeticGroup ArithmeticTernary ArithmeticUnary ArithmeticWord ArrayValue Assignment BraceExpansion
BraceGroup Case CaseItem CaseModification Command CommandExpansion CompoundList Coproc Default DoubleQuoted Elif
ExtendedGlob FileDescriptor FileDescriptorVariable For Function Glob HereDoc HereDocBody HereDocDelimiter HereString If
Literal LocaleString Names Negation ParameterExpansion Pipeline ProcessSubstitution Redirect Redirected Remove Replace
Script Select SimpleExpansion SingleQuoted Slice Statement Subshell TestBinary TestCommand TestGroup TestLogical TestNot
TestUnary Time Transform While Word`.split(/\s+/);

test('one script in a hundred at least has each kind of node', { timeout: HOURS }, () => {
  const counts = new Map(NODE_TYPES.map((type) => [type, 0]));
  const count = (node: SyntaxNode): void => {
    counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
    forEachChild(node, count);
  };
  for (const text of fc.sample(script, { seed, numRuns: SCRIPTS })) count(parse(text));
  expect([...counts].filter(([, seen]) => seen < SCRIPTS / 100)).toEqual([]);
});

test('no script crashes, hangs or writes elsewhere; most commands succeed', { timeout: HOURS }, async () => {
  let [succeeded, all] = [0, 0];
  const property = fc.asyncProperty(script, async (text) => {
    const cwd = mkdtempSync(`${existsSync('/dev/shm') ? '/dev/shm' : tmpdir()}/drydock-`);
    const done = await runProgram(programs, ['bash', '-c', text], { cwd, confined: true, stdin: '' });
    rmSync(cwd, { recursive: true });
    for (const status of statusesOf(done.stdout)) {
      all += 1;
      if (status === '0') succeeded += 1;
    }
    expect(done.trouble).toBeUndefined();
  });
  await fc.assert(property, { seed, numRuns: SCRIPTS });
  expect(succeeded / all).toBeGreaterThanOrEqual(0.6);
});

test.runIf(real)('a sample prints what the real bash prints', { timeout: HOURS }, async () => {
  // Stages of a pipeline run at once: in which order they complain is chance.
  const sorted = (text: string): readonly string[] => text.split('\n').sort();
  const property = fc.asyncProperty(script, async (text) => {
    const { wanted, got } = await both(text);
    expect({ ...got, stderr: sorted(got.stderr) }).toEqual({ ...wanted, stderr: sorted(wanted.stderr) });
  });
  await fc.assert(property, { seed: seed + 1, numRuns: SAMPLE });
});
