/** The engine's version in the page: a hash of all the simulation worker loads. A sandbox of another one is taken over. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const SOURCES = [
  'src/engine',
  'src/terminal',
  'src/formats',
  'src/protocol',
  'src/lessons',
  'workers',
  'package-lock.json',
];
const ID = 'virtual:engine-version';

export function engineVersionPlugin(root: string): Plugin {
  return {
    name: 'drydock-engine-version',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export const engineVersion = '${hashOf(root)}';` : undefined),
  };
}

function hashOf(root: string): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).toSorted()) add(join(path, name));
    else if (!path.includes('.spec')) hash.update(path).update(readFileSync(full));
  };
  SOURCES.forEach(add);
  return hash.digest('hex').slice(0, 16);
}
