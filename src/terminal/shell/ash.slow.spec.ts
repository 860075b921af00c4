/**
 * Drydock's ash and the machine's busybox, side by side, as `differential.slow.spec.ts` does it for bash. BUSYBOX names
 * another busybox than the one in PATH.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { both, busybox, has } from '../testing/real-bash.spec-support.ts';

const rows = readFileSync(new URL('differential-ash/busybox-ash.sh', import.meta.url), 'utf8')
  .trimEnd()
  .split(/\n\n+/);

const real = has(busybox);
if (!real) console.log(`skipped: this machine has no busybox to compare with (BUSYBOX=${busybox})`);

test('at least 60 scripts are compared', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
});

test.runIf(real).for(rows)("like the real busybox's ash: %s", async (text) => {
  const { wanted, got } = await both(text, {}, 'ash');
  expect(got).toEqual(wanted);
});
