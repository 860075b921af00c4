/** AES beside `openssl enc -K … -iv …`. */
import { expect, test } from 'vitest';
import { aes, type AesMode } from './aes.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, at) => at);
const IV = Uint8Array.from({ length: 16 }, (_, at) => at * 17);
const TEXT = 'The quick brown fox jumps over it';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const RECORDED: readonly (readonly [bits: number, mode: AesMode, hex: string])[] = [
  [128, 'cbc', 'da5e5dd921f4aba3ce2c07d5d7e242c0cb31e87c74e3dbfcaeb76530ae2b420a102e2de25af10a0e55c41cc5be6a9a9e'],
  [128, 'ecb', 'f7021c01de43c8147cd2477a7eba55b3d4600e6b87bcea182d8d4985f1b032050f84683d648df07de5b64d0cae648f1a'],
  [128, 'ctr', '3dac85f81b0e6d53b3edd5f21fc3ab7abb17ff1dc028ea8897b7d183246cee5be2'],
  [192, 'cbc', 'a71ae219aeb6f3cedd9caa5b9b7e47b6abefa112a07f8b14f650b918aa88ab12a16d4bc3f8f21df91a61ae7af90d3ae1'],
  [192, 'ecb', '1b552b0889c43585651a0457afa907f055c605154014866c2f441d4f14393ab7186870c442767251b5b5fb6f8b8e26df'],
  [192, 'ctr', '89c11984f739b683058f12d2837a1fb123aa95b8d91a2e48bcdab18c6959264172'],
  [256, 'cbc', 'c95332aa8f70782fc360f150a1a194222c134a15d79ef6da185854b4ae10fa9df82e27826e790b25895542168240e263'],
  [256, 'ecb', 'bce46469e2f7ab6b7ea767bd3252529a8544b8e10da66cfc6bb18156080cb8e733f6e063a0e7648c5f3c51e57538d38c'],
  [256, 'ctr', 'dacad2ea20122cdc81dc2be2243e0ea99010f6d22684e1ba0a2dc2242b2f991254'],
];

test.for(RECORDED)('%i bits, %s', ([bits, mode, hex]) => {
  const key = KEY.subarray(0, bits / 8);
  const made = aes(mode, { key, iv: IV }).encrypt(bytesOf(TEXT));
  expect(hexOf(made)).toBe(hex);
  expect(aes(mode, { key, iv: IV }).decrypt(made)).toEqual(bytesOf(TEXT));
});

test('a wrong key leaves no padding', () => {
  const made = aes('cbc', { key: KEY, iv: IV }).encrypt(bytesOf(TEXT));
  expect(() => aes('cbc', { key: KEY.toReversed(), iv: IV }).decrypt(made)).toThrow();
});
