/** What tokens of service accounts claim, and how their payloads say it (kubernetes pkg/serviceaccount claims, legacy). */
import type { JsonObject } from '../../../../protocol/plain.ts';

export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const SECRET_ISSUER = 'kubernetes/serviceaccount';

type Named = { readonly name: string; readonly uid: string };

/** A token that was asked for: it expires, and may be bound to a pod. */
export interface BoundClaims {
  readonly namespace: string;
  readonly account: Named;
  readonly pod?: Named;
  readonly node?: Named;
  readonly audiences: readonly string[];
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly id: string;
}

/** A token that a Secret holds: it lives as long as the Secret does. */
export interface SecretClaims {
  readonly namespace: string;
  readonly account: Named;
  readonly secret: string;
}

export type TokenClaims = BoundClaims | SecretClaims;

export const userNameOf = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;

export function payloadOf(claims: TokenClaims): JsonObject {
  const { namespace, account } = claims;
  const sub = userNameOf(namespace, account.name);
  if ('secret' in claims)
    return {
      iss: SECRET_ISSUER,
      'kubernetes.io/serviceaccount/namespace': namespace,
      'kubernetes.io/serviceaccount/secret.name': claims.secret,
      'kubernetes.io/serviceaccount/service-account.name': account.name,
      'kubernetes.io/serviceaccount/service-account.uid': account.uid,
      sub,
    };
  const { pod, node, audiences, issuedAt, expiresAt, id } = claims;
  return {
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
    sub,
  };
}

/** The claims of a payload that `payloadOf` made: the token's signature has said so. */
export function claimsOf(payload: JsonObject): TokenClaims {
  const text = (key: string): string => payload[`kubernetes.io/serviceaccount/${key}`] as string;
  if (payload['iss'] === SECRET_ISSUER)
    return {
      namespace: text('namespace'),
      account: { name: text('service-account.name'), uid: text('service-account.uid') },
      secret: text('secret.name'),
    };
  const { aud, exp, iat, jti, ...rest } = payload as {
    aud: string[];
    exp: number;
    iat: number;
    jti: string;
    'kubernetes.io': { namespace: string; pod?: Named; node?: Named; serviceaccount: Named };
  };
  const { serviceaccount, ...bound } = rest['kubernetes.io'];
  return { ...bound, account: serviceaccount, audiences: aud, issuedAt: iat, expiresAt: exp, id: jti };
}
