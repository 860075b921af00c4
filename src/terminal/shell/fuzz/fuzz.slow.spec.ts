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
import { script, statementsOf, statusesOf } from './script-grammar.spec-support.ts';

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

/** What the random scripts did, printed at the end. */
const seen = { scripts: 0, commands: 0, succeeded: 0, nodes: new Map(NODE_TYPES.map((type) => [type, 0])) };

function countNodes(node: SyntaxNode): void {
  seen.nodes.set(node.type, (seen.nodes.get(node.type) ?? 0) + 1);
  forEachChild(node, countNodes);
}

/** Counts the nodes of a script that came to its end, and its commands by their statuses. */
function record(text: string, stdout: string): void {
  const statuses = statusesOf(stdout);
  seen.scripts += 1;
  seen.commands += statuses.length;
  seen.succeeded += statuses.filter((status) => status === '0').length;
  if (statuses.length === statementsOf(text)) countNodes(parse(text));
}

function report(): void {
  const percent = ((100 * seen.succeeded) / seen.commands).toFixed(1);
  const nodes = [...seen.nodes].sort(([, a], [, b]) => a - b).map(([type, count]) => `${type} ${String(count)}`);
  console.log(
    `${String(seen.scripts)} scripts: no crash, no hang, nothing written elsewhere
${String(seen.commands)} commands, ${percent} % of them exit 0
nodes of each type in the scripts that came to their end, rarest first:
${nodes.join(', ')}`,
  );
}

test('no script crashes, hangs or writes elsewhere; most commands succeed', { timeout: HOURS }, async () => {
  const property = fc.asyncProperty(script, async (text) => {
    const cwd = mkdtempSync(`${existsSync('/dev/shm') ? '/dev/shm' : tmpdir()}/drydock-`);
    const done = await runProgram(programs, ['bash', '-c', text], { cwd, confined: true, stdin: '' });
    rmSync(cwd, { recursive: true });
    record(text, done.stdout);
    expect(done.trouble).toBeUndefined();
  });
  await fc.assert(property, { seed, numRuns: SCRIPTS });
  report();
  expect(seen.succeeded / seen.commands).toBeGreaterThanOrEqual(0.6);
});

test('each kind of node is in one script of a hundred at least', () => {
  expect([...seen.nodes].filter(([, count]) => count < SCRIPTS / 100)).toEqual([]);
});

test.runIf(real)('a sample prints what the real bash prints', { timeout: HOURS }, async () => {
  // Stages of a pipeline run at once: in which order they complain is chance.
  const sorted = (text: string): readonly string[] => text.split('\n').sort();
  const property = fc.asyncProperty(script, async (text) => {
    const { wanted, got } = await both(text);
    expect({ ...got, stderr: sorted(got.stderr) }).toEqual({ ...wanted, stderr: sorted(wanted.stderr) });
  });
  await fc.assert(property, { seed: seed + 1, numRuns: SAMPLE });
  console.log(`${String(SAMPLE)} more printed what the real bash printed`);
});
