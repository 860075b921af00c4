/** openssl beside what that of 3.0.19 wrote, command by command in one directory. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programs } from '../program-table.ts';
import type { RecordedCommand } from '../testing/recorded-commands.spec-support.ts';
import { runProgram } from '../testing/run-program.spec-support.ts';

const rows = readFileSync(new URL('recorded/openssl.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedCommand);

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

test.for(rows)('$command', async ({ command, stdout = '', stderr = '', code = 0 }) => {
  const env = { PATH: '/usr/bin:/bin', HOME: directory, LC_ALL: 'C.UTF-8' };
  const found = await runProgram(programs, ['bash', '-c', command], { cwd: directory, env });
  expect([found.stdout, found.stderr, found.status]).toEqual([stdout, stderr, code]);
});
