import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PACKAGE = 'bench/node_modules/@ngrok/webernetes';
const BUNDLE = 'dist/bench/peer-run.mjs';
const LIMIT_MS = 60_000;
/** The package's modules name each other without extensions: it has to be bundled, as its documentation assumes. */
const BUNDLER = [
  'node_modules/.bin/esbuild',
  'bench/peer-run.mjs',
  '--bundle',
  '--platform=node',
  '--format=esm',
  `--outfile=${BUNDLE}`,
  '--log-level=error',
  "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
] as const;

/** Measures the named peer, where it is installed; the answer is ms, or why there is none. */
export function peerRows(): ((row: string) => number | string) | undefined {
  if (!existsSync(PACKAGE)) return undefined;
  const [command, ...args] = BUNDLER;
  const built = spawnSync(command, args, { encoding: 'utf8' });
  if (built.status !== 0) return () => `not bundled: ${built.stderr.trim()}`;
  return (row) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, row], {
      encoding: 'utf8',
      timeout: LIMIT_MS,
    });
    const ms = Number(stdout.trim().split('\n').at(-1));
    if (status !== 0 || Number.isNaN(ms)) return `failed: ${stderr.trim().split('\n').at(-1) ?? 'no output'}`;
    return Math.round(ms * 100) / 100;
  };
}
