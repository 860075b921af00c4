/**
 * node tools/run-node.mjs ENTRY [ARGUMENT...]
 * Runs a TypeScript entry of this project under Node: builds its bundle into dist/<bundle>/<hash of sources>/ if that
 * is missing or stale, then imports it into this very process. Standard output belongs to the entry alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCompiled } from './compiled-script.mjs';
import { BUNDLES, isOutsideNodeBundles } from './node-bundles.mjs';
import { hashSources } from './source-hash.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [entry = '', ...args] = process.argv.slice(2);
const found = Object.entries(BUNDLES).find(([, bundle]) => entry in bundle.entries);
const source = found?.[1].entries[entry];

if (found === undefined || source === undefined) {
  fail(
    `unknown entry '${entry}'; there are: ${Object.values(BUNDLES)
      .flatMap(({ entries }) => Object.keys(entries))
      .join(', ')}`,
  );
} else if (!existsSync(join(root, source))) {
  fail(`${source} does not exist`);
} else {
  const [name, bundle] = found;
  const file = join(await upToDateBundle(name, bundle), `${entry}${bundle.extension}`);
  process.argv = [process.argv[0] ?? 'node', file, ...args];
  if (bundle.extension === '.cjs') runCompiled(file);
  else await import(pathToFileURL(file).href);
}

/**
 * @param {string} name
 * @param {import('./node-bundles.mjs').Bundle} bundle
 */
async function upToDateBundle(name, bundle) {
  const folder = join(root, 'dist', name);
  const hash = () => hashSources(root, bundle.sources, join(folder, 'sources.json'), isOutsideNodeBundles);
  let target = join(folder, hash());
  if (existsSync(target)) return target;
  const { buildNodeBundle } = await import('./build-node.mjs');
  await buildNodeBundle(root, bundle, target);
  // Edited while it was being built: what was built may be either state.
  const after = join(folder, hash());
  if (after !== target) {
    target = after;
    await buildNodeBundle(root, bundle, target);
  }
  return target;
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`drydock: ${message}\n`);
  process.exitCode = 1;
}
