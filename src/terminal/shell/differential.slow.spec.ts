/**
 * Drydock's bash and the machine's own, side by side: each script runs in both, in directories with the same files, and
 * everything printed, every message and the status have to be equal. `differential/<construct>.sh` holds a construct's
 * scripts, parted by blank lines.
 */
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { both, real } from '../testing/real-bash.spec-support.ts';
import { script } from './fuzz/script-grammar.spec-support.ts';
import { KNOWN_DIFFERENCES } from './known-differences.spec-support.ts';

const folder = new URL('differential/', import.meta.url);
const written = readdirSync(folder).flatMap((name) =>
  readFileSync(new URL(name, folder), 'utf8')
    .trimEnd()
    .split(/\n\n+/)
    .map((text) => ({ construct: name.replace(/\.sh$/, ''), text })),
);
const generated = fc.sample(script, { seed: 20_240, numRuns: 200 }).map((text) => ({ construct: 'generated', text }));
const rows = [...written, ...generated];

test('at least 600 scripts are compared, 12 for each construct, 200 of them generated', () => {
  const counts = new Map<string, number>();
  for (const { construct } of rows) counts.set(construct, (counts.get(construct) ?? 0) + 1);
  const listed = [...counts].map(([construct, count]) => `${construct} ${String(count)}`).join(', ');
  console.log(`${String(rows.length)} scripts compared with the real bash: ${listed}`);
  expect([...counts].filter(([, count]) => count < 12)).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(600);
});

test.runIf(real).for(rows)('like the real bash, $construct: $text', async ({ text }) => {
  const { wanted, got } = await both(text);
  // Stages of a pipeline run at once: in which order they complain is chance.
  const sorted = (message: string): readonly string[] => message.split('\n').sort();
  expect({ ...got, stderr: sorted(got.stderr) }).toEqual({ ...wanted, stderr: sorted(wanted.stderr) });
});

test('five scripts at most differ, each for a reason', () => {
  expect(KNOWN_DIFFERENCES.length).toBeLessThanOrEqual(5);
});

test.runIf(real).for(KNOWN_DIFFERENCES)('still differs, $reason', async ({ text }) => {
  const { wanted, got } = await both(text);
  expect(got).not.toEqual(wanted);
});
