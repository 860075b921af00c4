import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const ANYWHERE = ['src', 'workers', 'tools', 'bench'];
const named = (ending: string): string[] => ANYWHERE.map((folder) => `${folder}/**/*${ending}.spec.ts`);

/**
 * fast: `x.spec.ts`, for each commit. slow: `x.slow.spec.ts`, for what needs servers, clients or many seconds.
 * replay: `x.replay.spec.ts`, one seed in many runs.
 */
export default defineConfig({
  plugins: [svelte()],
  test: {
    // Two cores are the machine every figure is stated for.
    maxWorkers: 2,
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: named(''),
          exclude: ['**/node_modules/**', '**/*.slow.spec.ts', '**/*.replay.spec.ts', '**/*.browser.spec.ts'],
        },
      },
      { extends: true, test: { name: 'slow', include: named('.slow'), testTimeout: 120_000 } },
      { extends: true, test: { name: 'replay', include: named('.replay'), testTimeout: 300_000 } },
    ],
  },
});
