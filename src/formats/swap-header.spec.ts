import { expect, test } from 'vitest';
import { decodeSwapHeader, encodeSwapHeader } from './swap-header.ts';

/** `mkswap -L lab -U 2731ae68-85e1-4ac1-abbf-c304b1ffe78f` of util-linux on a file of 16 MiB: what is not zero. */
const RECORDED = [
  [1024, '01000000ff0f0000000000002731ae6885e14ac1abbfc304b1ffe78f6c6162'],
  [4086, '53574150535041434532'],
] as const;

test('a header is what mkswap writes, and is read back', () => {
  const header = { lastPage: 4095, uuid: '2731ae68-85e1-4ac1-abbf-c304b1ffe78f', label: 'lab' };
  const page = Buffer.alloc(4096);
  for (const [at, hex] of RECORDED) page.set(Buffer.from(hex, 'hex'), at);
  const written = encodeSwapHeader(header);
  expect(Buffer.from(written).equals(page)).toBe(true);
  expect(decodeSwapHeader(written)).toEqual(header);
  expect(decodeSwapHeader(written.subarray(0, 4000))).toBeUndefined();
  expect(decodeSwapHeader(new Uint8Array(4096))).toBeUndefined();
});
