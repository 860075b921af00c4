import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { withLock } from './lock.mjs';
import { hashSources } from './source-hash.mjs';

const SOURCES = [
  'index.html',
  'public',
  'src',
  'workers',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
  'tools',
];

const isOutsidePage = (path: string): boolean => path.endsWith('.spec.ts') || path === 'src/node';

/** Builds the page into dist/web unless what is there was built from the same sources. */
export async function buildWebIfStale(root: string): Promise<string> {
  const hash = hashSources(root, SOURCES, join(root, 'dist/web-sources.json'), isOutsidePage);
  const target = join(root, 'dist/web');
  const stamp = join(root, 'dist/web.hash');
  const isFresh = (): boolean => existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isFresh()) return target;
  await withLock(join(root, 'dist/web.lock'), async () => {
    if (isFresh()) return;
    process.stderr.write('drydock: building the page…\n');
    const temporary = join(root, `dist/web.${String(process.pid)}`);
    try {
      await build({ root, logLevel: 'warn', build: { outDir: temporary, emptyOutDir: true } });
      // The old page stays until the new one is complete.
      rmSync(target, { recursive: true, force: true });
      renameSync(temporary, target);
      writeFileSync(stamp, hash);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
  return target;
}
