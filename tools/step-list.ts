import type { Step } from './steps.ts';

const tool = (name: string, file: string, ...args: string[]): [string, ...string[]] => [
  process.execPath,
  `node_modules/${name}/${file}`,
  ...args,
];
const entry = (name: string): [string, ...string[]] => [process.execPath, 'tools/run-node.mjs', name];

/**
 * `cached` is for the check before a commit: what has not changed since the last run is not looked at again. ESLint's
 * cache does not notice that a type changed in another file, so the whole run goes without.
 */
export type Freshness = 'cached' | 'fresh';

export const types = (freshness: Freshness): readonly Step[] => [
  ...['engine', 'node'].map((name) => ({
    name: `types ${name}`,
    command: tool(
      'typescript',
      'bin/tsc',
      '-p',
      `tsconfig.${name}.json`,
      ...(freshness === 'cached' ? ['--incremental', '--tsBuildInfoFile', `dist/cache/${name}.tsbuildinfo`] : []),
    ),
  })),
  {
    name: 'types page',
    command: tool(
      'svelte-check',
      'bin/svelte-check',
      '--tsconfig',
      './tsconfig.web.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ),
  },
];

const cache = (freshness: Freshness, name: string): readonly string[] =>
  freshness === 'cached' ? ['--cache', '--cache-strategy', 'content', '--cache-location', `dist/cache/${name}`] : [];

export const eslint = (freshness: Freshness): Step => ({
  name: 'eslint',
  command: tool('eslint', 'bin/eslint.js', '.', '--max-warnings', '0', ...cache(freshness, 'eslint')),
});

export const style = (freshness: Freshness): readonly Step[] => [
  { name: 'oxlint', command: tool('oxlint', 'bin/oxlint', '--quiet') },
  {
    name: 'prettier',
    command: tool(
      'prettier',
      'bin/prettier.cjs',
      '--check',
      '--log-level',
      'warn',
      '.',
      ...cache(freshness, 'prettier'),
    ),
  },
  { name: 'knip', command: tool('knip', 'bin/knip.js', '--no-progress') },
];

export const LAYERS: readonly Step[] = [
  {
    name: 'layers',
    command: tool(
      'dependency-cruiser',
      'bin/dependency-cruise.mjs',
      'src',
      'workers',
      '--config',
      '.dependency-cruiser.cjs',
    ),
  },
];

/** Tests run in three projects of vitest.config.ts: `fast` for each commit, `slow` and `replay` for the whole. */
export const tests = (project: 'fast' | 'slow' | 'replay', alone: boolean): Step => ({
  name: `tests ${project}`,
  command: tool(
    'vitest',
    'vitest.mjs',
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=dist/test/${project}.json`,
  ),
  report: { file: `dist/test/${project}.json`, format: 'vitest' },
  alone,
});

export const LESSONS: Step = { name: 'lessons', command: entry('lessons-check'), alone: true };
export const BUILD: Step = { name: 'build', command: entry('build') };
export const SIZE: Step = { name: 'size', command: tool('size-limit', 'bin.js'), alone: true };
export const END_TO_END: Step = {
  name: 'end to end',
  command: tool('@playwright/test', 'cli.js', 'test'),
  report: { file: 'dist/test/e2e.json', format: 'playwright' },
  alone: true,
};
