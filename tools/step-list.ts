import type { Step } from './steps.ts';

const tool = (name: string, file: string, ...args: string[]): [string, ...string[]] => [
  process.execPath,
  `node_modules/${name}/${file}`,
  ...args,
];
const entry = (name: string): [string, ...string[]] => [process.execPath, 'tools/run-node.mjs', name];

export const TYPES: readonly Step[] = [
  { name: 'types engine', command: tool('typescript', 'bin/tsc', '-p', 'tsconfig.engine.json') },
  { name: 'types node', command: tool('typescript', 'bin/tsc', '-p', 'tsconfig.node.json') },
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

export const LINT: readonly Step[] = [
  { name: 'oxlint', command: tool('oxlint', 'bin/oxlint', '--quiet') },
  { name: 'eslint', command: tool('eslint', 'bin/eslint.js', '.', '--max-warnings', '0') },
  { name: 'prettier', command: tool('prettier', 'bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
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
