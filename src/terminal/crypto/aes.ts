/** AES in the modes that `openssl enc` is asked for. */
import { cbc, ctr, ecb } from '@noble/ciphers/aes.js';

export type AesMode = 'cbc' | 'ecb' | 'ctr';

export interface AesKeys {
  /** 16, 24 or 32 bytes. */
  readonly key: Uint8Array;
  /** 16 bytes; ECB takes none. */
  readonly iv: Uint8Array;
}

/** The cipher, padding as PKCS #7 where the mode works on blocks. What has no whole blocks or no padding is thrown at. */
export function aes(mode: AesMode, { key, iv }: AesKeys): ReturnType<typeof cbc> {
  if (mode === 'ecb') return ecb(key);
  return mode === 'ctr' ? ctr(key, iv) : cbc(key, iv);
}
