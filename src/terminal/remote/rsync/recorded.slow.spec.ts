/** What rsync 3.2.7 printed and left behind for copies within a host, and what ours prints and leaves. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { runProgram } from '../../testing/run-program.spec-support.ts';

interface Row {
  readonly script: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const [{ setup }, ...rows] = readFileSync(new URL('recorded/local.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line)) as [{ readonly setup: string }, ...Row[]];

/** Bytes on the wire are those of another protocol, rates are the machine's, and places in the source a build's own. */
const comparable = (text: string): string =>
  text
    .replaceAll(/^sent .*\n/gm, 'sent …\n')
    .replaceAll(/speedup is [\d.,]+/g, 'speedup is …')
    .replaceAll(/^(Total bytes \w+|File list size|File list \w+ time): .*/gm, '$1: …')
    .replaceAll(/ [ \d]{3}\d\.\d\d[kMG]B\/s/g, ' …B/s')
    .replaceAll(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, 'DATE')
    // What no script has dated is of the day of the run.
    .replaceAll(/\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\d\b/g, 'TODAY')
    .replaceAll(/ at (\w+\.c)\(\d+\)/g, ' at $1');

const prepared = (row: Row): Row => ({ ...row, stdout: comparable(row.stdout), stderr: comparable(row.stderr) });

test('at least 70 scripts are recorded', () => {
  expect(rows.length).toBeGreaterThanOrEqual(70);
});

test.for(rows)('like the real rsync: $script', async (row) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const { script } = row;
  const env = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };
  const found = await runProgram(programs, ['bash', '-c', setup + script], { cwd: directory, env });
  rmSync(directory, { recursive: true });
  const [stdout, stderr] = [found.stdout, found.stderr].map((text) => text.replaceAll(directory, 'DIR'));
  expect(prepared({ ...found, script, stdout: stdout ?? '', stderr: stderr ?? '' })).toEqual(prepared(row));
});
