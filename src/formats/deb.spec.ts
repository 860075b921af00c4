import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';
import { readDeb, writeDeb } from './deb.ts';

test('a package is read as it was written', () => {
  const entry = { name: 'usr/bin/x', type: 'file', mode: 0o755, uid: 0, gid: 0, modifiedMs: 0 } as const;
  const deb = {
    control: 'Package: x\nVersion: 1\n',
    conffiles: ['/etc/x'],
    data: [{ ...entry, bytes: encodeUtf8('odd') }],
  };
  const bytes = writeDeb(deb);
  expect(decodeUtf8(bytes.subarray(0, 21))).toBe('!<arch>\ndebian-binary');
  expect(readDeb(bytes)).toEqual(deb);
});

test('what is no package is none', () => {
  expect(readDeb(encodeUtf8('x\n'))).toBeUndefined();
});
