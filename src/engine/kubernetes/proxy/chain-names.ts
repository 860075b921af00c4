/** Chain names as kube-proxy hashes them (kubernetes pkg/proxy/iptables): base32 of SHA-256, 16 characters. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../protocol/bytes.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function hash16(text: string): string {
  const digest = sha256(encodeUtf8(text));
  let out = '';
  let held = 0;
  let bits = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < 16) {
      bits -= 5;
      out += BASE32.charAt((held >>> bits) & 31);
    }
    held &= 31;
    if (out.length === 16) return out;
  }
  return out;
}

/** `name` is `namespace/service:port-name` (no colon where the port has no name), protocol in lower case. */
export const serviceChain = (name: string, protocol: string): string => `KUBE-SVC-${hash16(name + protocol)}`;
export const localChain = (name: string, protocol: string): string => `KUBE-SVL-${hash16(name + protocol)}`;
export const externalChain = (name: string, protocol: string): string => `KUBE-EXT-${hash16(name + protocol)}`;
/** `endpoint` is `10.244.1.2:8080`. */
export const endpointChain = (name: string, protocol: string, endpoint: string): string =>
  `KUBE-SEP-${hash16(name + protocol + endpoint)}`;
