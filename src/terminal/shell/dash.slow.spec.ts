/** Drydock's dash and the machine's own, side by side, as `differential.slow.spec.ts` does it for bash. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { both, has } from '../testing/real-bash.spec-support.ts';

const rows = readFileSync(new URL('differential-dash/posix-shell.sh', import.meta.url), 'utf8')
  .trimEnd()
  .split(/\n\n+/);

test('at least 60 scripts are compared', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
});

test.runIf(has('dash')).for(rows)('like the real dash: %s', async (text) => {
  const { wanted, got } = await both(text, {}, 'dash');
  expect(got).toEqual(wanted);
});
