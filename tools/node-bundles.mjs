/** What `run-node.mjs` can run, and from which sources; the bundler reads the same table. */

/**
 * @typedef {object} Bundle
 * @property {Readonly<Record<string, string>>} entries name to source file
 * @property {readonly string[]} sources files and folders whose change makes the bundle stale
 * @property {boolean} includesPackages whether packages are bundled too, which loads faster than hundreds of files
 * @property {'.cjs' | '.mjs'} extension `.cjs`: one script for each entry, whose machine code is kept between runs; `.mjs`: modules
 */

/** @type {Readonly<Record<'node' | 'tools' | 'generators', Bundle>>} */
export const BUNDLES = {
  node: {
    entries: {
      headless: 'src/node/headless.ts',
      serve: 'src/node/serve.ts',
      'lessons-check': 'src/node/lessons-check.ts',
      bench: 'bench/bench.ts',
    },
    sources: ['src', 'bench', 'package-lock.json', 'tools/node-bundles.mjs', 'tools/build-node.mjs'],
    includesPackages: true,
    extension: '.cjs',
  },
  tools: {
    entries: {
      'bench-page': 'bench/page/page.ts',
      build: 'tools/build.ts',
      check: 'tools/check.ts',
      corpus: 'tools/corpus.ts',
      'corpus-readback': 'tools/corpus-readback.ts',
      'ensure-chromium': 'tools/ensure-chromium.ts',
      start: 'tools/start.ts',
      test: 'tools/test.ts',
    },
    sources: ['tools', 'bench/page', 'package-lock.json'],
    includesPackages: false,
    extension: '.mjs',
  },
  // Reads the program itself, so it is built apart: the checks have to start where the program does not build.
  generators: {
    entries: { generate: 'tools/generate.ts' },
    sources: ['tools', 'src', 'package-lock.json'],
    includesPackages: false,
    extension: '.mjs',
  },
};

/**
 * Sources that no Node bundle contains: a change there must not cost a rebuild.
 * @param {string} path
 */
export const isOutsideNodeBundles = (path) =>
  path.endsWith('.spec.ts') || path === 'src/ui' || path === 'src/main.ts' || path === 'bench/node_modules';
