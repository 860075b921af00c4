import { expect, test } from 'vitest';
import { shownOptions } from './shown-options.ts';

test.for([
  ['proc', ['nosuid', 'noexec', 'nodev'], 'rw,nosuid,nodev,noexec,relatime'],
  ['sysfs', ['nosuid', 'noexec', 'nodev', 'ro'], 'ro,nosuid,nodev,noexec,relatime'],
  ['tmpfs', ['rw', 'nosuid', 'strictatime', 'mode=755', 'size=65536k'], 'rw,nosuid,size=65536k,mode=755'],
  ['tmpfs', ['nosuid', 'nodev', 'noexec', 'mode=1777', 'size=64m'], 'rw,nosuid,nodev,noexec,relatime,size=65536k'],
  ['tmpfs', ['noatime', 'uid=5', 'mode=0700', 'size=64k'], 'rw,noatime,size=64k,mode=700,uid=5'],
  [
    'devpts',
    ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
    'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666',
  ],
  ['overlay', ['rw', 'lowerdir=/a:/b', 'upperdir=/c'], 'rw,relatime,lowerdir=/a:/b,upperdir=/c'],
  ['tmpfs', ['rw', 'size=16384k', 'inode64', 'noswap'], 'rw,relatime,size=16384k,inode64,noswap'],
] as const)('%s with %j', ([type, options, shown]) => {
  expect(shownOptions(type, options, 8 * 2 ** 30).join(',')).toBe(shown);
});
