import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where a Chromium for the tests is: named by the environment, Playwright's own, or the system's; undefined if none. */
export function findChromium(): string | undefined {
  const candidates = [process.env['CHROMIUM_PATH'] ?? '', chromium.executablePath(), '/usr/bin/chromium'];
  return candidates.find((path) => path !== '' && existsSync(path));
}

export const CHROMIUM_FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
