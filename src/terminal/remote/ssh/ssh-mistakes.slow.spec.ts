/** What OpenSSH's ssh says of configurations and options that are wrong, before it looks for a host. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { runProgram } from '../../testing/run-program.spec-support.ts';

const ENV = { PATH: '/usr/bin:/bin', HOME: '/root' };

/** Runs a script beside a configuration `c`. */
async function withConfiguration(config: string, script: string): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(directory, 'c'), config);
  const { stdout, stderr, status } = await runProgram(programs, ['bash', '-c', script], { cwd: directory, env: ENV });
  rmSync(directory, { recursive: true });
  // ssh's own messages end as a terminal in raw mode needs it.
  return `${stdout}${stderr}${String(status)}`.replaceAll('\r\n', '\n');
}

const terminating = (problem: string): string => `${problem}\nc: terminating, 1 bad configuration options`;

const CONFIGURATIONS: readonly (readonly [config: string, said: string])[] = [
  ['Foo bar', terminating('c: line 1: Bad configuration option: foo')],
  ['Host other\n  Port abc', terminating("c line 2: Bad port 'abc'.")],
  ['Host', terminating('c line 1: no argument after keyword "host"')],
  ['StrictHostKeyChecking maybe', terminating('c line 1: unsupported option "maybe".')],
  ['PasswordAuthentication x', terminating('c line 1: unsupported option "x".')],
  ['LogLevel x', terminating("c line 1: unsupported log level 'x'")],
  ['ConnectTimeout x', terminating('c line 1: invalid time value.')],
  ['NumberOfPasswordPrompts x', terminating('c line 1: integer value invalid.')],
];

test.for(CONFIGURATIONS)('%s', async ([config, said]) => {
  expect(await withConfiguration(`${config}\n`, 'ssh -F c host true')).toBe(`${said}\n255`);
});

test.for([
  ['-p 99999 host', "Bad port '99999'"],
  ['-p x host', "Bad port 'x'"],
  ['-o StrictHostKeyChecking=foo host', 'command-line line 0: unsupported option "foo".'],
  ['-o Foo=bar host', 'command-line: line 0: Bad configuration option: foo'],
  ['-F /nono host', "Can't open user config file /nono: No such file or directory"],
  ['-Q foo', 'Unsupported query "foo"'],
] as const)('ssh %s', async ([words, said]) => {
  expect(await withConfiguration('', `ssh ${words}`)).toBe(`${said}\n255`);
});

test('the null device is a configuration that says nothing', async () => {
  expect(await withConfiguration('', 'ssh -F /dev/null -o Foo=bar host')).toBe(
    'command-line: line 0: Bad configuration option: foo\n255',
  );
});

test('-Q lists algorithms', async () => {
  const recorded = readFileSync(new URL('recorded/ssh-queries.txt', import.meta.url), 'utf8');
  const kinds = recorded.match(/^# .*$/gm)?.map((line) => line.slice(2)) ?? [];
  const found = await withConfiguration('', `for kind in ${kinds.join(' ')}; do echo "# $kind"; ssh -Q $kind; done`);
  // The recording is of 9.2 with a name of a key exchange that 9.6 does not have.
  expect(found).toBe(`${recorded.replace(/^sntrup761x25519-sha512\n/m, '')}0`);
});
