import { type CertificateFacts, readCertificate } from '../../../../formats/x509.ts';
import { encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Headers } from '../../../../protocol/http.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { UserInfo } from '../../client/interface.ts';
import type { Registry } from '../registry.ts';
import { keyFor } from '../registry.ts';
import { asApiObject, objectAt } from '../selection.ts';
import type { Storage } from '../storage.ts';
import { type TokenKeys, tokenUser } from './tokens.ts';

/** What the connection says about the caller. */
export interface HttpPeer {
  readonly ip: string;
  readonly port: number;
  readonly tls?: { readonly certificate?: string; readonly serverName: string };
}

export const ANONYMOUS: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

export interface AuthenticatorOptions {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly tokens: TokenKeys;
  readonly nowMs: () => number;
  /** Whether a client certificate is signed by the cluster's authority; undefined trusts what the handshake let through. */
  readonly trusts?: (pem: string) => boolean;
  /** Who a caller without TLS is (`serve` on the loopback); absent: anonymous. */
  readonly plainUser?: UserInfo;
}

/** Client certificates, bearer tokens of service accounts, anonymous. */
export class Authenticator {
  readonly #certificates = new Map<string, CertificateFacts | undefined>();
  constructor(private readonly options: AuthenticatorOptions) {}

  /** The caller; undefined where credentials were shown and are wrong (401). */
  identify(headers: Headers, peer: HttpPeer): UserInfo | undefined {
    const pem = peer.tls?.certificate;
    if (pem !== undefined) {
      const user = this.#ofCertificate(pem);
      if (user !== undefined) return user;
    }
    const bearer = /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
    if (bearer !== undefined) return this.ofToken(bearer);
    // Credentials that are wrong make nobody anonymous.
    if (pem !== undefined || headers['authorization'] !== undefined) return undefined;
    if (peer.tls === undefined && this.options.plainUser !== undefined) return this.options.plainUser;
    return ANONYMOUS;
  }

  /** The user of a live service-account token. */
  ofToken(token: string): UserInfo | undefined {
    const claims = this.options.tokens.verify(token);
    if (claims === undefined) return undefined;
    const { namespace, account } = claims;
    if (!this.#lives('serviceaccounts', namespace, account)) return undefined;
    if ('secret' in claims) return this.#holds(namespace, claims.secret, token) ? tokenUser(claims) : undefined;
    if (claims.expiresAt * 1000 <= this.options.nowMs()) return undefined;
    if (claims.pod !== undefined && !this.#lives('pods', namespace, claims.pod)) return undefined;
    return tokenUser(claims);
  }

  #lives(resource: string, namespace: string, { name, uid }: { readonly name: string; readonly uid: string }): boolean {
    const object = this.#stored(resource, namespace, name);
    return object !== undefined && asApiObject(object).metadata.uid === uid;
  }

  /** Whether a Secret still has the token. */
  #holds(namespace: string, name: string, token: string): boolean {
    const secret = this.#stored('secrets', namespace, name);
    const data = secret === undefined ? undefined : objectAt(secret, 'data');
    return data?.['token'] === encodeBase64(encodeUtf8(token));
  }

  #stored(resource: string, namespace: string, name: string): JsonObject | undefined {
    const info = this.options.registry.find(resource);
    const store = this.options.storage.store();
    return info === undefined || 'kind' in store ? undefined : store.get(keyFor(info, namespace, name))?.value;
  }

  #ofCertificate(pem: string): UserInfo | undefined {
    if (!this.#certificates.has(pem)) this.#certificates.set(pem, this.#trusted(pem));
    const facts = this.#certificates.get(pem);
    const nowMs = this.options.nowMs();
    if (facts === undefined || nowMs < facts.notBeforeMs || nowMs > facts.notAfterMs) return undefined;
    const { commonName, organizations } = facts.subject;
    return commonName === '' ? undefined : { name: commonName, groups: [...organizations, 'system:authenticated'] };
  }

  #trusted(pem: string): CertificateFacts | undefined {
    return this.options.trusts?.(pem) === false ? undefined : readCertificate(pem);
  }
}
