/** Runs one snippet in the machine's bash and in Drydock's, in two directories with the same files. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { programs } from '../program-table.ts';
import type { Finished } from './node-process.spec-support.ts';
import { runProgram } from './node-process.spec-support.ts';

const version = spawnSync('bash', ['--version'], { encoding: 'utf8' }).stdout;
/** Whether this machine can be compared with at all. */
export const real = version.includes('version 5.2');
if (!real) console.log('skipped: this machine has no bash 5.2 to compare with');
export const has = (program: string): boolean => spawnSync('bash', ['-c', `command -v ${program}`]).status === 0;

function prepare(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(directory, 'fruit.txt'), 'banana 3\napple 10\ncherry 2\napple 5\n\nfig 7\n');
  writeFileSync(
    path.join(directory, 'passwd'),
    'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n',
  );
  return directory;
}
const ENV = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };

export async function both(snippet: string): Promise<{ readonly wanted: Finished; readonly got: Finished }> {
  const [theirs, ours] = [prepare(), prepare()];
  // Standard input is a socket here, and bash reads ~/.bashrc when it believes that a remote shell daemon started it.
  const wanted = spawnSync('bash', ['--norc', '-c', snippet], { cwd: theirs, env: ENV, encoding: 'utf8', input: '' });
  const got = await runProgram(programs, ['bash', '-c', snippet], { cwd: ours, env: ENV, stdin: '' });
  const same = (text: string): string => text.replaceAll(theirs, 'DIR').replaceAll(ours, 'DIR');
  rmSync(theirs, { recursive: true });
  rmSync(ours, { recursive: true });
  return {
    wanted: { stdout: same(wanted.stdout), stderr: same(wanted.stderr), status: wanted.status ?? -1 },
    got: { stdout: same(got.stdout), stderr: same(got.stderr), status: got.status },
  };
}

/** One snippet a line; lines that begin with # are headings. */
export const snippetsOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
