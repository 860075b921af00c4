/**
 * The machine's own tools and Drydock's, side by side: each script runs in both, in directories with the same files, and
 * everything printed, every message and the status have to be equal. `differential/<concept>/<tool>.sh` holds a tool's
 * scripts, parted by blank lines.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { both, has, real } from '../testing/real-bash.spec-support.ts';
import { FILES } from './differential/files.spec-support.ts';

const folder = new URL('differential/', import.meta.url);
const rows = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.sh'))
  .flatMap((name) => {
    const tool = basename(name, '.sh');
    const scripts = readFileSync(new URL(name, folder), 'utf8').trimEnd().split(/\n\n+/);
    return scripts.map((script) => ({ tool, script, heading: script.split('\n', 1)[0] ?? '' }));
  });

test('at least 1,000 command lines are compared', () => {
  const lines = rows.flatMap(({ script }) => script.split('\n'));
  expect(lines.length).toBeGreaterThanOrEqual(1_000);
});

/** Tools that a machine need not have; where gawk is installed, awk is another program than Debian's. */
const optional = ['jq', 'tree', 'strings'];
const isMawk = spawnSync('awk', ['-W', 'version'], { encoding: 'utf8' }).stdout.startsWith('mawk');
const missing = [...optional.filter((tool) => !has(tool)), ...(isMawk ? [] : ['awk'])];
if (missing.length > 0)
  console.log(`skipped: this machine has no ${missing.join(' and no ')} (of Debian) to compare with`);

test.runIf(real).for(rows.filter(({ tool }) => !missing.includes(tool)))(
  'like the real $tool: $heading',
  async ({ script }) => {
    const { wanted, got } = await both(script, FILES);
    expect(got).toEqual(wanted);
  },
);
