import { expect, test } from 'vitest';
import { compareVersions, dependencies, parseStanzas } from './deb-control.ts';

test.for([
  ['1.0', '1.0', 0],
  ['1.0~rc1', '1.0', -1],
  ['2:1.0', '1:9.9', 1],
  ['1.10', '1.9', 1],
  ['8.5.0-2ubuntu10.6', '8.5.0-2ubuntu10.10', -1],
  ['1.0-1', '1.0-1+b1', -1],
  ['1.0a', '1.0+', -1],
  ['1.0', '1.0-0', 0],
] as const)('version %s beside %s', ([left, right, order]) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
});

test('stanzas are parted by blank lines and keep continued lines', () => {
  expect(parseStanzas('Package: a\nDescription: b\n c\n\n# no\nPackage: d\n')).toEqual([
    { Package: 'a', Description: 'b\n c' },
    { Package: 'd' },
  ]);
});

test('dependencies: versions and architectures are left out, alternatives stay', () => {
  expect(dependencies('libc6 (>= 2.34), awk | mawk, python3:any')).toEqual([['libc6'], ['awk', 'mawk'], ['python3']]);
});
