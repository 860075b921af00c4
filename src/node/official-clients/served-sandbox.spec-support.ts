/** A sandbox behind HTTP for one spec file, and official clients as processes. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Where .ci/run unpacks Debian's clients. */
const DEBIAN = '/usr/local/lib/drydock-clients/usr/bin';
const READY_MS = 60_000;

export interface Served {
  readonly kubernetes: string;
  readonly docker: string;
  readonly dockerPort: number;
  /** For clients that keep files at home. */
  readonly home: string;
  stop(): void;
}

/** Starts `npm run serve` and waits for its ready line. */
export function serve(...args: readonly string[]): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'drydock-clients-'));
  const child = spawn(process.execPath, ['tools/run-node.mjs', 'serve', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => {
    child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      reject(new Error(`not ready after ${String(READY_MS)} ms: ${text}`));
    }, READY_MS);
    child.on('exit', (code) => {
      reject(new Error(`serve ended with ${String(code)}`));
    });
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const line = /^ready (.*)\n/m.exec(text)?.[1];
      if (line === undefined) return;
      clearTimeout(timer);
      const ports = JSON.parse(line) as { kubernetes?: string; docker?: string; dockerPort?: number };
      resolve({
        kubernetes: ports.kubernetes ?? '',
        docker: ports.docker ?? '',
        dockerPort: ports.dockerPort ?? 0,
        home,
        stop,
      });
    });
  });
}

export interface Client {
  readonly name: string;
  readonly path: string;
}

const version = (path: string, args: readonly string[]): string => {
  const { stdout } = spawnSync(path, args, { encoding: 'utf8', env: { ...process.env, KUBECONFIG: '/nonexistent' } });
  return typeof stdout === 'string' ? stdout : '';
};

/** The kubectl of PATH, and Debian's of 1.20. */
export function kubectls(): readonly Client[] {
  const args = ['version', '--client'];
  const onPath: Client = { name: 'the kubectl of PATH', path: 'kubectl' };
  const debian = [`${DEBIAN}/kubectl`, '/usr/bin/kubectl'].find(
    (path) => existsSync(path) && version(path, args).includes('v1.20.'),
  );
  const found = [
    ...(version('kubectl', args) === '' ? [] : [onPath]),
    ...(debian === undefined ? [] : [{ name: "Debian's kubectl", path: debian }]),
  ];
  return demanded('kubectl (of PATH, and of Debian)', found, 2);
}

export function dockers(): readonly Client[] {
  const path = ['docker', `${DEBIAN}/docker`].find((one) => version(one, ['--version']) !== '');
  return demanded('the docker CLI', path === undefined ? [] : [{ name: 'the docker CLI', path }], 1);
}

/** What is missing is named, and fails where everything has been installed. */
function demanded(what: string, found: readonly Client[], count: number): readonly Client[] {
  if (found.length >= count) return found;
  const message = `official clients: ${what}: ${String(found.length)} of ${String(count)} found; without them their tests do not run`;
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
  return found;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Ran>;
  stdout(): string;
}

/** Starts a client; `input` is its whole standard input. */
export function start(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
  cwd?: string,
): Running {
  const child = spawn(path, [...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const done = new Promise<Ran>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, done, stdout: () => stdout };
}

/** Waits until a condition over what a client printed holds. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${String(limitMs)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
