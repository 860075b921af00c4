import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { findChromium } from './chromium.ts';

/** Finds a Chromium, or installs Debian's when allowed to; answers its path or what a person has to do. */
export function ensureChromium(): { path: string } | { advice: string } {
  const found = findChromium();
  if (found !== undefined) return { path: found };
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    process.stderr.write('drydock: installing chromium and a Korean font with apt-get\n');
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
    for (const args of [['update', '-qq'], install]) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      // Standard output belongs to the caller's summary.
      spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env });
    }
  }
  const installed = findChromium();
  if (installed !== undefined) return { path: installed };
  return {
    advice:
      'No Chromium for the end-to-end tests. Run `npx playwright install chromium`, or install Chromium yourself ' +
      'and set CHROMIUM_PATH to its executable.',
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const result = ensureChromium();
  if ('path' in result) process.stdout.write(`${result.path}\n`);
  else {
    process.stderr.write(`${result.advice}\n`);
    process.exitCode = 1;
  }
}
