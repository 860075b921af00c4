/** Ed25519 keys (RFC 8032). */
import { ed25519 } from '@noble/curves/ed25519.js';

export interface Ed25519PublicKey {
  readonly type: 'ed25519';
  /** 32 bytes. */
  readonly point: Uint8Array;
}
export interface Ed25519PrivateKey extends Ed25519PublicKey {
  /** 32 bytes from which everything else follows. */
  readonly secret: Uint8Array;
}

/** The key of a 32-byte secret. */
export const ed25519KeyOf = (secret: Uint8Array): Ed25519PrivateKey => ({
  type: 'ed25519',
  secret,
  point: ed25519.getPublicKey(secret),
});
