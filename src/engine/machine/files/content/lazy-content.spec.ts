import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { worldOf } from '../../kernel/kernel.spec-support.ts';

test('content that is made on first use is made once, and counts when somebody asks how full the disk is', () => {
  const { files } = worldOf([]);
  const { root } = files;
  const before = files.diskUsage().usedBytes;
  let made = 0;
  const make = (): string => {
    made += 1;
    return 'certificate\n';
  };
  root.writeLazily('/etc/one.crt', make, { mode: 0o600, parents: true });
  root.writeLazily('/etc/two.crt', make);
  root.writeLazily('/etc/two.crt', make);
  expect({ made, disk: files.diskUsage().totalBytes > 0, exists: root.exists('/etc/one.crt') }).toEqual({
    made: 0,
    disk: true,
    exists: true,
  });
  const stat = root.stat('/etc/one.crt');
  expect(failed(stat) ? stat : [stat.size, stat.mode, made]).toEqual([12, 0o600, 1]);
  expect([root.readText('/etc/one.crt'), root.readText('/etc/one.crt'), made]).toEqual([
    'certificate\n',
    'certificate\n',
    1,
  ]);
  expect([files.diskUsage().usedBytes - before, made]).toEqual([2 * 4096, 2]);
  root.write('/etc/two.crt', 'own\n', { append: true });
  expect(root.readText('/etc/two.crt')).toBe('certificate\nown\n');
});

test('a size that is known before makes nothing', () => {
  const { files } = worldOf([]);
  let made = 0;
  const make = (): string => {
    made += 1;
    return 'key\n';
  };
  files.root.writeLazily('/etc/key', make, { sizeBytes: 4, parents: true });
  const size = (): unknown => {
    const stat = files.root.stat('/etc/key');
    return failed(stat) ? stat : stat.size;
  };
  expect([size(), made, files.root.readText('/etc/key'), size(), made]).toEqual([4, 0, 'key\n', 4, 1]);
});
