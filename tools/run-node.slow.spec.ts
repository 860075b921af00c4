import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'drydock-run-node-'));
  for (const path of ['tools', 'package.json', 'package-lock.json'])
    cpSync(path, join(project, path), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
  mkdirSync(join(project, 'src/node'), { recursive: true });
  writeEntry('one');
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

function writeEntry(word: string): void {
  writeFileSync(
    join(project, 'src/node/headless.ts'),
    `process.stdout.write(['${word}', ...process.argv.slice(2)].join(' '));`,
  );
}

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/run-node.mjs', ...args], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test('builds once, and again after a change, with nothing of its own on standard output', () => {
  expect(run('headless', '-c', 'a b')).toEqual({ status: 0, stdout: 'one -c a b', stderr: 'drydock: building…\n' });
  expect(run('headless')).toEqual({ status: 0, stdout: 'one', stderr: '' });
  writeEntry('two');
  expect(run('headless')).toEqual({ status: 0, stdout: 'two', stderr: 'drydock: building…\n' });
});

test('the machine code of a run is kept for the next; what is none is replaced', () => {
  writeEntry('three');
  run('headless');
  const code = join(project, 'dist/node', newestBundle(), 'headless.cjs.code');
  const kept = readFileSync(code);
  writeFileSync(code, 'of another version');
  expect(run('headless')).toEqual({ status: 0, stdout: 'three', stderr: '' });
  expect(readFileSync(code).length).toBeGreaterThan(kept.length / 2);
  expect(run('headless')).toEqual({ status: 0, stdout: 'three', stderr: '' });
});

test('of four at once, one builds and all run', async () => {
  writeEntry('four');
  const outputs = await Promise.all([1, 2, 3, 4].map(runAsync));
  expect(outputs.map(({ stdout }) => stdout)).toEqual(['four', 'four', 'four', 'four']);
  expect(outputs.map(({ stderr }) => stderr).join('')).toBe('drydock: building…\n');
  expect(readdirSync(join(project, 'dist/node')).filter((name) => name.includes('.') || name === 'lock')).toEqual([
    'sources.json',
  ]);
});

test.for([
  { given: 'an entry that is not written yet', entry: 'serve', stderr: 'drydock: src/node/serve.ts does not exist\n' },
  { given: 'an unknown entry', entry: 'nothing', stderr: /^drydock: unknown entry 'nothing'; there are: headless, / },
])('$given fails with a message', ({ entry, stderr }) => {
  const result = run(entry);
  expect(result).toMatchObject({ status: 1, stdout: '' });
  expect(result.stderr).toMatch(stderr);
});

function newestBundle(): string {
  const folder = join(project, 'dist/node');
  const bundles = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const [newest = ''] = bundles.toSorted(
    (a, b) => statSync(join(folder, b)).mtimeMs - statSync(join(folder, a)).mtimeMs,
  );
  return newest;
}

function runAsync(): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['tools/run-node.mjs', 'headless'], { cwd: project });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', () => {
      resolve({ stdout, stderr });
    });
  });
}
