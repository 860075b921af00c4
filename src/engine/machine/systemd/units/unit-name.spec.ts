/** Recorded from systemd-escape 252: `systemd-escape -p PATH`, and back with -u. */
import { expect, test } from 'vitest';
import { describedByPath, escapePath, unescapePath } from './unit-name.ts';

test.each([
  ['/', '-'],
  ['/var/lib/my-data', String.raw`var-lib-my\x2ddata`],
  ['/dev/disk/by-uuid/ab-cd', String.raw`dev-disk-by\x2duuid-ab\x2dcd`],
  ['/.hidden/a.b', String.raw`\x2ehidden-a.b`],
  ['/with space/x', String.raw`with\x20space-x`],
  ['/é', String.raw`\xc3\xa9`],
  [String.raw`/a\b`, String.raw`a\x5cb`],
])('%s', (path, name) => {
  expect([escapePath(path), unescapePath(name)]).toEqual([name, path]);
});

test('what units of paths are called', () => {
  expect(['-.mount', 'data.mount', 'dev-sdz1.device', 'swap.img.swap', 'ssh.service'].map(describedByPath)).toEqual([
    'Root Mount',
    '/data',
    '/dev/sdz1',
    '/swap.img',
    undefined,
  ]);
});
