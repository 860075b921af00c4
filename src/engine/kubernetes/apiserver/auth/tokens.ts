/**
 * Tokens of service accounts. Models: the claims of bound tokens, their expiry, and that they die with their pod or account;
 * tokens that live in a Secret.
 * Leaves out: the asymmetric signature of upstream (RS256); tokens are signed HS256 with the cluster's own key, which says so
 * in the token's header.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { UserInfo } from '../../client/interface.ts';
import { claimsOf, payloadOf, type TokenClaims, userNameOf } from './token-claims.ts';

const url64 = (bytes: Uint8Array): string =>
  encodeBase64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
const segment = (value: JsonObject): string => url64(encodeUtf8(JSON.stringify(value)));

export class TokenKeys {
  /** The keyed hash before any text. */
  readonly #mac: ReturnType<typeof hmac.create>;
  readonly #header: string;
  readonly #verified = new Map<string, TokenClaims>();

  /** @param secret The cluster's signing key (`sa.key`). */
  constructor(secret: string) {
    const key = sha256(encodeUtf8(secret));
    this.#mac = hmac.create(sha256, key);
    this.#header = segment({ alg: 'HS256', kid: url64(sha256(key)).slice(0, 43) });
  }

  sign(claims: TokenClaims): string {
    const signed = `${this.#header}.${segment(payloadOf(claims))}`;
    return `${signed}.${this.#signature(signed)}`;
  }

  #signature(text: string): string {
    return url64(this.#mac.clone().update(encodeUtf8(text)).digest());
  }

  /** The claims of a token that this cluster signed, whether or not it has expired. */
  verify(token: string): TokenClaims | undefined {
    const known = this.#verified.get(token);
    if (known !== undefined) return known;
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0 || header !== this.#header) return undefined;
    if (this.#signature(`${header}.${payload}`) !== signature) return undefined;
    const bytes = decodeBase64(payload);
    if (bytes === undefined) return undefined;
    // The signature says that `sign` wrote it.
    const result = claimsOf(JSON.parse(decodeUtf8(bytes)) as JsonObject);
    if (this.#verified.size > MAX_VERIFIED) this.#verified.clear();
    this.#verified.set(token, result);
    return result;
  }
}
const MAX_VERIFIED = 10_000;

/** The user that a service account is. */
export const serviceAccountUser = (namespace: string, name: string, uid?: string): UserInfo => ({
  name: userNameOf(namespace, name),
  ...(uid === undefined ? {} : { uid }),
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/** The user of a verified token. */
export function tokenUser(claims: TokenClaims): UserInfo {
  const user = serviceAccountUser(claims.namespace, claims.account.name, claims.account.uid);
  if ('secret' in claims) return user;
  const { pod, node, id } = claims;
  return {
    ...user,
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${id}`],
      ...(node === undefined
        ? {}
        : {
            'authentication.kubernetes.io/node-name': [node.name],
            'authentication.kubernetes.io/node-uid': [node.uid],
          }),
      ...(pod === undefined
        ? {}
        : { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] }),
    },
  };
}
