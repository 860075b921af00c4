import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT =
  'kubectl create deployment web --image=nginx --replicas=3 && kubectl wait --for=condition=Available deployment/web --timeout=60s; date; echo $RANDOM; kubectl get pods';

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** The line of --trace-hash. */
  readonly hash: string;
}

function headless(seed: number): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['tools/run-node.mjs', 'headless', '--seed', String(seed), '--trace-hash', '-c', SCRIPT],
    { cwd: ROOT, encoding: 'utf8', input: '' },
  );
  return { status, output: stdout, hash: stderr.trimEnd().split('\n').at(-1) ?? '' };
}

test('headless gives one output and one hash per seed', () => {
  const first = headless(1);
  expect(first.status).toBe(0);
  expect(first.output).toContain('deployment.apps/web condition met');
  expect(first.hash).toMatch(/^\{"trace":"[0-9a-f]{16}","events":\d+,"state":"[0-9a-f]{16}"\}$/);
  expect(headless(1)).toEqual(first);
  expect(headless(2).hash).not.toBe(first.hash);
});
