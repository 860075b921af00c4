/**
 * Tokens of service accounts. Models: the claims of bound tokens, their expiry, and that they die with their pod or account.
 * Leaves out: the asymmetric signature of upstream (RS256); tokens are signed HS256 with the cluster's own key, which says so
 * in the token's header.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { UserInfo } from '../../client/interface.ts';

export const ISSUER = 'https://kubernetes.default.svc.cluster.local';

export interface TokenClaims {
  readonly namespace: string;
  readonly account: { readonly name: string; readonly uid: string };
  readonly pod?: { readonly name: string; readonly uid: string };
  readonly node?: { readonly name: string; readonly uid: string };
  readonly audiences: readonly string[];
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly id: string;
}

const url64 = (bytes: Uint8Array): string =>
  encodeBase64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
const segment = (value: JsonObject): string => url64(encodeUtf8(JSON.stringify(value)));

export class TokenKeys {
  readonly #key: Uint8Array;
  readonly #header: string;
  readonly #verified = new Map<string, TokenClaims>();

  /** @param secret The cluster's signing key (`sa.key`). */
  constructor(secret: string) {
    this.#key = sha256(encodeUtf8(secret));
    this.#header = segment({ alg: 'HS256', kid: url64(sha256(this.#key)).slice(0, 43) });
  }

  sign(claims: TokenClaims): string {
    const { namespace, account, pod, node, audiences, issuedAt, expiresAt, id } = claims;
    const payload = segment({
      aud: audiences,
      exp: expiresAt,
      iat: issuedAt,
      iss: ISSUER,
      jti: id,
      'kubernetes.io': {
        namespace,
        ...(node === undefined ? {} : { node }),
        ...(pod === undefined ? {} : { pod }),
        serviceaccount: account,
      },
      nbf: issuedAt,
      sub: userNameOf(namespace, account.name),
    });
    const signed = `${this.#header}.${payload}`;
    return `${signed}.${url64(hmac(sha256, this.#key, encodeUtf8(signed)))}`;
  }

  /** The claims of a token that this cluster signed, whether or not it has expired. */
  verify(token: string): TokenClaims | undefined {
    const known = this.#verified.get(token);
    if (known !== undefined) return known;
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0 || header !== this.#header) return undefined;
    if (url64(hmac(sha256, this.#key, encodeUtf8(`${header}.${payload}`))) !== signature) return undefined;
    const bytes = decodeBase64(payload);
    if (bytes === undefined) return undefined;
    // The signature says that `sign` wrote it.
    const claims = JSON.parse(decodeUtf8(bytes)) as {
      aud: string[];
      exp: number;
      iat: number;
      jti: string;
      'kubernetes.io': {
        namespace: string;
        pod?: { name: string; uid: string };
        node?: { name: string; uid: string };
        serviceaccount: { name: string; uid: string };
      };
    };
    const { namespace, pod, node, serviceaccount } = claims['kubernetes.io'];
    const result: TokenClaims = {
      namespace,
      account: serviceaccount,
      audiences: claims.aud,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
      id: claims.jti,
      ...(pod === undefined ? {} : { pod }),
      ...(node === undefined ? {} : { node }),
    };
    if (this.#verified.size > MAX_VERIFIED) this.#verified.clear();
    this.#verified.set(token, result);
    return result;
  }
}
const MAX_VERIFIED = 10_000;

const userNameOf = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;

/** The user that a service account is. */
export const serviceAccountUser = (namespace: string, name: string, uid?: string): UserInfo => ({
  name: userNameOf(namespace, name),
  ...(uid === undefined ? {} : { uid }),
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/** The user of a verified token. */
export const tokenUser = ({ namespace, account, pod, node, id }: TokenClaims): UserInfo => ({
  ...serviceAccountUser(namespace, account.name, account.uid),
  extra: {
    'authentication.kubernetes.io/credential-id': [`JTI=${id}`],
    ...(node === undefined
      ? {}
      : { 'authentication.kubernetes.io/node-name': [node.name], 'authentication.kubernetes.io/node-uid': [node.uid] }),
    ...(pod === undefined
      ? {}
      : { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] }),
  },
});
