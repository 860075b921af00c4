import { expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { runProgram } from '../testing/node-process.spec-support.ts';
import { bash } from './bash.ts';

test('quick', async () => {
  const cwd = mkdtempSync('/tmp/dd-');
  const r = await runProgram(new Map([['bash', bash]]), ['bash', '-c', process.env['SNIP'] ?? 'echo hi'], { cwd });
  console.log(r.stdout, '\n--err\n', r.stderr, r.status);
  expect(1).toBe(1);
});
