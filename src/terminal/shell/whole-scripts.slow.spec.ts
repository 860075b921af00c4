/** Scripts of the length and manner that people write, whole, in Drydock's shell and in the machine's own. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { both, has, real } from '../testing/real-bash.spec-support.ts';

const folder = new URL('whole-scripts/', import.meta.url);
const rows = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8').trimEnd() }));
const posix = rows.filter(({ text }) => text.startsWith('#!/bin/sh\n'));

test('ten scripts are compared, one of them in dash', () => {
  expect([rows.length, posix.length]).toEqual([10, 1]);
});

test.runIf(real).for(rows)('like the real bash: $name', async ({ text }) => {
  const { wanted, got } = await both(text);
  expect(got).toEqual(wanted);
});

test.runIf(has('dash')).for(posix)('like the real dash: $name', async ({ text }) => {
  const { wanted, got } = await both(text, {}, 'dash');
  expect(got).toEqual(wanted);
});
