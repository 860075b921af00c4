import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './tools/chromium.ts';

const port = process.env['DRYDOCK_E2E_PORT'] ?? '4188';
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: /\.(e2e|spec)\.ts$/,
  outputDir: 'dist/test/e2e',
  // The page and its worker take a core each.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'dist/test/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: { args: [...CHROMIUM_FLAGS], ...(executablePath === undefined ? {} : { executablePath }) },
  },
  webServer: {
    command: `node tools/run-node.mjs start --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: process.env['CI'] === undefined,
    timeout: 180_000,
  },
});
