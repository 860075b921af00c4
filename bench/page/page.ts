/**
 * npm run -s bench:page -- [--json]: what a person waits for in the page, measured in Chromium against the built page as it is
 * served. Rows and limits are those of the design's table of numbers.
 */
import { type Browser, chromium } from '@playwright/test';
import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.ts';
import { createStaticServer } from '../../tools/static-server.ts';
import { buildWebIfStale } from '../../tools/web-build.ts';
import { type PageRow, rows } from './rows.ts';

const json = process.argv.includes('--json');
const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write('drydock: no Chromium was found; set CHROMIUM_PATH\n');
  process.exit(1);
}
const folder = await buildWebIfStale(process.cwd());
const server = createStaticServer(folder);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

// A server that is up has compressed its files before somebody waits for them.
for (const file of readdirSync(join(folder, 'assets'))) await fetch(`${origin}/assets/${file}`);

const results: object[] = [];
for (const row of rows) {
  // A browser of its own: nothing cached, no memory of the rows before.
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    for (const result of await measure(row, browser)) {
      results.push(result);
      if (!json) process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  } finally {
    await browser.close();
  }
}
if (json) process.stdout.write(`${JSON.stringify({ node: process.version, results }, undefined, 2)}\n`);
server.close();
process.exit(0);

async function measure(row: PageRow, browser: Browser): Promise<readonly object[]> {
  const figures = await row.measure(browser, origin);
  return row.limits.map(({ name, unit, limit }, index) => {
    const value = figures[index] ?? Number.NaN;
    return { name, unit, value: Math.round(value * 10) / 10, limit, holds: value <= limit };
  });
}
