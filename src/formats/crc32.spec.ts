import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

test.for([
  { text: '', expected: 0 },
  { text: '123456789', expected: 0xcbf43926 },
  { text: 'The quick brown fox jumps over the lazy dog', expected: 0x414fa339 },
])('$text', ({ text, expected }) => {
  expect(crc32(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toBe(expected);
});
