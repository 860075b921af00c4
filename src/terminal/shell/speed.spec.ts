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
  const began = process.cpuUsage();
  const done = await runProgram(programs, ['bash', '-c', snippet], { cwd: mkdtempSync(`${tmpdir()}/drydock-`) });
  expect(done).toEqual({ stdout, stderr: '', status: 0 });
  const { user, system } = process.cpuUsage(began);
  // CPU time, because others share the machine; the collector of garbage and the compiler have threads of their own.
  expect((user + system) / 1000).toBeLessThan(limitMs * 3);
});
