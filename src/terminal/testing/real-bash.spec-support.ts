/** Runs one snippet in the machine's bash and then in Drydock's, in a directory with the same files. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { programs } from '../program-table.ts';
import type { Finished } from './run-program.spec-support.ts';
import { runProgram } from './run-program.spec-support.ts';

const version = spawnSync('bash', ['--version'], { encoding: 'utf8' }).stdout;
/** Whether this machine can be compared with at all. */
export const real = version.includes('version 5.2');
if (!real) console.log('skipped: this machine has no bash 5.2 to compare with');
export const has = (program: string): boolean => spawnSync('bash', ['-c', `command -v ${program}`]).status === 0;

/** The machine's busybox, or the one that BUSYBOX names. */
export const busybox = process.env['BUSYBOX'] ?? 'busybox';

type Files = Readonly<Record<string, string>>;

function fill(directory: string, files: Files): void {
  writeFileSync(path.join(directory, 'fruit.txt'), 'banana 3\napple 10\ncherry 2\napple 5\n\nfig 7\n');
  writeFileSync(
    path.join(directory, 'passwd'),
    'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n',
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
}
const ENV = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };

/** The real programs run with the rights of who runs the tests: what would reach out of the row's directory is not run. */
const REACHES_OUT = [
  /\b(?:rm|chown|chgrp|chmod|chcon|setfacl|mv)\b[^;|&\n]*\s\/\*?(?=[\s;|&)]|$)/m,
  /\bdate\s[^;|&\n]*(?:-s\b|--set)/m,
  /(?:^|[;&|]\s*)(?:reboot|poweroff|shutdown|mkfs\S*|hwclock)\b/m,
];

/** Runs of the real shell at most, where its answer is not ours. */
const MOST_ASKED = 3;

/** `files` lie beside the two that are always there. */
export async function both(
  snippet: string,
  files: Files = {},
  shell: 'bash' | 'dash' | 'ash' = 'bash',
  /** A directory whose programs the real shell finds first. */
  first?: string,
): Promise<{ readonly wanted: Finished; readonly got: Finished }> {
  const outside = REACHES_OUT.find((form) => form.test(snippet));
  if (outside !== undefined) throw new Error(`this row would change the machine (${outside.source}): ${snippet}`);
  // One path for both, one after the other: the name of a directory sorts, matches and is as long as it is.
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const emptied = (): void => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { mode: 0o700 });
    fill(directory, files);
  };
  const same = ({ stdout, stderr, status }: Finished): Finished => ({
    stdout: stdout.replaceAll(directory, 'DIR'),
    stderr: stderr.replaceAll(directory, 'DIR'),
    status,
  });
  const env = first === undefined ? ENV : { ...ENV, PATH: `${first}:${ENV.PATH}` };
  const asked = async (): Promise<Finished> => {
    emptied();
    return same(await runReal(shell, snippet, directory, env));
  };
  let wanted = await asked();
  emptied();
  const argv = [...(shell === 'ash' ? ['busybox', 'ash'] : [shell]), '-c', snippet];
  const got = same(await runProgram(programs, argv, { cwd: directory, env: ENV, stdin: '' }));
  // On a busy machine the real one may answer otherwise from run to run, as processes race: ours is one of its answers.
  for (let asks = 1; asks < MOST_ASKED && !isDeepStrictEqual(got, wanted); asks += 1) wanted = await asked();
  rmSync(directory, { recursive: true, force: true });
  return { wanted, got };
}

/** Runs a snippet in the machine's own shell. */
async function runReal(shell: string, snippet: string, cwd: string, env: typeof ENV): Promise<Finished> {
  // Standard input is a socket here, and bash reads ~/.bashrc when it believes that a remote shell daemon started it.
  const [program, before] = shell === 'ash' ? [busybox, ['ash']] : [shell, shell === 'bash' ? ['--norc'] : []];
  const child = spawn(program, [...before, '-c', snippet], { cwd, env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
  child.stdin.end();
  const status = await new Promise<number>((done) => {
    child.on('close', (code) => {
      done(code ?? -1);
    });
  });
  return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), status };
}

/** One snippet a line; lines that begin with # are headings. */
export const snippetsOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
