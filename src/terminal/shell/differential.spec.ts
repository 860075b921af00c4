import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { programs } from '../program-table.ts';
import { runProgram } from '../testing/node-process.spec-support.ts';
import { COREUTILS_SNIPPETS, SHELL_SNIPPETS } from './snippets.spec-support.ts';

const version = spawnSync('bash', ['--version'], { encoding: 'utf8' }).stdout;
const real = version.includes('version 5.2');
if (!real) console.log('skipped: this machine has no bash 5.2 to compare with');

function prepare(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(directory, 'fruit.txt'), 'banana 3\napple 10\ncherry 2\napple 5\n\nfig 7\n');
  writeFileSync(path.join(directory, 'passwd'), 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n');
  return directory;
}
const ENV = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };

test.runIf(real).for([...SHELL_SNIPPETS, ...COREUTILS_SNIPPETS].map((snippet) => [snippet] as const))('like the real one: %s', async ([snippet]) => {
  const [theirs, ours] = [prepare(), prepare()];
  const wanted = spawnSync('bash', ['-c', snippet], { cwd: theirs, env: ENV, encoding: 'utf8', input: '' });
  const got = await runProgram(programs, ['bash', '-c', snippet], { cwd: ours, env: ENV, stdin: '' });
  const same = (text: string): string => text.replaceAll(theirs, 'DIR').replaceAll(ours, 'DIR');
  rmSync(theirs, { recursive: true });
  rmSync(ours, { recursive: true });
  expect({ stdout: same(got.stdout), stderr: same(got.stderr), status: got.status }).toEqual({ stdout: same(wanted.stdout), stderr: same(wanted.stderr), status: wanted.status });
});
