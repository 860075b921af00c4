import { existsSync, readFileSync } from 'node:fs';

/**
 * Budgets of the page, compressed: what the first load fetches (page, its static imports, styles, the simulation
 * worker) and the whole worker without what it loads lazily.
 */
const MANIFEST = 'dist/web/.vite/manifest.json';
const manifest = existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST, 'utf8')) : {};

/** @param {string} key */
function staticParts(key, seen = new Set()) {
  const part = manifest[key];
  if (part === undefined || seen.has(key)) return [];
  seen.add(key);
  const files = [part.file, ...(part.css ?? [])].map((file) => `dist/web/${file}`);
  return [...files, ...(part.imports ?? []).flatMap((next) => staticParts(next, seen))];
}

export default [
  {
    name: 'first load of the page',
    path: ['dist/web/index.html', ...staticParts('index.html')],
    limit: '400 kB',
    gzip: true,
  },
  {
    name: 'simulation worker',
    path: 'dist/web/assets/simulation.worker-*.js',
    limit: '900 kB',
    gzip: true,
  },
];
