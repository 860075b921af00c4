import { expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { programs } from '../program-table.ts';
import { runProgram } from '../testing/run-program.spec-support.ts';

test.for([
  ['for i in $(seq 100000); do :; done; echo $i', '100000\n', 1_000],
  ['seq 1000000 | sort -n | tail -1', '1000000\n', 3_000],
  ['i=0; while ((i < 20000)); do ((i++)); done; echo $i', '20000\n', 1_000],
] as const)('%s ends in time', async ([snippet, stdout, limitMs]) => {
  const began = performance.now();
  const done = await runProgram(programs, ['bash', '-c', snippet], { cwd: mkdtempSync(`${tmpdir()}/drydock-`) });
  expect(done).toEqual({ stdout, stderr: '', status: 0 });
  // Others share the machine: the bound is stated for an idle core.
  expect(performance.now() - began).toBeLessThan(limitMs * 3);
});
