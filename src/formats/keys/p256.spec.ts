import { p256 } from '@noble/curves/nist.js';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { keyPairFrom, signP256, verifyP256 } from './p256.ts';

test.for(['', '1/ca', '1/admin', 'a', 'b', 'c', '파드'])('%j: keys and signatures are the library’s own', (text) => {
  const key = keyPairFrom(text);
  const message = encodeUtf8(`to be signed ${text}`);
  const signature = signP256(message, key);
  expect(key.public).toEqual(p256.getPublicKey(key.secret, false));
  expect(signature).toEqual(p256.sign(message, key.secret, { format: 'der' }));
  expect([
    verifyP256(signature, message, key.public),
    verifyP256(signature, encodeUtf8('another'), key.public),
    verifyP256(signature, message, keyPairFrom('other').public),
    verifyP256(Uint8Array.of(1), message, key.public),
  ]).toEqual([true, false, false, false]);
});
