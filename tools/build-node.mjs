import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withLock } from './lock.mjs';

/** Older bundles stay this long: a process that runs one may still load a part of it lazily. */
const KEEP_MS = 60 * 60 * 1000;

/** @type {Readonly<Record<'.cjs' | '.mjs', import('esbuild').BuildOptions>>} */
const FORMATS = {
  // A script that V8 is given together with its machine code cannot be asked for parts of itself: all is in one file.
  '.cjs': { format: 'cjs', charset: 'ascii', supported: { 'dynamic-import': false } },
  '.mjs': {
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    charset: 'utf8',
    banner: {
      // CommonJS packages inside the bundle call require().
      js: "import { createRequire as drydockCreateRequire } from 'node:module'; const require = drydockCreateRequire(import.meta.url);",
    },
  },
};

/**
 * Builds the bundle into `target` unless another process does it first. Only one process builds at a time; the others
 * wait for its result. The finished folder appears by one rename.
 *
 * @param {string} root project folder
 * @param {import('./node-bundles.mjs').Bundle} bundle
 * @param {string} target dist/<name>/<hash>
 */
export async function buildNodeBundle(root, bundle, target) {
  const folder = join(target, '..');
  mkdirSync(folder, { recursive: true });
  await withLock(join(folder, 'lock'), async () => {
    if (existsSync(target)) return;
    process.stderr.write('drydock: building…\n');
    const temporary = `${target}.${process.pid}`;
    try {
      await bundleInto(root, bundle, temporary);
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    removeOldBundles(folder, target);
  });
}

/**
 * @param {string} root
 * @param {import('./node-bundles.mjs').Bundle} bundle
 * @param {string} outdir
 */
async function bundleInto(root, bundle, outdir) {
  const entryPoints = Object.entries(bundle.entries)
    .filter(([, source]) => existsSync(join(root, source)))
    .map(([out, source]) => ({ in: join(root, source), out }));
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { '.js': bundle.extension },
    bundle: true,
    ...FORMATS[bundle.extension],
    platform: 'node',
    target: 'node20',
    packages: bundle.includesPackages ? 'bundle' : 'external',
    // Optional native parts of packages: what needs them is never called.
    external: ['cpu-features', 'fsevents'],
    loader: { '.md': 'text', '.yaml': 'text', '.cmds': 'text', '.sh': 'text', '.txt': 'text', '.node': 'empty' },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/**
 * @param {string} folder
 * @param {string} current
 */
function removeOldBundles(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true || path === current || name === 'lock') continue;
    if (Date.now() - stat.mtimeMs > KEEP_MS) rmSync(path, { recursive: true, force: true });
  }
}
